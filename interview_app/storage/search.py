"""Full-text search over what was said and asked; SQLite's FTS5 does the finding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import Connection, text

from interview_app.domain.session import Take
from interview_app.services.ports import SearchHit
from interview_app.storage import rows

_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")

_FORGET = text("DELETE FROM said WHERE rowid = :id")
_INDEX = text(
    "INSERT INTO said (rowid, words, prompt) VALUES (:id, :words, coalesce((SELECT prompt FROM "
    "asked_questions WHERE session_id = :session_id AND position = :position), ''))"
)
_SEARCH = text(
    """
    SELECT takes.session_id, takes.uid, takes.number, said.prompt, transcripts.segments,
        snippet(said, -1, '', '', '…', 16) AS excerpt
    FROM said
    JOIN takes ON takes.id = said.rowid
    JOIN sessions ON sessions.id = takes.session_id AND sessions.deleted_at IS NULL
    LEFT JOIN transcripts ON transcripts.take_id = takes.id
    WHERE said MATCH :query
    ORDER BY said.rowid DESC
    LIMIT :limit
    """
)


def index_take(connection: Connection, take_id: int, session_id: int, take: Take) -> None:
    """Have a take found by its words as they are now, and by its question."""
    words = take.transcript.text if take.transcript is not None else ""
    forget_takes(connection, [take_id])
    connection.execute(
        _INDEX,
        {"id": take_id, "words": words, "session_id": session_id, "position": take.position},
    )


def forget_takes(connection: Connection, take_ids: Sequence[int]) -> None:
    """Have takes found no more."""
    if take_ids:
        connection.execute(_FORGET, [{"id": take_id} for take_id in take_ids])


def find(connection: Connection, wanted: str, limit: int) -> list[SearchHit]:
    """Takes that hold every word wanted, newest first; see ``HistoryRepository.search``."""
    pieces = _pieces(wanted)
    if not pieces:
        return []
    found = connection.execute(_SEARCH, {"query": match_query(wanted), "limit": limit}).all()
    return [
        SearchHit(
            session_id=session_id,
            take_uid=uid,
            take_number=number,
            question=prompt,
            excerpt=excerpt,
            start_s=_first_said(segments, pieces),
        )
        for session_id, uid, number, prompt, segments, excerpt in found
    ]


def match_query(wanted: str) -> str:
    """What FTS5 is asked to find every word wanted; the last may be unfinished."""
    return " ".join(
        f'"{" ".join(tokens)}"{"*" * is_prefix}' for tokens, is_prefix in _pieces(wanted)
    )


def _pieces(wanted: str) -> list[tuple[list[str], bool]]:
    """Tokens that follow one another, piece by piece, and whether the last may be unfinished."""
    pieces = []
    for found in _PIECE.finditer(wanted):
        tokens = _tokens(found[1] if found[1] is not None else found[2])
        if tokens:
            pieces.append((tokens, found[1] is None and found.end() == len(wanted)))
    return pieces


def _tokens(said: str) -> list[str]:
    """Words as the index folds them: lower case, no diacritics, letters and digits only."""
    spread = unicodedata.normalize("NFD", said.lower())
    return _TOKEN.findall("".join(sign for sign in spread if not unicodedata.combining(sign)))


def _first_said(text: str | None, pieces: Sequence[tuple[list[str], bool]]) -> float:
    """Seconds into the take where the first of the pieces was said; 0 where none was."""
    with suppress(ValueError):
        said = [
            (token, word.start_s)
            for segment in rows.segments(text or "[]")
            for word in segment.words
            for token in _tokens(word.text)
        ]
        for index, (_, start_s) in enumerate(said):
            here = [token for token, _ in said[index : index + _longest(pieces)]]
            if any(_begins(here, tokens, is_prefix) for tokens, is_prefix in pieces):
                return start_s
    return 0.0


def _longest(pieces: Sequence[tuple[list[str], bool]]) -> int:
    return max(len(tokens) for tokens, _ in pieces)


def _begins(said: list[str], tokens: list[str], is_prefix: bool) -> bool:
    if len(said) < len(tokens):
        return False
    *whole, last = tokens
    here = said[len(whole)]
    return said[: len(whole)] == whole and (here.startswith(last) if is_prefix else here == last)
