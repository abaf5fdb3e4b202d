"""Sounds played through real helper processes and heard on a virtual speaker."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile
from numpy.typing import NDArray

from interview_app.domain.transcript import Span
from interview_app.recording.player import PlayerClient
from interview_app.services.ports.devices import DeviceChoice
from interview_app.services.ports.player import (
    PlaybackEnded,
    PlaybackFailed,
    PlaybackOptions,
    PlaybackPosition,
    PlaybackStarted,
    PlayerEvent,
)
from tests.sound import SoundCard, wait_for

pytestmark = pytest.mark.sound
DEFAULT = DeviceChoice()
RATE = 16_000
"""Samples a second of what is heard on the speaker."""


class Listener:
    """Everything a player told its subscriber, with the time it came."""

    def __init__(self) -> None:
        self.events: list[tuple[float, PlayerEvent]] = []
        self.client = PlayerClient(lambda call: call())
        self.client.subscribe(lambda event: self.events.append((time.monotonic(), event)))

    def all(self, kind: type[PlayerEvent]) -> list[PlayerEvent]:
        return [event for _, event in self.events if isinstance(event, kind)]

    @property
    def position_s(self) -> float:
        last = self.all(PlaybackPosition)[-1:]
        return last[0].position_s if last and isinstance(last[0], PlaybackPosition) else -1.0

    def wait_for(self, kind: type[PlayerEvent], limit_s: float = 60.0) -> PlayerEvent:
        wait_for(lambda: self.all(kind), limit_s, kind.__name__)
        return self.all(kind)[-1]

    def wait_for_position(self, position_s: float) -> None:
        wait_for(lambda: self.position_s >= position_s, what=f"{position_s} s played")


def helpers() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if child.cmdline()[-1:] == ["player"] and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


@pytest.fixture
def player(sound_card: SoundCard) -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.client.close()
    assert helpers() == []
    assert [t.name for t in threading.enumerate() if "player" in t.name] == []


@pytest.fixture
def warm(player: Listener) -> Listener:
    """A player whose helper has reached the sound server."""
    player.client.warm_up()
    wait_for(helpers, what="the helper")
    # It reads its input only once it is ready: a file that is no sound brings an answer.
    player.client.play("warm", Path("/dev/null"), DEFAULT)
    player.wait_for(PlaybackFailed)
    player.events.clear()
    return player


@pytest.fixture(scope="session")
def noise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of noise, of which every moment can be told from every other."""
    target = tmp_path_factory.mktemp("noise") / "noise.flac"
    soundfile.write(target, np.random.default_rng(7).uniform(-0.5, 0.5, 12 * RATE), RATE)
    return target


