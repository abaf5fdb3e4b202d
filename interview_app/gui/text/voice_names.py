"""What a voice is called in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interview_app.services.ports.voice import VoiceInfo


def voice_label(voice: VoiceInfo) -> str:
    """Its name, with its way of speaking, or its language where that is all that is known."""
    about = voice.manner or voice.language
    return f"{voice.name} · {about}" if about else voice.name
