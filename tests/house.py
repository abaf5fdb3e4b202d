"""Print how the house stands: modules, lines, importers, folders (``make house``)."""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "interview_app"
SHORTEST, LONGEST = 150, 500
"""Lines of a module that is one subject (``CONTRIBUTING.md``)."""


def modules() -> dict[str, Path]:
    """Return each module's dotted name and file; faces of packages and migrations are left out."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path
        for path in sorted((ROOT / PACKAGE).rglob("*.py"))
        if path.name != "__init__.py" and "migrations" not in path.parts
    }


def imported_by(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a file imports, wherever in it, types included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        yield from (name for name in names if name in known)


def lines_in(path: Path) -> int:
    """Return how many lines a file has, blank ones and comments included."""
    return len(path.read_text(encoding="utf-8").splitlines())


def class_names(path: Path) -> Iterator[str]:
    """Yield the public classes a module defines."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def report() -> list[tuple[str, str]]:
    """Return what is counted, each with its figure."""
    known = modules()
    importers: dict[str, set[str]] = defaultdict(set)
    for name, path in known.items():
        for other in imported_by(path, known):
            if other != name:
                importers[other].add(name)
    lines = {name: lines_in(path) for name, path in known.items()}
    gui = [name for name in known if name.startswith(f"{PACKAGE}.gui.")]
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for path in known.values())
    classes = Counter(name for path in known.values() for name in class_names(path))
    largest, count = folders.most_common(1)[0]
    return [
        ("modules", str(len(known))),
        ("modules with one importer", _share(_with_one(known, importers), known)),
        ("… of the window's modules", _share(_with_one(gui, importers), gui)),
        ("lines", f"{sum(lines.values()):,}"),
        ("lines of the window", f"{sum(lines[name] for name in gui):,}"),
        ("mean length of a module", f"{sum(lines.values()) / len(known):.0f}"),
        (f"modules over {LONGEST} lines", str(sum(1 for n in lines.values() if n > LONGEST))),
        (f"modules under {SHORTEST} lines", str(sum(1 for n in lines.values() if n < SHORTEST))),
        ("largest folder", f"{largest} ({count})"),
        ("class names that mean two things", _names(name for name, n in classes.items() if n > 1)),
    ]


def _with_one(names: dict[str, Path] | list[str], importers: dict[str, set[str]]) -> int:
    return sum(1 for name in names if len(importers[name]) == 1)


def _share(part: int, whole: dict[str, Path] | list[str]) -> str:
    return f"{part} ({100 * part / len(whole):.0f} %)"


def _names(names: Iterator[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def main() -> None:
    """Print the table."""
    table = report()
    width = max(len(name) for name, _ in table)
    for name, figure in table:
        sys.stdout.write(f"{name:<{width}}  {figure}\n")


if __name__ == "__main__":
    main()
