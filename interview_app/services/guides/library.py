"""Bundled and own guides: found, read once, kept, removed and brought back."""

from __future__ import annotations

import contextlib
import difflib
import os
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interview_app.domain.errors import DataFolderUnusable, GuideFileError, UnknownGuide, UsageError
from interview_app.domain.guide import Guide
from interview_app.services.ports.guides import GuideReader
from interview_app.support.atomic_files import atomic_write
from interview_app.support.gc_pause import gc_paused

GuideWriter = Callable[[Guide], str]
"""The text of a guide's file."""

_MUCH_TEXT = 1_000_000
"""Bytes of guides from which on reading them makes more objects than Python searches quickly."""
_MANY_QUESTIONS = 500
"""Questions of one guide from which on the same holds for writing it."""

TRASH = "removed"
"""Folder beside the own guides where removed ones wait to be brought back."""


@dataclass(frozen=True, slots=True)
class GuideProblem:
    """A file among the guides that could not be read; the message names file and line."""

    path: Path
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    stamp: tuple[int, int]
    guide: Guide | None
    problem: GuideProblem | None


@dataclass(frozen=True, slots=True)
class _Shelf:
    bundled: dict[str, tuple[Path, Guide]]
    own: dict[str, tuple[Path, Guide]]
    problems: tuple[GuideProblem, ...]


