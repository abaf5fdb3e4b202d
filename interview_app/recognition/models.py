"""Recognizer models on this machine: where they lie, and that each file is the known one."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from interview_app.domain.errors import ModelDamaged, RecognizerUnavailable, UnknownModel
from interview_app.model_files.known_file import KnownFile, sha256_of
from interview_app.model_files.verified_files import VerifiedFiles
from interview_app.recognition.known_models import (
    HUB,
    KNOWN_MODELS,
    POCKETSPHINX,
    KnownModel,
)
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.support.paths import bundled

_log = logging.getLogger(__name__)

_CHUNK = 1 << 20
_SPARE_BYTES = 50_000_000
"""Room left free on the disk beside a model."""
JOINING = ".joining-"
"""How a folder's name begins that is no model yet, or no more, and may be cleared away."""


class ModelStore:
    """Finds, puts together and checks models; ``models_dir`` is the one folder it writes to."""

    def __init__(self, models_dir: Path, known: tuple[KnownModel, ...] = KNOWN_MODELS) -> None:
        self._dir = models_dir
        self._known = known
        self._seen = VerifiedFiles(models_dir / "verified.json")

    @property
    def folder(self) -> Path:
        """The models folder."""
        return self._dir

    def list(self) -> tuple[ModelInfo, ...]:
        """Every known model, smallest first, and pocketsphinx; reads no model file."""
        whisper = [self._info(model) for model in sorted(self._known, key=lambda m: m.size_bytes)]
        has_sphinx = find_spec("pocketsphinx") is not None
        return (
            *whisper,
            ModelInfo(POCKETSPHINX, has_sphinx, 0, "en", "comes with the application"),
        )

    def locate(self, name: str) -> Path:
        """The folder of a model whose every file was checked; joins a model in parts first.

        A check is remembered by the files' sizes and times and done again when they change.

        Raises:
            UnknownModel: no model has that name.
            ModelDamaged: a file differs from its known SHA-256.
            RecognizerUnavailable: the model is not here, or there is no room to join its parts.
        """
        model = self.known(name)
        folder = self._folder(model)
        if folder is None or self._is_spoiled_copy(folder, model):
            folder = self._join(model)
        self._check(folder, model, anew=False)
        return folder

    def verify(self, name: str) -> Path:
        """The folder of a model, every file of it read and compared now.

        Raises:
            UnknownModel, ModelDamaged, RecognizerUnavailable: as in :meth:`locate`.
        """
        model = self.known(name)
        folder = self._folder(model) or self._join(model)
        self._check(folder, model, anew=True)
        return folder

    def adopt(self, name: str, folder: Path) -> Path:
        """Move a folder in the models folder into place as this model, whole, after a check.

        Raises:
            UnknownModel: no model has that name.
            ModelDamaged: a file differs from its known SHA-256; nothing was moved.
            OSError: the folder cannot be moved.
        """
        model = self.known(name)
        self._check(folder, model, anew=False)
        target = self._dir / model.name
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)
        for file in model.files:
            self._seen.remember(target / file.name, file.sha256)
        return target

    def is_known(self, path: Path, file: KnownFile) -> bool:
        """Whether a file is the known one: read now, and remembered if it is."""
        if not file.is_at(path):
            return False
        self._seen.remember(path, file.sha256)
        return True

    def known(self, name: str) -> KnownModel:
        """The model of that name.

        Raises:
            UnknownModel: there is none.
        """
        for model in self._known:
            if model.name == name:
                return model
        names = ", ".join([*(model.name for model in self._known), POCKETSPHINX])
        raise UnknownModel(f"No recognizer model is called {name!r}.", remedy=f"Known: {names}.")

    def _info(self, model: KnownModel) -> ModelInfo:
        folder = self._folder(model)
        if folder is not None:
            return ModelInfo(model.name, True, _size(folder, model), model.languages, str(folder))
        parts = self._parts(model)
        source = (
            str(parts[0].parent) if parts else f"{HUB}/{model.repository}".removeprefix("https://")
        )
        return ModelInfo(model.name, bool(parts), model.size_bytes, model.languages, source)

    def _folder(self, model: KnownModel) -> Path | None:
        """Where the whole model lies: put together earlier, in the bundle, or in a package."""
        if not model.files:
            return None
        places = [self._dir / model.name, bundled("models", model.name)]
        if model.packaged is not None:
            places += package_folders(model)[:1]
        for place in places:
            if all((place / file.name).is_file() for file in model.files):
                return place
        return None

    def _parts(self, model: KnownModel) -> Sequence[Path]:
        """The files that joined make ``model.bin``, in order; empty unless all are here."""
        if model.packaged is None:
            return []
        count = len(model.packaged.folders)
        in_bundle = [bundled("models", model.name)] * count
        for folders in (in_bundle, package_folders(model)):
            parts = [f / f"model.bin.part{i}" for i, f in enumerate(folders, 1)]
            if len(parts) == count and all(part.is_file() for part in parts):
                return parts
        return []

    def _is_spoiled_copy(self, folder: Path, model: KnownModel) -> bool:
        """Whether a model this store put together was changed since, and can be made again."""
        if folder.parent != self._dir or not self._parts(model):
            return False
        try:
            self._check(folder, model, anew=False)
        except ModelDamaged:
            _log.warning("The joined model %s was changed; it is joined again", model.name)
            return True
        return False

    def _check(self, folder: Path, model: KnownModel, *, anew: bool) -> None:
        for file in model.files:
            path = folder / file.name
            if not anew and self._seen.has(path, file.sha256):
                continue
            if not file.is_at(path):
                raise ModelDamaged(
                    f"The file {path} of the model {model.name} is not the official one.",
                    remedy=self._repair(folder, model),
                )
            self._seen.remember(path, file.sha256)

    def _repair(self, folder: Path, model: KnownModel) -> str:
        if folder.parent == self._dir and self._parts(model):
            return f"Delete the folder {folder}; it is put together again at the next use."
        if folder.parent == self._dir:
            return f"Fetch it again: interview-app models download {model.name}"
        if model.packaged is not None:
            return f"Reinstall it: pip install --force-reinstall {model.packaged.packages}"
        return "Install the application again."

    def _join(self, model: KnownModel) -> Path:
        """Put a model in parts together, once: into a temporary folder, checked, renamed."""
        parts = self._parts(model)
        if not parts:
            raise RecognizerUnavailable(
                f"The recognizer model {model.name} is not on this machine.", remedy=_get(model)
            )
        target = self._dir / model.name
        try:
            self._make_room(model)
            with _temporary_folder(self._dir) as folder:
                _concatenate(parts, folder / "model.bin")
                for file in model.files:
                    if file.name != "model.bin":
                        shutil.copyfile(parts[0].parent / file.name, folder / file.name)
                _refuse_wrong_parts(folder, model)
                shutil.rmtree(target, ignore_errors=True)
                with contextlib.suppress(FileExistsError):
                    folder.rename(target)
        except OSError as error:
            raise RecognizerUnavailable(
                f"The model {model.name} could not be put together in {self._dir}: "
                f"{error.strerror or error}.",
                remedy="Free space there, or name another folder in INTERVIEW_APP_MODELS_DIR.",
            ) from error
        return target

    def _make_room(self, model: KnownModel) -> None:
        self._dir.mkdir(parents=True, exist_ok=True)
        for left in self._dir.glob(f"{JOINING}*"):
            if not _is_in_use(left):
                shutil.rmtree(left, ignore_errors=True)
        free = shutil.disk_usage(self._dir).free
        needed = model.size_bytes + _SPARE_BYTES
        if free < needed:
            raise RecognizerUnavailable(
                f"The model {model.name} needs {needed / 1e6:.0f} MB in {self._dir}, "
                f"{free / 1e6:.0f} MB are free.",
                remedy="Free space there, or name another folder in INTERVIEW_APP_MODELS_DIR.",
            )


