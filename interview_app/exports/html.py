"""A document as one HTML file: sound inside, words that play it, nothing fetched from anywhere.

The sound is MP3: every browser plays it, Safari before 18.4 knows no Opus in Ogg. Only the file's
own script may run (a content security policy names it by its digest), so nothing that was said or
that a guide holds can be taken for one.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import interview_app
from interview_app.domain.errors import NotASound
from interview_app.domain.text.rich_text import as_html, as_inline_html
from interview_app.exports.sound import convert
from interview_app.exports.spoken import lines_of
from interview_app.services.export.content import (
    SOUND_GONE,
    TAKE_NOTES,
    ExportDocument,
    TakeEntry,
    clock,
    remark_on,
)
from interview_app.services.export.ports import SessionFormat, SoundOf
from interview_app.services.jobs import JobContext
from interview_app.support.paths import bundled


@dataclass(frozen=True, slots=True)
class EmbeddedSound:
    """A take's sound as Base64 of MP3, empty where there is none; and what is missing."""

    data: Markup
    missing: tuple[str, ...]


class HtmlWriter:
    """Writes a document as one HTML file."""

    def __call__(
        self, document: ExportDocument, target: Path, sound_of: SoundOf, job: JobContext
    ) -> Sequence[str]:
        """Write it; see ``DocumentWriter``."""
        style, script = (_resource(name) for name in ("session.css", "session.js"))
        takes = document.takes
        with tempfile.TemporaryDirectory(prefix="mock-interview-") as folder:
            sounds = _Sounds(Path(folder), sound_of, job, len(takes))
            pieces = (
                environment()
                .get_template("session.html.j2")
                .generate(
                    document=document,
                    style=Markup(style),  # noqa: S704 - our own file
                    style_hash=_digest(style),
                    script=Markup(script),  # noqa: S704 - our own file
                    script_hash=_digest(script),
                    sound_data=sounds.embed,
                    has_sound=any(sound_of(entry.take) for entry in takes),
                    version=interview_app.__version__,
                )
            )
            with target.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
                for piece in pieces:
                    job.check()
                    file.write(piece)
        return sounds.remarks


def environment() -> Environment:
    """How templates are filled: every value is escaped, an unknown name is a bug."""
    made = Environment(
        loader=FileSystemLoader(bundled("resources", "export")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        as_html=as_html,
        as_inline_html=as_inline_html,
        lines_of=lines_of,
        clock=clock,
        take_notes=TAKE_NOTES,
    )
    return made


class _Sounds:
    """Encodes each take's sound when the template comes to it, so that only one is in memory."""

    def __init__(self, folder: Path, sound_of: SoundOf, job: JobContext, count: int) -> None:
        self._folder = folder
        self._sound_of = sound_of
        self._job = job
        self._count = count
        self._number = 0
        self.remarks: list[str] = []

    def embed(self, entry: TakeEntry) -> EmbeddedSound:
        """The sound of a take, and the lines that say what is gone."""
        self._number += 1
        self._job.report((self._number - 1) / self._count, f"Take {self._number} of {self._count}")
        sound = self._sound_of(entry.take)
        if sound is None:
            return EmbeddedSound(Markup(), entry.missing)
        encoded = self._folder / "take.mp3"
        try:
            remarks = convert(sound, encoded, SessionFormat.MP3, self._part())
        except NotASound:
            self.remarks.append(remark_on(entry, SOUND_GONE))
            missing = tuple(dict.fromkeys((*entry.missing, SOUND_GONE)))
            return EmbeddedSound(Markup(), missing)
        self.remarks.extend(remark_on(entry, remark) for remark in remarks)
        data = base64.b64encode(encoded.read_bytes()).decode("ascii")
        return EmbeddedSound(Markup(data), (*entry.missing, *remarks))  # noqa: S704 - Base64

    def _part(self) -> JobContext:
        """A job of one take: cancelled with the whole, its progress is not told."""
        part = JobContext()
        self._job.on_cancel(part.cancel)
        return part


def _resource(name: str) -> str:
    return bundled("resources", "export", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
