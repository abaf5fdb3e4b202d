"""A take of which much is still to be heard: how far behind it is, and how it is finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_app.domain.transcript import Transcript
from interview_app.recognition.live_take import LiveTake
from interview_app.recognition.sound_files import SAMPLE_RATE, Samples
from interview_app.recording.take_files import PartWriter, next_part, parts_of, repair_and_join
from interview_app.services.ports.recognizer import RecognitionResult

PIECE_S = 10.0


class SlowListening:
    """Hears ten seconds at a time, when it is told to."""

    text = ""

    def __init__(self) -> None:
        self.behind_s = 0.0
        self.taken_s = 0.0

    def feed(self, samples: Samples) -> None:
        self.behind_s += len(samples) / SAMPLE_RATE
        self.taken_s += len(samples) / SAMPLE_RATE

    def work(self, *, ahead: bool) -> bool:
        del ahead
        if self.behind_s < PIECE_S:
            return False
        self.behind_s -= PIECE_S
        return True

    def finish(self) -> RecognitionResult:
        return RecognitionResult(Transcript("en", "whisper", "base"), (), self.taken_s)


def record(folder: Path, seconds: int) -> None:
    """A part of the take, as the recorder helper writes one between two pauses."""
    writer = PartWriter(next_part("take", folder))
    writer.write(bytes(2 * SAMPLE_RATE * seconds))
    writer.close()


def test_all_that_is_recorded_and_not_heard_yet_counts_as_behind(tmp_path: Path) -> None:
    take = LiveTake("take", tmp_path, SlowListening())
    record(tmp_path, 30)
    assert take.behind_s == pytest.approx(30), "before anybody looked at it"
    assert take.go_on(ahead=True)
    assert take.behind_s == pytest.approx(20)
    record(tmp_path, 15)
    assert take.behind_s == pytest.approx(35), "after a pause it goes on in another file"
    while take.go_on(ahead=True):
        pass
    assert take.behind_s == pytest.approx(5)


def test_who_waits_for_a_take_that_fell_behind_is_told_how_far_it_is(tmp_path: Path) -> None:
    record(tmp_path, 45)
    sound = tmp_path / "take.wav"
    repair_and_join(parts_of("take", tmp_path), sound)
    told: list[float | None] = []

    heard = LiveTake("take", tmp_path, SlowListening()).finish(sound, told.append)

    assert heard.duration_s == pytest.approx(45)
    assert told == [pytest.approx(share / 45) for share in (10, 20, 30, 40)]
