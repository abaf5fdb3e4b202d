"""The speaker as the application sees it: a helper process that plays, and its replacement."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from interview_app.recording.helper_client import REACH_S, RETRY_S, HelperClient
from interview_app.services.jobs import Post
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import (
    NORMAL,
    PlaybackEnded,
    PlaybackFailed,
    PlaybackOptions,
    PlaybackPosition,
    PlaybackStarted,
    PlayerEvent,
)
from interview_app.support.helper_process import Message

_RECOVER_S = 5.0
"""A sound server that restarts is back within some seconds; then the sound goes on."""
_NO_ANSWER = "The speaker fell silent: the sound system does not answer."
_NO_ANSWER_REMEDY = "Restart the sound system or choose another speaker, then play it again."
_SHORT_LIFE_S = 5.0


@dataclass(slots=True)
class _Sound:
    token: str
    path: Path
    choice: DeviceChoice
    position_s: float
    serial: int
    playback_options: PlaybackOptions
    is_paused: bool = False
    is_started: bool = False


class PlayerClient(HelperClient[PlayerEvent]):
    """Plays sound files; implements the port ``Player``.

    If the helper or the sound server dies, the sound goes on from where it was;
    :class:`PlaybackFailed` comes if that did not succeed within five seconds.
    """

    _role = "player"

    def __init__(self, post: Post) -> None:
        super().__init__(post)
        self._sound: _Sound | None = None
        self._serial = 0
        self._helper_since = 0.0
        self._is_helper_fresh = False

    def play(
        self,
        token: str,
        sound: Path,
        device: DeviceChoice,
        *,
        start_s: float = 0.0,
        playback_options: PlaybackOptions = NORMAL,
    ) -> None:
        """Play a sound file from ``start_s``; what was playing ends, not completed."""
        self._act(lambda: self._play(_Sound(token, sound, device, start_s, 0, playback_options)))

    def pause(self) -> None:
        """Be silent within 100 ms, and remember where."""
        self._act(self._pause)

    def resume(self) -> None:
        """Go on from there."""
        self._act(self._resume)

    def seek(self, position_s: float) -> None:
        """Go on from another place; a paused sound stays paused."""
        self._act(lambda: self._seek(position_s))

    def change_course(self, playback_options: PlaybackOptions) -> None:
        """Go on from here in another way; a paused sound stays paused."""
        self._act(lambda: self._change_course(playback_options))

    def stop(self) -> None:
        """Be silent within 100 ms and forget the sound; it ends, not completed."""
        self._act(self._stop)

    def _play(self, sound: _Sound) -> None:
        self._finish(completed=False)
        self._sound = sound
        self._begin(sound, REACH_S)

    def _pause(self) -> None:
        if self._sound is not None and not self._sound.is_paused:
            self._sound.is_paused = True
            self._cancel_alarms()
            if self._helper is not None:
                self._send({"do": "pause"})

    def _resume(self) -> None:
        sound = self._sound
        if sound is None or not sound.is_paused:
            return
        sound.is_paused = False
        if self._helper is None or not sound.is_started:
            self._begin(sound, REACH_S)
        else:
            self._alarms.set("reach", _RECOVER_S, self._give_up)
            self._send({"do": "resume"})

    def _seek(self, position_s: float) -> None:
        if self._sound is not None:
            self._sound.position_s = max(0.0, position_s)
            self._tell_anew(self._sound, {"do": "seek", "position_s": position_s})

    def _change_course(self, playback_options: PlaybackOptions) -> None:
        if self._sound is not None and self._sound.playback_options != playback_options:
            self._sound.playback_options = playback_options
            self._tell_anew(self._sound, {"do": "change", "course": _written(playback_options)})

    def _tell_anew(self, sound: _Sound, message: Message) -> None:
        """Places the helper told before it reads this are of no use any more."""
        if self._helper is not None:
            self._serial += 1
            sound.serial = self._serial
            self._send({**message, "serial": sound.serial})

    def _stop(self) -> None:
        self._finish(completed=False)
        if self._helper is not None:
            self._send({"do": "stop"})

    def _finish(self, *, completed: bool) -> None:
        self._cancel_alarms()
        sound, self._sound = self._sound, None
        if sound is not None:
            self._emit(PlaybackEnded(sound.token, completed))

    def _fail(self, reason: str, remedy: str, *, is_damaged: bool = False) -> None:
        self._cancel_alarms()
        sound, self._sound = self._sound, None
        if sound is not None:
            self._emit(PlaybackFailed(sound.token, reason, remedy, is_damaged))

    def _begin(self, sound: _Sound, limit_s: float) -> None:
        if not self._alarms.is_set("reach"):
            self._alarms.set("reach", limit_s, self._give_up)
        self._is_helper_fresh = self._helper is None
        self._warm()
        self._serial += 1
        sound.serial = self._serial
        self._send(
            {
                "do": "play",
                "serial": sound.serial,
                "path": str(sound.path),
                "device": {"id": sound.choice.id, "name": sound.choice.name},
                "start_s": sound.position_s,
                "course": _written(sound.playback_options),
            }
        )

    def _begin_again(self) -> None:
        if self._sound is not None and not self._sound.is_paused:
            self._begin(self._sound, _RECOVER_S)

    def _warm(self) -> None:
        if self._helper is None:
            self._helper_since = time.monotonic()
        super()._warm()

    def _give_up(self) -> None:
        self._drop_helper()
        self._fail(_NO_ANSWER, _NO_ANSWER_REMEDY)

    def _cancel_alarms(self) -> None:
        self._alarms.cancel("reach")
        self._alarms.cancel("again")

    def _received(self, message: Message) -> None:
        sound = self._sound
        if sound is None or message["serial"] != sound.serial:
            return
        match message["event"]:
            case "started":
                self._alarms.cancel("reach")
                if not sound.is_started:
                    sound.is_started = True
                    self._emit(PlaybackStarted(sound.token))
            case "position":
                self._alarms.cancel("reach")
                sound.position_s = message["position_s"]
                self._emit(PlaybackPosition(sound.token, sound.position_s))
            case "ended":
                self._finish(completed=True)
            case "stalled":
                self._recover()
            case "failed":
                self._refused(sound, message)

    def _refused(self, sound: _Sound, message: Message) -> None:
        can_recover = sound.is_started or not self._is_helper_fresh
        if message["is_device"] and can_recover:
            self._recover()
        else:
            is_damaged = not message["is_device"]
            self._fail(message["reason"], message["remedy"], is_damaged=is_damaged)

    def _recover(self) -> None:
        """Let a new helper go on, soon; the limit counts from the first failure."""
        self._drop_helper()
        if self._sound is None or self._sound.is_paused:
            return
        if not self._alarms.is_set("reach"):
            self._alarms.set("reach", _RECOVER_S, self._give_up)
        self._alarms.set("again", RETRY_S if self._is_helper_fresh else 0.0, self._begin_again)

    def _helper_died(self) -> None:
        self._recover()
        has_lived = time.monotonic() - self._helper_since > _SHORT_LIFE_S
        if self._sound is None and has_lived:
            self._warm()

    def _end(self) -> None:
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.close(1.0)


def _written(playback_options: PlaybackOptions) -> Message:
    """A course as the helper reads it."""
    loop = playback_options.loop
    return {
        "speed": playback_options.speed,
        "left_out": [[span.start_s, span.end_s] for span in playback_options.left_out],
        "loop": None if loop is None else [loop.start_s, loop.end_s],
    }
