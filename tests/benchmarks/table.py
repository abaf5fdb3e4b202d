"""What a benchmark answers, and how it is printed and kept."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

TARGET = Path(__file__).resolve().parents[2] / "build" / "bench"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; ``ratio`` is against ``baseline``, measured in the same run."""

    what: str
    figure: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    promise: str = ""
    note: str = ""


def row(
    what: str,
    figure: float,
    unit: str,
    *,
    baseline: float | None = None,
    promise: str = "",
    note: str = "",
) -> Row:
    """A figure, with its ratio where there is a baseline."""
    ratio = figure / baseline if baseline else None
    return Row(what, figure, unit, baseline, ratio, promise, note)


def show(title: str, rows: Sequence[Row]) -> None:
    """Print one table."""
    table = Table(title=title, title_justify="left")
    table.add_column("What")
    for heading in ("Figure", "Baseline", "Ratio"):
        table.add_column(heading, justify="right")
    table.add_column("Promise")
    table.add_column("Note")
    for each in rows:
        table.add_row(
            each.what,
            f"{each.figure:.3g} {each.unit}",
            "" if each.baseline is None else f"{each.baseline:.3g} {each.unit}",
            "" if each.ratio is None else f"{each.ratio:.2f}",
            each.promise,
            each.note,
        )
    Console(width=140).print(table)


def keep(tables: dict[str, Sequence[Row]]) -> Path:
    """Write every table to ``build/bench/bench.json``, with the machine and its load."""
    TARGET.mkdir(parents=True, exist_ok=True)
    path = TARGET / "bench.json"
    machine = {
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }
    found = {name: [asdict(each) for each in rows] for name, rows in tables.items()}
    path.write_text(json.dumps({"machine": machine, "tables": found}, indent=2), encoding="utf-8")
    return path
