"""``interview-app rehearse``: a rehearsal in the terminal."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interview_app.app.container import choices_of
from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.file_answers import FileAnswers
from interview_app.cli.fitting_model import fitting_model
from interview_app.cli.output import echo
from interview_app.cli.side_by_side import print_take
from interview_app.cli.terminal_room import TerminalRoom
from interview_app.domain.errors import UsageError
from interview_app.domain.rehearsal.events import Command
from interview_app.domain.rehearsal.machine import Phase, Rehearsal
from interview_app.domain.session import Mode, Session, SessionSettings, Take
from interview_app.services.export.json import take_json
from interview_app.services.rehearsal.context import SessionChoices
from interview_app.services.rehearsal.planning import SessionPlan, plan_session
from interview_app.services.rehearsal.session_runner import SessionRunner
from interview_app.support.instance_lock import InstanceLock

if TYPE_CHECKING:
    from interview_app.app.container import Application

SOUND_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("guide_id", metavar="GUIDE")
@click.option("--question", "questions", multiple=True, metavar="ID", help="Ask this question.")
@click.option("--count", type=click.IntRange(min=1), help="Ask so many questions.")
@click.option("--mode", type=click.Choice([str(mode) for mode in Mode]), default=str(Mode.PRACTICE))
@click.option(
    "--answer", "answers", multiple=True, type=SOUND_FILE, help="A sound file as spoken answer."
)
@click.option("--voice", default=None, help="A voice's id, or off.")
@click.option("--model", help="The recognizer model.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a take.")
@pass_context
def rehearse(  # noqa: PLR0913 - one parameter an option
    context: Context,
    guide_id: str,
    questions: tuple[str, ...],
    count: int | None,
    mode: str,
    answers: tuple[Path, ...],
    voice: str | None,
    model: str | None,
    as_json: bool,
) -> int:
    """Rehearse a guide in the terminal, from the microphone or from sound files."""
    application = context.application
    chosen = context.settings
    settings = SessionSettings(
        think_s=float(chosen.think_s) if mode == Mode.INTERVIEW and not answers else None,
        target_s=chosen.target_s or None,
        voice=chosen.voice if voice is None else voice,
        rate_wpm=chosen.rate_wpm,
    )
    plan = SessionPlan(
        mode=Mode(mode),
        question_ids=questions,
        count=count or len(answers),
        settings=settings,
    )
    session = plan_session(
        application.library.get(guide_id),
        plan,
        application.clock.now(),
        random.Random(),  # noqa: S311
    )
    choices = replace(choices_of(chosen), model=model or chosen.model)
    fitting_model(application.recognition.models.list(), choices.model, session.language)
    if answers:
        _refuse_what_is_no_sound(answers, len(session.asked))
    # A window opened meanwhile must not take this session's open take for one left by a crash.
    with InstanceLock(application.paths):
        if answers:
            state = _from_files(context, session, answers, choices)
        else:
            runner = SessionRunner(application.parts(), session, choices)
            state = TerminalRoom(runner, context.loop, is_quiet=as_json).run()
    return _report(application, state, as_json=as_json)


def _refuse_what_is_no_sound(answers: tuple[Path, ...], question_count: int) -> None:
    """Every file is looked at before anything is stored."""
    from interview_app.recognition.sound_files import open_sound

    if len(answers) > question_count:
        raise UsageError(
            f"There are {len(answers)} answers for {question_count} questions.",
            remedy="Leave out some --answer, or ask for more with --count.",
        )
    for file in answers:
        next(iter(open_sound(file).blocks), None)


def _from_files(
    context: Context, session: Session, answers: tuple[Path, ...], choices: SessionChoices
) -> Rehearsal:
    application, loop = context.application, context.loop
    recorder = FileAnswers(answers, application.paths.takes, application.jobs)
    runner = SessionRunner(application.parts(recorder), session, choices)

    def is_done() -> bool:
        state = runner.state
        return state.is_over and runner.is_settled and state.session.is_transcribed

    def go_on(state: Rehearsal) -> None:
        loop.post(lambda: _command(runner, recorder, state))

    runner.subscribe(go_on)
    runner.do(Command.BEGIN)
    loop.run_until(is_done)
    runner.close()
    return runner.state


def _command(runner: SessionRunner, recorder: FileAnswers, seen: Rehearsal) -> None:
    """Do what a person would do next who speaks from files."""
    state = runner.state
    if state is not seen or state.is_over:
        return
    if state.phase is Phase.THINKING:
        is_over = recorder.is_used_up or bool(state.notice)
        runner.do(Command.END if is_over else Command.START_ANSWER)
    elif state.phase is Phase.REVIEWING:
        runner.do(Command.NEXT)


def _report(application: Application, state: Rehearsal, *, as_json: bool) -> int:
    for take in state.session.takes:
        if as_json:
            print_json(take_json(state.session, take, application.audio_of(take)), is_line=True)
        else:
            print_take(state.session, take)
    problems = [_problem(take) for take in state.session.takes if take.failure]
    for problem in (state.voice_problem, state.notice, *problems):
        if problem:
            echo(problem, err=True)
    if not state.session.takes and sys.stdin.isatty():
        echo("No question was answered.", err=True)
    return int(bool(problems or state.notice))


def _problem(take: Take) -> str:
    return f"Take {take.number} of question {take.position + 1}: {take.failure}"
