"""What guides say of a question since then is kept in one column, with names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "asked_questions", sa.Column("more", sa.Text(), nullable=False, server_default="{}")
    )
