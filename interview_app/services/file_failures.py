"""What a refusal of the file system means to a person: what happened, what was kept, what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interview_app.domain.errors import ExportFailed, TargetExists

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Tell a refusal to write a file as a sentence.

    Raises:
        TargetExists: a file is there already.
        ExportFailed: the place is full, read-only or missing.
    """
    try:
        yield
    except FileExistsError as error:
        name = error.filename or target
        raise TargetExists(
            f"{name} is there already and was left as it is.",
            remedy="Choose another name, or say that it may be replaced (--force).",
        ) from error
    except OSError as error:
        raise ExportFailed(
            f"{target} could not be written: {reason(error)}.", remedy=_remedy(error)
        ) from error


def reason(error: OSError) -> str:
    """The system's own words, fit for the middle of a sentence."""
    return (error.strerror or str(error)).rstrip(".").lower()


def is_full(error: OSError) -> bool:
    """Whether there was no room left."""
    return error.errno in _FULL


def _remedy(error: OSError) -> str:
    kept = "Everything is kept as it was, and no half file was left."
    if is_full(error):
        return f"{kept} Free some space there, or choose another place."
    return f"{kept} Choose another folder, or make that one writable for you."
