"""Taking a fetched model away, and refusing where it would be back at once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from interview_app.domain.errors import RecognizerUnavailable, UsageError
from interview_app.recognition.downloads import DOWNLOADING
from interview_app.recognition.known_models import POCKETSPHINX, KnownModel
from interview_app.recognition.models import JOINING, ModelStore, package_folders
from interview_app.support.paths import bundled


def remove_model(store: ModelStore, name: str) -> int:
    """Delete a model that was fetched, and what a fetch left half-done; the bytes freed.

    Raises:
        UsageError: it came with the application or with packages, or is not here.
        UnknownModel: no model has that name.
        RecognizerUnavailable: the folder cannot be deleted.
    """
    if name == POCKETSPHINX:
        raise _part_of_the_application(name)
    model = store.known(name)
    _refuse_packaged(model)
    mine = [store.folder / name, *store.folder.glob(f"{DOWNLOADING}{name}@*")]
    folders = [folder for folder in mine if folder.is_dir()]
    if not folders:
        raise UsageError(
            f"{name} is not on this machine; there is nothing to remove.",
            remedy="See: interview-app models list",
        )
    freed = sum(f.stat().st_size for folder in folders for f in folder.rglob("*") if f.is_file())
    for folder in folders:
        _delete(folder)
    return freed


def can_remove(store: ModelStore, model: KnownModel) -> bool:
    """Whether a model was fetched into the models folder, and would be gone once deleted there."""
    try:
        _refuse_packaged(model)
    except UsageError:
        return False
    return (store.folder / model.name).is_dir()


def _refuse_packaged(model: KnownModel) -> None:
    if bundled("models", model.name).is_dir():
        raise _part_of_the_application(model.name)
    if model.packaged is not None and any(f.is_dir() for f in package_folders(model)):
        raise UsageError(
            f"{model.name} came with installed packages and was not fetched; "
            "deleted here it would be back at the next use.",
            remedy=f"To remove it: pip uninstall {model.packaged.packages}",
        )


def _part_of_the_application(name: str) -> UsageError:
    return UsageError(f"{name} comes with the application.", remedy="It cannot be removed alone.")


def _delete(folder: Path) -> None:
    """Take a folder away whole: first its name, then its files."""
    leaving = folder.with_name(f"{JOINING}{os.getpid()}-{folder.name}")
    try:
        folder.rename(leaving)
        shutil.rmtree(leaving)
    except OSError as error:
        raise RecognizerUnavailable(
            f"{folder} cannot be deleted: {error.strerror or error}.",
            remedy="Close the application if it uses this model, then try again.",
        ) from error
