"""A take's transcript as a subtitle file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from interview_app.domain.errors import NotASound
from interview_app.domain.transcript import Transcript
from interview_app.services.export.content import TakeEntry, words_missing
from interview_app.services.export.ports import SoundOf
from interview_app.services.jobs import JobContext


class SubtitleWriter:
    """Writes a take's words with their times."""

    def __init__(self, form: Callable[[Transcript], str]) -> None:
        self._form = form

    def __call__(
        self, entry: TakeEntry, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; see ``TakeWriter``."""
        del sound_of
        job.check()
        take = entry.take
        reason = words_missing(take)
        if take.is_typed:
            reason = "A typed answer has no times, so it makes no subtitles."
        if reason is not None or take.transcript is None:
            raise NotASound(reason or "There are no words.")
        text = self._form(take.transcript)
        target.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        return ()
