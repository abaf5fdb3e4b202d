"""The command line: thin commands over the same services as the window.

Exit status 0 done, 1 failed, 2 wrong usage; one line on standard error says what went wrong.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from interview_app import __version__
from interview_app.cli.backup import backup, restore
from interview_app.cli.context import Context, pass_context
from interview_app.cli.doctor import doctor
from interview_app.cli.guides import guides
from interview_app.cli.models import models
from interview_app.cli.opening import is_file_to_open, open_window
from interview_app.cli.output import echo, write_any_letter
from interview_app.cli.rehearse import rehearse
from interview_app.cli.sessions import sessions
from interview_app.cli.sound import transcribe
from interview_app.cli.voices import voices
from interview_app.domain.errors import InterviewAppError, UsageError
from interview_app.support.paths import DATA_DIR_VARIABLE

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


class _Commands(click.Group):
    """The commands; a file in the place of one is opened in the window."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and is_file_to_open(args[0]):
            return _open_file.name, _open_file, args
        return super().resolve_command(ctx, args)


@click.command()
@click.argument("file")
@pass_context
def _open_file(context: Context, file: str) -> int:
    """Look at a guide file in the window; nothing is kept before it is said so."""
    return open_window(context.data_dir, file)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=True, path_type=Path),
    help=f"The data folder; also {DATA_DIR_VARIABLE}.",
)
@click.version_option(__version__, prog_name="interview-app")
@click.pass_context
def interview_app(click_context: click.Context, data_dir: Path | None) -> None:
    """Rehearse an interview aloud; without a command, the window opens.

    A guide file in the place of a command is looked at in the window.
    """
    click_context.obj = Context(data_dir)
    click_context.call_on_close(click_context.obj.close)
    if click_context.invoked_subcommand is None:
        sys.exit(open_window(data_dir))


for command in (rehearse, transcribe, guides, sessions, models, voices, doctor, backup, restore):
    interview_app.add_command(command)


def run(arguments: list[str]) -> int:
    """Run one command; its exit status. Errors become one line on standard error."""
    write_any_letter()
    try:
        status = interview_app.main(arguments, prog_name="interview-app", standalone_mode=False)
    except (click.ClickException, InterviewAppError) as error:
        echo(_sentence(error), err=True)
        is_wrong = isinstance(error, click.UsageError | UsageError)
        return WRONG_USAGE if is_wrong else FAILED
    except (KeyboardInterrupt, click.Abort):
        echo("Stopped. What was recorded is kept.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has left; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return status if isinstance(status, int) else DONE


def _sentence(error: click.ClickException | InterviewAppError) -> str:
    if isinstance(error, InterviewAppError):
        return str(error)
    message = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "interview-app"
        return f"{message} See: {path} --help"
    return message
