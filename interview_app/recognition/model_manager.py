"""Models as the window keeps them: what is here, fetched, compared and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from interview_app.model_files.checked_download import size_of
from interview_app.recognition.downloads import ModelDownloads, work_folder
from interview_app.recognition.fitness import can_run
from interview_app.recognition.known_models import HUB, POCKETSPHINX, KnownModel
from interview_app.recognition.models import ModelStore
from interview_app.recognition.removing import can_remove, remove_model
from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.recognition.models import FetchPlan, ModelState


class RecognizerModelManager:
    """Implements :class:`~interview_app.services.recognition.models.ModelKeeper` over one store."""

    def __init__(
        self,
        store: ModelStore,
        downloads: ModelDownloads,
        address: str = "",
        obstacle: Callable[[KnownModel], str | None] = can_run,
    ) -> None:
        """``address``: where models are asked for unless told otherwise; empty is the hub."""
        self._store = store
        self._downloads = downloads
        self._address = address or HUB
        self._obstacle = obstacle

    def states(self) -> Sequence[ModelState]:
        """Every known model, smallest first; see the port."""
        return tuple(self._state(info) for info in self._store.list())

    def plan(self, name: str, address: str = "") -> FetchPlan:
        """What a fetch would do; see the port."""
        plan = self._downloads.plan(name, address or self._address)
        return FetchPlan(plan.source, plan.folder, plan.missing_bytes, self._without_secret())

    def fetch(self, name: str, address: str, job: JobContext) -> Path:
        """Fetch a model; see the port."""
        # What is shown of the usual address has no password; asked with it is the real one.
        shown = address in ("", self._without_secret())
        return self._downloads.fetch(name, job, self._address if shown else address)

    def copy(self, name: str, folder: Path, job: JobContext) -> Path:
        """Take a model from a folder; see the port."""
        return self._downloads.copy(name, folder, job)

    def verify(self, name: str, job: JobContext) -> Path:
        """Compare every file; see the port."""
        folder = self._store.verify(name)
        job.check()
        return folder

    def remove(self, name: str) -> int:
        """Delete a fetched model; see the port."""
        return remove_model(self._store, name)

    def _state(self, info: ModelInfo) -> ModelState:
        if info.name == POCKETSPHINX:
            return ModelState(info)
        model = self._store.known(info.name)
        work = work_folder(self._store, model)
        kept = 0 if info.is_installed else sum(size_of(work / file.name) for file in model.files)
        return ModelState(
            info,
            obstacle=self._obstacle(model) or "",
            is_removable=info.is_installed and can_remove(self._store, model),
            kept_bytes=kept,
        )

    def _without_secret(self) -> str:
        scheme, mark, rest = self._address.partition("://")
        return f"{scheme}{mark}{rest.rpartition('@')[2]}"
