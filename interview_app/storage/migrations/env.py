"""Alembic's way into the database: the connection it is handed, inside its transaction."""

from __future__ import annotations

from alembic import context

from interview_app.storage.migrating import is_compared
from interview_app.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_name=is_compared,
)
context.run_migrations()
