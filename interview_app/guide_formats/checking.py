"""Checks the files of guides, by the rules that fit whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from interview_app.guide_formats.competencies import read_competencies
from interview_app.guide_formats.markdown_form import read_source
from interview_app.services.guides.checks import check
from interview_app.services.guides.house_rules import check_house_rules, shared_runs
from interview_app.services.guides.source import GuideFinding


def check_files(
    paths: Sequence[Path], bundled: Path, competencies: Path, *, is_strict: bool = False
) -> list[tuple[Path, GuideFinding]]:
    """Return what is found in each file, by line.

    Files of the folder ``bundled`` are held to the house rules, others where ``is_strict`` says so;
    what is held to them is also compared with every guide of that folder.

    Raises:
        GuideFileError: a file cannot be read; names file and line.
    """
    sources = {path: read_source(path) for path in paths}
    strict = {path for path in paths if is_strict or path.resolve().parent == bundled.resolve()}
    known = read_competencies(competencies) if strict else {}
    runs = _shared_runs([p for p in paths if p in strict], bundled) if strict else {}
    found: list[tuple[Path, GuideFinding]] = []
    for path, source in sources.items():
        findings = set(check(source))
        if path in strict:
            findings |= {*check_house_rules(source, known), *runs[path.resolve()]}
        found.extend((path, finding) for finding in sorted(findings))
    return found


def _shared_runs(paths: Sequence[Path], bundled: Path) -> dict[Path, list[GuideFinding]]:
    """What these files share among each other and with the bundled guides, told in these files."""
    wanted = [path.resolve() for path in paths]
    others = [p.resolve() for p in sorted(bundled.glob("*.md")) if p.resolve() not in wanted]
    together = {str(path): read_source(path) for path in (*others, *wanted)}
    runs = shared_runs(together)
    return {path: runs[str(path)] for path in wanted}
