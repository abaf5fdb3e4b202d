"""How well and how fast models hear one person on one machine, and which of them suits best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

KEEPS_UP = 0.35
"""Seconds of work a second of speech up to which a model has its words ready as one speaks.

While somebody speaks the helper rests 0.7 times as long as it worked and hears the last words more
than once, so that a model needs about a third of real time to itself (measured: base at 0.1 to 0.2
keeps up on two cores; what needs half of real time falls behind)."""
NO_DIFFERENCE = 2
"""Words of a read paragraph by which two models may differ by chance: the same model read to twice
differs by about as many."""


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What one model made of a paragraph the person read.

    ``wrong`` of ``words`` were not heard as read; ``sound_s`` seconds of sound took ``took_s``
    seconds once the model was loaded. With a ``problem`` it heard nothing, and figures are 0.
    """

    model: str
    language: str
    machine: str
    measured_at: datetime
    words: int = 0
    wrong: int = 0
    sound_s: float = 0.0
    took_s: float = 0.0
    problem: str = ""

    @property
    def error_rate(self) -> float:
        """The word error rate, 0 and up."""
        return self.wrong / self.words if self.words else 0.0

    @property
    def real_time_factor(self) -> float:
        """Seconds of work a second of speech."""
        return self.took_s / self.sound_s if self.sound_s else 0.0

    @property
    def times_as_fast(self) -> float:
        """Seconds of speech a second of work; 0 where that is not known."""
        return self.sound_s / self.took_s if self.took_s else 0.0

    @property
    def keeps_up(self) -> bool:
        """Whether it is fast enough to have the words ready when an answer ends."""
        return self.real_time_factor <= KEEPS_UP


def recommended(figures: Iterable[ModelFigures]) -> ModelFigures | None:
    """The model to use of those measured with one reading; ``None`` if none of them worked.

    Among those that keep up with speech, the one with the fewest wrong words; where chance could
    explain the difference, the fastest. If none keeps up, the fastest.
    """
    worked = [each for each in figures if not each.problem and each.words]
    if not worked:
        return None
    fast = [each for each in worked if each.keeps_up]
    if not fast:
        return min(worked, key=lambda each: each.real_time_factor)
    fewest = min(each.wrong for each in fast)
    as_good = [each for each in fast if each.wrong <= fewest + NO_DIFFERENCE]
    return min(as_good, key=lambda each: each.real_time_factor)
