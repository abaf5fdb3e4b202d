"""Measures models on a paragraph the person read: how many words were wrong, and how fast."""

from __future__ import annotations

import contextlib
import json
import logging
import tempfile
import time
import wave
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.domain.analysis.word_error_rate import word_errors
from interview_app.domain.errors import DataFolderUnusable, RecognizerUnavailable, UsageError
from interview_app.services.jobs import JobContext, Progress
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.recognizer import RecognitionResult
from interview_app.services.recognition.models import NO_MODEL, ModelState, hears
from interview_app.support.atomic_files import atomic_write

_log = logging.getLogger(__name__)

_SILENCE_S = 0.3
_RATE = 16_000


class SoundRecognizer(Protocol):
    """What measuring needs of a recognizer."""

    def transcribe(
        self, sound: Path, model: str, language: str, job: JobContext
    ) -> RecognitionResult:
        """The transcript of a sound file; blocks.

        Raises:
            NotASound: the file cannot be read as sound.
            RecognizerUnavailable: missing, damaged, crashed or hung.
            JobCancelled: the job was cancelled.
        """
        ...


class FiguresFile:
    """The figures measured so far, in one small JSON file; a damaged one counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> tuple[ModelFigures, ...]:
        """What was measured, the latest of each model, language and machine."""
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(_from_json(each) for each in found)
        return ()

    def add(self, figures: Iterable[ModelFigures]) -> None:
        """Keep these, in place of older ones of the same model, language and machine.

        Raises:
            DataFolderUnusable: they cannot be written.
        """
        kept = {_key(each): each for each in (*self.load(), *figures)}
        text = json.dumps([_to_json(each) for each in kept.values()], indent=1, ensure_ascii=False)
        try:
            with atomic_write(self._path, overwrite=True) as fresh:
                fresh.write_text(text, encoding="utf-8")
        except OSError as error:
            raise DataFolderUnusable(
                f"The figures cannot be written to {self._path}: {error.strerror or error}.",
                remedy="Free space there, then measure again.",
            ) from error


class ModelBenchmark:
    """Has each model hear what the person read."""

    def __init__(
        self,
        recognizer: SoundRecognizer,
        states: Callable[[], Sequence[ModelState]],
        figures: FiguresFile,
        clock: Clock,
        machine: str,
    ) -> None:
        self._recognizer = recognizer
        self._states = states
        self._figures = figures
        self._clock = clock
        self.machine = machine

    def known(self) -> tuple[ModelFigures, ...]:
        """What was measured on this machine earlier; blocks."""
        return tuple(each for each in self._figures.load() if each.machine == self.machine)

    def try_out(self, model: str, job: JobContext) -> None:
        """Load a model and have it hear nothing, to see whether it works here; blocks.

        Raises:
            RecognizerUnavailable: missing, damaged, crashed or hung.
            JobCancelled: the job was cancelled.
        """
        with _silence() as silent:
            self._recognizer.transcribe(silent, model, "en", job)

    def measure(
        self,
        sound: Path,
        paragraph: str,
        language: str,
        job: JobContext,
        models: Sequence[str] = (),
    ) -> tuple[ModelFigures, ...]:
        """Figures of each installed model that hears the language, or of those named; blocks.

        A model that fails is told by its figures' ``problem``; the others are measured all the
        same. What was measured is kept also when the job is cancelled on the way.

        Raises:
            UsageError: no such model hears this language here.
            NotASound: the file cannot be read as sound.
            DataFolderUnusable: the figures cannot be written.
            JobCancelled: the job was cancelled.
        """
        chosen = self._chosen(language, models)
        done: list[ModelFigures] = []
        try:
            for number, state in enumerate(chosen):
                step = _Step(job, number, len(chosen), state.info.name)
                figures = self._figures_of(state, sound, paragraph, language, step)
                done.append(figures)
        finally:
            if done:
                self._figures.add(done)
        return tuple(done)

    def _chosen(self, language: str, models: Sequence[str]) -> list[ModelState]:
        able = [
            state
            for state in self._states()
            if state.info.is_installed and hears(state.info, language)
        ]
        chosen = [state for state in able if state.info.name in models]
        if not models:
            # The last resort is worth its minute only where there is nothing else.
            chosen = [state for state in able if state.info.name != NO_MODEL] or able
        absent = set(models) - {state.info.name for state in chosen}
        if absent or not chosen:
            named = ", ".join(sorted(absent))
            raise UsageError(
                f"Not installed here, or made for another language than {language!r}: {named}."
                if absent
                else f"No model on this machine hears the language {language!r}.",
                remedy="See: interview-app models list",
            )
        return chosen

    def _figures_of(
        self, state: ModelState, sound: Path, paragraph: str, language: str, step: _Step
    ) -> ModelFigures:
        name = state.info.name
        figures = ModelFigures(name, language, self.machine, self._clock.now())
        if state.obstacle:
            return replace(figures, problem=state.obstacle)
        try:
            step.report(None)
            with _silence() as silent:
                # Loading the model is no part of its speed.
                self._recognizer.transcribe(silent, name, language, step.job())
            begin = time.monotonic()
            heard = self._recognizer.transcribe(sound, name, language, step.job())
            took_s = time.monotonic() - begin
        except RecognizerUnavailable as error:
            _log.warning("The model %s could not be measured: %s", name, error.message)
            return replace(figures, problem=error.message)
        errors = word_errors(paragraph, heard.transcript.text, language)
        return replace(
            figures,
            words=errors.words,
            wrong=errors.wrong,
            sound_s=round(heard.duration_s, 2),
            took_s=round(took_s, 3),
        )


class _Step:
    """One model of several: its progress is a part of the whole."""

    def __init__(self, whole: JobContext, number: int, count: int, name: str) -> None:
        self._whole = whole
        self._number = number
        self._count = count
        self._name = name

    def job(self) -> JobContext:
        """What the recognizer is given: progress goes into the whole, cancelling comes from it."""
        inner = JobContext(self._took)
        self._whole.on_cancel(inner.cancel)
        return inner

    def report(self, fraction: float | None) -> None:
        """How far this model is."""
        self._whole.report((self._number + (fraction or 0.0)) / self._count, self._name)

    def _took(self, progress: Progress) -> None:
        # Once cancelled, the recognizer hears of it from its own job, and stops its helper.
        if not self._whole.is_cancelled:
            self.report(progress.fraction)


@contextlib.contextmanager
def _silence() -> Iterator[Path]:
    """A sound in which nothing is said."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "silence.wav"
        with wave.open(str(path), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(_RATE)
            sound.writeframes(bytes(2 * round(_SILENCE_S * _RATE)))
        yield path


def _key(figures: ModelFigures) -> tuple[str, str, str]:
    return figures.model, figures.language, figures.machine


def _to_json(figures: ModelFigures) -> dict[str, Any]:
    return {**asdict(figures), "measured_at": figures.measured_at.isoformat()}


def _from_json(found: dict[str, Any]) -> ModelFigures:
    return ModelFigures(**{**found, "measured_at": datetime.fromisoformat(found["measured_at"])})
