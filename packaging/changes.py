"""CHANGELOG.md in the forms packages want, and the moment a build is dated with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from identity import APP_NAME, ROOT, VERSION

_HEADING = re.compile(r"^## (?P<version>[\w.]+)(, (?P<date>\d{4}-\d\d-\d\d))?", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """A version with its changes; a version not released yet bears the date of the build."""

    version: str
    date: datetime
    changes: tuple[str, ...]


def build_date() -> datetime:
    """SOURCE_DATE_EPOCH, or when the last commit was made, so that equal sources build equally."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        epoch = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    return datetime.fromtimestamp(int(epoch), UTC)


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
        date = datetime.fromisoformat(f"{named}T12:00:00+00:00") if named else build_date()
        points = re.split(r"^- ", text[heading.end() : end], flags=re.MULTILINE)[1:]
        changes = tuple(" ".join(point.split("\n###")[0].split()) for point in points)
        listed.append(Release(heading["version"], date, changes))
    if not listed or listed[0].version != VERSION:
        raise ValueError(f"CHANGELOG.md does not begin with version {VERSION}")
    return tuple(listed)


def debian_changelog(maintainer: str) -> str:
    """The changelog Debian's tools read."""
    entries = []
    for release in releases():
        lines = "\n".join(f"  * {_wrapped(change)}" for change in release.changes)
        entries.append(
            f"{APP_NAME} ({release.version}) unstable; urgency=medium\n\n{lines}\n\n"
            f" -- {maintainer}  {format_datetime(release.date)}\n"
        )
    return "\n".join(entries)


def appstream_releases() -> str:
    """The releases element's children."""
    entries = []
    for release in releases():
        items = "\n".join(f"          <li>{escape(change)}</li>" for change in release.changes)
        entries.append(
            f'    <release version="{release.version}" date="{release.date:%Y-%m-%d}">\n'
            f"      <description>\n        <ul>\n{items}\n        </ul>\n      </description>\n"
            "    </release>"
        )
    return "\n".join(entries)


def _wrapped(text: str, width: int = 74) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n    ".join(lines)


if __name__ == "__main__":
    sys.stdout.write("\n".join(f"- {change}" for change in releases()[0].changes) + "\n")
