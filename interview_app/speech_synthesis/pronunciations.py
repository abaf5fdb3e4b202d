"""How words are said that are written otherwise: what comes with the application, and one's own.

A word is found whole. Written with a capital it counts only as written, else in any case; its
plural with a small ``s`` and what follows a hyphen or a slash need no entry of their own.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from interview_app.domain.errors import DataFolderUnusable, UsageError
from interview_app.services.ports.pronunciations import LONGEST
from interview_app.support.atomic_files import atomic_write
from interview_app.support.paths import bundled

_log = logging.getLogger(__name__)

Said = Sequence[tuple[str, str]]
"""Words as written, each with how it is said."""


class Pronunciations:
    """The list in a file of the data folder, a JSON object; see :class:`PronunciationList`.

    Read anew when the file changed. Without a path there is no list. A damaged file is left as it
    is: what is spoken does without its entries, and nobody can write over it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], dict[str, str]] = ((0, 0), {})

    def all(self) -> dict[str, str]:
        """Every entry, in the file's order; see the port."""
        if self._path is None:
            return {}
        try:
            state = self._path.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            if stamp != self._read[0]:
                self._read = (stamp, _entries(json.loads(self._path.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise DataFolderUnusable(
                f"The pronunciations in {self._path} cannot be read: {error.strerror or error}.",
                remedy="See whether the file may be read, or remove it to begin a new list.",
            ) from error
        except (ValueError, TypeError) as error:
            raise DataFolderUnusable(
                f"The list of pronunciations in {self._path} is damaged.",
                remedy="Mend the file, or remove it to begin a new list.",
            ) from error
        return dict(self._read[1])

    def of(self, text: str) -> list[tuple[str, str]]:
        """The entries whose word a text holds; none where the list cannot be read."""
        try:
            entries = sorted(self.all().items())
        except DataFolderUnusable as error:
            _log.warning("Spoken without the list of pronunciations: %s", error.message)
            return []
        return [(word, said) for word, said in entries if pattern_of(word).search(text)]

    def change(self, wanted: Mapping[str, str | None]) -> dict[str, str | None]:
        """Have words said so, or as they are written; what they were; see the port."""
        entries = self.all()
        before: dict[str, str | None] = {}
        for written, said in wanted.items():
            word = written.strip()
            _refuse_unfit(word, "The word")
            before[word] = entries.get(word)
            if said is not None:
                _refuse_unfit(said.strip(), f'How "{word}" is said')
                entries[word] = said.strip()
            elif entries.pop(word, None) is None:
                raise UsageError(
                    f'"{word}" is not in your list.',
                    remedy="It is said as it is written already.",
                )
        self._write(entries)
        return before

    def _write(self, entries: Mapping[str, str]) -> None:
        """Write the list, whole or not at all.

        Raises:
            DataFolderUnusable: it cannot be written.
        """
        if self._path is None:
            return
        content = json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
        try:
            with atomic_write(self._path, overwrite=True) as fresh:
                fresh.write_text(content, encoding="utf-8")
        except OSError as error:
            raise DataFolderUnusable(
                f"The pronunciations cannot be written to {self._path}: {error.strerror or error}.",
                remedy="Free space there, or choose another folder with --data-dir.",
            ) from error


def pattern_of(word: str) -> re.Pattern[str]:
    """Finds a word, alone or with a plural's ``s``, which is its group."""
    flags = 0 if any(sign.isupper() for sign in word) else re.IGNORECASE
    return re.compile(rf"(?<![\w&.]){re.escape(word)}(s?)(?!\w|\+|#)", flags)


@cache
def bundled_pronunciations() -> tuple[tuple[str, str], ...]:
    """What comes with the application, for English."""
    file = bundled("resources", "voices", "pronunciations.json")
    return tuple(_entries(json.loads(file.read_text(encoding="utf-8"))).items())


def _entries(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        raise TypeError("no object")
    return {
        word.strip(): said.strip()
        for word, said in found.items()
        if isinstance(said, str) and _is_fit(word.strip()) and _is_fit(said.strip())
    }


def _refuse_unfit(text: str, what: str) -> None:
    """Refuse what no list holds.

    Raises:
        UsageError: it is empty, too long, or no word.
    """
    if not text:
        raise UsageError(f"{what} is missing.", remedy='For example: SQL, said as "sequel".')
    if len(text) > LONGEST:
        raise UsageError(f"{what} is too long.", remedy=f"It may have {LONGEST} characters.")
    if not _is_fit(text):
        raise UsageError(
            f"{what} has no letter or digit.", remedy='For example: SQL, said as "sequel".'
        )


def _is_fit(text: str) -> bool:
    return 0 < len(text) <= LONGEST and any(sign.isalnum() for sign in text)
