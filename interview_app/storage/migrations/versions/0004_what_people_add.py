"""What people add to sessions (title, rating, tags, notes, corrections), and their stories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_labels",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name="fk_session_labels_session_id_sessions",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_session_labels"),
    )
    op.create_table(
        "take_notes",
        sa.Column("take_id", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["take_id"], ["takes.id"], name="fk_take_notes_take_id_takes", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("take_id", name="pk_take_notes"),
    )
    op.create_table(
        "original_transcripts",
        sa.Column("take_id", sa.Integer(), nullable=False),
        sa.Column("segments", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["take_id"],
            ["takes.id"],
            name="fk_original_transcripts_take_id_takes",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("take_id", name="pk_original_transcripts"),
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sa.UniqueConstraint("uid", name="uq_stories_uid"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "story_questions",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("guide_id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"],
            ["stories.id"],
            name="fk_story_questions_story_id_stories",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("story_id", "guide_id", "question_id", name="pk_story_questions"),
    )
    op.create_index(
        "ix_story_questions_guide_id_story_questions_question_id",
        "story_questions",
        ["guide_id", "question_id"],
    )
