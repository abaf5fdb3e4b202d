"""A guide as a Word document, and that document as the guide again."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from interview_app.domain.guide import Guide, Question, Section, StarOutline
from interview_app.domain.question_fields import (
    FIELD,
    QUESTION_FIELDS,
    STAR_STEPS,
    FieldKind,
    QuestionField,
    single_text,
)
from interview_app.guide_formats.emphasis import Emphasis, emphasized, marked
from interview_app.guide_formats.fields import Fields, read_single
from interview_app.guide_formats.labels import FORM_LABELS, form_field
from interview_app.guide_formats.markdown_writer import tidy_guide

KIND = "Mock Interview guide"
"""The category of the document; one without it is read as anybody's."""

_TITLE, _SECTION, _PROMPT, _LABEL = "Title", "Heading 1", "Heading 2", "Heading 3"
_TEXT, _BULLET, _NUMBER, _MORE = "Normal", "List Bullet", "List Number", "List Continue"
Line = tuple[str, str]
"""A paragraph's style and its text in Markdown."""


def write_docx(guide: Guide) -> bytes:
    """The Word document of a guide; question ids stand in it as hidden text."""
    guide = tidy_guide(guide)
    document = docx.Document()
    properties = document.core_properties
    properties.category = KIND
    properties.identifier = guide.id[:255]
    properties.language = guide.language
    properties.title = guide.title[:255]
    properties.author = ""
    properties.comments = ""
    ids = iter([question.id for question in guide.questions])
    for style, text in _lines(guide):
        paragraph = document.add_paragraph(style=style)
        _fill(paragraph, text, plain=style in (_TITLE, _SECTION, _PROMPT, _LABEL))
        if style == _PROMPT:
            paragraph.add_run(f" {{#{next(ids)}}}").font.hidden = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read_own_docx(document: WordDocument) -> Guide | None:
    """The guide of a document that :func:`write_docx` wrote, or ``None``.

    One that was changed so that its styles no longer tell all is not taken for one.
    """
    properties = document.core_properties
    if properties.category != KIND or document.tables:
        return None
    lines = [_read_line(paragraph) for paragraph in document.paragraphs]
    ids = [_hidden(p) for p in document.paragraphs if _style(p) == _PROMPT]
    guide = _read_guide(lines, ids, properties.identifier, properties.language or "en")
    if guide is None:
        return None
    guide = tidy_guide(guide)
    return guide if list(_lines(guide)) == lines else None


def _lines(guide: Guide) -> Iterator[Line]:
    yield _TITLE, guide.title
    yield from _paragraphs(guide.introduction)
    for section in guide.sections:
        yield _SECTION, section.title
        yield from _paragraphs(section.introduction)
        for question in section.questions:
            yield _PROMPT, question.prompt
            for field in QUESTION_FIELDS:
                yield from _field(field, getattr(question, field.name))


def _field(field: QuestionField, value: object) -> Iterator[Line]:
    if not value:
        return
    yield _LABEL, field.label
    if isinstance(value, StarOutline):
        for step in STAR_STEPS:
            if text := getattr(value, step):
                yield from _paragraphs(f"{step.capitalize()}: {text}", _BULLET)
    elif isinstance(value, tuple) and field.kind.is_list:
        for text in value:
            is_numbered = field.kind is FieldKind.NUMBERED
            yield from _paragraphs(text, _NUMBER if is_numbered else _BULLET)
    else:
        yield from _paragraphs(single_text(field, value))


def _paragraphs(text: str | None, style: str = _TEXT) -> Iterator[Line]:
    for index, paragraph in enumerate(text.split("\n\n") if text else ()):
        yield (style if index == 0 or style == _TEXT else _MORE), paragraph


def _fill(paragraph: Paragraph, text: str, *, plain: bool) -> None:
    for emphasis, stretch in [(Emphasis.NONE, text)] if plain else emphasized(text):
        run = paragraph.add_run(stretch)
        if emphasis is Emphasis.BOLD:
            run.bold = True
        elif emphasis is Emphasis.ITALIC:
            run.italic = True


def _read_line(paragraph: Paragraph) -> Line:
    text = ""
    for run in paragraph.runs:
        if not run.font.hidden:
            sign = Emphasis.BOLD if run.bold else Emphasis.ITALIC if run.italic else Emphasis.NONE
            text += marked(sign, run.text)
    return _style(paragraph), text


def _style(paragraph: Paragraph) -> str:
    return (paragraph.style.name if paragraph.style is not None else "") or ""


def _hidden(paragraph: Paragraph) -> str:
    hidden = "".join(run.text for run in paragraph.runs if run.font.hidden)
    return hidden.strip().removeprefix("{#").removesuffix("}")


def _read_guide(lines: list[Line], ids: list[str], guide_id: str, language: str) -> Guide | None:
    if not lines or lines[0][0] != _TITLE:
        return None
    introduction, sections = _split(lines[1:], _SECTION)
    remaining = iter(ids)
    return Guide(
        id=guide_id,
        title=lines[0][1],
        sections=tuple(_read_section(title, part, remaining) for title, part in sections),
        introduction=_text(introduction),
        language=language,
    )


def _read_section(title: str, lines: list[Line], ids: Iterator[str]) -> Section:
    introduction, questions = _split(lines, _PROMPT)
    return Section(
        title,
        tuple(_read_question(next(ids), prompt, part) for prompt, part in questions),
        _text(introduction),
    )


def _read_question(question_id: str, prompt: str, lines: list[Line]) -> Question:
    fields: Fields = {}
    for label, part in _split(lines, _LABEL)[1]:
        if label not in FORM_LABELS.values():
            continue
        field = FIELD[form_field(label)]
        if field.kind is FieldKind.OUTLINE:
            fields[field.name] = _read_star(_items(part))
        elif field.kind.is_list:
            fields[field.name] = tuple(_items(part))
        else:
            fields[field.name] = read_single(field, _text(part))
    return Question(question_id, prompt, **fields)


def _read_star(items: list[str]) -> StarOutline:
    steps = {}
    for item in items:
        step, _, text = item.partition(": ")
        if step.lower() in STAR_STEPS:
            steps[step.lower()] = text
    return StarOutline(**steps)


def _split(lines: list[Line], style: str) -> tuple[list[Line], list[tuple[str, list[Line]]]]:
    """The lines before the first of a style, and those below each of it."""
    before: list[Line] = []
    parts: list[tuple[str, list[Line]]] = []
    for line in lines:
        if line[0] == style:
            parts.append((line[1], []))
        else:
            (parts[-1][1] if parts else before).append(line)
    return before, parts


def _text(lines: list[Line]) -> str | None:
    return "\n\n".join(text for _, text in lines) or None


def _items(lines: list[Line]) -> list[str]:
    items: list[str] = []
    for style, text in lines:
        if style == _MORE and items:
            items[-1] = f"{items[-1]}\n\n{text}"
        else:
            items.append(text)
    return items