def package_folders(model: KnownModel) -> list[Path]:
    """The folders of a packaged model, its packages found but not imported."""
    found = []
    for package, folder in model.packaged.folders if model.packaged else ():
        spec = find_spec(package)
        if spec is not None and spec.submodule_search_locations:
            found.append(Path(spec.submodule_search_locations[0]) / folder)
    return found


def _get(model: KnownModel) -> str:
    fetch = f"interview-app models download {model.name}"
    if model.packaged is not None:
        return f"Install it (pip install {model.packaged.packages}), or fetch it: {fetch}"
    return f"Fetch it ({fetch}), or choose another model."


def _size(folder: Path, model: KnownModel) -> int:
    return sum((folder / file.name).stat().st_size for file in model.files)


def _concatenate(parts: Sequence[Path], target: Path) -> None:
    with target.open("wb") as whole:
        for part in parts:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, whole, _CHUNK)


def _refuse_wrong_parts(folder: Path, model: KnownModel) -> None:
    wrong = next((f for f in model.files if sha256_of(folder / f.name) != f.sha256), None)
    if wrong is not None and model.packaged is not None:
        raise ModelDamaged(
            f"The packages of the model {model.name} do not hold the official {wrong.name}.",
            remedy=f"Reinstall them: pip install --force-reinstall {model.packaged.packages}",
        )


@contextlib.contextmanager
def _temporary_folder(parent: Path) -> Iterator[Path]:
    """A folder beside the models, named for this process, gone afterwards unless renamed."""
    folder = Path(tempfile.mkdtemp(prefix=f"{JOINING}{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_in_use(folder: Path) -> bool:
    """Whether a temporary folder belongs to a process that still runs and is not this one."""
    number = folder.name.removeprefix(JOINING).split("-", maxsplit=1)[0]
    if os.name == "nt" or not number.isdigit() or int(number) == os.getpid():
        return os.name == "nt" and number.isdigit() and int(number) != os.getpid()
    try:
        os.kill(int(number), 0)
    except OSError:
        return False
    return True
