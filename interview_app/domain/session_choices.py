"""What a person chooses of a session before there is one: words that settings keep."""

from __future__ import annotations

from enum import StrEnum

DEFAULT_TARGET_S = 120
"""Seconds an answer may take when its question names no target (Cornell: 20 s to 2 min)."""

VOICE_OFF = "off"
"""Stands for a voice's id where questions are shown as text only."""


class Mode(StrEnum):
    """*Practice* reviews after every answer; *interview* asks straight through, one take each."""

    PRACTICE = "practice"
    INTERVIEW = "interview"


class Order(StrEnum):
    """In which order questions are asked."""

    LEAST_RECENT = "least_recent"
    """Not asked yet, then longest ago."""
    GUIDE = "guide"
    SHUFFLED = "shuffled"
