"""Hears a kept take again: play, jump, go round in a sentence, faster, without its silences.

Everything happens on the thread that ``Post`` brings the player's events back to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from interview_app.domain.analysis.landmarks import Landmarks
from interview_app.domain.transcript import Span
from interview_app.services.listeners import StateListeners
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackOptions,
    PlaybackPosition,
    PlaybackStarted,
    Player,
    PlayerEvent,
)

SPEEDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""How many times as fast a take can be heard."""

_END_S = 0.05
"""So near to its end a sound counts as over, and playing begins anew."""
_LEAD_S = 0.6
"""A hesitation or a pause is heard from so much before it, so that it can be understood."""
_JUST_PASSED_S = 1.5
"""Going back from so near behind a landmark means the one before it."""
_SAME_S = 0.02


class Landmark(StrEnum):
    """What can be jumped to."""

    SENTENCE = "sentence"
    HESITATION = "hesitation"
    LONG_PAUSE = "long-pause"


@dataclass(frozen=True, slots=True)
class PlaybackState:
    """What is being heard: a take by its uid, the second it stands at, and how it is played.

    ``problem`` says why there is no sound, in a sentence with what to do; ``is_damaged``: because
    of the sound itself. ``is_over``: it was just heard to its end.
    """

    uid: str = ""
    position_s: float = 0.0
    duration_s: float = 0.0
    is_playing: bool = False
    problem: str = ""
    is_damaged: bool = False
    is_over: bool = False
    speed: float = 1.0
    skips_silences: bool = False
    loop: Span | None = None


