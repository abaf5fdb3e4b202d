"""The log of the application; it never holds a word of an answer."""

from __future__ import annotations

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

_kept_open: list[IO[str]] = []


def start_log(folder: Path) -> None:
    """Log to a rotating file (3 of 1 MB); a crash leaves its stack in ``crash.log`` beside it.

    A folder that cannot be written to costs the log, nothing else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(
            folder / "interview-app.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
        crash = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())
        return
    _kept_open.append(crash)
    faulthandler.enable(crash)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
