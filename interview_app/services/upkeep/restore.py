"""What is restored takes the place of what is there: all of it, however often it is interrupted.

A plan on the disk is the moment of decision. Before it, the old state stands untouched; from it on,
:func:`finish` goes forward from wherever a crash left off, and every start of the application calls
it first. A refusal of the file system (rather than a crash) goes backward at once.
"""

from __future__ import annotations

import json
import logging
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from interview_app.domain.errors import StorageError
from interview_app.services.file_failures import reason
from interview_app.support.atomic_files import atomic_write, sync_folder

PLAN = "restore-in-progress.json"
STAGE_PREFIX = ".restoring-"
_log = logging.getLogger(__name__)


class PlacesToSwap(Protocol):
    """A data folder and what of it a backup holds."""

    @property
    def root(self) -> Path:
        """The data folder."""
        ...

    @property
    def database(self) -> Path:
        """The database file."""
        ...


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """Names in the data folder: where the new state waits, where the old goes, what is swapped."""

    stage: str
    keep: str
    items: tuple[str, ...]
    new: tuple[str, ...]


def swap(paths: PlacesToSwap, stage: Path, keep: Path, items: tuple[str, ...]) -> None:
    """Move what is there of ``items`` to ``keep``, and what waits in ``stage`` into its place.

    Both folders lie in the data folder. What the new state does not have is gone afterwards, too.

    Raises:
        OSError: something could not be moved; the old state stands again.
        StorageError: nor could it be moved back; the next start finishes it, see :func:`finish`.
    """
    keep.mkdir(mode=0o700)
    new = tuple(item for item in items if (stage / item).exists())
    plan = RestorePlan(stage.name, keep.name, items, new)
    try:
        with atomic_write(paths.root / PLAN) as temporary:
            temporary.write_text(json.dumps(asdict(plan)), encoding="utf-8")
        _forward(paths.root, plan)
    except OSError:
        try:
            _back(paths.root, plan)
        except OSError as error:
            raise _stuck(paths.root, reason(error)) from error
        (paths.root / PLAN).unlink(missing_ok=True)
        with suppress(OSError):
            keep.rmdir()
        raise
    _tidy(paths.root, plan)


def is_unfinished(root: Path) -> bool:
    """Whether a restore was interrupted in its middle."""
    return (root / PLAN).exists()


def finish(paths: PlacesToSwap) -> Path | None:
    """Finish a restore that was interrupted in its middle; where the old state lies, if there was.

    Raises:
        StorageError: something could not be moved; nothing is lost, and the next call goes on.
    """
    plan_file = paths.root / PLAN
    try:
        found = json.loads(plan_file.read_text(encoding="utf-8"))
        plan = RestorePlan(
            found["stage"], found["keep"], tuple(found["items"]), tuple(found["new"])
        )
        _forward(paths.root, plan)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = reason(error) if isinstance(error, OSError) else "its plan cannot be read"
        raise _stuck(paths.root, why) from error
    _tidy(paths.root, plan)
    _log.info("A restore that was interrupted has been finished")
    return paths.root / plan.keep


def _forward(root: Path, plan: RestorePlan) -> None:
    stage, keep = root / plan.stage, root / plan.keep
    keep.mkdir(mode=0o700, exist_ok=True)
    for item in plan.items:
        new, here, old = stage / item, root / item, keep / item
        is_placed = item in plan.new and not new.exists()
        if here.exists() and not is_placed:
            here.replace(old if not old.exists() else keep / f"{item}.later")
        if new.exists():
            new.replace(here)
    sync_folder(root)


def _back(root: Path, plan: RestorePlan) -> None:
    """Undo what was moved, last first; what cannot be moved back stays in the kept folder."""
    stage, keep = root / plan.stage, root / plan.keep
    for item in reversed(plan.items):
        new, here, old = stage / item, root / item, keep / item
        if item in plan.new and here.exists() and not new.exists():
            here.replace(new)
        if old.exists():
            old.replace(here)
    sync_folder(root)


def _stuck(root: Path, why: str) -> StorageError:
    return StorageError(
        f"A restore that was interrupted cannot be finished: {why}.",
        remedy=f"Nothing is lost: both states lie in {root}. Close other programs that use that "
        "folder, and start again.",
    )


def _tidy(root: Path, plan: RestorePlan) -> None:
    (root / PLAN).unlink(missing_ok=True)
    sync_folder(root)
    shutil.rmtree(root / plan.stage, ignore_errors=True)
