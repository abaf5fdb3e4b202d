"""Saved web pages as blocks: what is read, without what stands round it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from interview_app.guide_formats.blocks import Block, BlockKind, Document, Run, blocks_of_runs
from interview_app.guide_formats.grids import Row, grid_blocks
from interview_app.guide_formats.prompts import looks_like_prompt
from interview_app.services.guides.source import LeftOut

_SILENT = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "embed",
    "canvas",
    "video",
    "audio",
    "img",
    "picture",
    "source",
    "link",
    "meta",
    "head",
    "map",
    "math",
}
_AROUND = {
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "input",
    "textarea",
    "dialog",
    "menu",
}
_AROUND_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
}
_AROUND_NAMES = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|gdpr|ccpa|onetrust|navbar|nav|navigation|menu"
    r"|mega-?menu|breadcrumbs?|sidebar|side-bar"
    r"|footer|site-?header|masthead|newsletter|subscri\w+|signup|sign-up|social|share"
    r"|sharing|shares|related|recommended"
    r"|advert\w*|ads?|adsbygoogle|sponsor\w*|promo\w*|popup|modal|overlay|banner|comments?"
    r"|disqus|pagination|pager|skip-link"
    r"|author-(?:bio|box)|cta|toolbar|login|search-?(?:box|form|bar))(?:$|[-_ ])",
    re.IGNORECASE,
)
_INLINE = {
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "br",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = {"b", "strong", "dt"}
_SITE = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")
_BLOCKS_IN_CELLS = ["h1", "h2", "h3", "h4", "ul", "ol", "p", "div"]
"""A table whose cells hold these is there for its looks, and read cell by cell."""

MAX_DEPTH = 150
"""Elements nested deeper are read as the text they hold."""


def read_html_blocks(text: str) -> Document:
    """The blocks of a web page. Nothing in it is run, and nothing it names is fetched."""
    soup = BeautifulSoup(text, "html.parser")
    title = _title(soup)
    left_out = tuple(_clear(soup))
    reader = _HtmlReader()
    root = _root(soup)
    reader.read(root)
    html = soup.find("html")
    language = str(html.get("lang") or "en") if isinstance(html, Tag) else "en"
    blocks = tuple(reader.blocks)
    first = next(
        (block for block in blocks if block.kind is BlockKind.HEADING and block.level == 1), None
    )
    return Document(
        blocks, first.text if first else title, left_out, language.split("-")[0] or "en"
    )


def _title(soup: BeautifulSoup) -> str:
    heading = soup.find("h1")
    if isinstance(heading, Tag) and heading.get_text(strip=True):
        return " ".join(heading.get_text(" ").split())
    title = soup.find("title")
    text = " ".join(title.get_text(" ").split()) if isinstance(title, Tag) else ""
    return _SITE.sub("", text)


def _clear(soup: BeautifulSoup) -> Iterator[LeftOut]:
    """Take away what is not read, telling what of it was text."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(_SILENT):
        if not tag.decomposed:
            tag.decompose()
    for tag in soup.find_all(_is_around):
        if tag.decomposed:
            continue
        text = " ".join(tag.get_text(" ").split())
        if text:
            yield LeftOut(tag.sourceline or 1, text, "page furniture")
        tag.decompose()


def _is_around(tag: Tag) -> bool:
    if tag.name in ("html", "body", "main", "article", *_HEADINGS):
        return False
    if tag.name == "button":
        return not (tag.find_parent(list(_HEADINGS)) or looks_like_prompt(tag.get_text(" ")))
    if tag.name in _AROUND or str(tag.get("role", "")).lower() in _AROUND_ROLES:
        return tag.name != "form" or not _holds_content(tag)
    if tag.name == "header":
        return tag.find_parent(["article", "main"]) is None and tag.find("h1") is None
    names = [str(tag.get("id") or ""), *(tag.get_attribute_list("class") or [])]
    if not any(name and _AROUND_NAMES.search(str(name)) for name in names):
        return False
    return not _holds_content(tag)


def _holds_content(tag: Tag) -> bool:
    """Whether an element with a suspicious name holds the better part of the page."""
    headings = sum(1 for heading in tag.find_all(["h2", "h3", "h4"]) if "?" in heading.get_text())
    return headings >= 2 or tag.find(["main", "article", "h1"]) is not None


