"""``interview-app sessions``: past rehearsals."""

from __future__ import annotations

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.exports import export, job_with_progress
from interview_app.cli.output import echo
from interview_app.cli.side_by_side import print_take
from interview_app.domain.errors import UsageError, WordsCorrected
from interview_app.domain.session import Session
from interview_app.services.export.json import (
    hit_json,
    session_json,
    summary_json,
    take_json,
    usage_json,
)
from interview_app.services.jobs import JobContext
from interview_app.services.upkeep.sound_storage import SmallForm


@click.group()
def sessions() -> None:
    """Past rehearsals."""


sessions.add_command(export)


@sessions.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def list_sessions(context: Context, as_json: bool) -> None:
    """List the sessions, newest first."""
    found = context.application.kept.history.sessions()
    zone = context.application.clock.zone
    if as_json:
        print_json([summary_json(summary) for summary in found])
        return
    if not found:
        echo("There is no session yet. Start with: interview-app rehearse it-product-manager")
    for summary in found:
        state = "" if summary.ended_at else ", not finished"
        echo(
            f"{summary.id:>5}  {summary.started_at.astimezone(zone):%Y-%m-%d %H:%M}  "
            f"{summary.name}  ({summary.mode}, {summary.answered_count} of "
            f"{summary.question_count} answered{state})"
        )


@sessions.command()
@click.argument("session_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def show(context: Context, session_id: int, as_json: bool) -> None:
    """Show a session whole."""
    application = context.application
    session = application.kept.history.session(session_id)
    if as_json:
        notes = application.kept.take_notes.of_session(session_id)
        print_json(session_json(session, application.audio_of, notes))
    else:
        _print_session(session)


@sessions.command()
@click.argument("session_id", metavar="ID", type=int)
@pass_context
def delete(context: Context, session_id: int) -> None:
    """Delete a session and its sound, for good."""
    left = context.application.kept.history.delete(session_id)
    echo(f"Session {session_id} is deleted.", err=True)
    for file in left:
        echo(f"Its sound {file} could not be removed; delete it yourself.", err=True)


@sessions.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def search(context: Context, text: str, as_json: bool) -> None:
    """Find takes by what was said, asked or noted; the best first."""
    hits = context.application.kept.history.search(text)
    zone = context.application.clock.zone
    if as_json:
        print_json([hit_json(hit) for hit in hits])
        return
    for hit in hits:
        day = f"{hit.started_at.astimezone(zone):%Y-%m-%d}  " if hit.started_at else ""
        echo(f"{hit.session_id:>5}  {day}{hit.question}\n       {hit.excerpt}")
    echo(f"{len(hits)} found.", err=True)


@sessions.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def storage(context: Context, as_json: bool) -> None:
    """Tell how much room the sound of takes has."""
    usage = context.application.kept.sound_storage.usage(JobContext())
    if as_json:
        print_json(usage_json(usage))
        return
    echo(f"{usage.size / 1e6:.1f} MB of sound in {usage.count} takes")
    for share in usage.by_guide:
        echo(f"{share.size / 1e6:>9.1f} MB  {share.name} ({share.count} takes)")
    if usage.missing:
        echo(f"The sound of {usage.missing} takes is not there.", err=True)


@sessions.command()
@click.argument("form", metavar="opus|flac", type=click.Choice([form.value for form in SmallForm]))
@click.option(
    "--older-than", "days", type=click.IntRange(min=0), default=0, help="Only of so many days ago."
)
@pass_context
def convert(context: Context, form: str, days: int) -> int:
    """Make the sound of takes smaller; each is verified before its original goes."""
    storage = context.application.kept.sound_storage
    done = storage.convert(SmallForm(form), days, job_with_progress())
    echo(f"{done.count} takes converted, {done.freed / 1e6:.1f} MB freed.")
    for remark in done.remarks:
        echo(remark, err=True)
    return int(bool(done.remarks))


@sessions.command("transcribe")
@click.argument("session_id", metavar="ID", type=int)
@click.option("--take", "number", type=int, help="The take of that place in the session, from 1.")
@click.option("--model", help="The recognizer model; see: interview-app models list")
@click.option(
    "--replace-corrections",
    is_flag=True,
    help="Replace words that were corrected by hand, too; else such takes are kept as they are.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a take.")
@pass_context
def transcribe_takes(
    context: Context,
    session_id: int,
    number: int | None,
    model: str | None,
    replace_corrections: bool,
    as_json: bool,
) -> int:
    """Make the transcripts of a session's takes again."""
    application = context.application
    session = application.kept.history.session(session_id)
    takes = [take for take in session.takes if take.sound is not None]
    if number is not None:
        takes = [take for take in takes if session.takes.index(take) == number - 1]
    if not takes:
        raise UsageError(
            f"Session {session_id} has no such take with sound.",
            remedy=f"See: interview-app sessions show {session_id}",
        )
    failures = 0
    for take in takes:
        try:
            done = application.kept.transcribing_again.transcribe(
                session,
                take,
                model or context.settings.model,
                JobContext(),
                replaces_corrections=replace_corrections,
            )
        except WordsCorrected as kept:
            failures += 1
            echo(str(kept), err=True)
            continue
        if as_json:
            print_json(take_json(session, done, application.audio_of(done)), is_line=True)
        else:
            print_take(session, done)
        if done.failure:
            failures += 1
            echo(done.failure, err=True)
    return int(failures > 0)


def _print_session(session: Session) -> None:
    state = "" if session.ended_at else " (not finished)"
    echo(f"Session {session.id}: {session.guide_title}, {session.mode}{state}")
    for take in session.takes:
        print_take(session, take)
    if not session.takes:
        echo("No question was answered.")
