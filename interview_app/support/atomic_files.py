"""Files that are written whole or not at all: beside their place first, then moved there."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def atomic_write(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """A temporary file beside the target; it takes the target's name when the block ends well.

    However the block ends otherwise, cancelled and interrupted included, the temporary file is
    gone and the target is what it was. The file is on the disk before it gets its name, and is
    readable by its owner only.

    Raises:
        FileExistsError: the target is there (now) and ``overwrite`` is false.
        OSError: the folder is missing, full or read-only.
    """
    if not overwrite and os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        sync(temporary)
        place(temporary, target, overwrite=overwrite)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def place(source: Path, target: Path, *, overwrite: bool = False) -> None:
    """Give a file its final name on the same file system.

    Raises:
        FileExistsError: the target is there and ``overwrite`` is false.
        OSError: it cannot be moved.
    """
    if overwrite:
        source.replace(target)
    else:
        _place_new(source, target)
    sync_folder(target.parent)


def sync(path: Path) -> None:
    """Have a file's content on the disk when this returns.

    Raises:
        OSError: the disk refused.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have a folder's names on the disk; systems that cannot do so are left alone."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _place_new(source: Path, target: Path) -> None:
    """Move where nothing is: a link refuses what a rename on POSIX would silently replace."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # FAT and some network file systems know no links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
    else:
        source.unlink()
