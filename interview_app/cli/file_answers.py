"""Sound files as spoken answers: a recorder whose microphone is a list of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from interview_app.domain.errors import InterviewAppError
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.listeners import Listeners
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.recorder import (
    RecorderEvent,
    RecordingSaved,
    RecordingUnavailable,
)


class FileAnswers:
    """Gives each take the next file; implements the port ``Recorder``.

    A take is complete as soon as it is started: :class:`RecordingSaved` follows by itself.
    """

    def __init__(
        self,
        files: Sequence[Path],
        folder: Path,
        jobs: Jobs,
    ) -> None:
        self._files = list(files)
        self._folder = folder
        self._jobs = jobs
        self._listeners = Listeners[RecorderEvent]()

    @property
    def is_used_up(self) -> bool:
        """Whether every file was given."""
        return not self._files

    def subscribe(self, listener: Callable[[RecorderEvent], None]) -> Callable[[], None]:
        """Have every event; the answer ends it."""
        return self._listeners.add(listener)

    def start(self, uid: str, device: DeviceChoice, *, pre_roll_s: float = 0.0) -> None:  # noqa: ARG002
        """Copy the next file into a take of 16 kHz mono 16-bit."""
        source, target = self._files.pop(0), self._folder / f"{uid}.wav"

        def saved(duration_s: float) -> None:
            self._listeners.notify(RecordingSaved(uid, target, duration_s))

        def failed(error: Exception) -> None:
            if not isinstance(error, InterviewAppError):
                raise error
            self._listeners.notify(RecordingUnavailable(uid, error.message, error.remedy))

        self._jobs.submit(Lane.FILES, lambda job: _write(source, target, job), saved, failed)

    def listen(self, device: DeviceChoice) -> None:
        """A file needs no opening."""

    def pause(self) -> None:
        """A file does not wait."""

    def resume(self, device: DeviceChoice) -> None:
        """A file does not wait."""

    def finish(self) -> None:
        """A file ends by itself."""

    def discard(self, uid: str) -> None:
        """Answers from files are wanted."""

    def release(self) -> None:
        """A file needs no closing."""

    def close(self) -> None:
        """Nothing is held open."""


def _write(source: Path, target: Path, job: JobContext) -> float:
    from interview_app.recognition.sound_files import open_sound
    from interview_app.recording.imports import write_take

    return write_take(open_sound(source).blocks, target, job)
