"""Builds what turns takes into transcripts: models, the recognizer and what is done with them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from interview_app.services.jobs import Post
from interview_app.services.ports.clock import Clock
from interview_app.support.paths import MIRROR_VARIABLE, AppPaths

if TYPE_CHECKING:
    from interview_app.recognition.client import RecognizerClient
    from interview_app.recognition.model_manager import RecognizerModelManager
    from interview_app.recognition.models import ModelStore
    from interview_app.services.ports.recognizer import ModelInfo
    from interview_app.services.recognition.benchmark import ModelBenchmark
    from interview_app.services.recognition.model_failures import ModelFailures
    from interview_app.services.recognition.models import ModelState
    from interview_app.services.recognition.transcription import TranscriptionService


class Recognition:
    """The parts that hear, each built at its first use."""

    def __init__(self, paths: AppPaths, clock: Clock, post: Post) -> None:
        self._paths = paths
        self._clock = clock
        self._post = post

    @cached_property
    def models(self) -> ModelStore:
        """The recognizer models of this machine."""
        from interview_app.recognition.models import ModelStore

        return ModelStore(self._paths.models)

    @cached_property
    def model_manager(self) -> RecognizerModelManager:
        """Fetches, checks and removes recognizer models."""
        from interview_app.recognition.downloads import ModelDownloads
        from interview_app.recognition.model_manager import RecognizerModelManager

        address = os.environ.get(MIRROR_VARIABLE, "")
        return RecognizerModelManager(self.models, ModelDownloads(self.models), address)

    @cached_property
    def measuring(self) -> ModelBenchmark:
        """Measures recognizer models on what the person read."""
        from interview_app.services.recognition.benchmark import FiguresFile, ModelBenchmark
        from interview_app.support.machine import machine_name

        return ModelBenchmark(
            self.recognizer,
            self._model_states,
            FiguresFile(self._paths.model_figures),
            self._clock,
            machine_name(),
        )

    def _model_states(self) -> Sequence[ModelState]:
        return self.model_manager.states()

    @cached_property
    def recognizer(self) -> RecognizerClient:
        """What turns a recording into a transcript."""
        from interview_app.recognition.client import RecognizerClient

        return RecognizerClient(self._paths.models, post=self._post)

    @cached_property
    def transcribing(self) -> TranscriptionService:
        """Makes takes' transcripts and figures."""
        from interview_app.services.recognition.transcription import TranscriptionService

        return TranscriptionService(
            self.recognizer,
            self._paths.takes,
            model_for=self._model_for,
            on_failure=self.model_trouble.note,
        )

    @cached_property
    def model_trouble(self) -> ModelFailures:
        """Tells when a model does not work here."""
        from interview_app.services.recognition.model_failures import ModelFailures

        return ModelFailures(self._list_models, self._post, self._unable_models)

    def _list_models(self) -> Sequence[ModelInfo]:
        return self.models.list()

    def _unable_models(self) -> frozenset[str]:
        return frozenset(each.info.name for each in self._model_states() if each.obstacle)

    def _model_for(self, chosen: str, language: str) -> str:
        from interview_app.services.recognition.models import is_english, model_for

        return chosen if is_english(language) else model_for(self.models.list(), chosen, language)

    def close(self) -> None:
        """End the recognizer's helper process, if there is one."""
        if "recognizer" in self.__dict__:
            self.recognizer.close()
