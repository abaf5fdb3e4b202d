"""Names, numbers and places every packaging script shares, each read from its one place.

Version: ``interview_app/__init__.py``. Names and id: ``interview_app/support/paths.py``.
Icon: ``resources/icons/mock-interview.svg``. Licence and summary: ``pyproject.toml``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from interview_app import __version__ as VERSION  # noqa: E402, N812
from interview_app.support.paths import APP_ID, APP_NAME, APP_TITLE  # noqa: E402

PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build" / "package"
DIST = ROOT / "dist"
FOLDER = DIST / APP_NAME
"""The one folder PyInstaller makes."""
ICON = ROOT / "resources" / "icons" / f"{APP_NAME}.svg"
COMMAND = "interview-app"
AUTHOR = f"The {APP_TITLE} developers"
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LICENSE: str = _PROJECT["license"]
DESCRIPTION: str = _PROJECT["description"]


def fill(template: Path, **more: str) -> str:
    """A template with ``@NAME@`` replaced.

    Raises:
        KeyError: the template names something unknown.
    """
    known = {
        "VERSION": VERSION,
        "NAME": APP_NAME,
        "TITLE": APP_TITLE,
        "ID": APP_ID,
        "COMMAND": COMMAND,
        "LICENSE": LICENSE,
        "DESCRIPTION": DESCRIPTION,
        "AUTHOR": AUTHOR,
        **more,
    }
    text = template.read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda found: known[found[1]], text)
