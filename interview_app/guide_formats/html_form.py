"""A guide as a web page that stands on its own, and that page as the guide again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

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
from interview_app.guide_formats.markdown_writer import tidy_guide

GENERATOR = "Mock Interview guide"
"""Stands in the page's header; a page without it is read as anybody's."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.55 system-ui, sans-serif; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 2rem; line-height: 1.2; } h2 { margin-top: 3rem; }
article article { border-top: 1px solid #8884; padding-top: .5rem; margin-top: 2rem; }
h4 { margin: 1.2rem 0 .2rem; font-size: .85rem; letter-spacing: .04em; opacity: .7; }
p { margin: .35rem 0; white-space: pre-wrap; } li p { display: inline; }
[data-field=sample_answer] { border-left: 3px solid #48c; padding-left: 1rem; }
@media print { article article { break-inside: avoid; } }
"""
_TAGS = {Emphasis.NONE: "", Emphasis.BOLD: "strong", Emphasis.ITALIC: "em"}
_SIGNS = {"strong": Emphasis.BOLD, "em": Emphasis.ITALIC}


def write_html(guide: Guide) -> str:
    """The page of a guide, with its style inside and nothing to fetch."""
    guide = tidy_guide(guide)
    language = escape(guide.language, quote=True)
    head = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="{GENERATOR}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(guide.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return f"{head}{_article(guide)}</body>\n</html>\n"


def read_own_html(text: str) -> Guide | None:
    """The guide of a page that :func:`write_html` wrote, or ``None``.

    A page that was changed so that it says more than its marks tell is not taken for one.
    """
    if GENERATOR not in text[:4000]:
        return None
    article = _soup(text).find("article")
    if not isinstance(article, Tag) or not article.has_attr("data-guide"):
        return None
    guide = tidy_guide(_read_guide(article))
    again = _soup(_article(guide))
    return guide if again.get_text().split() == article.get_text().split() else None


def _soup(text: str) -> BeautifulSoup:
    # Else spaces that stand alone between two elements become one.
    return BeautifulSoup(text, "html.parser", preserve_whitespace_tags={"p"})


def _article(guide: Guide) -> str:
    language = escape(guide.language, quote=True)
    parts = [
        f'<article data-guide="{escape(guide.id, quote=True)}" data-language="{language}">\n',
        f"<h1>{escape(guide.title)}</h1>\n",
        *_introduced(guide.introduction),
    ]
    for section in guide.sections:
        parts.append(f"<section>\n<h2>{escape(section.title)}</h2>\n")
        parts.extend(_introduced(section.introduction))
        for question in section.questions:
            parts.extend(_question(question))
        parts.append("</section>\n")
    return "".join([*parts, "</article>\n"])


def _question(question: Question) -> Iterator[str]:
    yield f'<article data-question="{escape(question.id, quote=True)}">\n'
    yield f"<h3>{escape(question.prompt)}</h3>\n"
    for field in QUESTION_FIELDS:
        yield from _field(field, getattr(question, field.name))
    yield "</article>\n"


def _introduced(text: str | None) -> Iterator[str]:
    if text:
        yield f'<div data-field="introduction">\n{_paragraphs(text)}</div>\n'


def _field(field: QuestionField, value: object) -> Iterator[str]:
    if not value:
        return
    yield f'<div data-field="{field.name}">\n<h4>{escape(field.label)}</h4>\n'
    if isinstance(value, StarOutline):
        yield "<ul>\n"
        for step in STAR_STEPS:
            if text := getattr(value, step):
                lead = f"<b>{step.capitalize()}:</b>"
                yield f'<li data-step="{step}">{lead} {_paragraphs(text)}</li>\n'
        yield "</ul>\n"
    elif isinstance(value, tuple) and field.kind.is_list:
        tag = "ol" if field.kind is FieldKind.NUMBERED else "ul"
        items = "".join(f"<li>{_paragraphs(text)}</li>\n" for text in value)
        yield f"<{tag}>\n{items}</{tag}>\n"
    else:
        yield _paragraphs(single_text(field, value))
    yield "</div>\n"


def _paragraphs(text: str) -> str:
    return "\n".join(f"<p>{_inline(paragraph)}</p>" for paragraph in text.split("\n\n"))


def _inline(text: str) -> str:
    parts = []
    for emphasis, stretch in emphasized(text):
        tag = _TAGS[emphasis]
        parts.append(f"<{tag}>{escape(stretch)}</{tag}>" if tag else escape(stretch))
    return "".join(parts)


def _read_guide(article: Tag) -> Guide:
    return Guide(
        id=str(article["data-guide"]),
        title=_heading(article, "h1"),
        sections=tuple(_read_section(part) for part in _children(article, "section")),
        introduction=_introduction(article),
        language=str(article.get("data-language") or "en"),
    )


def _read_section(part: Tag) -> Section:
    return Section(
        _heading(part, "h2"),
        tuple(_read_question(question) for question in _children(part, "article")),
        _introduction(part),
    )


def _read_question(part: Tag) -> Question:
    fields: Fields = {}
    for division in _children(part, "div"):
        _read_field(division, str(division.get("data-field")), fields)
    return Question(str(part.get("data-question") or ""), _heading(part, "h3"), **fields)


def _read_field(division: Tag, name: str, fields: Fields) -> None:
    field = FIELD.get(name)
    if field is None:
        return
    if field.kind is FieldKind.OUTLINE:
        items = division.find_all("li")
        steps = {str(item.get("data-step")): _text(item) for item in items}
        fields[name] = StarOutline(**{k: v for k, v in steps.items() if k in STAR_STEPS})
    elif field.kind.is_list:
        fields[name] = tuple(_text(item) for item in division.find_all("li"))
    else:
        fields[name] = read_single(field, _text(division))


def _introduction(part: Tag) -> str | None:
    division = next(
        (d for d in _children(part, "div") if d.get("data-field") == "introduction"), None
    )
    return _text(division) if division is not None else None


def _text(part: Tag) -> str:
    return "\n\n".join(_marked(paragraph.children) for paragraph in part.find_all("p"))


def _marked(nodes: Iterable[object]) -> str:
    text = ""
    for node in nodes:
        if isinstance(node, Tag):
            text += marked(_SIGNS.get(node.name, Emphasis.NONE), node.get_text())
        elif isinstance(node, NavigableString):
            text += str(node)
    return text


def _heading(part: Tag, name: str) -> str:
    heading = part.find(name)
    return heading.get_text() if isinstance(heading, Tag) else ""


def _children(part: Tag, name: str) -> list[Tag]:
    return [child for child in part.find_all(name, recursive=False) if isinstance(child, Tag)]
