"""What the package weighs and how fast it opens, beside an empty window frozen the same way.

Without a package (``make package``) the rows are left out, and a line says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.opening import RUNS, measure_openings
from tests.benchmarks.table import Row, row
from tests.display import MISSING, virtual_display
from tests.packaging.scripts import PACKAGING, ROOT, script

_PROMISE = "at most 1.5 times"


def measure() -> list[Row]:
    """Every figure there is something to measure for."""
    folder: Path = script("identity").FOLDER
    if not folder.is_dir():
        sys.stderr.write(f"No package is built ({folder.name}): run make package first.\n")
        return []
    rows = [*_sizes(folder), *_packed(folder)]
    if MISSING:
        sys.stderr.write(f"The start is not measured: it needs {', '.join(MISSING)}.\n")
        return rows
    return rows + _starts(folder)


def _sizes(folder: Path) -> list[Row]:
    sizes = script("sizes")
    named = (PACKAGING / "SIZES.md").read_text(encoding="utf-8")
    parts = sizes.measure(folder)
    rows = [row("the folder on disk", sum(parts.values()) / 1e6, "MB")]
    for part, size in parts.most_common():
        if size >= sizes.NAMED_FROM_BYTES:
            note = "" if f"`{part}`" in named else "not named in SIZES.md"
            rows.append(row(f"· {part}", size / 1e6, "MB", promise="named", note=note))
    return rows


def _packed(folder: Path) -> list[Row]:
    found = [*folder.parent.glob("*.deb"), *folder.parent.glob("*.tar.xz")]
    return [row(path.name, path.stat().st_size / 1e6, "MB, packed") for path in sorted(found)]


def _starts(folder: Path) -> list[Row]:
    empty = _empty_window()
    with tempfile.TemporaryDirectory(prefix="bench-") as name, virtual_display() as display:
        data = Path(name) / "data"
        data.mkdir(mode=0o700)
        chosen = {"is_sound_checked": True, "last_guide": "it-product-manager"}
        (data / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
        own = {"INTERVIEW_APP_DATA_DIR": str(data)}
        program = folder / folder.name
        starts: dict[str, tuple[list[str], dict[str, str]]] = {
            "package": ([str(program)], own),
            "tree": ([sys.executable, "-m", "interview_app"], own),
            "empty, tree": ([sys.executable, str(PACKAGING / "empty_window.py")], {}),
        }
        if empty is not None:
            starts["empty, package"] = ([str(empty)], {})
        found = measure_openings(starts, display)
    rows = []
    for kind in ("package", "tree"):
        beside = found.get(f"empty, {kind}")
        if beside is None:
            continue
        note = f"median of {RUNS}, beside an empty window of the same kind"
        for what, ours, theirs in (
            ("window on the screen", found[kind].shown_s, beside.shown_s),
            ("a key is answered", found[kind].answers_s, beside.answers_s),
        ):
            rows.append(
                row(f"{kind}: {what}", ours, "s", baseline=theirs, promise=_PROMISE, note=note)
            )
    return rows


def _empty_window() -> Path | None:
    """The empty window as a bundle, built if it is not there; ``None`` without PyInstaller."""
    work: Path = script("identity").BUILD / "empty-window"
    program = work / "dist" / "empty-window" / "empty-window"
    if program.exists():
        return program
    if find_spec("PyInstaller") is None:
        sys.stderr.write("Without PyInstaller there is no empty package to compare with.\n")
        return None
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
            *("--distpath", work / "dist", "--workpath", work / "work"),
            PACKAGING / "empty-window.spec",
        ],
        check=True,
        cwd=ROOT,
    )
    return program
