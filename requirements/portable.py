"""Takes out of lock files the markers that not every pip can evaluate.

Usage: portable.py LOCK…

pip 24.1 to 25.3 reads the kernel's name as a version for ``platform_release`` and ends where it is
none (``6.8.0-45-generic``). Only packages for macOS carry such markers. "At least this macOS" goes:
the package is installed and never loaded. "Before this macOS" takes the whole package with it: it
is for systems older than those the README names.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ENTRY = re.compile(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", re.MULTILINE | re.DOTALL)
AT_LEAST = re.compile(r"platform_release >= '[\d.]+' and ")
KERNEL = ("platform_release", "platform_version")


def portable(lock: str) -> str:
    """Write the lock without markers that ask for the kernel's name."""
    return ENTRY.sub(lambda entry: _portable(entry[0]), lock)


def _portable(entry: str) -> str:
    head, _, rest = entry.partition("\n")
    if "platform_release <" in head:
        return ""
    head = AT_LEAST.sub("", head)
    if any(name in head for name in KERNEL):
        sys.exit(f"A marker that asks for the kernel's name, and no rule for it: {head}")
    return f"{head}\n{rest}"


if __name__ == "__main__":
    for lock in map(Path, sys.argv[1:]):
        lock.write_text(portable(lock.read_text(encoding="utf-8")), encoding="utf-8")
