"""What reads a guide file."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from interview_app.domain.guide import Guide


class GuideReader(Protocol):
    """Reads one guide file of the project's own Markdown form."""

    def __call__(self, path: Path) -> Guide:
        """The guide.

        Raises:
            GuideFileError: the file cannot be read; names file and line.
        """
        ...
