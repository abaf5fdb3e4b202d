"""Bytes of an unknown file as text, or a sentence that says why not."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from interview_app.domain.errors import GuideFileError

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: no guide is as long as that."""

_BINARIES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "Open it, copy its text, and import that."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as .docx and import that."),
    (b"{\\rtf", "a Rich Text file", "Save it as .docx or plain text and import that."),
    (b"\x89PNG", "a picture", "Import a text, web page, Word document or table."),
    (b"\xff\xd8\xff", "a picture", "Import a text, web page, Word document or table."),
    (b"GIF8", "a picture", "Import a text, web page, Word document or table."),
    (b"OggS", "a sound file", "Import a text, web page, Word document or table."),
    (b"fLaC", "a sound file", "Import a text, web page, Word document or table."),
    (b"\x7fELF", "a program", "Import a text, web page, Word document or table."),
    (b"MZ\x90\x00", "a program", "Import a text, web page, Word document or table."),
    (b"SQLite format 3", "a database", "Import a text, web page, Word document or table."),
    (b"\x1f\x8b", "a compressed file", "Unpack it and import what is inside."),
    (b"Rar!", "a compressed file", "Unpack it and import what is inside."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it and import what is inside."),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Format(StrEnum):
    """What a text is written in."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    TABLE = "table"


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32, the charset a web page names, or Windows-1252.

    Raises:
        GuideFileError: the file is empty, too large or no text.
    """
    refuse_binary(data, name)
    text = _decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \n\t\u00a0"):
        raise GuideFileError(f"{name}, line 1: the file is empty.", remedy="Choose another file.")
    sample = text[:20_000]
    if len(_CONTROLS.findall(sample)) > len(sample) / 200:
        raise _no_text(name)
    return text.lstrip("\ufeff")


def plain_spaces(text: str) -> str:
    """The text with ordinary spaces where web pages put unbreakable or invisible ones."""
    return text.translate(
        {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x200B: None, 0xAD: None, 0xFEFF: None}
    )


def refuse_binary(data: bytes, name: str) -> None:
    """Return if a file may be a guide.

    Raises:
        GuideFileError: it is too large, or of a kind that holds no text.
    """
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise GuideFileError(
            f"{name} has {size:.0f} MB, more than a guide can have ({MAX_BYTES // 1024**2} MB).",
            remedy="Import a part of it.",
        )
    for magic, kind, remedy in _BINARIES:
        if data.startswith(magic):
            raise GuideFileError(f"{name}, line 1: this is {kind}, not a guide.", remedy=remedy)


def format_of(text: str, suffix: str) -> Format:
    """What a text is written in, by what it holds first and by the end of its name second."""
    start = text.lstrip()[:2000].casefold()
    if start.startswith(("<!doctype html", "<html")) or suffix in (".html", ".htm", ".xhtml"):
        return Format.HTML
    if suffix == ".json" or (start.startswith(("{", "[")) and text.rstrip().endswith(("}", "]"))):
        return Format.JSON
    if suffix in (".csv", ".tsv", ".tab"):
        return Format.TABLE
    if suffix in (".md", ".markdown", ".mdown", ".mkd"):
        return Format.MARKDOWN
    if start.startswith("<") and re.search(
        r"<(?:p|div|h[1-6]|ul|ol|table|article|body|section)\b", start
    ):
        return Format.HTML
    return _format_of_lines(text)


def _format_of_lines(text: str) -> Format:
    lines = [line for line in text.splitlines()[:4000] if line.strip()]
    tabbed = sum(1 for line in lines if line.count("\t") >= 1 and not line.startswith("\t"))
    if len(lines) >= 2 and tabbed >= 0.8 * len(lines):
        return Format.TABLE
    headings = sum(1 for line in lines if re.match(r"#{1,6} \S", line))
    bold = sum(1 for line in lines if re.match(r"\s*(?:[-*+] )?(?:\*\*|__)\S", line))
    if headings >= 2 or bold >= 2 or (lines and lines[0].rstrip() == "---"):
        return Format.MARKDOWN
    return Format.TEXT


def _decoded(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(
                data.removeprefix(bom) if encoding == "utf-8" else data, encoding, name
            )
    if guessed := _wide(data):
        return _strictly(data, guessed, name)
    if b"\x00" in data[:100_000]:
        raise _no_text(name)
    named = _CHARSET.search(data[:4000])
    for encoding in ("utf-8", named[1].decode("ascii") if named else "", "cp1252"):
        try:
            return data.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every second byte of western text is zero."""
    sample = data[:2000]
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    if sample[1::2].count(0) > 0.7 * pairs:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.7 * pairs else ""


def _no_text(name: str) -> GuideFileError:
    return GuideFileError(
        f"{name}, line 1: this is not a text that can be read.",
        remedy="Import a text, web page, Word document or table.",
    )
