"""Puts the models the package carries into one folder, every file checked.

Whatever this machine does not have, the package goes without, and says so: the application offers
to fetch it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from identity import BUILD

from interview_app.domain.errors import ModelDamaged, RecognizerUnavailable
from interview_app.recognition.known_models import KNOWN_MODELS, KnownModel
from interview_app.recognition.models import ModelStore
from interview_app.speech_synthesis.natural_files import FILES, FOLDER, NaturalFiles
from interview_app.support.paths import AppPaths

SHIPPED = ("base", "tiny.en")


def collect(target: Path) -> Path:
    """Fill ``target`` with the official files of the models and voices that are here.

    Raises:
        ModelDamaged: a file of a model differs from its known SHA-256.
        VoiceUnavailable: a file of the natural voices does.
    """
    joined = ModelStore(BUILD / "joined-models")
    collected = [
        model
        for model in KNOWN_MODELS
        if model.name in SHIPPED and collect_model(model, joined, target)
    ]
    copies = ModelStore(target)
    for model in collected:
        copies.verify(model.name)
    collect_voices(target)
    (target / "verified.json").unlink(missing_ok=True)
    return target


def collect_model(model: KnownModel, joined: ModelStore, target: Path) -> bool:
    """One model into a folder of its name; whether this machine has it."""
    try:
        source = joined.locate(model.name)
    except ModelDamaged:
        raise
    except RecognizerUnavailable:  # requirements/models.lock is wanted, not needed
        return False
    folder = target / model.name
    folder.mkdir(parents=True, exist_ok=True)
    for file in model.files:
        place = folder / file.name
        if not place.exists() or place.stat().st_size != file.size:
            shutil.copyfile(source / file.name, place)
            place.chmod(0o644)
    return True


def collect_voices(target: Path) -> None:
    """The natural voices into ``target/kokoro-v1.0``, where this machine could have them."""
    here = NaturalFiles(AppPaths.choose().models)
    if not here.folder.is_dir() or here.place() is None:
        return
    source, folder = here.locate(), target / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        shutil.copyfile(source / file.name, folder / file.name)
        (folder / file.name).chmod(0o644)


def goes_without(folder: Path) -> list[str]:
    """What the folder PyInstaller made does not carry, each with what brings it."""
    models = folder / "_internal" / "models"
    lines = [
        f"the model {name}: requirements/models.lock brings it"
        for name in SHIPPED
        if not (models / name / "model.bin").is_file()
    ]
    if not (models / FOLDER).is_dir():
        lines.append("the natural voices: `make voices` brings them, with npm")
    return lines


if __name__ == "__main__":
    print(collect(BUILD / "models"))
