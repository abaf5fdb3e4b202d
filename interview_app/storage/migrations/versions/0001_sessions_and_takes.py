"""Sessions, the questions asked in them, and the takes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written_by",
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("upgraded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_written_by"),
    )
    _create_sessions()
    _create_takes()
    _create_what_was_heard()


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Text(), nullable=False),
        sa.Column("guide_title", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("think_s", sa.Float()),
        sa.Column("target_s", sa.Integer()),
        sa.Column("hard_limit_s", sa.Float()),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("rate_wpm", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("uid", name="uq_sessions_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sessions_started_at", "sessions", ["started_at"])
    op.create_table(
        "asked_questions",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("why_they_ask", sa.Text()),
        sa.Column("sample_answer", sa.Text()),
        sa.Column("star", sa.Text()),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.Column("tip", sa.Text()),
        sa.Column("key_points", sa.Text(), nullable=False),
        sa.Column("follow_ups", sa.Text(), nullable=False),
        sa.Column("target_s", sa.Integer()),
        sa.Column("notes", sa.Text()),
        sa.PrimaryKeyConstraint("session_id", "position", name="pk_asked_questions"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name="fk_asked_questions_session_id_sessions",
            ondelete="CASCADE",
        ),
    )


def _create_takes() -> None:
    op.create_table(
        "takes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("sound", sa.Text()),
        sa.Column("transcription", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("speech", sa.Text(), nullable=False),
        sa.Column("is_best", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_takes"),
        sa.UniqueConstraint("uid", name="uq_takes_uid"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_takes_session_id_sessions", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_takes_session_id_takes_position_takes_duration_s",
        "takes",
        ["session_id", "position", "duration_s"],
    )
    op.create_index("ix_takes_status", "takes", ["status"])
    op.create_index("ix_takes_sound", "takes", ["sound"])


def _create_what_was_heard() -> None:
    op.create_table(
        "transcripts",
        sa.Column("take_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("recognizer", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("segments", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("take_id", name="pk_transcripts"),
        sa.ForeignKeyConstraint(
            ["take_id"], ["takes.id"], name="fk_transcripts_take_id_takes", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "measures",
        sa.Column("take_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("pace_wpm", sa.Float(), nullable=False),
        sa.Column("articulation_wpm", sa.Float(), nullable=False),
        sa.Column("speech_s", sa.Float(), nullable=False),
        sa.Column("onset_s", sa.Float(), nullable=False),
        sa.Column("hesitations", sa.Text(), nullable=False),
        sa.Column("crutch_phrases", sa.Text(), nullable=False),
        sa.Column("long_pauses", sa.Text(), nullable=False),
        sa.Column("repeated_words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("take_id", name="pk_measures"),
        sa.ForeignKeyConstraint(
            ["take_id"], ["takes.id"], name="fk_measures_take_id_takes", ondelete="CASCADE"
        ),
    )
