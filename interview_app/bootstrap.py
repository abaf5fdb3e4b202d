"""The one place that builds objects and knows every part."""

from __future__ import annotations

from importlib import import_module

_HELPERS = {
    "voice": "interview_app.voice.helper",
    "recorder": "interview_app.recording.recorder_helper",
    "player": "interview_app.recording.player_helper",
    "recognizer": "interview_app.recognition.helper",
}
"""Role to the module whose ``main() -> int`` is the helper process."""


def run_helper(role: str) -> int:
    """Be the helper process of that role; the exit status."""
    module = _HELPERS.get(role)
    if module is None:
        return 2
    status: int = import_module(module).main()
    return status