class Ear:
    """What the speaker plays, as it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def now(self) -> int:
        """Samples heard so far; what is on its way is missing, some milliseconds."""
        return (self._path.stat().st_size - 44) // 2

    @property
    def sound(self) -> NDArray[np.float64]:
        raw = self._path.read_bytes()[44:]
        samples = np.frombuffer(raw[: len(raw) // 2 * 2], "<i2")
        heard: NDArray[np.float64] = samples / 32_768
        return heard

    def is_silent(self, last_s: float = 0.3) -> bool:
        tail = self.sound[-int(last_s * RATE) :]
        return bool(np.abs(tail).max() < 0.01)

    def loud(self) -> NDArray[np.intp]:
        return np.flatnonzero(np.abs(self.sound) > 0.05)


@pytest.fixture
def ear(sound_card: SoundCard, tmp_path: Path) -> Iterator[Ear]:
    with sound_card.heard(tmp_path / "heard.wav") as path:
        yield Ear(path)


def place_of(heard: NDArray[np.float64], noise: Path) -> float:
    """Where in the noise a piece of it comes from, in seconds."""
    whole = soundfile.read(noise)[0]
    size = 1 << (len(whole) + len(heard)).bit_length()
    product = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(heard, size)), size)
    return float(np.argmax(product[: len(whole)])) / RATE


def test_a_sound_is_heard_whole_and_its_begin_places_and_end_are_told(
    warm: Listener, ear: Ear, tmp_path: Path
) -> None:
    square = tmp_path / "square.wav"
    soundfile.write(square, np.tile(np.repeat([0.5, -0.5], 50), 441), 22_050)
    warm.client.play("square", square, DEFAULT)
    ended = warm.wait_for(PlaybackEnded)
    wait_for(ear.is_silent, what="silence after the end")

    places = [e.position_s for _, e in warm.events if isinstance(e, PlaybackPosition)]
    assert isinstance(warm.events[0][1], PlaybackStarted)
    assert ended == PlaybackEnded("square", completed=True)
    # Counted, not spanned: a speaker starved for a moment stretches a sound and loses none of it.
    assert len(ear.loud()) / RATE == pytest.approx(2.0, abs=0.1)
    assert places == sorted(places)
    assert places[-1] == pytest.approx(2.0, abs=0.001)


def test_the_place_told_is_the_place_heard(warm: Listener, ear: Ear, noise: Path) -> None:
    warm.client.play("noise", noise, DEFAULT, start_s=3.0)
    told: list[tuple[int, float]] = []
    for position_s in (3.5, 4.0, 4.5, 5.0, 5.5, 6.0):
        warm.wait_for_position(position_s)
        told.append((ear.now, warm.position_s))
    warm.client.stop()
    sound = ear.sound
    errors = [place - place_of(sound[now - 1600 : now], noise) - 0.1 for now, place in told]
    # The benchmark of sound says how near it is; a place of the buffer's end would be far off.
    assert max(map(abs, errors)) < 0.4, errors


@pytest.mark.parametrize("command", ["pause", "stop"])
def test_pause_and_stop_let_nothing_that_waits_in_a_buffer_be_heard(
    warm: Listener, ear: Ear, noise: Path, command: str
) -> None:
    warm.client.play("noise", noise, DEFAULT)
    warm.wait_for_position(1.0)
    at = ear.now
    getattr(warm.client, command)()
    wait_for(ear.is_silent, what="silence")
    assert (ear.loud()[-1] - at) / RATE < 1.0


def test_a_paused_sound_goes_on_from_where_it_was(warm: Listener, ear: Ear, noise: Path) -> None:
    warm.client.play("noise", noise, DEFAULT)
    warm.wait_for_position(1.0)
    warm.client.pause()
    wait_for(ear.is_silent, what="silence")
    paused_s, at = warm.position_s, ear.now
    warm.client.resume()
    warm.wait_for_position(paused_s + 1)
    warm.client.stop()

    first = next(i for i in ear.loud() if i > at)
    assert place_of(ear.sound[first : first + 3200], noise) == pytest.approx(paused_s, abs=0.05)
    assert warm.all(PlaybackStarted) == [PlaybackStarted("noise")]


def test_a_sound_can_be_sought_and_started_in_its_middle(
    warm: Listener, ear: Ear, noise: Path
) -> None:
    warm.client.play("noise", noise, DEFAULT, start_s=2.0)
    warm.wait_for_position(2.5)
    assert place_of(ear.sound[ear.loud()[0] :][:3200], noise) == pytest.approx(2.0, abs=0.01)
    warm.client.seek(9.0)
    warm.wait_for_position(9.5)
    warm.client.stop()
    wait_for(ear.is_silent, what="silence")
    end = ear.loud()[-1]
    assert place_of(ear.sound[end - 3200 : end], noise) > 9.2


def test_a_new_sound_ends_the_one_before(warm: Listener, noise: Path) -> None:
    warm.client.play("first", noise, DEFAULT)
    warm.wait_for_position(0.3)
    warm.client.play("second", noise, DEFAULT)
    wait_for(lambda: PlaybackStarted("second") in warm.all(PlaybackStarted), what="the second")
    warm.client.stop()
    wait_for(lambda: len(warm.all(PlaybackEnded)) == 2, what="both ends")
    assert warm.all(PlaybackEnded) == [
        PlaybackEnded("first", completed=False),
        PlaybackEnded("second", completed=False),
    ]


def test_a_chosen_speaker_is_the_one_that_plays(warm: Listener, ear: Ear, noise: Path) -> None:
    warm.client.play("noise", noise, DeviceChoice(name="Virtual-Mic-Feed"))
    warm.wait_for_position(0.5)
    assert ear.is_silent()
    warm.client.stop()


@pytest.mark.parametrize("channels", [1, 2, 3])
def test_every_usual_form_of_sound_is_played(warm: Listener, tmp_path: Path, channels: int) -> None:
    for rate, kind in ((8_000, "wav"), (44_100, "flac"), (96_000, "wav")):
        sound = tmp_path / f"{rate}.{kind}"
        soundfile.write(sound, np.zeros((rate // 4, channels)), rate)
        warm.events.clear()
        warm.client.play(kind, sound, DEFAULT)
        assert warm.wait_for(PlaybackEnded) == PlaybackEnded(kind, completed=True)
        assert warm.position_s == pytest.approx(0.25, abs=0.001)


def test_a_helper_that_dies_in_mid_sound_is_replaced_and_the_sound_goes_on(
    warm: Listener, ear: Ear, noise: Path
) -> None:
    warm.client.play("noise", noise, DEFAULT)
    warm.wait_for_position(2.0)
    stopped_s, at = warm.position_s, ear.now
    helpers()[0].kill()
    warm.wait_for_position(stopped_s + 1)
    warm.client.stop()
    gap = next(i for i in ear.loud() if i > at + RATE // 4)
    resumed_s = place_of(ear.sound[gap : gap + 3200], noise)
    assert resumed_s == pytest.approx(stopped_s, abs=0.15)
    assert warm.all(PlaybackFailed) == []
    assert warm.all(PlaybackStarted) == [PlaybackStarted("noise")]


@pytest.mark.parametrize("outage_s", [0.0, 2.5])
def test_a_sound_goes_on_after_the_sound_server_restarted(
    sound_card: SoundCard, warm: Listener, noise: Path, outage_s: float
) -> None:
    warm.client.play("noise", noise, DEFAULT)
    warm.wait_for_position(2.0)
    sound_card.kill()
    threading.Event().wait(outage_s)
    sound_card.start()
    warm.wait_for_position(warm.position_s + 1)
    warm.client.stop()
    assert warm.all(PlaybackFailed) == []


def test_a_sound_begins_although_the_sound_server_restarted_since_the_last_one(
    sound_card: SoundCard, warm: Listener, noise: Path
) -> None:
    warm.client.play("first", noise, DEFAULT, start_s=11.7)
    warm.wait_for(PlaybackEnded)
    sound_card.kill()
    sound_card.start()
    warm.client.play("second", noise, DEFAULT, start_s=11.0)
    wait_for(lambda: PlaybackStarted("second") in warm.all(PlaybackStarted), what="the second")
    wait_for(lambda: PlaybackEnded("second", completed=True) in warm.all(PlaybackEnded))


def test_a_sound_server_that_stays_away_ends_the_sound_with_a_reason(
    sound_card: SoundCard, warm: Listener, noise: Path
) -> None:
    warm.client.play("noise", noise, DEFAULT)
    warm.wait_for_position(0.5)
    sound_card.kill()
    failed = warm.wait_for(PlaybackFailed)
    assert isinstance(failed, PlaybackFailed)
    assert failed.token == "noise"
    assert failed.reason
    assert failed.remedy

    sound_card.start()
    warm.client.play("again", noise, DEFAULT)
    warm.wait_for(PlaybackStarted)


def test_without_a_speaker_or_a_readable_sound_the_person_hears_why(
    sound_card: SoundCard, player: Listener, noise: Path, tmp_path: Path
) -> None:
    text = tmp_path / "no-sound.wav"
    text.write_text("this is no sound")
    player.client.play("text", text, DEFAULT)
    failed = player.wait_for(PlaybackFailed)
    assert isinstance(failed, PlaybackFailed)
    assert "no-sound.wav" in failed.reason

    sound_card.kill()
    player.client.play("noise", noise, DEFAULT)
    wait_for(lambda: len(player.all(PlaybackFailed)) == 2, what="the second failure")


def test_after_closing_nothing_is_told_and_nothing_runs(warm: Listener, noise: Path) -> None:
    warm.client.play("noise", noise, DEFAULT)
    warm.wait_for_position(0.3)
    warm.client.close()
    told = len(warm.events)
    assert helpers() == []
    commands: list[Callable[[], None]] = [warm.client.stop, warm.client.pause, warm.client.close]
    for command in commands:
        command()
    assert len(warm.events) == told


def test_a_sound_goes_twice_as_fast_and_its_course_is_changed_while_it_plays(
    warm: Listener, ear: Ear, noise: Path
) -> None:
    warm.client.play("noise", noise, DEFAULT, start_s=2.0, playback_options=PlaybackOptions(2.0))
    warm.wait_for_position(4.0)
    warm.client.change_course(PlaybackOptions(left_out=(Span(7.0, 10.0),)))
    warm.wait_for_position(10.5)
    warm.client.stop()
    told = [e.position_s for e in warm.all(PlaybackPosition) if isinstance(e, PlaybackPosition)]
    assert [place for place in told if 7.1 < place < 9.95] == []
    assert told == sorted(told), "no place of before a change is told after it"
    wait_for(ear.is_silent, what="silence")
    end = ear.loud()[-1]
    assert place_of(ear.sound[end - 3200 : end], noise) > 10.0


def test_a_loop_goes_round_and_a_jump_out_of_a_paused_one_is_kept(
    warm: Listener, noise: Path
) -> None:
    warm.client.play(
        "noise", noise, DEFAULT, start_s=1.0, playback_options=PlaybackOptions(loop=Span(1.0, 1.6))
    )
    wait_for(lambda: rounds(warm) >= 3, what="three rounds")
    warm.client.pause()
    warm.client.change_course(PlaybackOptions())
    warm.client.seek(5.0)
    warm.client.resume()
    warm.wait_for_position(5.5)
    warm.client.stop()


def rounds(listener: Listener) -> int:
    told = [e.position_s for e in listener.all(PlaybackPosition) if isinstance(e, PlaybackPosition)]
    return sum(after < before for before, after in itertools.pairwise(told))
