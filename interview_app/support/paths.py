"""Where things lie: what comes with the application, and what belongs to the person."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from interview_app.domain.errors import DataFolderUnusable
from interview_app.domain.text.file_names import TAKES_FOLDER

APP_NAME = "mock-interview"
"""The name of folders, packages and the desktop entry."""
APP_TITLE = "Mock Interview"
"""The name a person reads."""
APP_ID = "org.mockinterview.MockInterview"
"""What application stores and macOS know it by; never changed once published."""
DATA_DIR_VARIABLE = "INTERVIEW_APP_DATA_DIR"
MIRROR_VARIABLE = "INTERVIEW_APP_MODELS_MIRROR"
"""Names the address where recognizer models are fetched, in place of the hub."""


def bundled(*parts: str) -> Path:
    """A file or folder that comes with the application, from the tree, a wheel or a bundle."""
    package = Path(__file__).resolve().parent.parent
    roots = [package.parent, package / "_bundled"]
    if getattr(sys, "frozen", False):
        roots.insert(0, Path(getattr(sys, "_MEIPASS", package.parent)))
    for root in roots:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    return roots[0].joinpath(*parts)


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The data folder of one person and what lies in it."""

    root: Path

    @classmethod
    def choose(cls, data_dir: Path | None = None) -> AppPaths:
        """The folder named by the caller, by the environment, or the system's usual one."""
        named = data_dir or os.environ.get(DATA_DIR_VARIABLE)
        root = Path(named) if named else platformdirs.user_data_path(APP_NAME, appauthor=False)
        return cls(root.expanduser().absolute())

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "interviews.sqlite3"

    @property
    def takes(self) -> Path:
        """The folder of takes' sound files."""
        return self.root / TAKES_FOLDER

    @property
    def backups(self) -> Path:
        """The folder of copies of the database, made before each upgrade of its form."""
        return self.root / "backups"

    @property
    def guides(self) -> Path:
        """The folder of the person's own guides."""
        return self.root / "guides"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.json"

    @property
    def model_figures(self) -> Path:
        """How models did on paragraphs the person read."""
        return self.root / "model-figures.json"

    @property
    def reading(self) -> Path:
        """The sound of the paragraph the person read last."""
        return self.root / "cache" / "reading.wav"

    @property
    def voice_cache(self) -> Path:
        """Rendered questions; may be deleted at any time."""
        return self.root / "cache" / "voice"

    @property
    def logs(self) -> Path:
        """The folder of logs."""
        return self.root / "logs"

    @property
    def models(self) -> Path:
        """Recognizer models put together or downloaded; shared by all data folders."""
        named = os.environ.get("INTERVIEW_APP_MODELS_DIR")
        if named:
            return Path(named).expanduser().absolute()
        return platformdirs.user_cache_path(APP_NAME, appauthor=False) / "models"

    def make(self) -> None:
        """Make the data folder, for this person only.

        Raises:
            DataFolderUnusable: it cannot be made or written to.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            for folder in (self.takes, self.guides, self.voice_cache, self.logs):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise DataFolderUnusable(
                f"The data folder {self.root} cannot be written to: {error.strerror or error}.",
                remedy="Choose another with --data-dir, or free space and permissions there.",
            ) from error
