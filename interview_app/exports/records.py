"""JSON and CSV: the same shapes as ``sessions show --json``, and one row of figures a take."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from interview_app.domain.session import Take
from interview_app.services.export.content import Contents, ExportDocument, SessionEntry, TakeEntry
from interview_app.services.export.json import Json, session_json, take_json
from interview_app.services.export.ports import SoundOf
from interview_app.services.jobs import JobContext

COLUMNS = (
    *("session", "guide", "mode", "started_at", "section", "question_id", "question", "take"),
    *("best", "answered", "transcription", "duration_s", "target_s", "words", "pace_wpm"),
    *("articulation_wpm", "speech_s", "onset_s", "hesitations", "crutch_phrases", "long_pauses"),
    *("long_pauses_s", "repeated_words"),
)
"""The columns of the figures; ``answered`` is ``spoken`` or ``typed``, counts are lower bounds."""


class JsonWriter:
    """Writes one session as an object, several as a list of them."""

    def __call__(
        self, document: ExportDocument, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; see ``DocumentWriter``. What was not chosen is null."""
        shown = [_session(entry, document.contents, sound_of) for entry in document.sessions]
        job.report(0.5, "Writing")
        value = shown[0] if len(shown) == 1 else shown
        text = json.dumps(value, ensure_ascii=False, indent=2)
        target.write_text(f"{text}\n", encoding="utf-8", errors="backslashreplace", newline="\n")
        return ()


class CsvWriter:
    """Writes the figures, one row a take, with a head row."""

    def __call__(
        self, document: ExportDocument, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; see ``DocumentWriter``."""
        del sound_of
        job.report(0.5, "Writing")
        with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            rows.writerows(_row(entry) for entry in document.takes)
        return ()


def _session(entry: SessionEntry, contents: Contents, sound_of: SoundOf) -> Json:
    shape = session_json(entry.session, lambda _take: None)
    by_uid = {take.take.uid: take for take in entry.takes}
    shape["takes"] = [
        _take(by_uid[take.uid], contents, sound_of)
        for take in entry.session.takes
        if take.uid in by_uid
    ]
    return shape


def _take(entry: TakeEntry, contents: Contents, sound_of: SoundOf) -> Json:
    sound = sound_of(entry.take)
    shape = take_json(entry.session, entry.take, notes=entry.notes)
    shape["audio"] = str(sound) if sound else None
    if not contents.sample_answers:
        shape["sample_answer"] = shape["tip"] = None
    if entry.missing:
        shape["missing"] = list(entry.missing)
    return shape


def _row(entry: TakeEntry) -> list[object]:
    session, take = entry.session, entry.take
    is_known = 0 <= take.position < len(session.asked)
    asked = session.asked[take.position] if is_known else None
    return [
        session.id,
        _text(session.guide_title),
        session.mode.value,
        session.started_at.isoformat(),
        _text(asked.section) if asked else "",
        _text(asked.question.id) if asked else "",
        _text(asked.question.prompt) if asked else "",
        take.number,
        int(take.is_best),
        "typed" if take.is_typed else "spoken",
        take.transcription.value,
        round(take.duration_s, 3),
        session.target_of(take.position) if asked else "",
        *_figures(take),
    ]


def _figures(take: Take) -> list[object]:
    measures = take.measures
    if measures is None:
        return [""] * 10
    return [
        measures.words,
        round(measures.pace_wpm, 1),
        round(measures.articulation_wpm, 1),
        round(measures.speech_s, 3),
        round(measures.onset_s, 3),
        len(measures.hesitations),
        len(measures.crutch_phrases),
        len(measures.long_pauses),
        round(sum(mark.end_s - mark.start_s for mark in measures.long_pauses), 3),
        len(measures.repeated_words),
    ]


def _text(value: str) -> str:
    """A text a spreadsheet takes for a text, not for a formula ("CSV injection", OWASP)."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
