"""``interview-app transcribe``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.fitting_model import fitting_model
from interview_app.cli.live_file import hear_live
from interview_app.cli.output import echo
from interview_app.domain.transcript import Transcript
from interview_app.services.export.json import heard_json
from interview_app.services.export.subtitles import srt, vtt
from interview_app.services.jobs import JobContext, Progress

SOUND_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=SOUND_FILE)
@click.option("--model", help="The recognizer model; see: interview-app models list")
@click.option("--language", default="en", show_default=True, help="The language spoken.")
@click.option(
    "--live",
    "is_live",
    is_flag=True,
    help="Feed it at the speed of speech, as the microphone would, and report the wait.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "srt", "vtt"]),
    default="text",
    show_default=True,
)
@click.option("--json", "form", flag_value="json", help="As everywhere; the same as --format json.")
@pass_context
def transcribe(
    context: Context, file: Path, model: str | None, language: str, *, is_live: bool, form: str
) -> None:
    """Turn a sound file into words."""
    recognizer = context.application.recognition.recognizer
    models = context.application.recognition.models.list()
    model = fitting_model(models, model or context.settings.model, language)
    wait: dict[str, float] = {}
    if is_live:
        heard, wait_s = hear_live(recognizer, file, model, language, JobContext())
        wait["wait_s"] = round(wait_s, 3)
    else:
        heard = recognizer.transcribe(file, model, language, _job_with_progress())
    if form == "json":
        print_json({**heard_json(heard), **wait})
        return
    _print(heard.transcript, form)
    if is_live:
        echo(f"The wait after the last sample: {wait['wait_s']:.2f} s.", err=True)


def _print(transcript: Transcript, form: str) -> None:
    match form:
        case "srt":
            echo(srt(transcript), nl=False)
        case "vtt":
            echo(vtt(transcript), nl=False)
        case _ if transcript.segments:
            for segment in transcript.segments:
                echo(segment.text)
        case _:
            echo("Nothing was heard.", err=True)


def _job_with_progress() -> JobContext:
    """A job that shows how far it is where somebody looks on."""
    if not sys.stderr.isatty():
        return JobContext()

    def show(progress: Progress) -> None:
        if progress.fraction is not None:
            echo(f"{progress.fraction:4.0%} ", nl=progress.fraction >= 1, err=True, overwrites=True)

    return JobContext(show)
