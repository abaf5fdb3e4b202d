"""Fetching a model: from the hub or a mirror, file by file, resumed, checked, moved in whole.

Files go into a folder of their own in the models folder, whose name begins with a dot and which is
no model to anybody. It stays after a cut or Cancel, so that the next try goes on from there. Only
when every file has its known SHA-256 does the folder take the model's name. All that is sent is
the request for these files: no cookie, no account, nothing of the person's.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from interview_app.domain.errors import (
    DownloadFailed,
    ModelDamaged,
    RecognizerUnavailable,
    UsageError,
)
from interview_app.model_files.checked_download import PAUSES_S, CheckedFetch, size_of
from interview_app.model_files.http_download import STALL_LIMIT_S, Fetch, new_client
from interview_app.model_files.known_file import KnownFile
from interview_app.model_files.transfer_rate import Transfer, size
from interview_app.recognition.known_models import HUB, POCKETSPHINX, KnownModel
from interview_app.recognition.models import ModelStore
from interview_app.services.jobs import JobContext

DOWNLOADING = ".downloading-"
"""How the name of a folder begins into which a model is fetched."""
_SPARE_BYTES = 50_000_000
"""Room left free on the disk beside a model."""
_CHUNK = 1 << 20
_DAMAGED_REMEDY = "Try another mirror (--mirror), or use a folder you have (--from)."
_ABSENT_REMEDY = (
    "The same command goes on from there; or name a mirror (--mirror), or use a folder you have "
    "(--from)."
)


@dataclass(frozen=True, slots=True)
class DownloadPlan:
    """What a download would do, to be said before the first byte."""

    model: KnownModel
    source: str
    """The address, without user and password."""
    folder: Path
    """Where the model will stand."""
    missing_bytes: int
    """What is still to come; less than the model's size after a cut."""


class ModelDownloads:
    """Fetches models into a store's folder."""

    def __init__(
        self,
        store: ModelStore,
        *,
        stall_limit_s: float = STALL_LIMIT_S,
        pauses_s: tuple[float, ...] = PAUSES_S,
    ) -> None:
        """Seconds without a byte that count as a cut, and pauses before tries after vain ones."""
        self._store = store
        self._stall_limit_s = stall_limit_s
        self._pauses_s = pauses_s

    def installed(self, name: str) -> Path | None:
        """Where the model stands already, every file checked; ``None`` if it must be fetched.

        Raises:
            UnknownModel: no model has that name.
            UsageError: pocketsphinx needs no model.
        """
        if name == POCKETSPHINX:
            raise UsageError(
                "pocketsphinx comes with the application; there is nothing to fetch.",
                remedy="See: interview-app models list",
            )
        with contextlib.suppress(RecognizerUnavailable):
            return self._store.locate(name)
        return None

    def plan(self, name: str, mirror: str = HUB) -> DownloadPlan:
        """What fetching the model from an address would do.

        Raises:
            UnknownModel: no model has that name.
            UsageError: the address is no http or https address.
        """
        model = self._store.known(name)
        have = sum(size_of(work_folder(self._store, model) / file.name) for file in model.files)
        target = self._store.folder / name
        return DownloadPlan(
            model, _shown(_base(mirror), model), target, max(model.size_bytes - have, 0)
        )

    def fetch(self, name: str, job: JobContext, mirror: str = HUB) -> Path:
        """Fetch a model; the folder where it stands. Progress has speed and time left.

        Raises:
            UnknownModel: no model has that name.
            UsageError: the mirror's address is no http or https address.
            DownloadFailed: no room, no connection, or a server that misbehaves; what arrived stays.
            ModelDamaged: the server's file is not the official one; it was deleted.
            JobCancelled: it is no longer wanted; what arrived stays.
        """
        base = _base(mirror)
        model = self._store.known(name)
        with self._working(model) as work, new_client(self._stall_limit_s) as client:
            have = {file.name: size_of(work / file.name) for file in model.files}
            transfer = Transfer(model.size_bytes, sum(have.values()))
            checked = CheckedFetch(
                transfer, job, self._store.is_known, _refused, _ABSENT_REMEDY, self._pauses_s
            )
            for file in model.files:
                url = f"{base}/{model.repository}/resolve/{model.revision}/{file.name}"
                fetch = Fetch(client, url, work / file.name, file.size)
                checked.run(fetch, work / file.name, file)
            return self._adopt(model, work)

    def copy(self, name: str, folder: Path, job: JobContext) -> Path:
        """Take a model from a folder the person has; the folder where it stands afterwards.

        The folder may hold the files themselves, or be the hub's own cache.

        Raises:
            UnknownModel: no model has that name.
            DownloadFailed: a file is missing there, or there is no room.
            ModelDamaged: a file is not the official one.
            JobCancelled: it is no longer wanted.
        """
        model = self._store.known(name)
        source = _folder_with(folder, model)
        with self._working(model) as work:
            transfer = Transfer(model.size_bytes)
            for file in model.files:
                _copy(source / file.name, work / file.name, job, transfer)
                if not self._store.is_known(work / file.name, file):
                    (work / file.name).unlink()
                    raise ModelDamaged(
                        f"{source / file.name} is not the official file of {name}.",
                        remedy=f"Fetch it instead: interview-app models download {name}",
                    )
            return self._adopt(model, work)

    @contextlib.contextmanager
    def _working(self, model: KnownModel) -> Iterator[Path]:
        """The folder to fetch into, ours alone; what the system refuses is told."""
        from filelock import FileLock, Timeout

        work = work_folder(self._store, model)
        try:
            work.mkdir(parents=True, exist_ok=True)
            with FileLock(self._store.folder / f"{DOWNLOADING}{model.name}.lock", timeout=0):
                try:
                    self._require_room(model, work)
                    yield work
                finally:
                    with contextlib.suppress(OSError):
                        work.rmdir()  # only where nothing arrived
        except Timeout as error:
            raise DownloadFailed(
                f"{model.name} is being fetched already.", remedy="Wait for that, or cancel it."
            ) from error
        except OSError as error:
            raise DownloadFailed(
                f"{model.name} cannot be written to {self._store.folder}: "
                f"{error.strerror or error}. What arrived is kept.",
                remedy="Free space there, or name another folder in INTERVIEW_APP_MODELS_DIR.",
            ) from error

    def _require_room(self, model: KnownModel, work: Path) -> None:
        have = sum(size_of(work / file.name) for file in model.files)
        needed = model.size_bytes - have + _SPARE_BYTES
        free = shutil.disk_usage(work).free
        if free < needed:
            raise DownloadFailed(
                f"{model.name} needs {size(needed)}, {size(free)} free in {self._store.folder}.",
                remedy="Free space there, or name another folder in INTERVIEW_APP_MODELS_DIR.",
            )

    def _adopt(self, model: KnownModel, work: Path) -> Path:
        names = {file.name for file in model.files}
        for other in work.iterdir():
            if other.name not in names:
                other.unlink()
        return self._store.adopt(model.name, work)


