"""The takes of a session being conducted, played back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackPosition,
    Player,
    PlayerEvent,
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
