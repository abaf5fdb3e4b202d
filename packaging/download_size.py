"""Prints how many bytes pip will fetch for a lock here: download_size.py LOCK WHEELS.

Runs with the environment's own Python and needs nothing but the pip in it.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.tags import sys_tags
from pip._vendor.packaging.utils import canonicalize_name, parse_wheel_filename

LINE = re.compile(r"^[A-Za-z0-9][^\\\n]*", re.MULTILINE)


def main(lock: Path, wheels: Path) -> int:
    """Sum the wheels of what is not installed yet."""
    here = {canonicalize_name(found.metadata["Name"]) for found in distributions()}
    wanted = set()
    for line in LINE.findall(lock.read_text(encoding="utf-8")):
        package = Requirement(line)
        if package.marker is None or package.marker.evaluate():
            wanted.add((canonicalize_name(package.name), str(package.specifier).strip("=")))
    rank = {tag: place for place, tag in enumerate(sys_tags())}
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for row in wheels.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        file, size, _ = row.split()
        name, version, _, tags = parse_wheel_filename(file)
        places = [rank[tag] for tag in tags if tag in rank]
        if places and (name, str(version)) in wanted and name not in here:
            found = (min(places), int(size))
            best[name, str(version)] = min(found, best.get((name, str(version)), found))
    return sum(size for _, size in best.values())


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
