"""Whether a model can run on this machine, told before it is tried.

Memory: on two models the peak while decoding was measured (int8, 30 s of sound: tiny.en 255 MB,
base 328 MB, and 410 MB for base in the whole helper), which is a fixed part and 1.1 times the
files. For larger models the same line is drawn on, so their need is an estimate.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from interview_app.model_files.transfer_rate import size
from interview_app.recognition.known_models import KnownModel

_PROC = Path("/proc")
_HELPER_BYTES = 250_000_000
_BYTES_A_FILE_BYTE = 1.1


def needed_memory(model: KnownModel) -> int:
    """Bytes of memory a model takes while it decodes; see above for how this is known."""
    return round(_HELPER_BYTES + _BYTES_A_FILE_BYTE * model.size_bytes)


def can_run(model: KnownModel, proc: Path = _PROC) -> str | None:
    """Why a model cannot run here now, or ``None`` if nothing known speaks against it.

    Asks Linux (``proc``); elsewhere nothing is known, and nothing is said.
    """
    if _lacks_avx(proc):
        return "needs a processor with AVX; use pocketsphinx"
    free = _free_memory(proc)
    needed = needed_memory(model)
    if free is not None and free < needed:
        return f"needs {size(needed)} of memory, {size(free)} free"
    return None


def _lacks_avx(proc: Path) -> bool:
    """Whether this is an x86 processor that lists its abilities, and AVX is not among them."""
    for line in _lines(proc / "cpuinfo"):
        name, _, value = line.partition(":")
        if name.strip() == "flags":
            return "avx" not in value.split()
    return False


def _free_memory(proc: Path) -> int | None:
    for line in _lines(proc / "meminfo"):
        name, _, value = line.partition(":")
        if name == "MemAvailable":
            return int(value.split()[0]) * 1024
    return None


def _lines(path: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    return []
