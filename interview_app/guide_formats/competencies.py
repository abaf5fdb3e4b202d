"""The competencies that questions can show, with the words of job advertisements for each."""

from __future__ import annotations

import tomllib
from pathlib import Path


def read_competencies(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the trade terms of each competency."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tuple(terms) for name, terms in table["competencies"].items()}
