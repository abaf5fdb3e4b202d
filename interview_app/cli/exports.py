"""``interview-app sessions export``: sessions as files to hand to someone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from interview_app.cli.context import Context, pass_context
from interview_app.cli.output import echo
from interview_app.domain.errors import UnknownQuestion, UsageError
from interview_app.domain.session import Session
from interview_app.services.export.content import Contents
from interview_app.services.export.ports import ExportRequest, SessionFormat
from interview_app.services.jobs import JobContext, Progress

_NAMES = {"md": SessionFormat.MARKDOWN, **{form.value: form for form in SessionFormat}}
_PLAYS_SOUND = {SessionFormat.HTML, SessionFormat.JSON}


@click.command("export")
@click.argument("session_ids", metavar="ID…", type=int, nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_NAMES)),
    help="The form; without it, the ending of --output says.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="The file, or a folder; without it, a name made from the title in this folder.",
)
@click.option("--take", type=click.IntRange(min=1), help="Only the take of that number.")
@click.option("--question", help="Only that question: its id, or its place from 1.")
@click.option("--no-samples", is_flag=True, help="Leave out sample answers, outlines and tips.")
@click.option("--no-notes", is_flag=True, help="Leave out notes.")
@click.option("--sound/--no-sound", default=None, help="With the sound, where the form can.")
@click.option("--force", is_flag=True, help="Replace what is there already.")
@pass_context
def export(
    context: Context,
    /,
    session_ids: tuple[int, ...],
    form: str | None,
    output: Path | None,
    **options: Any,  # noqa: ANN401 - what to leave out and which take, as declared above
) -> None:
    """Write sessions, or one take, as a document, figures, subtitles or sound."""
    chosen = _form(form, output)
    application = context.application
    ids = tuple(dict.fromkeys(session_ids))
    sessions = [application.kept.history.session(number) for number in ids]
    sound = options["sound"]
    request = ExportRequest(
        ids,
        chosen,
        _target(output),
        Contents(not options["no_samples"], not options["no_notes"], sound is not False),
        _takes(sessions, options["take"], options["question"]),
        options["force"],
    )
    done = application.kept.exporting.export(request, job_with_progress())
    for file in done.files:
        echo(str(file))
    if sound and not chosen.is_sound and chosen not in _PLAYS_SOUND:
        echo(f"A {chosen} file holds no sound; --format mp3 writes it beside.", err=True)
    for remark in done.remarks:
        echo(remark, err=True)


def job_with_progress() -> JobContext:
    """A job that shows how far it is where somebody looks on."""
    if not sys.stderr.isatty():
        return JobContext()

    def show(progress: Progress) -> None:
        if progress.fraction is not None:
            line = f"{progress.fraction:4.0%} {progress.message:<40}"
            echo(line, nl=progress.fraction >= 1, err=True, overwrites=True)

    return JobContext(show)


def _form(name: str | None, output: Path | None) -> SessionFormat:
    ending = output.suffix.casefold() if output is not None else ""
    if name is not None:
        return _NAMES[name]
    for form in SessionFormat:
        if form.ending == ending:
            return form
    raise click.UsageError("Say which form with --format, or by the ending of --output.")


def _target(output: Path | None) -> Path:
    return Path.cwd() if output is None else output.expanduser().absolute()


def _takes(
    sessions: list[Session], number: int | None, question: str | None
) -> frozenset[str] | None:
    """The uids of the takes asked for; ``None`` for all.

    Raises:
        UnknownQuestion: no session has that question.
        UsageError: no such take.
    """
    if number is None and question is None:
        return None
    places = {
        (session.uid, position)
        for session in sessions
        for position, asked in enumerate(session.asked)
        if question is None or question in {asked.question.id, str(position + 1)}
    }
    if not places:
        raise UnknownQuestion(f"No question {question} was asked there.")
    uids = frozenset(
        take.uid
        for session in sessions
        for take in session.takes
        if (session.uid, take.position) in places and number in {None, take.number}
    )
    if not uids:
        raise UsageError(
            "There is no such take.", remedy="`interview-app sessions show` lists them."
        )
    return uids