def _refused(file: KnownFile) -> ModelDamaged:
    return ModelDamaged(
        f"The {file.name} that was fetched is not the official one; it was deleted.",
        remedy=_DAMAGED_REMEDY,
    )


def work_folder(store: ModelStore, model: KnownModel) -> Path:
    """Where a model is fetched into until it is whole."""
    return store.folder / f"{DOWNLOADING}{model.name}@{model.revision[:12]}"


def _base(mirror: str) -> str:
    """A mirror's address without its last slash.

    Raises:
        UsageError: it is no http or https address.
    """
    parts = urlsplit(mirror)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"{mirror!r} is no address of a mirror.",
            remedy=f"It begins with https:// and serves what {HUB} does.",
        )
    return mirror.rstrip("/")


def _shown(base: str, model: KnownModel) -> str:
    parts = urlsplit(base)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}/{model.repository}"


def _folder_with(folder: Path, model: KnownModel) -> Path:
    """The folder itself, one in it named for the model, or the hub's cache of it."""
    cache = f"models--{model.repository.replace('/', '--')}"
    snapshot = Path("snapshots") / model.revision
    places = (folder, folder / model.name, folder / snapshot, folder / cache / snapshot)
    for place in places:
        if all((place / file.name).is_file() for file in model.files):
            return place
    names = ", ".join(file.name for file in model.files)
    raise DownloadFailed(
        f"{folder} does not hold the model {model.name}.", remedy=f"It needs the files {names}."
    )


def _copy(source: Path, target: Path, job: JobContext, transfer: Transfer) -> None:
    with source.open("rb") as whole, target.open("wb") as copy:
        while chunk := whole.read(_CHUNK):
            copy.write(chunk)
            transfer.add(len(chunk))
            job.check()
            if transfer.is_news():
                job.report(transfer.fraction, transfer.line(source.name))
