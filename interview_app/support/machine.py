"""What this machine is called in a table of figures: its processor and cores, not its owner."""

from __future__ import annotations

import contextlib
import os
import platform
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")


def machine_name(cpuinfo: Path = _CPUINFO) -> str:
    """The processor's name and how many cores there are: "Intel Core i5-8250U, 8 cores"."""
    processor = _linux_name(cpuinfo) or platform.processor() or platform.machine()
    cores = os.cpu_count() or 1
    return f"{processor}, {cores} cores" if cores > 1 else processor


def _linux_name(cpuinfo: Path) -> str:
    with contextlib.suppress(OSError):
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return " ".join(value.split())
    return ""
