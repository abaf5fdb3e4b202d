"""Read inline Markdown, the form of every text of a guide: as HTML, as styled runs, as plain words.

Whoever shows, prints, exports or reads such a text aloud does so from here, so that all agree on
what is markup. Raw HTML in it stays text, and of an image only its description is left: a guide can
come from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import validateLink
from markdown_it.token import Token
from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class TextRun:
    """Letters of one look; ``is_break`` ends a line instead."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_break: bool = False


def as_html(text: str, *, has_links: bool = True) -> Markup:
    """Return the text as safe HTML blocks; without ``has_links`` only the words of a link are left.

    No address is kept that runs a script or names a file.
    """
    html = _markdown(has_links).render(_prepared(text))
    return Markup(_AFTER_BLOCK.sub(r"\1", html))  # noqa: S704 - raw HTML is off


def as_inline_html(text: str) -> Markup:
    """Return one line of the text as safe HTML, without a paragraph round it."""
    return Markup(_markdown().renderInline(_prepared(text)))  # noqa: S704 - raw HTML is off


def paragraphs(text: str) -> Iterator[list[TextRun]]:
    """Yield the paragraphs and list items of the text, each as runs."""
    for token in _markdown().parse(_prepared(text)):
        if token.type == "inline":
            yield list(_runs(token.children or []))
        elif token.type in {"fence", "code_block"}:
            yield [TextRun(token.content.rstrip("\n"))]


def line(text: str) -> list[TextRun]:
    """Return one line of the text as runs."""
    tokens = _markdown().parseInline(_prepared(text))
    return [run for token in tokens for run in _runs(token.children or [])]


def plain_paragraphs(text: str) -> Iterator[str]:
    """Yield the words of each paragraph and list item, without a sign of the markup.

    Signs that are no markup stay: ``user_id``, ``3*2*5``.
    """
    for runs in paragraphs(text):
        words = " ".join("".join(" " if run.is_break else run.text for run in runs).split())
        if words:
            yield words


def _runs(tokens: list[Token]) -> Iterator[TextRun]:
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak":
                yield TextRun(" ", bold > 0, italic > 0)
            case "hardbreak":
                yield TextRun("", is_break=True)
            case _ if token.content:
                yield TextRun(token.content, bold > 0, italic > 0)


def _prepared(text: str) -> str:
    """Return the text as it is parsed: half characters replaced, products kept (``3*2*5``).

    CommonMark takes an asterisk inside a word for emphasis.
    """
    return _PRODUCT.sub(r"\*", text.encode(errors="replace").decode())


_AFTER_BLOCK = re.compile(r"(</(?:p|ul|ol|li|h[1-6]|blockquote|pre)>|<(?:ul|ol|blockquote)>)\n")
"""Line ends between blocks, which Qt would show as a space."""
_PRODUCT = re.compile(r"(?<=\d)\*(?=\d)")


@cache
def _markdown(has_links: bool = True) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(["html_inline", "html_block"])
    # Every address is parsed, so that its signs go; which is kept is decided when it is written.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.add_render_rule("image", _description)
    parser.add_render_rule("link_open", _link if has_links else _nothing)
    if not has_links:
        parser.add_render_rule("link_close", _nothing)
    return parser


def _link(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    address = str(tokens[index].attrGet("href") or "")
    return f'<a href="{escape(address)}">' if validateLink(address) else "<a>"


def _description(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    return str(escape(tokens[index].content))


def _nothing(
    _renderer: object, _tokens: Sequence[Token], _index: int, _options: object, _env: object
) -> str:
    return ""
