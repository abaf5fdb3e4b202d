"""Checks the sound: listen, record a sentence, play it back, transcribe it, name what is wrong.

Everything happens on the thread that ``Post`` brings events back to; a view subscribes, shows
``state`` and calls acts.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from interview_app.domain.errors import InterviewAppError
from interview_app.services.jobs import JobContext, Jobs, Lane
from interview_app.services.listeners import Listeners, StateListeners
from interview_app.services.ports.devices import Device, DeviceChoice, DevicesChanged
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackStarted,
    Player,
    PlayerEvent,
)
from interview_app.services.ports.recognizer import RecognitionResult
from interview_app.services.ports.recorder import (
    Recorder,
    RecorderEvent,
    RecordingAvailable,
    RecordingInterrupted,
    RecordingLevel,
    RecordingSaved,
    RecordingStarted,
    RecordingUnavailable,
)
from interview_app.services.sound_check.causes import Cause, Loudness, likely_causes
from interview_app.services.sound_check.state import CAPTURING, JUDGED, CheckPhase, SoundCheck

UID = "sound-check"
"""Names the recording of the check, which is removed when the check is over."""
LONGEST_S = 15.0
"""A sentence is over by then."""
_BUSY_REMEDY = "Another application may be using it: close that one, or choose another microphone."
_GOES_ON = "As soon as it can be used, the check goes on by itself."
_LOST_REMEDY = "Plug it in again, or choose another microphone: the check goes on with it."


class SentenceRecognizer(Protocol):
    """What the check needs of a recognizer."""

    def transcribe(
        self, sound: Path, model: str, language: str, job: JobContext
    ) -> RecognitionResult:
        """The transcript of a sound file; blocks.

        Raises:
            RecognizerUnavailable: missing, damaged, crashed or hung.
            JobCancelled: the job was cancelled.
        """
        ...


@dataclass(frozen=True, slots=True)
class SoundCheckDependencies:
    """What the check is made with; ``platform`` is ``sys.platform``."""

    recorder: Recorder
    player: Player
    recognizer: SentenceRecognizer
    jobs: Jobs
    takes: Path
    tone: Path
    platform: str = sys.platform


class SoundCheckRunner:
    """One sound check."""

    def __init__(
        self, dependencies: SoundCheckDependencies, model: str, language: str = "en"
    ) -> None:
        self._dependencies = dependencies
        self._model = model
        self._language = language
        self._state = SoundCheck()
        self._microphone = DeviceChoice()
        self._speaker = DeviceChoice()
        self._is_deaf = False
        """Whether the microphone was lost or could not be had; another one is listened to."""
        self._sound: Path | None = None
        self._turn = 0
        self._job: JobContext | None = None
        self._listeners = StateListeners[SoundCheck]()
        self._level_listeners = Listeners[RecordingLevel]()
        self._unsubscribe = [
            dependencies.recorder.subscribe(self._recorder_said),
            dependencies.player.subscribe(self._player_said),
        ]

    @property
    def state(self) -> SoundCheck:
        """Where the check stands."""
        return self._state

    def subscribe(self, listener: Callable[[SoundCheck], None]) -> Callable[[], None]:
        """Have every new state; the answer ends it."""
        return self._listeners.add(listener)

    def subscribe_level(self, listener: Callable[[RecordingLevel], None]) -> Callable[[], None]:
        """Have every level of the microphone; the answer ends it."""
        return self._level_listeners.add(listener)

    def use_devices(self, microphones: tuple[Device, ...], speakers: tuple[Device, ...]) -> None:
        """Know the devices that were told before this check began."""
        self._show(microphones=microphones, speakers=speakers, is_known=True)
        self._judge(was_spoken=False)

    def listen(self, microphone: DeviceChoice) -> None:
        """Begin, or begin anew with another microphone: levels flow."""
        self._microphone = microphone
        self._is_deaf = False
        self._show(loudness=Loudness(), causes=(), problem="", phase=CheckPhase.LISTENING)
        self._judge(was_spoken=False)
        self._dependencies.recorder.listen(microphone)

    def record(self) -> None:
        """Record a sentence; what was recorded and heard before is forgotten."""
        if self._state.phase in CAPTURING:
            return
        self._is_deaf = False
        self._silence()
        self._forget_job()
        self._show(
            phase=CheckPhase.STARTING,
            loudness=Loudness(),
            causes=(),
            problem="",
            recorded_s=0.0,
            has_recording=False,
            was_played=False,
            is_transcribing=False,
            transcript=None,
            recognizer_problem="",
        )
        self._remove_recording(then=self._start)

    def finish(self) -> None:
        """The sentence is said: it is played back and transcribed."""
        if self._state.phase is CheckPhase.RECORDING:
            self._show(phase=CheckPhase.SAVING)
            self._dependencies.recorder.finish()

    def use_speaker(self, speaker: DeviceChoice) -> None:
        """Play on that speaker from now on."""
        self._speaker = speaker

    def play_back(self) -> None:
        """Play the recorded sentence."""
        if self._sound is not None and self._state.phase not in CAPTURING:
            self._show(phase=CheckPhase.PLAYING, speaker_problem="")
            self._play(self._sound)

    def test_speaker(self) -> None:
        """Play a short tone."""
        self._show(is_testing_speaker=True, speaker_problem="")
        self._play(self._dependencies.tone)

    def close(self) -> None:
        """End the check: silence, the microphone closed, the recording removed."""
        self._listeners.clear()
        self._level_listeners.clear()
        self._forget_job()
        self._silence()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        self._dependencies.recorder.discard(UID)
        self._dependencies.recorder.release()

    def _start(self) -> None:
        if self._state.phase is CheckPhase.STARTING and self._unsubscribe:
            self._show(phase=CheckPhase.RECORDING)
            self._dependencies.recorder.start(UID, self._microphone)

    def _recorder_said(self, event: RecorderEvent) -> None:
        match event:
            case DevicesChanged():
                self._devices_changed(event)
            case RecordingLevel():
                self._level(event)
            case RecordingStarted():
                pass
            case RecordingSaved(uid, path, duration_s) if uid == UID:
                self._saved(path, duration_s)
            case RecordingUnavailable(_, reason, remedy):
                self._unavailable(f"{reason} {remedy or _BUSY_REMEDY} {_GOES_ON}")
            case RecordingAvailable():
                self._available()
            case RecordingInterrupted(uid, _, reason) if uid == UID:
                self._unavailable(f"{reason} {_LOST_REMEDY}")
                self._dependencies.recorder.finish()

    def _devices_changed(self, event: DevicesChanged) -> None:
        is_other = event.microphones != self._state.microphones
        self._show(microphones=event.microphones, speakers=event.speakers, is_known=True)
        if is_other and event.microphones and self._is_deaf:
            self.listen(self._microphone)  # the one chosen, or for want of it what there is
        elif not event.microphones and self._state.phase is CheckPhase.LISTENING:
            self._is_deaf = True
            self._show(problem="")
        self._judge(was_spoken=False)

    def _level(self, event: RecordingLevel) -> None:
        state = self._state
        if event.uid not in ("", UID):
            return
        if state.phase in JUDGED:
            loudness = state.loudness.with_block(event.peak)
            self._show(loudness=loudness, recorded_s=event.recorded_s)
            self._judge(was_spoken=False)
        self._level_listeners.notify(event)
        if state.phase is CheckPhase.RECORDING and event.recorded_s >= LONGEST_S:
            self.finish()

    def _saved(self, path: Path, duration_s: float) -> None:
        self._sound = path
        self._show(phase=CheckPhase.DONE, has_recording=True, recorded_s=duration_s)
        self._judge(was_spoken=True)
        self._transcribe(path)
        self.play_back()

    def _unavailable(self, problem: str) -> None:
        self._is_deaf = True
        self._show(phase=CheckPhase.LISTENING)
        if self._state.microphones:
            self._show(problem=problem, causes=(Cause.UNAVAILABLE,))
        else:
            self._judge(was_spoken=False)

    def _available(self) -> None:
        self._is_deaf = False
        if self._state.problem:
            self._show(problem="", causes=(), loudness=Loudness())
            self._judge(was_spoken=False)

    def _judge(self, *, was_spoken: bool) -> None:
        state = self._state
        if state.problem or not state.is_known:
            return
        if not state.microphones and not state.speakers:
            self._show(causes=(Cause.NO_SOUND_SYSTEM,))
            return
        microphone = next(
            (d for d in state.microphones if d.id == self._microphone.id),
            next((d for d in state.microphones if d.is_default), None),
        )
        causes = likely_causes(
            state.loudness,
            microphone,
            state.microphones,
            self._dependencies.platform,
            was_spoken=was_spoken,
        )
        self._show(causes=causes)

    @property
    def _token(self) -> str:
        return f"check:{self._turn}"

    def _play(self, sound: Path) -> None:
        self._turn += 1
        self._dependencies.player.play(self._token, sound, self._speaker)

    def _silence(self) -> None:
        self._turn += 1
        if self._state.phase is CheckPhase.PLAYING or self._state.is_testing_speaker:
            self._show(is_testing_speaker=False)
            self._dependencies.player.stop()

    def _player_said(self, event: PlayerEvent) -> None:
        if event.token != self._token:
            return
        match event:
            case PlaybackStarted():
                pass
            case PlaybackFailed(_, reason, remedy):
                self._played(speaker_problem=f"{reason} {remedy}".strip())
            case PlaybackEnded(_, completed):
                self._played(was_played=self._state.was_played or completed)

    def _played(self, **changes: object) -> None:
        is_sentence = self._state.phase is CheckPhase.PLAYING
        phase = CheckPhase.DONE if is_sentence else self._state.phase
        self._show(phase=phase, is_testing_speaker=False, **changes)

    def _transcribe(self, sound: Path) -> None:
        recognizer, model, language = self._dependencies.recognizer, self._model, self._language
        self._show(is_transcribing=True)
        job = self._job = self._dependencies.jobs.submit(
            Lane.RECOGNITION,
            lambda job: recognizer.transcribe(sound, model, language, job),
            lambda heard: self._heard(job, heard),
            lambda error: self._not_heard(job, error),
        )

    def _heard(self, job: JobContext, heard: RecognitionResult) -> None:
        if job is not self._job:  # on its way already when another sentence was begun
            return
        self._job = None
        self._show(is_transcribing=False, transcript=heard.transcript.text)

    def _not_heard(self, job: JobContext, error: Exception) -> None:
        if job is not self._job:
            return
        self._job = None
        problem = str(error) if isinstance(error, InterviewAppError) else ""
        self._show(
            is_transcribing=False,
            recognizer_problem=problem or "The transcript failed.",
        )

    def _forget_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _remove_recording(self, then: Callable[[], None] = lambda: None) -> None:
        """Remove what this check, or one that crashed, left in the folder of takes."""
        self._sound = None
        takes = self._dependencies.takes

        def remove(_job: JobContext) -> None:
            for file in takes.glob(f"{UID}.*"):
                with contextlib.suppress(OSError):
                    file.unlink()

        # What waits in this lane is finished even when the application closes now.
        self._dependencies.jobs.submit(Lane.STORAGE, remove, lambda _done: then())

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state == self._state:
            return
        self._state = state
        self._listeners.notify(state)
