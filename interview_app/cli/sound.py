"""``interview-app transcribe`` and ``voices``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.live_file import hear_live
from interview_app.domain.errors import InterviewAppError
from interview_app.domain.transcript import Transcript
from interview_app.services.jobs import JobContext, Progress
from interview_app.services.json_shapes import heard_json
from interview_app.services.subtitles import srt, vtt

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
@pass_context
def transcribe(
    context: Context, file: Path, model: str | None, language: str, *, is_live: bool, form: str
) -> None:
    """Turn a sound file into words."""
    recognizer = context.application.recognizer
    model = model or context.settings.model
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
        click.echo(f"The wait after the last sample: {wait['wait_s']:.2f} s.", err=True)


def _print(transcript: Transcript, form: str) -> None:
    match form:
        case "srt":
            click.echo(srt(transcript), nl=False)
        case "vtt":
            click.echo(vtt(transcript), nl=False)
        case _ if transcript.segments:
            for segment in transcript.segments:
                click.echo(segment.text)
        case _:
            click.echo("Nothing was heard.", err=True)


def _job_with_progress() -> JobContext:
    """A job that shows how far it is where somebody looks on."""
    if not sys.stderr.isatty():
        return JobContext()

    def show(progress: Progress) -> None:
        if progress.fraction is not None:
            click.echo(f"\r{progress.fraction:4.0%} ", nl=progress.fraction >= 1, err=True)

    return JobContext(show)


@click.group()
def voices() -> None:
    """What reads questions aloud."""


@voices.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def list_voices(context: Context, as_json: bool) -> None:
    """List the voices of this machine."""
    found = context.application.voice.voices()
    if as_json:
        print_json([{"id": v.id, "name": v.name, "language": v.language} for v in found])
        return
    for voice in found:
        click.echo(f"{voice.id}  {voice.name}  {voice.language}")


@voices.command()
@click.argument("text")
@click.option("--voice", default="", help="A voice's id; else the system's own.")
@click.option("--rate", type=click.IntRange(80, 450), help="Words a minute.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a WAV file instead of playing.",
)
@pass_context
def say(context: Context, text: str, voice: str, rate: int | None, output: Path | None) -> None:
    """Say a text, or write it to a sound file."""
    speech = context.application.voice.render(
        text, voice or _chosen_voice(context), rate or context.settings.rate_wpm, JobContext()
    )
    if output is not None:
        _copy(speech.sound, output)
        click.echo(f"{output}: {speech.duration_s:.1f} s.", err=True)
        return
    _play(context, speech.sound)


def _chosen_voice(context: Context) -> str:
    return "" if context.settings.voice == "off" else context.settings.voice


def _copy(sound: Path, output: Path) -> None:
    part = output.with_name(f".{output.name}.part")
    try:
        shutil.copyfile(sound, part)
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InterviewAppError(
            f"{output} cannot be written: {error.strerror or error}.",
            remedy="Choose another place with --output.",
        ) from error


def _play(context: Context, sound: Path) -> None:
    from interview_app.bootstrap import choices_of
    from interview_app.services.ports import PlaybackEnded, PlaybackFailed, PlayerEvent

    ended: list[PlayerEvent] = []

    def listen(event: PlayerEvent) -> None:
        if isinstance(event, PlaybackEnded | PlaybackFailed):
            ended.append(event)

    player = context.application.player
    player.subscribe(listen)
    player.play("say", sound, choices_of(context.settings).speaker)
    context.loop.run_until(lambda: bool(ended))
    if isinstance(ended[0], PlaybackFailed):
        raise InterviewAppError(ended[0].reason, remedy=ended[0].remedy)
