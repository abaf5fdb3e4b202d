"""``interview-app guides import``, ``export`` and ``remove``."""

from __future__ import annotations

from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.output import echo
from interview_app.domain.errors import UsageError
from interview_app.domain.guide import Guide
from interview_app.services.export.guide_json import guide_json
from interview_app.services.guides.merging import Clash, resolve

FORMATS = ("md", "json", "html", "docx")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", help="The guide's title, where the file does not say it well.")
@click.option("--dry-run", is_flag=True, help="Say what was understood; keep nothing.")
@click.option(
    "--if-exists",
    type=click.Choice([str(clash) for clash in Clash]),
    help="What to do with a guide of the same id.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def import_file(
    context: Context,
    file: Path,
    title: str | None,
    dry_run: bool,
    if_exists: str | None,
    as_json: bool,
) -> None:
    """Bring in a guide: pasted text, saved HTML, Markdown, DOCX, CSV or JSON."""
    from interview_app.guide_formats.importing import import_guide

    imported = import_guide(file, title)
    guide = imported.guide
    if not dry_run:
        guide = _keep(context, guide, if_exists)
    if as_json:
        warnings = [{"line": w.line, "message": w.message} for w in imported.warnings]
        print_json({"guide": guide_json(guide), "warnings": warnings})
        return
    for warning in imported.warnings:
        echo(f"{file}:{warning.line}: {warning.message}", err=True)
    verb = "understood" if dry_run else "kept"
    echo(f"{guide.id}  {guide.title}  ({count_of(guide)}) {verb}.")


def _keep(context: Context, guide: Guide, if_exists: str | None) -> Guide:
    library = context.application.library
    known = {each.id: each for each in library.all()}
    if guide.id in known:
        if if_exists is None:
            raise UsageError(
                f"There is a guide “{guide.id}” already; nothing was changed.",
                remedy="Say --if-exists keep-both, replace or merge.",
            )
        guide = resolve(guide, known[guide.id], Clash(if_exists), set(known))
    return library.add(guide)


@click.command("export")
@click.argument("guide_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else the ending of --output.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@pass_context
def export_file(context: Context, guide_id: str, form: str | None, output: Path) -> None:
    """Write a guide to a file."""
    from interview_app.guide_formats.exporting import ExportFormat, save_export

    guide = context.application.library.get(guide_id)
    save_export(guide, output, ExportFormat(form) if form else None)
    echo(f"{output}: {count_of(guide)}.", err=True)


@click.command("remove")
@click.argument("guide_id", metavar="ID")
@pass_context
def remove(context: Context, guide_id: str) -> None:
    """Take one of your own guides away; sessions keep what they asked."""
    kept_at = context.application.library.remove(guide_id)
    echo(f"{guide_id} is removed; its file is kept at {kept_at}.", err=True)


def count_of(guide: Guide) -> str:
    """How many questions and sections a guide has, in words."""
    return f"{sum(1 for _ in guide.questions)} questions in {len(guide.sections)} sections"
