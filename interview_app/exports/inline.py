"""Texts of guides (paragraphs of inline Markdown) as HTML or as runs of letters.

Raw HTML in them stays text and images are never fetched: a guide can come from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class StyledRun:
    """Letters of one look; ``is_break`` ends a line instead."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_break: bool = False


def as_html(text: str) -> Markup:
    """The text as safe HTML blocks."""
    return Markup(_markdown().render(_encodable(text)))  # noqa: S704 - raw HTML is off


def as_inline_html(text: str) -> Markup:
    """One line of the text as safe HTML, without a paragraph round it."""
    return Markup(_markdown().renderInline(_encodable(text)))  # noqa: S704 - raw HTML is off


def paragraphs(text: str) -> Iterator[list[StyledRun]]:
    """The paragraphs of the text, each as runs."""
    for token in _markdown().parse(text):
        if token.type == "inline":
            yield list(_runs(token.children or []))
        elif token.type in {"fence", "code_block"}:
            yield [StyledRun(token.content.rstrip("\n"))]


def line(text: str) -> list[StyledRun]:
    """One line of the text as runs."""
    return [run for token in _markdown().parseInline(text) for run in _runs(token.children or [])]


def _runs(tokens: list[Token]) -> Iterator[StyledRun]:
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak":
                yield StyledRun(" ", bold > 0, italic > 0)
            case "hardbreak":
                yield StyledRun("", is_break=True)
            case _ if token.content:
                yield StyledRun(token.content, bold > 0, italic > 0)


def _encodable(text: str) -> str:
    return text.encode(errors="replace").decode()


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block"])
