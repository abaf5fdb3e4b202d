"""A guide together with where its parts stand in the file it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from interview_app.domain.guide import Guide


class Severity(StrEnum):
    """An *error* makes a check fail; a *warning* is worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class GuideFinding:
    """Something about a guide's file that its writer should see; lines count from 1."""

    line: int
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class GuideSource:
    """What was read from a guide's file.

    ``lines`` maps (question id, field) to the line where that field begins, with ``prompt`` for
    the question itself, and (``""``, section title) to the line of a section. ``findings`` are
    those that only the reader can see: ids used twice, labels that look misspelt.
    """

    guide: Guide
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    findings: tuple[GuideFinding, ...] = ()

    def line(self, question_id: str, part: str = "prompt") -> int:
        """The line of a part of a question; of the question itself where the part is missing."""
        return self.lines.get((question_id, part)) or self.lines.get((question_id, "prompt"), 1)


@dataclass(frozen=True, slots=True, order=True)
class GuideWarning:
    """Something an import could not place or did not find; lines count from 1 in the file.

    In a Word document a line is a paragraph, in a table a row of the file.
    """

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of an imported file that is not among the words of its guide, and why.

    Labels and numbers become structure; navigation, footers and tables of contents are no content.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What was understood of a file; nothing is kept until the person says so.

    ``question_lines`` tells by a question's id where it stands, as far as the reader knows.
    """

    guide: Guide
    warnings: tuple[GuideWarning, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    question_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a source, and the lines that its warnings are about, by number."""

    imported: Imported
    lines: Mapping[int, str] = field(default_factory=dict)
