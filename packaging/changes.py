"""CHANGELOG.md in the forms packages want, and the moment a build is dated with."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from changelog import releases
from identity import APP_NAME, ROOT


def build_date() -> datetime:
    """SOURCE_DATE_EPOCH, or when the last commit was made, so that equal sources build equally.

    Sources without Git's history (an unpacked archive) are as old as their changelog.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or _last_commit()
    return datetime.fromtimestamp(float(epoch or (ROOT / "CHANGELOG.md").stat().st_mtime), UTC)


def _last_commit() -> str:
    try:
        done = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:  # no Git at all
        return ""
    return done.stdout.strip()


def debian_changelog(maintainer: str) -> str:
    """The changelog Debian's tools read."""
    entries = []
    for release in releases():
        lines = "\n".join(f"  * {_wrapped(change)}" for change in release.changes)
        entries.append(
            f"{APP_NAME} ({release.version}) unstable; urgency=medium\n\n{lines}\n\n"
            f" -- {maintainer}  {format_datetime(release.date or build_date())}\n"
        )
    return "\n".join(entries)


def appstream_releases() -> str:
    """The releases element's children."""
    entries = []
    for release in releases():
        items = "\n".join(f"          <li>{escape(change)}</li>" for change in release.changes)
        date = release.date or build_date()
        entries.append(
            f'    <release version="{release.version}" date="{date:%Y-%m-%d}">\n'
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
