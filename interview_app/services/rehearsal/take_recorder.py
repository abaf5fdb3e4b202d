"""The takes of a session being conducted, recorded; what the microphone says becomes events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from interview_app.domain.rehearsal.events import (
    ProblemReported,
    ProblemSolved,
    SilenceNoticed,
    TakeGrew,
    TakeInterrupted,
    TakeSaved,
)
from interview_app.domain.rehearsal.interviewer_lines import LONG_SILENCE_S
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackPosition,
    Player,
    PlayerEvent,
)
from interview_app.services.ports.recorder import (
    Recorder,
    RecorderEvent,
    RecordingAvailable,
    RecordingInterrupted,
    RecordingLevel,
    RecordingSaved,
    RecordingUnavailable,
)
from interview_app.services.rehearsal.context import TakePlayed


class TakePlayback:
    """Plays one take at a time; ``on_sound`` is told where it is, and when it is over.

    ``data_root`` is the folder that a take's ``sound`` is relative to.
    """

    def __init__(
        self, player: Player, data_root: Path, on_sound: Callable[[TakePlayed], None]
    ) -> None:
        self._player = player
        self._data_root = data_root
        self._on_sound = on_sound
        self._uid = ""

    def play(self, uid: str, sound: str, speaker: DeviceChoice, start_s: float) -> None:
        """Play a take's sound; any other take falls silent."""
        self._uid = uid
        self._player.play(f"take:{uid}", self._data_root / sound, speaker, start_s=start_s)

    def stop(self) -> None:
        """Fall silent, if a take is playing."""
        if self._uid:
            self._player.stop()

    def heard(self, event: PlayerEvent) -> None:
        """Take an event of the player, if it is about a take."""
        if not event.token.startswith("take:"):
            return
        uid = event.token.removeprefix("take:")
        match event:
            case PlaybackPosition(_, position_s):
                self._on_sound(TakePlayed(uid, position_s))
            case PlaybackEnded():
                self._over(uid, "")
            case PlaybackFailed(_, reason, remedy):
                self._over(uid, f"{reason} {remedy}".strip())

    def _over(self, uid: str, problem: str) -> None:
        if self._uid == uid:
            self._uid = ""
        self._on_sound(TakePlayed(uid, None, problem))


PRE_ROLL_S = 0.3
"""What was heard just before the countdown ended belongs to the answer; none of the voice does."""

_QUIET_RMS = 0.01
"""Below −40 dB of full scale nobody speaks into the microphone; a louder room only means that the
interviewer never remarks on a silence."""

RecordingReport = (
    TakeGrew | TakeInterrupted | TakeSaved | SilenceNoticed | ProblemReported | ProblemSolved
)


class TakeRecorder:
    """Starts takes, and reports how they grow, end, fail or fall silent.

    ``on_sound`` has each level, also of a microphone that is only listened to; ``data_root`` is
    the folder that a take's ``sound`` is relative to.
    """

    def __init__(
        self,
        recorder: Recorder,
        data_root: Path,
        on_report: Callable[[RecordingReport], None],
        on_sound: Callable[[RecordingLevel], None],
    ) -> None:
        self._recorder = recorder
        self._data_root = data_root
        self._on_report = on_report
        self._on_sound = on_sound
        self._unsaved: set[str] = set()
        self._loud_at_s = 0.0
        self._problem = ""
        """What was told last of a microphone that cannot be had."""
        self._leave = recorder.subscribe(self._recorder_said)

    @property
    def is_settled(self) -> bool:
        """Whether every take that was begun is closed on disk, or forgotten."""
        return not self._unsaved

    def start(self, uid: str, microphone: DeviceChoice, *, by_itself: bool) -> None:
        """Record a take; one that began by itself may already have been spoken into."""
        self._unsaved.add(uid)
        self._loud_at_s = 0.0
        self._recorder.start(uid, microphone, pre_roll_s=PRE_ROLL_S if by_itself else 0.0)

    def forget(self, uid: str) -> None:
        """Wait no longer for a take that never held sound."""
        self._unsaved.discard(uid)

    def close(self) -> None:
        """Stop listening to the recorder; may be called twice."""
        leave, self._leave = self._leave, lambda: None
        leave()

    def _recorder_said(self, event: RecorderEvent) -> None:
        match event:
            case RecordingLevel(uid, recorded_s):
                if uid:
                    self._on_report(TakeGrew(uid, recorded_s))
                    self._notice_silence(event)
                self._on_sound(event)
            case RecordingInterrupted(uid, recorded_s, reason):
                self._on_report(TakeInterrupted(uid, recorded_s, reason))
            case RecordingSaved(uid, path, duration_s):
                self._unsaved.discard(uid)
                sound = path.relative_to(self._data_root).as_posix()
                self._on_report(TakeSaved(uid, sound, duration_s))
            case RecordingUnavailable(uid, reason, remedy):
                self._problem = problem = f"{reason} {remedy}".strip()
                self._on_report(
                    TakeInterrupted(uid, 0.0, problem) if uid else ProblemReported(problem)
                )
            case RecordingAvailable():
                self._on_report(ProblemSolved(self._problem))

    def _notice_silence(self, level: RecordingLevel) -> None:
        if level.rms > _QUIET_RMS:
            self._loud_at_s = level.recorded_s
        elif level.recorded_s - self._loud_at_s >= LONG_SILENCE_S:
            self._on_report(SilenceNoticed(level.uid))
