"""Full-text search over guides, personal notes and stories: a private index, made at each start."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping

from interview_app.domain.guide import Guide, Question
from interview_app.domain.story import Story
from interview_app.storage.excerpts import match_query

_TABLES = """
    CREATE TABLE questions (
        id INTEGER PRIMARY KEY, guide_id TEXT NOT NULL, question_id TEXT NOT NULL
    );
    CREATE INDEX places ON questions (guide_id, question_id);
    CREATE VIRTUAL TABLE texts USING fts5(
        prompt, body, notes, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    );
"""
_FIND = """
    SELECT guide_id, question_id FROM texts JOIN questions ON questions.id = texts.rowid
    WHERE texts MATCH ? ORDER BY texts.rowid LIMIT ?
"""
_STORIES = ""
"""Stands in the place of a guide's id; stories have negative numbers, and so come first."""


class GuideSearch:
    """Finds questions and stories by their words; see ``GuideIndex``. Safe from any thread.

    The index lies in a temporary file that SQLite removes by itself. Each guide is a transaction
    of its own, so that a search never waits longer than for one guide.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect("", check_same_thread=False)
        self._connection.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;")
        self._connection.executescript(_TABLES)

    def keep(self, guide: Guide, notes: Mapping[str, str]) -> None:
        """Have the questions of a guide found as they are now; ``notes`` by question id."""
        with self._lock, self._connection:
            self._forget(guide.id)
            for question in guide.questions:
                self._add(guide.id, question, notes.get(question.id, ""))

    def keep_note(self, guide_id: str, question_id: str, text: str) -> None:
        """Have a question found by what is written to it now."""
        with self._lock, self._connection:
            self._connection.execute(
                "UPDATE texts SET notes = ? WHERE rowid IN "
                "(SELECT id FROM questions WHERE guide_id = ? AND question_id = ?)",
                (text, guide_id, question_id),
            )

    def forget(self, guide_id: str) -> None:
        """Have a guide found no more."""
        with self._lock, self._connection:
            self._forget(guide_id)

    def keep_story(self, story: Story) -> None:
        """Have a story found as it is now."""
        with self._lock, self._connection:
            known = self._number_of(story.uid)
            texts = (story.title, story.text)
            if known is not None:
                self._connection.execute(
                    "UPDATE texts SET prompt = ?, body = ? WHERE rowid = ?", (*texts, known)
                )
                return
            added = self._connection.execute(
                "INSERT INTO questions (id, guide_id, question_id) "
                "SELECT min(coalesce(min(id), 0), 0) - 1, ?, ? FROM questions RETURNING id",
                (_STORIES, story.uid),
            ).fetchone()
            self._connection.execute(
                "INSERT INTO texts (rowid, prompt, body, notes) VALUES (?, ?, ?, '')",
                (*added, *texts),
            )

    def forget_story(self, uid: str) -> None:
        """Have a story found no more."""
        with self._lock, self._connection:
            number = self._number_of(uid)
            if number is not None:
                self._connection.execute("DELETE FROM texts WHERE rowid = ?", (number,))
                self._connection.execute("DELETE FROM questions WHERE id = ?", (number,))

    def find(self, wanted: str, limit: int) -> list[tuple[str, str]]:
        """Guide id and question id of what holds every word; prompts before other texts."""
        query = match_query(wanted)
        if not query:
            return []
        with self._lock:
            found = self._rows(f"prompt : ({query})", limit)
            if len(found) < limit:
                # A row found by its prompt is found again here: ask for enough to go round.
                found += self._rows(query, limit + len(found))
        return list(dict.fromkeys(found))[:limit]

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            self._connection.close()

    def _number_of(self, uid: str) -> int | None:
        found = self._connection.execute(
            "SELECT id FROM questions WHERE guide_id = ? AND question_id = ?", (_STORIES, uid)
        ).fetchone()
        return None if found is None else int(found[0])

    def _rows(self, query: str, limit: int) -> list[tuple[str, str]]:
        return self._connection.execute(_FIND, (query, limit)).fetchall()

    def _add(self, guide_id: str, question: Question, notes: str) -> None:
        added = self._connection.execute(
            "INSERT INTO questions (guide_id, question_id) VALUES (?, ?)", (guide_id, question.id)
        )
        self._connection.execute(
            "INSERT INTO texts (rowid, prompt, body, notes) VALUES (?, ?, ?, ?)",
            (added.lastrowid, question.prompt, "\n".join(question.texts), notes),
        )

    def _forget(self, guide_id: str) -> None:
        ids = self._connection.execute(
            "SELECT id FROM questions WHERE guide_id = ?", (guide_id,)
        ).fetchall()
        if ids:
            self._connection.executemany("DELETE FROM texts WHERE rowid = ?", ids)
            self._connection.execute("DELETE FROM questions WHERE guide_id = ?", (guide_id,))
