"""A person reads a paragraph aloud, once; every installed model is measured on what they read.

Everything happens on the thread that ``Post`` brings events back to; a view subscribes, shows
``state`` and calls acts.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.domain.errors import InterviewAppError, RecordingFailed
from interview_app.services.jobs import JobContext, Jobs, Lane, Progress
from interview_app.services.listeners import StateListeners
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.recorder import (
    Recorder,
    RecorderEvent,
    RecordingInterrupted,
    RecordingLevel,
    RecordingSaved,
    RecordingUnavailable,
)

_log = logging.getLogger(__name__)

UID = "paragraph"
"""Names the recording until it is moved to its place."""
SHORTEST_S = 5.0
"""Nobody reads a paragraph in less."""
LONGEST_S = 180.0


class ReadingPhase(Enum):
    """Where a reading stands."""

    IDLE = auto()
    RECORDING = auto()
    SAVING = auto()
    MEASURING = auto()


@dataclass(frozen=True, slots=True)
class BenchmarkReading:
    """Where it stands: seconds read, the model at work and how far all are, and what came out."""

    phase: ReadingPhase = ReadingPhase.IDLE
    recorded_s: float = 0.0
    model: str = ""
    fraction: float = 0.0
    figures: tuple[ModelFigures, ...] = ()
    problem: str = ""


class MeasuresModels(Protocol):
    """Measures installed models on one recording; ``ModelMeasuring`` of ``benchmark`` does it."""

    def measure(
        self, sound: Path, paragraph: str, language: str, job: JobContext
    ) -> tuple[ModelFigures, ...]:
        """Figures of each installed model that hears the language; blocks."""
        ...


class BenchmarkRecording:
    """Records a paragraph into a file of its own and has the models measured on it.

    ``takes`` is where the recorder writes, ``kept`` where the sound of the last reading stands:
    a model that is fetched later can be measured without reading again.
    """

    def __init__(
        self, recorder: Recorder, jobs: Jobs, measuring: MeasuresModels, takes: Path, kept: Path
    ) -> None:
        self._recorder = recorder
        self._jobs = jobs
        self._measuring = measuring
        self._takes = takes
        self._kept = kept
        self._paragraph = ""
        self._language = ""
        self._job: JobContext | None = None
        self._is_wanted = False
        self._state = BenchmarkReading()
        self._listeners = StateListeners[BenchmarkReading]()
        self._unsubscribe = recorder.subscribe(self._recorder_said)

    @property
    def state(self) -> BenchmarkReading:
        """Where the reading stands."""
        return self._state

    def subscribe(self, listener: Callable[[BenchmarkReading], None]) -> Callable[[], None]:
        """Have every new state; the answer ends it."""
        return self._listeners.add(listener)

    def begin(self, paragraph: str, language: str, microphone: DeviceChoice) -> None:
        """Record from now on."""
        if self._state.phase is not ReadingPhase.IDLE:
            return
        self._paragraph, self._language = paragraph, language
        self._is_wanted = True
        self._show(BenchmarkReading(ReadingPhase.RECORDING))
        # The recorder goes on with a take of the same name that a crash left: that goes first.
        self._jobs.submit(Lane.STORAGE, self._remove_left, lambda _done: self._start(microphone))

    def finish(self) -> None:
        """The paragraph is read; too short a reading is thrown away."""
        if self._state.phase is ReadingPhase.RECORDING:
            self._show(replace(self._state, phase=ReadingPhase.SAVING))
            self._recorder.finish()

    def measure_again(self, paragraph: str, language: str) -> None:
        """Measure the models on what was read last; the text must be the one that was read."""
        if self._state.phase is ReadingPhase.IDLE:
            self._measure(paragraph, language)

    def cancel(self) -> None:
        """Stop reading or measuring; what was measured so far is kept."""
        self._is_wanted = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._state.phase is ReadingPhase.RECORDING:
            self._recorder.finish()
        self._show(BenchmarkReading())

    def close(self) -> None:
        """Stop, and listen no more; nobody would hear that a recording is closed now."""
        self._listeners.clear()
        self.cancel()
        self._unsubscribe()
        self._recorder.discard(UID)

    def _start(self, microphone: DeviceChoice) -> None:
        if self._state.phase is ReadingPhase.RECORDING:
            self._recorder.start(UID, microphone)

    def _recorder_said(self, event: RecorderEvent) -> None:
        match event:
            case RecordingLevel(uid, recorded_s) if uid == UID:
                self._level(recorded_s)
            case RecordingSaved(uid, path, duration_s) if uid == UID:
                self._saved(path, duration_s)
            case RecordingUnavailable(uid, reason, remedy) if uid == UID:
                self._fail(f"{reason} {remedy}".strip())
            case RecordingInterrupted(uid, _, reason) if uid == UID:
                self._is_wanted = False
                self._recorder.finish()
                self._fail(reason)

    def _level(self, recorded_s: float) -> None:
        if self._state.phase is ReadingPhase.RECORDING:
            self._show(replace(self._state, recorded_s=recorded_s))
            if recorded_s >= LONGEST_S:
                self.finish()

    def _saved(self, path: Path, duration_s: float) -> None:
        if not self._is_wanted:
            self._jobs.submit(Lane.STORAGE, self._remove_left)
        elif duration_s < SHORTEST_S:
            self._jobs.submit(Lane.STORAGE, self._remove_left)
            self._fail("That was too short to measure anything. Read the whole paragraph aloud.")
        else:
            paragraph, language = self._paragraph, self._language
            self._jobs.submit(
                Lane.STORAGE,
                lambda _job: _move(path, self._kept),
                lambda _done: self._measure(paragraph, language),
                self._failed,
            )

    def _remove_left(self, _job: JobContext) -> None:
        for file in self._takes.glob(f"{UID}.*"):
            with contextlib.suppress(OSError):
                file.unlink()

    def _measure(self, paragraph: str, language: str) -> None:
        measuring, kept = self._measuring, self._kept
        self._show(BenchmarkReading(ReadingPhase.MEASURING))
        self._job = self._jobs.submit(
            Lane.RECOGNITION,
            lambda job: measuring.measure(kept, paragraph, language, job),
            self._measured,
            self._failed,
            self._went_on,
        )

    def _went_on(self, progress: Progress) -> None:
        if self._state.phase is ReadingPhase.MEASURING:
            fraction = progress.fraction or 0.0
            self._show(replace(self._state, model=progress.message, fraction=fraction))

    def _measured(self, figures: tuple[ModelFigures, ...]) -> None:
        self._job = None
        self._show(BenchmarkReading(figures=figures))

    def _failed(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, InterviewAppError):
            self._fail(str(error))
            return
        _log.error("The models could not be measured", exc_info=error)
        self._fail("The models could not be measured; the log folder holds the details.")

    def _fail(self, problem: str) -> None:
        self._show(BenchmarkReading(problem=problem))

    def _show(self, state: BenchmarkReading) -> None:
        if state != self._state:
            self._state = state
            self._listeners.notify(state)


def _move(sound: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sound.replace(target)
    except OSError as error:
        raise RecordingFailed(
            f"The reading could not be kept as {target}: {error.strerror or error}.",
            remedy="Free space there, then read again.",
        ) from error
