"""Prints how large each part of the folder is, and what each exclusion saved in the last build.

The reasons stand in SIZES.md; a test holds that it names every part over 10 MB.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from identity import BUILD, FOLDER

NAMED_FROM_BYTES = 10_000_000


def part_of(place: Path) -> str:
    """The part a file of the folder counts to: its package, its model, or itself."""
    parts = place.parts
    if parts[0] != "_internal" or len(parts) < 3:
        return parts[-1]
    return f"models/{parts[2]}" if parts[1] == "models" else parts[1]


def measure(folder: Path) -> Counter[str]:
    """Bytes of each part; links count nothing."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes[part_of(path.relative_to(folder))] += path.stat().st_size
    return sizes


def main() -> int:
    """Print both tables as Markdown."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    sizes = measure(folder)
    print(f"The folder: {sum(sizes.values()) / 1e6:.0f} MB\n\n| MB | Part |\n|--:|---|")
    for part, size in sizes.most_common():
        if size >= NAMED_FROM_BYTES:
            print(f"| {size / 1e6:.1f} | `{part}` |")
    saved = json.loads((BUILD / "left-out.json").read_text(encoding="utf-8"))
    print("\n| MB saved | Left out |\n|--:|---|")
    for reason, size in sorted(saved.items(), key=lambda pair: -pair[1]):
        print(f"| {size / 1e6:.1f} | {reason} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