def _root(soup: BeautifulSoup) -> Tag:
    """The element that holds what is read: main or article, where it is most of the page."""
    body = soup.find("body")
    whole = body if isinstance(body, Tag) else soup
    total = len(whole.get_text())
    for candidate in whole.find_all(["main", "article"]):
        if len(candidate.get_text()) >= 0.9 * total:
            return candidate
    return whole


class _HtmlReader:
    """Walks the elements and collects their blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._line = 1
        self._pattern: Block | None = None

    def read(self, tag: Tag) -> None:
        self._walk(tag, bold=False, depth=0)
        self._flush()

    def _walk(self, tag: Tag, *, bold: bool, depth: int, level: int = -1) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                self._add(re.sub(r"\s+", " ", str(child)), bold=bold, line=tag.sourceline or 1)
            elif isinstance(child, Tag):
                self._element(child, bold=bold, depth=depth + 1, level=level)

    def _element(self, tag: Tag, *, bold: bool, depth: int, level: int) -> None:
        if depth > MAX_DEPTH:
            self._add(tag.get_text(" "), bold=bold, line=tag.sourceline or 1)
        elif tag.name == "br":
            self._add("\n", bold=bold, line=tag.sourceline or 1)
        elif tag.name == "hr":
            self._flush()
        elif tag.name == "table" and tag.find("table") is None and not tag.find(_BLOCKS_IN_CELLS):
            self._flush()
            self.blocks.extend(grid_blocks(_rows(tag)))
        elif tag.name in _INLINE and not _holds_blocks(tag):
            is_bold = bold or tag.name in _BOLD or _is_styled_bold(tag)
            self._walk(tag, bold=is_bold, depth=depth, level=level)
        else:
            self._block(tag, bold=bold, depth=depth, level=level)

    def _block(self, tag: Tag, *, bold: bool, depth: int, level: int) -> None:
        self._flush()
        line = tag.sourceline or 1
        if tag.name in _HEADINGS:
            self._pattern = Block("", line, BlockKind.HEADING, _HEADINGS[tag.name])
        elif tag.name in ("summary", "button") and tag.find_parent(list(_HEADINGS)) is None:
            self._pattern = Block("", line, BlockKind.HEADING, 6)
        elif tag.name == "li":
            self._pattern = Block("", line, BlockKind.ITEM, max(level, 0), marker=_marker(tag))
        inner = level + 1 if tag.name in ("ul", "ol") else level
        is_bold = bold or tag.name in _BOLD
        self._walk(tag, bold=is_bold, depth=depth, level=inner)
        self._flush()
        self._pattern = None

    def _add(self, text: str, *, bold: bool, line: int) -> None:
        if not text.strip() and text != "\n" and not self._runs:
            return
        if not self._runs:
            self._line = line
        self._runs.append(Run(text, bold))

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        if not "".join(run.text for run in runs).strip():
            return
        pattern = self._pattern or Block("", self._line)
        if pattern.kind is BlockKind.HEADING:
            runs = [Run(re.sub(r"\s+", " ", run.text)) for run in runs]
        self.blocks.extend(blocks_of_runs(runs, pattern))
        if pattern.kind is BlockKind.ITEM:
            self._pattern = None


def _rows(table: Tag) -> list[Row]:
    return [
        (row.sourceline or 1, [" ".join(cell.get_text(" ").split()) for cell in cells])
        for row in table.find_all("tr")
        if (cells := row.find_all(["td", "th"]))
    ]


def _holds_blocks(tag: Tag) -> bool:
    return tag.find(lambda inner: inner.name not in _INLINE) is not None


def _is_styled_bold(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    return re.search(r"font-weight:(?:bold|[6-9]00)", style) is not None


def _marker(tag: Tag) -> str:
    parent = tag.parent
    if parent is None or parent.name != "ol":
        return "-"
    start = str(parent.get("start") or "1")
    before = len(tag.find_previous_siblings("li"))
    return f"{(int(start) if start.isdecimal() and len(start) < 10 else 1) + before}."
