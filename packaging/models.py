"""Puts the recognizer models the package carries into one folder, every file checked."""

from __future__ import annotations

import shutil
from pathlib import Path

from identity import BUILD

from interview_app.recognition.known_models import KNOWN_MODELS
from interview_app.recognition.models import ModelStore

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
    (target / "verified.json").unlink(missing_ok=True)
    return target


if __name__ == "__main__":
    print(collect(BUILD / "models"))
