"""Reads CHANGELOG.md; as a script, prints what is new: the text of a release's draft.

changelog.py [TAG]: with a tag such as v1.2.3, fails unless it names the newest version. It needs
nothing but Python 3.10, because the release's last job has nothing else.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_HEADING = re.compile(r"^## (?P<version>[\w.]+)(, (?P<date>\d{4}-\d\d-\d\d))?", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """A version with its changes; one that is not released yet bears no date."""

    version: str
    date: datetime | None
    changes: tuple[str, ...]


def version() -> str:
    """The version of this checkout, read without importing the application.

    Raises:
        ValueError: there is none where it should stand.
    """
    source = (ROOT / "interview_app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    if found is None:
        raise ValueError("interview_app/__init__.py names no version")
    return found[1]


def releases() -> tuple[Release, ...]:
    """Every version of CHANGELOG.md, newest first.

    Raises:
        ValueError: the newest is not the version being built.
    """
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    listed = []
    for heading, end in zip(found, ends, strict=True):
        named = heading["date"]
        date = datetime.fromisoformat(f"{named}T12:00:00+00:00") if named else None
        points = re.split(r"^- ", text[heading.end() : end], flags=re.MULTILINE)[1:]
        changes = tuple(" ".join(point.split("\n###")[0].split()) for point in points)
        listed.append(Release(heading["version"], date, changes))
    if not listed or listed[0].version != version():
        raise ValueError(f"CHANGELOG.md does not begin with version {version()}")
    return tuple(listed)


def main() -> int:
    """Print the newest version's changes as a Markdown list; the exit status."""
    try:
        newest = releases()[0]
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    if sys.argv[1:] not in ([], [f"v{newest.version}"]):
        print(f"The tag is {sys.argv[1]}, the version {newest.version}.", file=sys.stderr)
        return 1
    sys.stdout.buffer.write("".join(f"- {change}\n" for change in newest.changes).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
