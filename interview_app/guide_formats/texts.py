r"""Texts of a guide as lines of Markdown, and back without a loss.

A text is paragraphs separated by one blank line. In a file a line may be wrapped anywhere: a single
line end inside a paragraph is a space, and a wanted line end is written as Markdown writes it, with
a backslash. A paragraph whose every line is a list item is a list and stands as it is. A line that
would be read as something else (a heading, an item, a label) gets a backslash in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from interview_app.guide_formats.labels import BOLD_LEAD, FORM_LABEL
from interview_app.guide_formats.meanings import is_label

_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_BULLET = re.compile(r"[-*+][ \t]+\S")
_NUMBER = re.compile(r"(\d{1,9})(\\*)([.)][ \t]+\S)")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def tidy(text: str | None) -> str | None:
    """The text as guides keep it: single blank lines, no stray spaces; ``None`` if it is empty."""
    paragraphs = [_tidy_block(block) for block in _blocks(clean(text or "").split("\n"))]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) or None


def tidy_line(text: str | None) -> str:
    """The text on one line, with single spaces."""
    return " ".join(clean(text or "").split())


def clean(text: str) -> str:
    """The text with line feeds as its only line ends, without control signs and half characters."""
    return _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))


def read_text(lines: Iterable[str]) -> str | None:
    """The text that stands in these lines of a file; ``None`` if there is none."""
    paragraphs: list[str] = []
    for block in _blocks(lines):
        if len(block) == 1 and _RULE.match(block[0].strip()):
            continue
        paragraphs.extend(_read_block(block))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) or None


def write_text(text: str) -> list[str]:
    """The lines of a tidy text; the first is no list item unless the text begins with a list."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        if lines:
            lines.append("")
        written = paragraph.split("\n")
        if not is_list(written):
            written = [_escape(line) for line in written]
            written = [f"{line}\\" for line in written[:-1]] + written[-1:]
        lines.extend(written)
    return lines


def is_list(lines: list[str]) -> bool:
    """Whether every line of a paragraph is a list item, nested ones indented."""
    if not _ITEM.match(lines[0]) or (len(lines) == 1 and _RULE.match(lines[0])):
        return False
    return all(_ITEM.match(line.lstrip(" ")) for line in lines)


def read_items(lines: Iterable[str]) -> list[tuple[int, list[str]]]:
    """The items of a list, each with the index of its first line and its lines without marker.

    A paragraph beside the list is an item too: nothing that was written is left out.
    """
    items: list[tuple[int, list[str]]] = []
    width, after_blank = 0, True
    for index, line in enumerate(lines):
        marker = _ITEM.match(line)
        if marker:
            width = marker.end()
            items.append((index, [line[width:]]))
        elif not line.strip():
            if items:
                items[-1][1].append("")
        elif after_blank and not line.startswith(" " * (width or 1)):
            width = 0
            items.append((index, [line.strip()]))
        else:
            items[-1][1].append(_dedent(line, width))
        after_blank = not line.strip()
    return items


def write_items(items: Iterable[str], *, numbered: bool = False) -> list[str]:
    """The lines of a list of texts."""
    lines: list[str] = []
    for number, item in enumerate(items, start=1):
        marker = f"{number}. " if numbered else "- "
        first, *rest = write_text(item)
        lines.append(f"{marker}{first}")
        lines.extend(f"{' ' * len(marker)}{line}" if line else "" for line in rest)
    return lines


def begins_with_list(text: str) -> bool:
    """Whether the first paragraph of a text is a list."""
    return is_list(text.split("\n\n", 1)[0].split("\n"))


def _dedent(line: str, width: int) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return line[min(indent, width) :]


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.expandtabs(4).rstrip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _tidy_block(block: list[str]) -> str:
    first = block[0].lstrip()
    if is_list([first, *block[1:]]):
        return "\n".join([first, *block[1:]])
    return "\n".join(line.strip() for line in block)


def _read_block(block: list[str]) -> Iterator[str]:
    """Paragraphs, headings and lists of lines that stand together."""
    part: list[str] = []
    in_list = False
    for line in block:
        item = _ITEM.match(line.lstrip())
        if item and (in_list or not line.startswith("    ")):
            if part and not in_list:
                yield _join(part)
                part = []
            part.append(line if in_list else line.lstrip())
            in_list = True
        elif in_list:
            part[-1] = f"{part[-1]} {line.strip()}"
        elif _HEADING.match(line):
            if part:
                yield _join(part)
                part = []
            yield line
        else:
            part.append(line.strip())
    if part:
        yield "\n".join(part) if in_list else _join(part)


def _join(lines: list[str]) -> str:
    """One paragraph of lines as they stand in a file."""
    *wrapped, last = lines
    text = ""
    for line in wrapped:
        if line.endswith("\\"):
            text += f"{_unescape(line[:-1].rstrip())}\n"
        else:
            text += f"{_unescape(line)} "
    return f"{text}{_unescape(last)}"


def _is_special(line: str) -> bool:
    if any(pattern.match(line) for pattern in (_BULLET, _HEADING, _RULE, FORM_LABEL)):
        return True
    lead = BOLD_LEAD.match(line)
    return lead is not None and is_label(lead[1])


def _escape(line: str) -> str:
    number = _NUMBER.match(line)
    if number:
        return f"{number[1]}\\{number[2]}{line[number.start(3) :]}"
    return f"\\{line}" if _is_special(line.lstrip("\\")) else line


def _unescape(line: str) -> str:
    number = _NUMBER.match(line)
    if number and number[2]:
        return f"{number[1]}{number[2][1:]}{line[number.start(3) :]}"
    if line.startswith("\\") and _is_special(line.lstrip("\\")):
        return line[1:]
    return line
