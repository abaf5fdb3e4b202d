"""A kept take is heard again: from anywhere, paused, jumped in, and silent when something fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interview_app.services.ports import DeviceChoice
from interview_app.services.replaying import Replay, Replaying
from tests.fakes import FakePlayer

SOUND = Path("take.wav")


class Listener:
    """A player, a replay over it, and every state it went through."""

    def __init__(self) -> None:
        self.player = FakePlayer(lambda call: call())
        self.replaying = Replaying(self.player, DeviceChoice)
        self.states: list[Replay] = []
        self.replaying.subscribe(self.states.append)
        self.replaying.open("t1", SOUND, 60.0)

    @property
    def state(self) -> Replay:
        return self.replaying.state


@pytest.fixture
def listener() -> Listener:
    return Listener()


def test_a_take_plays_pauses_and_goes_on(listener: Listener) -> None:
    listener.replaying.toggle()
    assert listener.state.is_playing
    listener.player.go_to(12.5)
    assert listener.state.position_s == 12.5
    listener.replaying.toggle()
    assert listener.player.is_paused
    assert not listener.state.is_playing
    listener.replaying.toggle()
    assert not listener.player.is_paused
    assert listener.player.position_s == 12.5


def test_after_its_end_it_plays_from_the_beginning(listener: Listener) -> None:
    listener.replaying.play_from(58.0)
    listener.player.end()
    assert listener.state == Replay("t1", 60.0, 60.0)
    listener.replaying.toggle()
    assert listener.player.position_s == 0.0


@pytest.mark.parametrize(
    ("jump", "lands_at"), [(5.0, 15.0), (-5.0, 5.0), (-20.0, 0.0), (500.0, 60.0)]
)
def test_a_jump_stays_within_the_take(listener: Listener, jump: float, lands_at: float) -> None:
    listener.replaying.play_from(10.0)
    listener.replaying.move_by(jump)
    assert listener.state.position_s == lands_at
    assert listener.player.position_s == lands_at


def test_a_place_chosen_before_playing_is_where_it_begins(listener: Listener) -> None:
    listener.replaying.move_to(31.0)
    assert listener.player.token == ""
    listener.replaying.toggle()
    assert listener.player.position_s == 31.0


def test_a_failure_is_told_and_playing_can_be_tried_again(listener: Listener) -> None:
    listener.player.problem = "The speaker is gone."
    listener.replaying.toggle()
    assert listener.state.problem == "The speaker is gone."
    assert not listener.state.is_playing
    listener.player.problem = ""
    listener.replaying.toggle()
    assert listener.state.is_playing
    assert listener.state.problem == ""


def test_a_take_without_sound_does_nothing(listener: Listener) -> None:
    listener.replaying.open("t2", None, 30.0)
    listener.replaying.toggle()
    assert listener.player.token == ""
    assert not listener.state.is_playing


def test_another_take_silences_the_first_and_its_late_events_change_nothing() -> None:
    late: list[Callable[[], None]] = []
    player = FakePlayer(late.append)
    replaying = Replaying(player, DeviceChoice)
    replaying.open("t1", SOUND, 60.0)
    replaying.toggle()
    player.go_to(20.0)
    replaying.open("t2", SOUND, 30.0)
    assert player.token == ""
    of_the_first = len(late)
    replaying.toggle()
    for call in late[:of_the_first]:
        call()
    assert replaying.state == Replay("t2", 0.0, 30.0, is_playing=True)


def test_what_another_part_plays_ends_the_replay(listener: Listener) -> None:
    listener.replaying.play_from(7.0)
    listener.player.play("voice:1", SOUND, DeviceChoice())
    assert not listener.state.is_playing
    assert listener.state.position_s == 7.0
    listener.player.go_to(3.0)
    assert listener.state.position_s == 7.0


def test_after_closing_nothing_is_told(listener: Listener) -> None:
    listener.replaying.toggle()
    told = len(listener.states)
    listener.replaying.close()
    assert listener.player.token == ""
    assert len(listener.states) == told