class TakePlayer:
    """Plays one take at a time on the speaker that ``speaker`` names when it begins."""

    def __init__(self, player: Player, speaker: Callable[[], DeviceChoice]) -> None:
        self._player = player
        self._speaker = speaker
        self._state = PlaybackState()
        self._sound: Path | None = None
        self._landmarks = Landmarks()
        self._turn = 0
        self._is_open = False
        self._listeners = StateListeners[PlaybackState]()
        self._unsubscribe = player.subscribe(self._player_said)

    @property
    def state(self) -> PlaybackState:
        """What is being heard."""
        return self._state

    def subscribe(self, listener: Callable[[PlaybackState], None]) -> Callable[[], None]:
        """Have every new state; the answer ends it."""
        return self._listeners.add(listener)

    def open(
        self,
        uid: str,
        sound: Path | None,
        duration_s: float,
        landmarks: Landmarks = Landmarks(),  # noqa: B008 - frozen, and means: none
    ) -> None:
        """Have a take ready to be heard from its beginning; the one before falls silent."""
        self.stop()
        self._sound, self._landmarks = sound, landmarks
        how = {"speed": self._state.speed, "skips_silences": self._state.skips_silences}
        self._show(PlaybackState(uid, duration_s=duration_s, **how))  # type: ignore[arg-type]

    def set_landmarks(self, landmarks: Landmarks) -> None:
        """The words of the take that is open are others now."""
        before = self._playback_options
        self._landmarks = landmarks
        if self._is_open and self._playback_options != before:
            self._player.change_course(self._playback_options)

    def toggle(self) -> None:
        """Pause, go on, or play from where the take stands."""
        if self._state.is_playing:
            self.pause()
        elif self._is_open:
            self._player.resume()
            self._show(replace(self._state, is_playing=True))
        else:
            is_at_end = self._state.position_s >= self._state.duration_s - _END_S
            self.play_from(0.0 if is_at_end else self._state.position_s)

    def pause(self) -> None:
        """Be silent, and remember where."""
        if self._state.is_playing:
            self._player.pause()
            self._show(replace(self._state, is_playing=False))

    def play_from(self, start_s: float) -> None:
        """Play from a second on, whatever was heard before."""
        if self._sound is None:
            return
        self._turn += 1
        self._is_open = True
        position_s = self._within(start_s)
        state = replace(self._state, position_s=position_s, is_playing=True, is_over=False)
        self._show(replace(state, problem="", is_damaged=False, loop=self._loop_at(position_s)))
        self._player.play(
            self._token,
            self._sound,
            self._speaker(),
            start_s=position_s,
            playback_options=self._playback_options,
        )

    def move_to(self, position_s: float) -> None:
        """Go on, or wait, at another place; never before the beginning nor past the end."""
        position_s = self._within(position_s)
        self._take_course(replace(self._state, loop=self._loop_at(position_s)))
        if self._is_open:
            self._player.seek(position_s)
        self._show(replace(self._state, position_s=position_s, is_over=False))

    def move_by(self, seconds: float) -> None:
        """Jump so many seconds on, or back."""
        self.move_to(self._state.position_s + seconds)

    def go(self, kind: Landmark, step: int) -> bool:
        """Play from the next (1) or the one before (-1) of that kind; whether there is one."""
        here = self._state.position_s
        starts = [start_s for start_s in self._starts(kind) if start_s < self._state.duration_s]
        if step > 0:
            found = next((at_s for at_s in starts if at_s > here + _SAME_S), None)
        else:
            passed_s = _JUST_PASSED_S if self._state.is_playing else _SAME_S
            found = next((at_s for at_s in reversed(starts) if at_s < here - passed_s), None)
        if found is not None:
            self.play_from(found)
        return found is not None

    def set_speed(self, speed: float) -> None:
        """Hear everything so many times as fast, 0.5 to 2, from now on."""
        self._take_course(replace(self._state, speed=min(max(speed, SPEEDS[0]), SPEEDS[-1])))

    def skip_silences(self, skips: bool) -> None:
        """Leave out silences from now on, or hear them."""
        self._take_course(replace(self._state, skips_silences=skips))

    def loop_sentence(self, loops: bool) -> None:
        """Go round in the sentence that is heard now, or go on after it."""
        loop = self._landmarks.sentence_at(self._state.position_s) if loops else None
        self._take_course(replace(self._state, loop=loop))

    def stop(self) -> None:
        """Be silent, and stay at this place."""
        was_open, self._is_open = self._is_open, False
        self._turn += 1
        if was_open:
            self._player.stop()
        if self._state.is_playing:
            self._show(replace(self._state, is_playing=False))

    def close(self) -> None:
        """Be silent and stop listening to the player."""
        self._listeners.clear()
        self.stop()
        self._unsubscribe()

    @property
    def _token(self) -> str:
        return f"replay:{self._turn}"

    @property
    def _playback_options(self) -> PlaybackOptions:
        state = self._state
        left_out = self._landmarks.left_out if state.skips_silences else ()
        return PlaybackOptions(state.speed, left_out, state.loop)

    def _take_course(self, state: PlaybackState) -> None:
        before = self._playback_options
        self._show(state)
        if self._is_open and self._playback_options != before:
            self._player.change_course(self._playback_options)

    def _loop_at(self, position_s: float) -> Span | None:
        """Who goes round in a sentence and jumps elsewhere goes round there."""
        return self._landmarks.sentence_at(position_s) if self._state.loop is not None else None

    def _starts(self, kind: Landmark) -> list[float]:
        match kind:
            case Landmark.SENTENCE:
                return [span.start_s for span in self._landmarks.sentences]
            case Landmark.HESITATION:
                spans = self._landmarks.hesitations
            case Landmark.LONG_PAUSE:
                spans = self._landmarks.long_pauses
        return [max(0.0, span.start_s - _LEAD_S) for span in spans]

    def _within(self, position_s: float) -> float:
        return min(max(position_s, 0.0), max(self._state.duration_s, 0.0))

    def _player_said(self, event: PlayerEvent) -> None:
        if event.token != self._token or not self._is_open:
            return
        match event:
            case PlaybackStarted():
                pass
            case PlaybackPosition(_, position_s):
                if self._state.is_playing:
                    self._show(replace(self._state, position_s=self._within(position_s)))
            case PlaybackEnded(_, completed):
                self._is_open = False
                at_s = self._state.duration_s if completed else self._state.position_s
                ended = replace(self._state, is_playing=False, position_s=at_s)
                self._show(replace(ended, is_over=completed))
            case PlaybackFailed(_, reason, remedy, is_damaged):
                self._is_open = False
                problem = f"{reason} {remedy}".strip()
                failed = replace(self._state, is_playing=False, problem=problem)
                self._show(replace(failed, is_damaged=is_damaged))

    def _show(self, state: PlaybackState) -> None:
        if state != self._state:
            self._state = state
            self._listeners.notify(state)
