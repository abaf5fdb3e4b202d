"""``interview-app models measure``: how well and how fast each model hears this person here."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.output import echo
from interview_app.domain.analysis.model_figures import ModelFigures, recommended
from interview_app.domain.errors import RecordingFailed, UsageError
from interview_app.domain.text.reading_passages import PARAGRAPHS
from interview_app.services.jobs import JobContext, Progress
from interview_app.services.recognition.benchmark_recording import BenchmarkRecording, ReadingPhase


@click.command()
@click.option(
    "--answer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A sound file in which the paragraph is read, in place of the microphone.",
)
@click.option(
    "--language",
    type=click.Choice(tuple(PARAGRAPHS)),
    default=next(iter(PARAGRAPHS)),
    help="The language of the paragraph.",
)
@click.option(
    "--paragraph",
    "text",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A text file that is read in place of the paragraph shown.",
)
@click.option("--model", "models", multiple=True, help="Measure only this model (repeatable).")
@click.option("--show", is_flag=True, help="Print the paragraph, and measure nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def measure(
    context: Context,
    answer: Path | None,
    language: str,
    text: Path | None,
    models: tuple[str, ...],
    *,
    show: bool,
    as_json: bool,
) -> int:
    """Read a paragraph once; see how well and how fast each installed model hears you here."""
    paragraph = _text_of(text) if text else PARAGRAPHS[language]
    if show:
        echo(paragraph)
        return 0
    measuring = context.application.recognition.measuring
    if answer is None:
        answer = _record(context, paragraph, language)
    job = JobContext(_show_step())
    figures = measuring.measure(answer, paragraph, language, job, models)
    best = recommended(figures)
    if as_json:
        print_json(_as_json(figures, paragraph, measuring.machine, best))
    else:
        _print(figures, measuring.machine, best)
    return int(best is None)


def _text_of(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is no text file.", remedy="Save it as UTF-8.") from error
    if not text:
        raise UsageError(f"{file} holds no text.", remedy="Write what is read into it.")
    return text


class _Nothing:
    """Measures nothing: the command does that itself, once the reading is there."""

    def measure(
        self,
        sound: Path,  # noqa: ARG002
        paragraph: str,  # noqa: ARG002
        language: str,  # noqa: ARG002
        job: JobContext,  # noqa: ARG002
    ) -> tuple[ModelFigures, ...]:
        """No figures."""
        return ()


def _record(context: Context, paragraph: str, language: str) -> Path:
    """The sound of the paragraph, read into the microphone until Enter.

    Raises:
        RecordingFailed: nothing, or too little, was recorded.
    """
    from interview_app.app.container import choices_of

    application, loop = context.application, context.loop
    paths = application.paths
    reading = BenchmarkRecording(
        application.recorder, application.jobs, _Nothing(), paths.takes, paths.reading
    )
    echo(f"\n{paragraph}\n\n● Recording. Read this aloud, then press Enter.", err=True)
    reading.begin(paragraph, language, choices_of(context.settings).microphone)

    def wait_for_enter() -> None:
        sys.stdin.readline()
        loop.post(reading.finish)

    threading.Thread(target=wait_for_enter, name="terminal", daemon=True).start()
    loop.run_until(lambda: reading.state.phase is ReadingPhase.IDLE)
    problem = reading.state.problem
    reading.close()
    if problem:
        raise RecordingFailed(problem)
    return paths.reading


def _show_step() -> Callable[[Progress], None]:
    """A line for each model, as it begins."""
    last = ""

    def show(progress: Progress) -> None:
        nonlocal last
        if progress.message != last:
            echo(f"{progress.message}…", err=True)
        last = progress.message

    return show


def _as_json(
    figures: Sequence[ModelFigures], paragraph: str, machine: str, best: ModelFigures | None
) -> dict[str, object]:
    return {
        "machine": machine,
        "measured_at": figures[0].measured_at.isoformat(),
        "language": figures[0].language,
        "paragraph": paragraph,
        "recommended": best.model if best else None,
        "models": [figures_json(each) for each in figures],
    }


def figures_json(figures: ModelFigures) -> dict[str, object]:
    """What was measured of one model."""
    return {
        "model": figures.model,
        "words": figures.words,
        "wrong": figures.wrong,
        "word_error_rate": round(figures.error_rate, 4),
        "real_time_factor": round(figures.real_time_factor, 4),
        "sound_s": figures.sound_s,
        "took_s": figures.took_s,
        "problem": figures.problem or None,
    }


def figures_line(figures: ModelFigures) -> str:
    """What was measured of one model, or what went wrong, as a person reads it."""
    if figures.problem:
        return figures.problem
    wrong = f"{figures.wrong} of {figures.words} words wrong ({figures.error_rate:.1%})"
    speed = f"{figures.times_as_fast:.1f} times as fast as speech"
    late = "" if figures.keeps_up else "; too slow to keep up while you speak"
    return f"{wrong:<32} {speed}{late}"


def _print(figures: Sequence[ModelFigures], machine: str, best: ModelFigures | None) -> None:
    echo(f"On {machine}:")
    for each in figures:
        echo(f"{each.model:<18} {figures_line(each)}")
    if best is not None:
        echo(f"{best.model} suits you best here. Choose it in Settings, or with --model.")
