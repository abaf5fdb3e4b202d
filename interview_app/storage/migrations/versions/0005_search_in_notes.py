"""Search also finds notes: those to takes beside the words said, those to questions apart."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_FOLDING = "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'"
_FORGET = "DELETE FROM said_notes WHERE guide_id = old.guide_id AND question_id = old.question_id;"
_INDEX = """
    INSERT INTO said_notes (guide_id, question_id, notes)
    VALUES (new.guide_id, new.question_id, new.notes || char(10) || new.answer);
"""


def upgrade() -> None:
    op.create_index("ix_asked_questions_question_id", "asked_questions", ["question_id"])
    op.execute(f"CREATE VIRTUAL TABLE said_now USING fts5(words, prompt, notes, {_FOLDING})")
    op.execute(
        "INSERT INTO said_now (rowid, words, prompt, notes) "
        "SELECT said.rowid, said.words, said.prompt, coalesce(take_notes.notes, '') FROM said "
        "LEFT JOIN take_notes ON take_notes.take_id = said.rowid"
    )
    op.execute("DROP TABLE said")
    op.execute("ALTER TABLE said_now RENAME TO said")
    op.execute(
        "CREATE VIRTUAL TABLE said_notes USING fts5"
        f"(guide_id UNINDEXED, question_id UNINDEXED, notes, {_FOLDING})"
    )
    op.execute(
        "INSERT INTO said_notes (guide_id, question_id, notes) "
        "SELECT guide_id, question_id, notes || char(10) || answer FROM personal_notes"
    )
    for act, place, does in (
        ("INSERT", "take_notes", "UPDATE said SET notes = new.notes WHERE rowid = new.take_id;"),
        ("UPDATE", "take_notes", "UPDATE said SET notes = new.notes WHERE rowid = new.take_id;"),
        ("DELETE", "take_notes", "UPDATE said SET notes = '' WHERE rowid = old.take_id;"),
        ("INSERT", "personal_notes", _INDEX),
        ("UPDATE", "personal_notes", f"{_FORGET} {_INDEX}"),
        ("DELETE", "personal_notes", _FORGET),
    ):
        op.execute(
            f"CREATE TRIGGER said_{place}_{act.lower()} AFTER {act} ON {place} BEGIN {does} END"
        )
