"""The interviewers with a natural voice: who they are and how they speak, read from data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from interview_app.services.ports.voice import VoiceInfo
from interview_app.support.paths import bundled

NATURAL = "kokoro:"
"""How the id of a natural voice begins."""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """One of them; ``pace_wpm`` is the voice's own pace, measured on the bundled questions."""

    id: str
    name: str
    language: str
    manner: str
    pace_wpm: int

    @property
    def style(self) -> str:
        """What the model's publisher calls this voice."""
        return self.id.removeprefix(NATURAL)

    @property
    def info(self) -> VoiceInfo:
        """As it is listed."""
        return VoiceInfo(self.id, self.name, self.language, "kokoro", self.manner)


@cache
def interviewers() -> tuple[Interviewer, ...]:
    """All of them, in the order they are offered."""
    file = bundled("resources", "voices", "interviewers.json")
    return tuple(Interviewer(**fields) for fields in json.loads(file.read_text(encoding="utf-8")))


def find_interviewer(voice: str) -> Interviewer | None:
    """The interviewer of that id."""
    return next((each for each in interviewers() if each.id == voice), None)


def is_natural(voice: str) -> bool:
    """Whether an id names a natural voice, known or not."""
    return voice.startswith(NATURAL)
