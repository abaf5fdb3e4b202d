"""A kept take is heard again: from anywhere, paused, jumped in, and silent when something fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interview_app.domain.analysis.landmarks import Landmarks
from interview_app.domain.transcript import Span
from interview_app.services.playback.take_player import Landmark, PlaybackState, TakePlayer
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import PlaybackOptions
from tests.fakes import FakePlayer

SOUND = Path("take.wav")


class Listener:
    """A player, a replay over it, and every state it went through."""

    def __init__(self) -> None:
        self.player = FakePlayer(lambda call: call())
        self.replaying = TakePlayer(self.player, DeviceChoice)
        self.states: list[PlaybackState] = []
        self.replaying.subscribe(self.states.append)
        self.replaying.open("t1", SOUND, 60.0)

    @property
    def state(self) -> PlaybackState:
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
    assert listener.state == PlaybackState("t1", 60.0, 60.0, is_over=True)
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
    replaying = TakePlayer(player, DeviceChoice)
    replaying.open("t1", SOUND, 60.0)
    replaying.toggle()
    player.go_to(20.0)
    replaying.open("t2", SOUND, 30.0)
    assert player.token == ""
    of_the_first = len(late)
    replaying.toggle()
    for call in late[:of_the_first]:
        call()
    assert replaying.state == PlaybackState("t2", 0.0, 30.0, is_playing=True)


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


LANDMARKS = Landmarks(
    sentences=(Span(1, 9), Span(10, 29), Span(30, 58)),
    silences=(Span(20, 23), Span(58, 60)),
    hesitations=(Span(5, 5.4), Span(6, 6.3), Span(40, 40.5)),
    long_pauses=(Span(20, 23),),
)


@pytest.fixture
def guided(listener: Listener) -> Listener:
    listener.replaying.open("t1", SOUND, 60.0, LANDMARKS)
    return listener


def test_the_next_hesitation_is_played_with_what_leads_to_it(guided: Listener) -> None:
    places = []
    while guided.replaying.go(Landmark.HESITATION, 1):
        places.append(guided.state.position_s)
        assert guided.state.is_playing
    assert places == pytest.approx([4.4, 5.4, 39.4])
    assert guided.player.position_s == pytest.approx(39.4), "after the last one it plays on"


def test_going_back_from_just_behind_a_hesitation_means_the_one_before(guided: Listener) -> None:
    guided.replaying.play_from(39.4)
    guided.player.go_to(40.0)
    assert guided.replaying.go(Landmark.HESITATION, -1)
    assert guided.state.position_s == pytest.approx(5.4)
    guided.player.go_to(12.0)
    assert guided.replaying.go(Landmark.HESITATION, -1)
    assert guided.state.position_s == pytest.approx(5.4), "from far behind it is heard again"


def test_long_pauses_and_sentences_are_reached_both_ways(guided: Listener) -> None:
    assert guided.replaying.go(Landmark.LONG_PAUSE, 1)
    assert guided.state.position_s == pytest.approx(19.4)
    assert not guided.replaying.go(Landmark.LONG_PAUSE, 1)
    assert guided.replaying.go(Landmark.SENTENCE, 1)
    assert guided.state.position_s == 30
    assert guided.replaying.go(Landmark.SENTENCE, -1)
    assert guided.state.position_s == 10


def test_silences_are_skipped_but_for_their_borders(guided: Listener) -> None:
    guided.replaying.toggle()
    guided.replaying.skip_silences(True)
    assert guided.player.playback_options.left_out == (Span(20.2, 22.8), Span(58.2, 59.8))
    guided.replaying.skip_silences(False)
    assert not guided.player.playback_options.left_out


def test_a_loop_holds_the_sentence_and_follows_who_jumps_elsewhere(guided: Listener) -> None:
    guided.replaying.play_from(12.0)
    guided.replaying.loop_sentence(True)
    assert guided.player.playback_options.loop == Span(10, 29)
    guided.replaying.move_to(35.0)
    assert guided.player.playback_options.loop == Span(30, 58)
    guided.replaying.play_from(2.0)
    assert guided.player.playback_options.loop == Span(1, 9)
    guided.replaying.loop_sentence(False)
    assert guided.player.playback_options.loop is None


def test_a_loop_between_two_sentences_takes_the_next_and_behind_the_last_the_last(
    guided: Listener,
) -> None:
    guided.replaying.move_to(9.5)
    guided.replaying.loop_sentence(True)
    assert guided.state.loop == Span(10, 29)
    guided.replaying.move_to(59.5)
    assert guided.state.loop == Span(30, 58)


def test_speed_and_skipping_stay_from_take_to_take_and_a_loop_does_not(guided: Listener) -> None:
    guided.replaying.set_speed(1.5)
    guided.replaying.skip_silences(True)
    guided.replaying.loop_sentence(True)
    guided.replaying.open("t2", SOUND, 30.0)
    guided.replaying.toggle()
    assert guided.player.playback_options == PlaybackOptions(1.5)
    assert guided.state.skips_silences


@pytest.mark.parametrize(("wanted", "taken"), [(0.1, 0.5), (9.0, 2.0), (1.25, 1.25)])
def test_speed_stays_between_a_half_and_two(guided: Listener, wanted: float, taken: float) -> None:
    guided.replaying.set_speed(wanted)
    assert guided.state.speed == taken


def test_a_damaged_sound_is_told_from_a_missing_speaker(listener: Listener) -> None:
    listener.player.damaged = {SOUND.name}
    listener.replaying.toggle()
    assert listener.state.is_damaged
    listener.player.damaged = set()
    listener.player.problem = "The speaker is gone."
    listener.replaying.toggle()
    assert not listener.state.is_damaged
