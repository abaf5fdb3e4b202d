"""``interview-app guides``: the guides there are."""

from __future__ import annotations

from pathlib import Path

import click

from interview_app.cli.context import Context, pass_context, print_json
from interview_app.cli.guide_files import count_of, export_file, import_file, remove
from interview_app.cli.output import echo
from interview_app.domain.guide import Question, StarOutline
from interview_app.domain.question_fields import (
    IN_READING_ORDER,
    STAR_STEPS,
    FieldKind,
    single_text,
)
from interview_app.services.export.guide_json import guide_json
from interview_app.services.guides.source import Severity
from interview_app.support.paths import bundled


@click.group()
def guides() -> None:
    """The guides there are to rehearse with."""


@guides.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def list_guides(context: Context, as_json: bool) -> None:
    """List the guides, by title."""
    library = context.application.library
    found = library.all()
    if as_json:
        print_json(
            [
                {
                    "id": guide.id,
                    "title": guide.title,
                    "language": guide.language,
                    "sections": len(guide.sections),
                    "questions": sum(1 for _ in guide.questions),
                    "own": library.is_own(guide.id),
                }
                for guide in found
            ]
        )
    else:
        for guide in found:
            echo(f"{guide.id}  {guide.title}  ({count_of(guide)})")
    for problem in library.problems():
        echo(str(problem), err=True)


@guides.command()
@click.argument("guide_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def show(context: Context, guide_id: str, as_json: bool) -> None:
    """Show a guide whole."""
    guide = context.application.library.get(guide_id)
    if as_json:
        print_json({"guide": guide_json(guide)})
        return
    echo(f"{guide.title}\n")
    if guide.introduction:
        echo(f"{guide.introduction}\n")
    for section in guide.sections:
        echo(f"{section.title}\n{'─' * len(section.title)}")
        if section.introduction:
            echo(section.introduction)
        for question in section.questions:
            _show_question(question)


@guides.command("check")
@click.argument(
    "files",
    metavar="[FILE]…",
    nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--strict", is_flag=True, help="Hold FILE to the rules of the bundled guides.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def check_guides(context: Context, files: tuple[Path, ...], strict: bool, as_json: bool) -> int:
    """Hold guides to what a guide should be; without FILE, every guide there is.

    Guides that come with the application are held to its own rules too: lengths, key points,
    follow-ups that fit any story, words that no other guide has, American spelling.
    """
    from interview_app.guide_formats.checking import check_files

    library = context.application.library
    paths = files or tuple(library.path(guide.id) for guide in library.all())
    found = check_files(
        paths, bundled("data", "guides"), bundled("data", "competencies.toml"), is_strict=strict
    )
    if as_json:
        print_json(
            [
                {"file": str(path), "line": f.line, "severity": f.severity, "message": f.message}
                for path, f in found
            ]
        )
    else:
        for path, finding in found:
            echo(f"{path}:{finding.line}: {finding.severity}: {finding.message}")
        echo(f"{len(paths)} checked, {len(found)} findings.", err=True)
    return int(any(finding.severity is Severity.ERROR for _, finding in found))


def _show_question(question: Question) -> None:
    echo(f"\n{question.prompt}  [{question.id}]")
    for field in IN_READING_ORDER:
        value = getattr(question, field.name)
        if isinstance(value, StarOutline):
            value = [f"{step.capitalize()}: {getattr(value, step) or '—'}" for step in STAR_STEPS]
        if value and field.kind in (FieldKind.LIST, FieldKind.NUMBERED, FieldKind.OUTLINE):
            echo("\n    - ".join([f"  {field.label}:", *value]))
        elif value:
            echo(f"  {field.label}: {single_text(field, value)}")
    echo()


for command in (import_file, export_file, remove):
    guides.add_command(command)
