"""Full-text search over what was said and asked, and a trash for sessions."""

from __future__ import annotations

import json
from contextlib import suppress

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TAKES = """
    SELECT takes.id, transcripts.segments, asked_questions.prompt
    FROM takes
    LEFT JOIN transcripts ON transcripts.take_id = takes.id
    LEFT JOIN asked_questions ON asked_questions.session_id = takes.session_id
        AND asked_questions.position = takes.position
    ORDER BY takes.id
"""


def upgrade() -> None:
    op.add_column("sessions", sa.Column("deleted_at", sa.Text()))
    op.execute(
        "CREATE VIRTUAL TABLE said USING fts5"
        "(words, prompt, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2')"
    )
    connection = op.get_bind()
    insert = sa.text("INSERT INTO said (rowid, words, prompt) VALUES (:id, :words, :prompt)")
    for take_id, segments, prompt in connection.execute(sa.text(_TAKES)):
        connection.execute(
            insert, {"id": take_id, "words": _words(segments), "prompt": prompt or ""}
        )


def _words(segments: str | None) -> str:
    """The words of a transcript; none where its row is damaged, which must not stop the rest."""
    with suppress(ValueError, TypeError, IndexError):
        return " ".join(word[0] for segment in json.loads(segments or "[]") for word in segment)
    return ""
