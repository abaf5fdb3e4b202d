"""The folder of takes' sound files: what lies there, and what may be removed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from interview_app.services.history.history import DataFolder, remove_inside
from interview_app.services.ports.sounds import StoredSound
from interview_app.support.clock import file_age_s

_STALE_S = 86_400.0
"""An unfinished file that old belongs to nobody any more."""


class SoundFiles:
    """Looks through and tidies the folder; what cannot be read there is passed over."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def sizes(self) -> dict[str, int]:
        """Bytes of each sound file, by its name as a take's row has it."""
        folder = self._folder.takes
        prefix = folder.relative_to(self._folder.root).as_posix()
        sizes: dict[str, int] = {}
        with suppress(OSError):
            for file in folder.iterdir():
                with suppress(OSError):
                    sizes[f"{prefix}/{file.name}"] = file.stat().st_size
        return sizes

    def in_parts(self) -> set[str]:
        """The takes whose sound still lies about in parts, as it was recorded."""
        with suppress(OSError):
            names = [file.name for file in self._folder.takes.iterdir()]
            return {name.split(".part-")[0] for name in names if ".part-" in name}
        return set()

    def remove_leftovers(self, takes: Iterable[StoredSound]) -> None:
        """Remove what a crash left: originals of converted takes, and files no row names."""
        by_name = {Path(take.uid).name: take for take in takes}
        with suppress(OSError):
            for file in list(self._folder.takes.iterdir()):
                take = by_name.get(file.stem)
                if file.name.startswith(".") and file.suffix == ".part":
                    self._remove_if_stale(file)
                elif take is not None and self._is_leftover(take, file):
                    self.remove(file)

    def remove(self, file: Path) -> bool:
        """Remove a file of the folder of takes; whether it is gone."""
        return remove_inside(self._folder.takes, file) is True

    def _is_leftover(self, take: StoredSound, file: Path) -> bool:
        if not take.is_closed or file.suffix not in {".wav", ".flac", ".opus"}:
            return False
        if take.sound is None:
            return take.has_transcript
        named = self._folder.root / take.sound
        return named != file and named.is_file()

    def _remove_if_stale(self, file: Path) -> None:
        with suppress(OSError):
            if file_age_s(file) > _STALE_S:
                self.remove(file)
