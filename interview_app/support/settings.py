"""What a person chose once and for all, in one small JSON file."""

from __future__ import annotations

import contextlib
import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from interview_app.domain.errors import DataFolderUnusable
from interview_app.support.atomic_files import atomic_write

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices with their defaults; devices are remembered by id and by name.

    ``voice`` is a voice's id, ``""`` for the system's own, ``off`` for none. ``theme`` is
    ``system``, ``light`` or ``dark``. Times are seconds; 0 means the question's own target, or no
    limit.
    """

    microphone_id: str = ""
    microphone_name: str = ""
    speaker_id: str = ""
    speaker_name: str = ""
    voice: str = ""
    rate_wpm: int = 165
    model: str = "base"
    theme: str = "system"
    mode: str = "practice"
    order: str = "least_recent"
    question_count: int = 5
    think_s: int = 30
    target_s: int = 0
    hard_limit_s: int = 0
    has_manners: bool = True
    """Whether the interviewer greets, leads from question to question and takes leave."""
    last_guide: str = ""
    replay_speed: float = 1.0
    """How many times as fast kept takes are heard, 0.5 to 2."""
    skips_silences: bool = False
    replays_questions: bool = True
    shows_marks: bool = True
    """Whether hesitations and long pauses stand among the words of an answer."""
    is_sound_checked: bool = False
    window_geometry: str = ""
    """What Qt needs to put the window back where it was, in Base64."""


class SettingsFile:
    """The settings on disk; a damaged file gives the defaults and is set aside.

    ``first`` are those of a person who never chose anything.
    """

    def __init__(self, path: Path, first: Settings | None = None) -> None:
        self._path = path
        self._first = first or Settings()

    def load(self) -> Settings:
        """The settings, with the default for whatever is missing or of the wrong type."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return self._first
        except (OSError, ValueError) as error:
            _log.warning("The settings cannot be read, defaults are used: %s", error)
            self._set_aside()
            return Settings()
        return _from_json(found)

    def save(self, settings: Settings) -> None:
        """Write the settings, whole or not at all.

        Raises:
            DataFolderUnusable: they cannot be written.
        """
        text = json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with atomic_write(self._path, overwrite=True) as fresh:
                fresh.write_text(text, encoding="utf-8")
        except OSError as error:
            raise DataFolderUnusable(
                f"The settings cannot be written to {self._path}: {error.strerror or error}.",
                remedy="Free space there, or choose another folder with --data-dir.",
            ) from error

    def _set_aside(self) -> None:
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_suffix(".damaged.json"))


def _from_json(found: Any) -> Settings:  # noqa: ANN401 - whatever the file held
    if not isinstance(found, dict):
        return Settings()
    types = get_type_hints(Settings)
    known = {
        field.name: found[field.name]
        for field in fields(Settings)
        if type(found.get(field.name)) is types[field.name]
    }
    return Settings(**known)
