"""A take's parts survive whatever stopped them, and become one sound file."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.errors import RecordingFailed
from interview_app.recording.take_files import (
    BYTES_PER_S,
    HEADER_BYTES,
    PartWriter,
    header,
    next_part,
    open_part,
    parts_of,
    repair_and_join,
    seconds_in,
    sound_file,
)

UID = "abc-q01-t01"


def sound(value: int, seconds: float = 0.5) -> bytes:
    return np.full(round(seconds * 16_000), value, "<i2").tobytes()


def write_part(folder: Path, content: bytes) -> Path:
    part = next_part(UID, folder)
    writer = PartWriter(part)
    writer.write(content)
    writer.close()
    return part


def abandon_part(folder: Path, content: bytes) -> Path:
    """A part as a killed process leaves it: its header claims no sound."""
    part = next_part(UID, folder)
    part.write_bytes(header(0) + content)
    return part


def samples(path: Path) -> bytes:
    content: bytes = soundfile.read(path, dtype="int16")[0].tobytes()
    return content


def test_a_closed_part_is_a_sound_file_of_its_owner_alone(tmp_path: Path) -> None:
    part = write_part(tmp_path, sound(5))
    info = soundfile.info(part)
    assert (info.samplerate, info.channels, info.subtype) == (16_000, 1, "PCM_16")
    assert samples(part) == sound(5)
    assert part.stat().st_mode & 0o777 == 0o600


def test_what_is_written_is_in_the_file_before_it_is_closed(tmp_path: Path) -> None:
    writer = PartWriter(next_part(UID, tmp_path))
    writer.write(sound(5, 0.25))
    assert seconds_in([writer.path]) == 0.25
    writer.close()
    writer.write(sound(6))
    writer.close()
    assert seconds_in([writer.path]) == 0.25


def test_a_part_never_overwrites_another(tmp_path: Path) -> None:
    first = write_part(tmp_path, sound(1))
    second = write_part(tmp_path, sound(2))
    other = tmp_path / "abc-q01-t011.part-001.wav"
    other.touch()
    assert (first.name, second.name) == (f"{UID}.part-001.wav", f"{UID}.part-002.wav")
    assert parts_of(UID, tmp_path) == (first, second)
    with pytest.raises(FileExistsError):
        PartWriter(first)


def test_a_name_that_was_taken_meanwhile_costs_no_sound(tmp_path: Path) -> None:
    path = next_part("take", tmp_path)
    first, second = open_part(path), open_part(path)
    first.write(b"ab" * 4)
    second.write(b"cd" * 4)
    first.close()
    second.close()
    assert [part.name for part in parts_of("take", tmp_path)] == [
        "take.part-001.wav",
        "take.part-002.wav",
    ]
    repair_and_join(parts_of("take", tmp_path), sound_file("take", tmp_path))
    assert sound_file("take", tmp_path).read_bytes()[HEADER_BYTES:] == b"ab" * 4 + b"cd" * 4


def test_parts_become_one_sound_in_their_order_and_go(tmp_path: Path) -> None:
    abandon_part(tmp_path, sound(1))
    write_part(tmp_path, sound(2))
    abandon_part(tmp_path, sound(3) + b"\x07")
    target = sound_file(UID, tmp_path)

    assert repair_and_join(parts_of(UID, tmp_path), target) == 1.5
    assert samples(target) == sound(1) + sound(2) + sound(3)
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


@given(st.lists(st.binary(max_size=200), max_size=4), st.booleans())
def test_any_parts_join_to_their_whole_samples(contents: list[bytes], is_repeated: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for content in contents:
            abandon_part(folder, content)
        target = sound_file(UID, folder)
        expected = b"".join(content[: len(content) // 2 * 2] for content in contents)
        duration_s = repair_and_join(parts_of(UID, folder), target)
        if is_repeated:
            duration_s = repair_and_join(parts_of(UID, folder), target)
        assert duration_s == len(expected) / BYTES_PER_S
        assert target.read_bytes() == header(len(expected)) + expected


def test_a_part_of_less_than_a_header_holds_no_sound(tmp_path: Path) -> None:
    next_part(UID, tmp_path).write_bytes(b"RIFF")
    target = sound_file(UID, tmp_path)
    assert repair_and_join(parts_of(UID, tmp_path), target) == 0
    assert soundfile.info(target).frames == 0


def test_a_join_cut_short_while_it_removed_the_parts_adds_none_twice(tmp_path: Path) -> None:
    left = [abandon_part(tmp_path, sound(value)) for value in (1, 2, 3)]
    target = sound_file(UID, tmp_path)
    contents = [part.read_bytes() for part in left]
    repair_and_join(left, target)
    for part, content in zip(left[1:], contents[1:], strict=True):
        part.write_bytes(content)

    assert repair_and_join(parts_of(UID, tmp_path), target) == 1.5
    assert samples(target) == sound(1) + sound(2) + sound(3)
    assert parts_of(UID, tmp_path) == ()


def test_what_was_said_after_a_join_is_added_to_it(tmp_path: Path) -> None:
    target = sound_file(UID, tmp_path)
    abandon_part(tmp_path, sound(1))
    repair_and_join(parts_of(UID, tmp_path), target)
    abandon_part(tmp_path, sound(2))
    assert repair_and_join(parts_of(UID, tmp_path), target) == 1.0
    assert samples(target) == sound(1) + sound(2)


def test_a_join_that_fails_leaves_every_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [abandon_part(tmp_path, sound(value)) for value in (1, 2)]

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordingFailed, match="No space left on device") as failure:
        repair_and_join(parts, sound_file(UID, tmp_path))
    assert failure.value.remedy
    assert sorted(tmp_path.iterdir()) == parts


def test_an_hour_in_two_parts_is_joined_without_reading_it_into_memory(tmp_path: Path) -> None:
    for _ in range(2):
        part = abandon_part(tmp_path, sound(9))
        with part.open("r+b") as file:
            file.truncate(HEADER_BYTES + 1800 * BYTES_PER_S + 1)
    target = sound_file(UID, tmp_path)

    tracemalloc.start()
    duration_s = repair_and_join(parts_of(UID, tmp_path), target)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert duration_s == soundfile.info(target).duration == 3600
    assert peak < 4 << 20
