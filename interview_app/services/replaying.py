"""Hears a kept take again: play, pause, jump, and where the sound is now.

Everything happens on the thread that ``Post`` brings the player's events back to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from interview_app.services.ports import (
    DeviceChoice,
    PlaybackEnded,
    PlaybackFailed,
    PlaybackPosition,
    PlaybackStarted,
    Player,
    PlayerEvent,
)

_END_S = 0.05
"""So near to its end a sound counts as over, and playing begins anew."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What is being heard: a take by its uid, and the second it stands at.

    ``problem`` says why there is no sound, in a sentence with what to do.
    """

    uid: str = ""
    position_s: float = 0.0
    duration_s: float = 0.0
    is_playing: bool = False
    problem: str = ""


class Replaying:
    """Plays one take at a time on the speaker that ``speaker`` names when it begins."""

    def __init__(self, player: Player, speaker: Callable[[], DeviceChoice]) -> None:
        self._player = player
        self._speaker = speaker
        self._state = Replay()
        self._sound: Path | None = None
        self._turn = 0
        self._is_open = False
        self._listeners: list[Callable[[Replay], None]] = []
        self._unsubscribe = player.subscribe(self._player_said)

    @property
    def state(self) -> Replay:
        """What is being heard."""
        return self._state

    def subscribe(self, listener: Callable[[Replay], None]) -> Callable[[], None]:
        """Have every new state; the answer ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def open(self, uid: str, sound: Path | None, duration_s: float) -> None:
        """Have a take ready to be heard from its beginning; the one before falls silent."""
        self.stop()
        self._sound = sound
        self._show(Replay(uid, duration_s=duration_s))

    def toggle(self) -> None:
        """Pause, go on, or play from where the take stands."""
        if self._state.is_playing:
            self._player.pause()
            self._show(replace(self._state, is_playing=False))
        elif self._is_open:
            self._player.resume()
            self._show(replace(self._state, is_playing=True))
        else:
            is_over = self._state.position_s >= self._state.duration_s - _END_S
            self.play_from(0.0 if is_over else self._state.position_s)

    def play_from(self, start_s: float) -> None:
        """Play from a second on, whatever was heard before."""
        if self._sound is None:
            return
        self._turn += 1
        self._is_open = True
        position_s = self._within(start_s)
        self._show(replace(self._state, position_s=position_s, is_playing=True, problem=""))
        self._player.play(self._token, self._sound, self._speaker(), start_s=position_s)

    def move_to(self, position_s: float) -> None:
        """Go on, or wait, at another place; never before the beginning nor past the end."""
        position_s = self._within(position_s)
        if self._is_open:
            self._player.seek(position_s)
        self._show(replace(self._state, position_s=position_s))

    def move_by(self, seconds: float) -> None:
        """Jump so many seconds on, or back."""
        self.move_to(self._state.position_s + seconds)

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
                self._show(replace(self._state, is_playing=False, position_s=at_s))
            case PlaybackFailed(_, reason, remedy):
                self._is_open = False
                problem = f"{reason} {remedy}".strip()
                self._show(replace(self._state, is_playing=False, problem=problem))

    def _show(self, state: Replay) -> None:
        if state == self._state:
            return
        self._state = state
        for listener in tuple(self._listeners):
            listener(state)
