"""The application's end of the sound helpers stays light."""

from __future__ import annotations

import subprocess
import sys


def test_the_application_s_process_loads_neither_qt_s_audio_nor_numpy_to_record_and_play() -> None:
    script = (
        "import sys, interview_app.recording.recorder, interview_app.recording.player; "
        "print([m for m in ('PySide6', 'numpy', 'soundfile', 'soxr') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
