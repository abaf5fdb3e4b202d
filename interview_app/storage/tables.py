"""The tables as they are today; how they came to be stands in ``migrations/versions``.

Times of day are text in UTC of one fixed form, so that they sort; lists are compact JSON. What a
list of sessions reads stands apart from the bulk (transcripts), so that it stays quick.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from interview_app.domain.question_fields import QUESTION_FIELDS, FieldKind

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Two full-text tables stand in the migrations alone, for SQLAlchemy knows no such kind: ``said``,
# one row a take under the take's number (words said, prompt, notes), and ``said_notes``, one row a
# question with notes; triggers keep that one.

written_by = Table(
    "written_by",
    metadata,
    Column("revision", Text, primary_key=True),
    Column("application", Text, nullable=False),
    Column("upgraded_at", Text, nullable=False),
)
"""Which version of the application brought the tables to which form; names it in a refusal."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("guide_id", Text, nullable=False),
    Column("guide_title", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("position", Integer, nullable=False),
    Column("think_s", Float),
    Column("target_s", Integer),
    Column("hard_limit_s", Float),
    Column("voice", Text, nullable=False),
    Column("rate_wpm", Integer, nullable=False),
    Column("deleted_at", Text),
    UniqueConstraint("uid"),
    Index(None, "started_at"),
    sqlite_autoincrement=True,  # a number a person has seen never names another session
)

asked_questions = Table(
    "asked_questions",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("section", Text, nullable=False),
    Column("question_id", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    *(
        Column(
            field.name,
            Integer if field.kind is FieldKind.SECONDS else Text,
            nullable=not field.kind.is_items,
        )
        for field in QUESTION_FIELDS
        if field.has_column
    ),
    Column("more", Text, nullable=False, server_default="{}"),
    Index(None, "question_id"),
)
"""``more``: an object of the fields that have no column of their own, by name."""

takes = Table(
    "takes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("uid", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("duration_s", Float, nullable=False),
    Column("sound", Text),
    Column("transcription", Text, nullable=False),
    Column("failure", Text),
    Column("speech", Text, nullable=False),
    Column("is_best", Boolean, nullable=False),
    UniqueConstraint("uid"),
    Index(None, "session_id", "position", "duration_s"),  # all a line of the history reads
    Index(None, "status"),
    Index(None, "sound"),
    sqlite_autoincrement=True,
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("take_id", ForeignKey("takes.id", ondelete="CASCADE"), primary_key=True),
    Column("language", Text, nullable=False),
    Column("recognizer", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("segments", Text, nullable=False),
)
"""``segments``: a list of segments, each a list of words: [text, start_s, end_s, probability];
a word that a person corrected has a fifth entry, ``true``."""

measures = Table(
    "measures",
    metadata,
    Column("take_id", ForeignKey("takes.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Integer, nullable=False),
    Column("pace_wpm", Float, nullable=False),
    Column("articulation_wpm", Float, nullable=False),
    Column("speech_s", Float, nullable=False),
    Column("onset_s", Float, nullable=False),
    Column("hesitations", Text, nullable=False),
    Column("crutch_phrases", Text, nullable=False),
    Column("long_pauses", Text, nullable=False),
    Column("repeated_words", Text, nullable=False),
)
"""Marks are lists of [text, start_s, end_s]."""

personal_notes = Table(
    "personal_notes",
    metadata,
    Column("guide_id", Text, primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("notes", Text, nullable=False),
    Column("answer", Text, nullable=False),
)
"""What a person wrote to a question; guides are files, so nothing refers to a table of them."""

session_labels = Table(
    "session_labels",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("rating", Integer),
    Column("tags", Text, nullable=False),
    Column("archived_at", Text),
)
"""What a person says of a session; apart from it, so that a running session cannot undo it."""

take_notes = Table(
    "take_notes",
    metadata,
    Column("take_id", ForeignKey("takes.id", ondelete="CASCADE"), primary_key=True),
    Column("notes", Text, nullable=False),
)
"""What a person wrote to a take."""

original_transcripts = Table(
    "original_transcripts",
    metadata,
    Column("take_id", ForeignKey("takes.id", ondelete="CASCADE"), primary_key=True),
    Column("segments", Text, nullable=False),
    Column("corrected_at", Text, nullable=False),
)
"""What the recognizer wrote, of takes whose words a person corrected; in the form above."""

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("situation", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    UniqueConstraint("uid"),
    sqlite_autoincrement=True,
)
"""A person's own STAR stories."""

story_questions = Table(
    "story_questions",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("guide_id", Text, primary_key=True),
    Column("question_id", Text, primary_key=True),
    Index(None, "guide_id", "question_id"),
)
"""Which questions a story serves."""
