"""Recognizer models as Settings and the command line see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import ModelInfo

NO_MODEL = "pocketsphinx"
"""The name of the recognizer that needs no model, the last resort."""


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model on this machine.

    ``obstacle`` says why it cannot run here now, empty if nothing known speaks against it.
    ``kept_bytes`` are what a fetch that was cut left, from where the next one goes on.
    """

    info: ModelInfo
    obstacle: str = ""
    is_removable: bool = False
    kept_bytes: int = 0


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What fetching a model would do: ``missing_bytes`` from ``source`` into ``folder``."""

    source: str
    folder: Path
    missing_bytes: int
    address: str
    """Where it would be asked, as a person may change it; without user and password."""


class ModelManager(Protocol):
    """Fetches, checks and removes models; every call blocks and is made inside a job."""

    def states(self) -> Sequence[ModelState]:
        """Every known model, smallest first."""
        ...

    def plan(self, name: str, address: str = "") -> FetchPlan:
        """What a fetch would do; an empty address is the usual one.

        Raises:
            UnknownModel: no model has that name.
            UsageError: the address is none.
        """
        ...

    def fetch(self, name: str, address: str, job: JobContext) -> Path:
        """Fetch a model; progress has speed and time left.

        Raises:
            DownloadFailed: no room, no connection, a server that misbehaves; what arrived stays.
            ModelDamaged: what came is not the official file.
            JobCancelled: it is no longer wanted; what arrived stays.
        """
        ...

    def copy(self, name: str, folder: Path, job: JobContext) -> Path:
        """Take a model from a folder the person has.

        Raises:
            DownloadFailed: the folder does not hold it, or there is no room.
            ModelDamaged: a file there is not the official one.
            JobCancelled: it is no longer wanted.
        """
        ...

    def verify(self, name: str, job: JobContext) -> Path:
        """Read every file of a model and compare it with its known SHA-256.

        Raises:
            ModelDamaged: a file differs.
            RecognizerUnavailable: the model is not here.
            JobCancelled: it is no longer wanted.
        """
        ...

    def remove(self, name: str) -> int:
        """Delete a model that was fetched; the bytes freed.

        Raises:
            UsageError: it was not fetched, or is not here.
            RecognizerUnavailable: its folder cannot be deleted.
        """
        ...


def next_smaller(models: Iterable[ModelInfo], name: str, language: str) -> ModelInfo | None:
    """The largest installed model that is smaller than that one and hears the language.

    The recognizer without a model counts as the smallest, for English alone. ``None``: there is
    nothing smaller.
    """
    known = tuple(models)
    size = next((model.size_bytes for model in known if model.name == name), None)
    if size is None:
        return None
    smaller = [
        model
        for model in known
        if model.is_installed and model.size_bytes < size and hears(model, language)
    ]
    return max(smaller, key=lambda model: model.size_bytes, default=None)


def hears(model: ModelInfo, language: str) -> bool:
    """Whether a model is made for a language; an English-only one hears nothing else."""
    return model.languages == "many" or is_english(language)


def is_english(language: str) -> bool:
    """Whether a language is English, or not named at all."""
    return language.split("-", maxsplit=1)[0].lower() in ("", "en")


def model_for(models: Iterable[ModelInfo], chosen: str, language: str) -> str:
    """The model to hear a language with: the chosen one if it can, else the best that is here.

    An English-only model writes English nonsense for any other language. With none that hears the
    language, the chosen one stays.
    """
    known = tuple(models)
    own = next((model for model in known if model.name == chosen), None)
    if own is None or hears(own, language):
        return chosen
    return best_for(known, language) or chosen


def best_for(models: Iterable[ModelInfo], language: str) -> str | None:
    """The name of the largest installed model that hears a language and keeps up with speech."""
    able = [model for model in models if model.is_installed and hears(model, language)]
    fitting = [model for model in able if model.size_bytes <= _KEEPS_UP_BYTES] or able
    best = max(fitting, key=lambda model: model.size_bytes, default=None)
    return best.name if best is not None else None


_KEEPS_UP_BYTES = 500_000_000
"""Larger models are not chosen for anybody unasked: on two cores they fall behind speech."""
