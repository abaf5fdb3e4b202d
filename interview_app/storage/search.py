"""Full-text search over what was said, asked and noted; SQLite's FTS5 does the finding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, text

from interview_app.domain.session import Take
from interview_app.services.history.queries import Hits, SessionFilter
from interview_app.services.ports.history import SearchHit
from interview_app.storage import columns
from interview_app.storage.excerpts import Excerpt, ExcerptPiece, excerpt_of, match_query, pieces_of
from interview_app.storage.filtering import session_ids

RANKED = 3_000
"""Up to so many takes are ranked; what is in more of them tells nothing apart, and the newest come
first: to rank 60,000 takes for "the" would take longer than a person types."""
MOST_HITS = 200
"""Nobody reads further; a search is made narrower instead."""

_FORGET = text("DELETE FROM said WHERE rowid = :id")
_INDEX = text(
    "INSERT INTO said (rowid, words, prompt, notes) VALUES (:id, :words, coalesce((SELECT prompt "
    "FROM asked_questions WHERE session_id = :session_id AND position = :position), ''), "
    "coalesce((SELECT notes FROM take_notes WHERE take_id = :id), ''))"
)
_SCORE = "bm25(said, 1.0, 0.3, 1.0)"
"""Words said and notes weigh more than the question, which every take of it shares."""
_COUNT = text("SELECT count(*) FROM (SELECT 1 FROM said WHERE said MATCH :query LIMIT :ranked + 1)")
_TAKES = """
    SELECT takes.id, found.score, sessions.started_at
    FROM (
        SELECT rowid, {score} AS score FROM said
        WHERE said MATCH :query {within}
        ORDER BY rowid DESC LIMIT :ranked
    ) AS found
    JOIN takes ON takes.id = found.rowid
    JOIN sessions ON sessions.id = takes.session_id AND sessions.deleted_at IS NULL
    ORDER BY found.score, sessions.started_at DESC LIMIT :limit
"""
# The sum keeps SQLite from asking the index once for each take there is.
_WITHIN = "AND rowid + 0 IN (SELECT id FROM takes WHERE session_id IN ({sessions}))"
_QUESTIONS = """
    SELECT max(takes.id), found.score, max(sessions.started_at), found.notes
    FROM (
        SELECT guide_id, question_id, notes, bm25(said_notes) AS score FROM said_notes
        WHERE said_notes MATCH :query LIMIT :limit
    ) AS found
    JOIN asked_questions ON asked_questions.question_id = found.question_id
    JOIN sessions ON sessions.id = asked_questions.session_id
        AND sessions.guide_id = found.guide_id AND sessions.deleted_at IS NULL
    JOIN takes ON takes.session_id = sessions.id AND takes.position = asked_questions.position
    {within}
    GROUP BY found.guide_id, found.question_id
"""
_ABOUT = """
    SELECT takes.id, takes.session_id, takes.uid, takes.number, sessions.started_at,
        coalesce(nullif(session_labels.title, ''), sessions.guide_title) AS name,
        said.words, said.prompt, said.notes, transcripts.segments
    FROM takes
    JOIN sessions ON sessions.id = takes.session_id
    JOIN said ON said.rowid = takes.id
    LEFT JOIN session_labels ON session_labels.session_id = sessions.id
    LEFT JOIN transcripts ON transcripts.take_id = takes.id
    WHERE takes.id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class _Found:
    """A take that holds what is wanted; ``note`` is the note to its question that does."""

    take_id: int
    score: float
    started_at: str
    note: str | None = None


def index_take(connection: Connection, take_id: int, session_id: int, take: Take) -> None:
    """Have a take found by its words as they are now, by its question and by its notes."""
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


def find(
    connection: Connection,
    wanted: str,
    limit: int,
    offset: int = 0,
    within: SessionFilter | None = None,
) -> Hits:
    """Takes that hold every word wanted, best first; see ``HistoryRepository.find_said``."""
    pieces = pieces_of(wanted)
    if not pieces:
        return Hits(offset, (), 0)
    found = _ranked(connection, match_query(wanted), within)
    shown = found[offset : offset + limit]
    about = _about(connection, [hit.take_id for hit in shown])
    hits = (_hit(hit, about[hit.take_id], pieces) for hit in shown if hit.take_id in about)
    return Hits(offset, tuple(hits), len(found))