class GuideLibrary:
    """The guides of one person, in two folders of Markdown files; safe from any thread.

    An own guide hides the bundled one of the same id. A file is read again only when its size or
    time has changed, so asking is cheap.
    """

    def __init__(self, bundled: Path, own: Path, read: GuideReader, write: GuideWriter) -> None:
        self._bundled = bundled
        self._own = own
        self._read = read
        self._write = write
        self._entries: dict[Path, _Entry] = {}
        self._lock = threading.RLock()

    def all(self) -> tuple[Guide, ...]:
        """Every guide that can be read, by title."""
        catalog = self._catalog()
        found = {**catalog.bundled, **catalog.own}
        return tuple(sorted((guide for _, guide in found.values()), key=_by_title))

    def problems(self) -> tuple[GuideProblem, ...]:
        """The files that cannot be read; the other guides are there all the same."""
        return self._catalog().problems

    def get(self, guide_id: str) -> Guide:
        """The guide of that id.

        Raises:
            UnknownGuide: there is none; the remedy names those there are, the nearest first.
        """
        return self._find(guide_id)[1]

    def path(self, guide_id: str) -> Path:
        """The file of the guide of that id.

        Raises:
            UnknownGuide: there is none.
        """
        return self._find(guide_id)[0]

    def original(self, guide_id: str) -> Guide | None:
        """The bundled guide of that id, whether or not an own one hides it."""
        found = self._catalog().bundled.get(guide_id)
        return found[1] if found else None

    def is_own(self, guide_id: str) -> bool:
        """Whether the person has a guide of that id, perhaps hiding a bundled one."""
        return guide_id in self._catalog().own

    def owned(self) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the person's own guides, and of those that hide a bundled one."""
        catalog = self._catalog()
        own = frozenset(catalog.own)
        return own, own & frozenset(catalog.bundled)

    def add(self, guide: Guide) -> Guide:
        """Keep a guide among the person's own, replacing their guide of that id; as it was kept.

        The file appears whole or not at all.

        Raises:
            GuideFileError: what was written would not read again; nothing was kept.
            DataFolderUnusable: the folder cannot be written to; nothing has changed.
        """
        count = sum(len(section.questions) for section in guide.sections)
        with self._lock, _quietly(is_much=count > _MANY_QUESTIONS):
            found = self._catalog().own.get(guide.id)
            path = found[0] if found else self._own / f"{guide.id}.md"
            try:
                kept = self._replace(path, self._write(guide))
            except OSError as error:
                raise _unusable(self._own, error) from error
            self._entries.pop(path, None)
            return kept

    def remove(self, guide_id: str) -> Path:
        """Take an own guide away; what comes back is its file, for :meth:`restore`.

        A bundled guide that it hid is there again.

        Raises:
            UnknownGuide: there is no guide of that id.
            UsageError: the guide comes with the application.
            DataFolderUnusable: the folder cannot be written to; nothing has changed.
        """
        with self._lock:
            path, guide = self._find(guide_id)
            if not self.is_own(guide_id):
                raise UsageError(
                    f"“{guide.title}” comes with the application and cannot be removed.",
                    remedy="Only guides you imported or edited can be removed.",
                )
            removed = self._own / TRASH / f"{path.stem}.{uuid.uuid4().hex}.md"
            try:
                removed.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.replace(removed)
            except OSError as error:
                raise _unusable(self._own, error) from error
            return removed

    def restore(self, removed: Path) -> Guide:
        """Bring a removed guide back, in place of any own one of its id made since.

        Raises:
            GuideFileError: the removed file is gone or cannot be read.
            DataFolderUnusable: the folder cannot be written to.
        """
        with self._lock:
            guide = self.add(self._read(removed))
            with contextlib.suppress(OSError):
                removed.unlink()
            return guide

    def _find(self, guide_id: str) -> tuple[Path, Guide]:
        catalog = self._catalog()
        found = catalog.own.get(guide_id) or catalog.bundled.get(guide_id)
        if found is None:
            raise _unknown(guide_id, [*{**catalog.bundled, **catalog.own}])
        return found

    def _catalog(self) -> _Shelf:
        with self._lock:
            problems: list[GuideProblem] = []
            bundled = self._read_folder(self._bundled, problems)
            own = self._read_folder(self._own, problems)
            return _Shelf(bundled, own, tuple(problems))

    def _read_folder(
        self, folder: Path, problems: list[GuideProblem]
    ) -> dict[str, tuple[Path, Guide]]:
        guides: dict[str, tuple[Path, Guide]] = {}
        files = _files(folder)
        self._read_changed(files)
        for path, _stamp in files:
            entry = self._entries[path]
            if entry.problem is not None:
                problems.append(entry.problem)
            if entry.guide is None:
                continue
            first = guides.setdefault(entry.guide.id, (path, entry.guide))
            if first[0] != path:
                message = f"{path.name}: its id {entry.guide.id} is that of {first[0].name}."
                problems.append(GuideProblem(path, message, "Give one of them another id."))
        return guides

    def _read_changed(self, files: list[tuple[Path, tuple[int, int]]]) -> None:
        """Read the files that have changed since they were read; only that costs time."""
        known = self._entries
        changed = [
            (path, stamp)
            for path, stamp in files
            if (entry := known.get(path)) is None or entry.stamp != stamp
        ]
        size = sum(size for _, (_, size) in changed)
        with _quietly(is_much=size > _MUCH_TEXT):
            for path, stamp in changed:
                known[path] = self._read_file(path, stamp)

    def _read_file(self, path: Path, stamp: tuple[int, int]) -> _Entry:
        try:
            return _Entry(stamp, self._read(path), None)
        except GuideFileError as error:
            return _Entry(stamp, None, GuideProblem(path, error.message, error.remedy))

    def _replace(self, path: Path, text: str) -> Guide:
        """Write a file beside its place, read it back, and only then put it there."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_write(path, overwrite=True) as written:
            written.write_text(text, encoding="utf-8", newline="\n")
            return self._read(written)


def _quietly(*, is_much: bool) -> contextlib.AbstractContextManager[None]:
    return gc_paused() if is_much else contextlib.nullcontext()


def _files(folder: Path) -> list[tuple[Path, tuple[int, int]]]:
    """The guide files of a folder by name, each with time and size."""
    found = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".md") and not entry.name.startswith(".") and entry.is_file():
                stat = entry.stat()
                found.append((folder / entry.name, (stat.st_mtime_ns, stat.st_size)))
    return sorted(found)


def _by_title(guide: Guide) -> tuple[str, str]:
    return guide.title.casefold(), guide.id


def _unknown(guide_id: str, known: list[str]) -> UnknownGuide:
    near = difflib.get_close_matches(guide_id.casefold(), known, n=len(known) or 1, cutoff=0.5)
    ids = [*near, *sorted(set(known) - set(near))]
    listed = ", ".join(ids[:12]) + (f" and {len(ids) - 12} more" if len(ids) > 12 else "")
    remedy = f"There are: {listed}." if ids else "There are no guides yet; import one."
    return UnknownGuide(f"No guide has the id {guide_id!r}.", remedy=remedy)


def _unusable(folder: Path, error: OSError) -> DataFolderUnusable:
    return DataFolderUnusable(
        f"The guides in {folder} cannot be changed: {error.strerror or error}.",
        remedy="Nothing was changed. Free space or permissions there, or use --data-dir.",
    )
