"""Libraries that would report home are kept from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTEN = """
import numpy as np
import interview_app
from interview_app.recognition.voice_activity import VoiceActivity
VoiceActivity().feed(np.zeros(16_000, dtype=np.float32))
"""


def test_listening_for_speech_leaves_nothing_of_onnxruntime_in_the_home_folder(
    tmp_path: Path,
) -> None:
    """Unless it is told not to, onnxruntime 1.31 keeps a device number and a queue of reports."""
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    kept = {
        k: v for k, v in os.environ.items() if k not in ("XDG_CACHE_HOME", "ORT_DISABLE_TELEMETRY")
    }
    subprocess.run(
        [sys.executable, "-c", LISTEN], cwd=ROOT, env=kept | home, check=True, timeout=60
    )
    assert [str(path) for path in tmp_path.rglob("*")] == []