def _ranked(connection: Connection, query: str, within: SessionFilter | None) -> list[_Found]:
    values: dict[str, object] = {"query": query, "limit": MOST_HITS, "ranked": RANKED}
    in_takes = in_questions = ""
    if within is not None:
        sessions, more = _written_out(session_ids(within))
        values |= more
        in_takes = _WITHIN.format(sessions=sessions)
        in_questions = f"WHERE sessions.id IN ({sessions})"
    matching = connection.scalar(_COUNT, {"query": query, "ranked": RANKED}) or 0
    score = _SCORE if matching <= RANKED else "0.0"
    takes = connection.execute(text(_TAKES.format(score=score, within=in_takes)), values)
    found = [_Found(*row) for row in takes]
    questions = connection.execute(text(_QUESTIONS.format(within=in_questions)), values)
    found += [_Found(*row) for row in questions]
    found.sort(key=lambda hit: hit.started_at, reverse=True)
    return sorted(found, key=lambda hit: hit.score)[:MOST_HITS]


def _written_out(query: Select[int]) -> tuple[str, dict[str, Any]]:
    """A query as text, and the values it takes by name."""
    compiled = query.compile(compile_kwargs={"render_postcompile": True})
    return str(compiled), dict(compiled.params)


def _about(connection: Connection, take_ids: Sequence[int]) -> dict[int, Any]:
    if not take_ids:
        return {}
    names = [f"id{number}" for number in range(len(take_ids))]
    query = text(_ABOUT.format(ids=", ".join(f":{name}" for name in names)))
    values = dict(zip(names, take_ids, strict=True))
    return {row["id"]: row for row in connection.execute(query, values).mappings()}


def _hit(found: _Found, about: Any, pieces: Sequence[ExcerptPiece]) -> SearchHit:  # noqa: ANN401 - a row
    excerpt, start_s, is_note = _place_of(found, about, pieces)
    return SearchHit(
        session_id=about["session_id"],
        take_uid=about["uid"],
        take_number=about["number"],
        question=about["prompt"],
        excerpt=excerpt,
        start_s=start_s,
        guide_title=about["name"],
        started_at=columns.parse_time(about["started_at"]),
        is_note=is_note,
    )


def _place_of(
    found: _Found,
    about: Any,  # noqa: ANN401 - a row
    pieces: Sequence[ExcerptPiece],
) -> tuple[str, float, bool]:
    """The sentence of a hit, the second where it was said, and whether a note holds it."""
    if found.note is not None:
        return _excerpt(found.note, pieces), 0.0, True
    said = _said(about)
    spoken = excerpt_of([word for word, _ in said], pieces)
    if spoken is not None:
        return spoken.text, said[spoken.word][1], False
    for part in ("notes", "prompt"):
        written: Excerpt | None = excerpt_of(about[part].split(), pieces)
        if written is not None:
            return written.text, 0.0, part == "notes"
    return _excerpt(about["words"], pieces), 0.0, False


def _excerpt(written: str, pieces: Sequence[ExcerptPiece]) -> str:
    found = excerpt_of(written.split(), pieces)
    return found.text if found is not None else " ".join(written.split()[:26])


def _said(about: Any) -> list[tuple[str, float]]:  # noqa: ANN401 - a row
    """Words and when they were said; without times where the transcript's row is damaged."""
    with suppress(ValueError, TypeError, IndexError):
        return list(_words(json.loads(about["segments"] or "[]")))
    return [(word, 0.0) for word in about["words"].split()]


def _words(segments: Iterable[Iterable[Sequence[Any]]]) -> Iterable[tuple[str, float]]:
    for segment in segments:
        for word in segment:
            yield str(word[0]), float(word[1])
