"""``interview-app models``: what is here, fetched, compared and removed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.measure import figures_json, figures_line, measure
from interview_app.cli.output import echo
from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.domain.errors import InterviewAppError
from interview_app.services.jobs import JobContext, Progress
from interview_app.support.paths import MIRROR_VARIABLE

_LINE_WIDTH = 78
INTERRUPTED = 130


@click.group()
def models() -> None:
    """The recognizer models of this machine."""


models.add_command(measure)


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def list_models(context: Context, as_json: bool) -> None:
    """List the models there are, which are here, and what is known of each on this machine."""
    from interview_app.recognition.fitness import can_run
    from interview_app.recognition.known_models import KNOWN_MODELS

    found = context.application.recognition.models.list()
    obstacles = {model.name: can_run(model) for model in KNOWN_MODELS}
    known = sorted(context.application.recognition.measuring.known(), key=lambda f: f.measured_at)
    measured = {figures.model: figures for figures in known}
    if as_json:
        print_json(
            [
                {
                    "name": model.name,
                    "installed": model.is_installed,
                    "size_bytes": model.size_bytes,
                    "languages": model.languages,
                    "source": model.source,
                    "obstacle": obstacles.get(model.name),
                    "measured": _measured_json(measured.get(model.name)),
                }
                for model in found
            ]
        )
        return
    for model in found:
        state = "installed" if model.is_installed else "not installed"
        echo(f"{model.name:<18} {model.size_bytes / 1e6:>7.0f} MB  {state:<14} {model.source}")
        if obstacles.get(model.name):
            echo(f"{'':<18} {obstacles[model.name]}")
        if model.name in measured:
            figures = measured[model.name]
            day = figures.measured_at.astimezone(context.application.clock.zone).date()
            echo(f"{'':<18} {' '.join(figures_line(figures).split())} (measured {day})")


def _measured_json(figures: ModelFigures | None) -> dict[str, object] | None:
    if figures is None:
        return None
    when = {"language": figures.language, "measured_at": figures.measured_at.isoformat()}
    return {**figures_json(figures), **when}


@models.command()
@click.argument("name", required=False)
@pass_context
def verify(context: Context, name: str | None) -> int:
    """Compare the files of a model, or of every installed one, with their known SHA-256."""
    store = context.application.recognition.models
    names = [name] if name else [model.name for model in store.list() if model.is_installed]
    status = 0
    for each in names:
        try:
            store.verify(each)
        except InterviewAppError as error:
            if len(names) == 1:
                raise
            echo(str(error), err=True)
            status = 1
        else:
            echo(f"{each}: every file is as published.")
    return status


@models.command()
@click.argument("name")
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Use the files in a folder you have; nothing is fetched, and no mirror asked.",
)
@click.option(
    "--mirror",
    envvar=MIRROR_VARIABLE,
    help=f"An address that serves what the hub does; also {MIRROR_VARIABLE}.",
)
@pass_context
def download(context: Context, name: str, folder: Path | None, mirror: str | None) -> int:
    """Fetch a model and compare every file with its known SHA-256.

    After a cut the same command goes on where it ended. HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and
    NO_PROXY are honoured.
    """
    from interview_app.model_files.transfer_rate import size
    from interview_app.recognition.downloads import ModelDownloads
    from interview_app.recognition.known_models import HUB

    downloads = ModelDownloads(context.application.recognition.models)
    here = downloads.installed(name)
    if here is not None:
        echo(f"{name} is here already, every file as published: {here}")
        return 0
    job = JobContext(show_progress())
    try:
        if folder is not None:
            target = downloads.copy(name, folder, job)
        else:
            source = mirror or HUB
            plan = downloads.plan(name, source)
            echo(
                f"Fetching {name} ({size(plan.missing_bytes)} to come) from {plan.source}, "
                f"revision {plan.model.revision[:12]}, into {plan.folder}. Only the request for "
                "these files is sent, nothing of yours.",
                err=True,
            )
            target = downloads.fetch(name, job, source)
    except KeyboardInterrupt:
        echo("\nStopped. What arrived is kept: the same command goes on from it.", err=True)
        return INTERRUPTED
    echo(f"{name}: every file is as published. It stands in {target}.")
    return 0


def show_progress() -> Callable[[Progress], None]:
    """One line that changes where somebody looks on, else a line for each tenth."""
    is_watched = sys.stderr.isatty()
    last = -1

    def show(progress: Progress) -> None:
        nonlocal last
        tenth = int((progress.fraction or 0) * 10)
        if is_watched:
            line = f"{progress.fraction or 0:4.0%}  {progress.message}"
            echo(f"{line:<{_LINE_WIDTH}}", nl=progress.fraction == 1, err=True, overwrites=True)
        elif tenth > last:
            echo(f"{progress.fraction or 0:4.0%}  {progress.message}", err=True)
        last = max(tenth, last)

    return show


@models.command()
@click.argument("name")
@pass_context
def remove(context: Context, name: str) -> None:
    """Delete a model that was fetched, and what a fetch left half-done."""
    from interview_app.model_files.transfer_rate import size
    from interview_app.recognition.removing import remove_model

    freed = remove_model(context.application.recognition.models, name)
    echo(f"{name} was removed; {size(freed)} are free again.")
    if context.settings.model == name:
        echo(f"{name} was the chosen recognizer model: choose another in Settings.", err=True)
