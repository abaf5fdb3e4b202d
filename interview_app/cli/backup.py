"""``interview-app backup`` and ``restore``: everything as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context
from interview_app.cli.exports import job_with_progress
from interview_app.cli.output import echo


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
@click.option(
    "--salvage", is_flag=True, help="Of a damaged database, save everything that can be read."
)
@pass_context
def backup(context: Context, file: Path, *, force: bool, salvage: bool) -> None:
    """Write sessions, sound, own guides and settings into one FILE."""
    target = file.expanduser().absolute()
    made = context.application.backing_up.backup(
        target, job_with_progress(), overwrite=force, salvages=salvage
    )
    echo(str(made.file))
    echo(f"{made.file_count} files, {made.size / 1e6:,.1f} MB.", err=True)
    for remark in made.remarks:
        echo(remark, err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_context
def restore(context: Context, file: Path) -> None:
    """Put everything of a backup FILE in the place of what is there.

    The file is checked whole before anything changes; what was there is kept in a folder beside.
    """
    source = file.expanduser().absolute()
    done = context.application.backing_up.restore(source, job_with_progress())
    echo(f"Restored {done.file_count} files of a backup made at {done.made_at}.")
    echo(f"What was there before is kept in {done.kept}", err=True)
