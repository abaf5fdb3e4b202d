"""Keeps Python's search for reference cycles away from work that makes very many lasting objects.

That search holds up every thread: among the guides of a large library it takes a quarter of a
second, in which the window stands still, and finds nothing, because guides hold no cycles.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_depth = 0


@contextmanager
def gc_paused() -> Iterator[None]:
    """No such search while this runs; and what is alive at its end is never searched again.

    Safe from any thread. What is freed by its last reference is freed as ever.
    """
    global _depth  # noqa: PLW0603 - Python's own switch is global, too
    with _lock:
        _depth += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if not _depth:
                gc.freeze()
                gc.enable()
