"""The helper processes this program can be started as."""

from __future__ import annotations

import signal
from importlib import import_module

HELPERS = {
    "voice": "interview_app.speech_synthesis.helper",
    "natural-voice": "interview_app.speech_synthesis.natural_helper",
    "recorder": "interview_app.recording.recorder_helper",
    "player": "interview_app.recording.player_helper",
    "recognizer": "interview_app.recognition.helper",
    "pdf": "interview_app.exports.pdf_helper",
    "import": "interview_app.guide_formats.import_helper",
}
"""Role to the module whose ``main() -> int`` is the helper process."""


def run_helper(role: str) -> int:
    """Be the helper process of that role; the exit status."""
    module = HELPERS.get(role)
    if module is None:
        return 2
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    status: int = import_module(module).main()
    return status
