"""A history of ten years, written straight into the tables: services would take an hour."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from interview_app.storage.columns import time_text
from interview_app.storage.database import open_database
from interview_app.support.paths import AppPaths

NEWEST = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
YEARS = 10
TAKES_A_SESSION = 6
WORDS_A_TAKE = 160
GUIDES = tuple(f"Guide number {number}" for number in range(20))
SECTIONS = ("Common questions", "Behavioral questions", "Technical questions")
_COMMON = (
    "the and we to a of in that it was i for on with they had our team you customer product "
    "decision data launch plan week month what so because then first problem result"
)
RARE = "zeppelin"
"""Said in ten takes of all."""
PHRASE = "looked at what would really break"
"""Said in one take of a hundred."""


def make_history(paths: AppPaths, sessions: int) -> None:
    """Fill the database of a data folder; the same in every run."""
    open_database(paths).close()
    chance = random.Random(5)
    rare = tuple(_word(chance) for _ in range(12_000))
    with closing(sqlite3.connect(paths.database)) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        raw.executemany(_insert("sessions", 15), _sessions(sessions))
        raw.executemany(_insert("asked_questions", 14), _asked(sessions))
        raw.executemany(_insert("session_labels", 5), _labels(sessions, chance))
        takes: list[tuple[Any, ...]] = []
        for row, transcript, words in _takes(sessions, chance, rare):
            takes.append(row)
            raw.execute(_insert("transcripts", 5), transcript)
            prompt = f"Question {row[3]} about {rare[row[0] % 60]}?"
            raw.execute("INSERT INTO said (rowid, words, prompt, notes) VALUES (?, ?, ?, '')",
                        (row[0], words, prompt))  # fmt: skip
        raw.executemany(_insert("takes", 13), takes)
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert(table: str, count: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * count)})"


def _started(number: int, count: int) -> str:
    ago = timedelta(days=YEARS * 365) * (count - number) / count
    return time_text(NEWEST - ago)


def _sessions(count: int) -> Iterator[tuple[Any, ...]]:
    for number in range(1, count + 1):
        guide = number % len(GUIDES)
        mode = "interview" if number % 4 == 0 else "practice"
        started = _started(number, count)
        yield (
            *(number, f"s{number}", f"guide-{guide}", GUIDES[guide], mode, "en"),
            *(started, started, TAKES_A_SESSION, 30.0, 120, None, "", 165, None),
        )


def _asked(count: int) -> Iterator[tuple[Any, ...]]:
    for number in range(1, count + 1):
        for position in range(TAKES_A_SESSION):
            section = SECTIONS[position % len(SECTIONS)]
            question = f"q{(number * 7 + position) % 50}"
            prompt = f"What would you do about question {question}?"
            texts = ("Why.", "A sample answer.", None, "[]", "A tip.", "[]", "[]", 120, None)
            yield (number, position, section, question, prompt, *texts)


def _labels(count: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    for number in range(1, count + 1, 3):
        tags = json.dumps(chance.sample(["board", "phone", "friends", "final"], 2))
        yield (number, "", chance.randint(1, 5), tags, None if number % 10 else "2026-01-01")


def _takes(
    sessions: int, chance: random.Random, rare: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], str]]:
    for take_id in range(1, sessions * TAKES_A_SESSION + 1):
        session, position = divmod(take_id - 1, TAKES_A_SESSION)
        words = chance.choices(_COMMON.split(), k=WORDS_A_TAKE // 2) + chance.choices(
            rare, k=WORDS_A_TAKE // 2
        )
        chance.shuffle(words)
        if take_id % 100 == 0:
            words[40:40] = PHRASE.split()
        if take_id % (sessions * TAKES_A_SESSION // 10) == 1:
            words[50] = RARE
        words[9::10] = [f"{word}." for word in words[9::10]]
        spoken = [
            [word, round(at * 0.4, 2), round(at * 0.4 + 0.3, 2), 0.9]
            for at, word in enumerate(words)
        ]
        uid = f"s{session + 1}-q{position + 1:02d}-t01"
        row = (
            *(take_id, session + 1, uid, position, 1, time_text(NEWEST), "kept", 70.0),
            *(f"takes/{uid}.wav", "done", None, "[]", 0),
        )
        segments = json.dumps([spoken[at : at + 20] for at in range(0, len(spoken), 20)])
        yield row, (take_id, "en", "whisper", "base", segments), " ".join(words)


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(chance.randint(2, 5))
    )
