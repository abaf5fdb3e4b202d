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
from interview_app.support.paths import bundled

_log = logging.getLogger(__name__)

Said = Sequence[tuple[str, str]]
"""Words as written, each with how it is said."""
LONGEST = 80
"""Characters of a word, and of how it is said."""


class Pronunciations:
    """The person's own list, a JSON object in a file of the data folder; ``None``: no list.

    Read anew when the file changed. A damaged file gives no entries and is left as it is.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], dict[str, str]] = ((0, 0), {})

    def all(self) -> dict[str, str]:
        """Every entry, in the file's order."""
        if self._path is None:
            return {}
        try:
            state = self._path.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            if stamp != self._read[0]:
                self._read = (stamp, _entries(json.loads(self._path.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as error:
            _log.warning("The list of pronunciations cannot be read: %s", type(error).__name__)
            return {}
        return dict(self._read[1])

    def of(self, text: str) -> list[tuple[str, str]]:
        """The entries whose word a text holds."""
        entries = sorted(self.all().items())
        return [(word, said) for word, said in entries if pattern_of(word).search(text)]

    def keep(self, entries: Mapping[str, str]) -> None:
        """Write the list, whole or not at all.

        Raises:
            UsageError: a word or its pronunciation is empty, or too long.
            DataFolderUnusable: it cannot be written.
        """
        kept = _entries(dict(entries))
        if len(kept) != len(entries) or self._path is None:
            raise UsageError(
                "A word or how it is said is missing or too long.",
                remedy=f"Each has 1 to {LONGEST} characters, and a letter or digit.",
            )
        part = self._path.with_suffix(".part")
        try:
            part.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            part.unlink(missing_ok=True)
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


def _is_fit(text: str) -> bool:
    return 0 < len(text) <= LONGEST and any(sign.isalnum() for sign in text)
