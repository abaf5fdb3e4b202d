"""Puts the models the package carries into one folder, every file checked."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from identity import BUILD

from interview_app.recognition.known_models import KNOWN_MODELS
from interview_app.recognition.models import ModelStore
from interview_app.speech_synthesis.natural_files import FILES, FOLDER, NaturalFiles
from interview_app.support.paths import AppPaths

SHIPPED = ("base", "tiny.en")


def collect(target: Path) -> Path:
    """Fill ``target/base`` and ``target/tiny.en`` with the official files.

    Raises:
        RecognizerUnavailable: a model is not installed (requirements/models.lock).
        ModelDamaged: a file differs from its known SHA-256.
    """
    joined = ModelStore(BUILD / "joined-models")
    for model in KNOWN_MODELS:
        if model.name not in SHIPPED:
            continue
        source = joined.locate(model.name)
        folder = target / model.name
        folder.mkdir(parents=True, exist_ok=True)
        for file in model.files:
            place = folder / file.name
            if not place.exists() or place.stat().st_size != file.size:
                shutil.copyfile(source / file.name, place)
                place.chmod(0o644)
    copies = ModelStore(target)
    for name in SHIPPED:
        copies.verify(name)
    collect_voices(target)
    (target / "verified.json").unlink(missing_ok=True)
    return target


def collect_voices(target: Path) -> None:
    """The natural voices into ``target/kokoro-v1.0``, where this machine could have them.

    Without them the application offers to fetch them, and the system's voice speaks.

    Raises:
        VoiceUnavailable: a file differs from its known SHA-256.
    """
    here = NaturalFiles(AppPaths.choose().models)
    if here.folder.is_dir() and here.place() is not None:
        source, folder = here.locate(), target / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for file in FILES:
            shutil.copyfile(source / file.name, folder / file.name)
            (folder / file.name).chmod(0o644)
    else:
        print("The package carries no natural voices: `make voices` brings them.", file=sys.stderr)


if __name__ == "__main__":
    print(collect(BUILD / "models"))
