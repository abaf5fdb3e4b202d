"""What makes a line look like a question, a section's title or the title of a guide."""

from __future__ import annotations

import re

MAX_PROMPT = 320
"""A longer text is no prompt, whatever it begins with."""

MAX_TITLE = 120
"""A longer line is no title of a section."""

_NUMBER = re.compile(
    r"(?:(?:interview )?question\s*#?\s*\d{1,3}|q\s*#?\s*\d{1,3}|#\s?\d{1,3}"
    r"|\(?\d{1,3}(?=\s*[.):]))"
    r"\s*[.):–—-]*\s*(?=\S)",
    re.IGNORECASE,
)
_Q = re.compile(r"q(?:uestion)?\s*[:.)–—-]\s*(?=\S)", re.IGNORECASE)
_OPENERS = re.compile(
    r"(?:please |can you |could you |would you |so,? |ok(?:ay)?,? |now,? |let's |first,? )?"
    r"(?:tell (?:me|us)|describe|walk (?:me|us)|explain|give (?:me|us|an)|talk (?:me |us "
    r")?(?:about|through)|share"
    r"|imagine|suppose|discuss|compare|define|design|introduce yourself|sell me|name (?:a"
    r"|one|two|three|some)|list"
    r"|outline|show (?:me|us)|take (?:me|us)|pitch|estimate|recall|think of|think about a "
    r"time|say (?:you|a|we)"
    r"|how (?:would|do|did|have|can|could|should|are|is|will|many|much|often|long)"
    r"|what(?:'s| is| are| was| were"
    r"| do| does| did| would| will| makes| has| have| kind| type| sort| steps| tools)|why "
    r"(?:do|did|are|is|should|would|have|this|us)"
    r"|which|who|when (?:would|did|do|have)|where|have you|are you|do you|did you|is there"
    r"|would you|could you|can you"
    r"|if (?:you|we|i|a|your|the)|you(?:'ve| have| are| find| notice| discover|'re)\b)",
    re.IGNORECASE,
)
_SECTION_WORD = re.compile(
    r"\b(?:questions?|section|part|chapter|category|round|stage|theme|topic)\b", re.IGNORECASE
)
_KIND_WORD = re.compile(
    r"\b(?:common|general|behaviou?ral|technical|situational|competenc\w+|leadership"
    r"|culture|role[- ]specific|introduct\w+"
    r"|star|scenario\w*|closing|opening|warm[- ]?up|basic|advanced|experience|hypothetical"
    r"|case|strategy|personal)\b",
    re.IGNORECASE,
)
_SECTION_NUMBER = re.compile(
    r"(?:(?:section|part|chapter|category)\s+(?:\d{1,2}|[ivx]{1,5}|[a-h])"
    r"|[ivx]{1,5}(?=[.)])|\d{1,2}(?=[.)])|[a-h](?=[.)]))"
    r"\s*[.):–—-]*\s+(?=\S)",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents|(?:in|on) this (?:article|page|guide|post)|jump to(?: "
    r".{0,30})?|what's (?:inside|in this .{1,20})"
    r"|quick links|overview of questions|index|page contents|skip to(?: .{0,20})?",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"[\s.·…]{2,}\d{1,4}$|\s+\d{1,4}$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_QUOTES = "\"'“”‘’«»„"


def is_numbered(text: str) -> bool:
    """Whether a text begins as ``12.``, ``7)``, ``Q7:`` or ``Question 7``."""
    return _NUMBER.match(text) is not None or _Q.match(text) is not None


def split_number(text: str) -> tuple[str, str]:
    """The number a text begins with, as it is written, and the text behind it."""
    found = _NUMBER.match(text) or _Q.match(text)
    return (text[: found.end()], text[found.end() :]) if found else ("", text)


def ends_as_question(text: str) -> bool:
    """Whether a text ends with a question mark, perhaps in quotes or with a remark in brackets."""
    text = re.sub(r"\s*[(\[][^)\]]*[)\]]\s*[.]?$", "", text)
    return text.rstrip(f" *_{_QUOTES}").endswith(("?", "？", "؟"))


def looks_like_prompt(text: str) -> bool:
    """Whether a text is what an interviewer would say: a question, or a request to tell."""
    text = split_number(text.strip("*_ "))[1].lstrip(f"{_QUOTES} *_")
    if not text or len(text) > MAX_PROMPT:
        return False
    if ends_as_question(text):
        return True
    return _OPENERS.match(text) is not None and not text.rstrip(" *_").endswith((":", ",", ";"))


def looks_like_section(text: str) -> bool:
    """Whether a line standing alone reads as the title of a part: short, and no sentence."""
    plain = text.strip("*_ ")
    if not plain or len(plain) > MAX_TITLE or len(plain.split()) > 14:
        return False
    if plain.startswith(tuple(_QUOTES)) or plain.endswith((".", "?", "!", ",", ";", "”", '"', "…")):
        return False
    if plain.endswith(":"):
        return not plain[:1].islower() and names_section(plain)
    return plain[:1].isupper() or plain[:1].isdigit()


def names_section(text: str) -> bool:
    """Whether a short text says itself that questions of a kind follow."""
    plain = text.strip("*_ :")
    if len(plain) > MAX_TITLE or ends_as_question(plain) or plain.endswith("."):
        return False
    words = plain.split()
    if _SECTION_WORD.search(plain) and len(words) <= 14 and not _starts_request(plain):
        return True
    return len(words) <= 5 and _KIND_WORD.search(plain) is not None and not _starts_request(plain)


def is_shouted(text: str) -> bool:
    """Whether a text is written in capitals only."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 4 and all(sign.isupper() for sign in letters)


def split_section_number(text: str) -> tuple[str, str]:
    """The number a section's title begins with, as ``Part 2:``, and the title behind it."""
    found = _SECTION_NUMBER.match(text)
    return (text[: found.end()], text[found.end() :]) if found else ("", text)


def is_contents_title(text: str) -> bool:
    """Whether a line announces a table of contents."""
    return _CONTENTS.fullmatch(text.replace("’", "'").strip(" :*_")) is not None


def entry_key(text: str) -> str:
    """What an entry of a table of contents and the heading it names have in common."""
    plain = _LINK.sub(r"\1", text.strip("*_ "))
    plain = _PAGE_NUMBER.sub("", split_number(plain)[1])
    plain = split_section_number(plain)[1]
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def unquoted(text: str) -> str:
    """The text without the quotation marks that enclose it as a whole; those inside stay."""
    stripped = text.strip()
    for opening, closing in (
        ("“", "”"),
        ('"', '"'),
        ("«", "»"),
        ("„", "“"),
        ("‘", "’"),
        ("'", "'"),
    ):
        if stripped.startswith(opening) and _encloses(stripped, opening, closing):
            inner = stripped[1:]
            if inner.endswith(closing):
                return _inner_paragraphs(inner[:-1], opening).strip()
            if closing not in inner:
                return _inner_paragraphs(inner, opening).strip()
    return stripped


def _encloses(text: str, opening: str, closing: str) -> bool:
    inner = text[1:]
    if closing in "’'" and not inner.endswith(closing):
        return False
    if closing not in inner:
        return True
    if not inner.endswith(closing):
        return False
    if opening == closing:
        return _encloses_straight(inner[:-1], closing)
    return _encloses_curly(inner[:-1], opening, closing)


def _encloses_curly(inner: str, opening: str, closing: str) -> bool:
    depth = 1
    for index, sign in enumerate(inner):
        starts_paragraph = inner[:index].endswith("\n") or index == 0
        if sign == opening and not starts_paragraph:
            depth += 1
        elif sign == closing and not _is_apostrophe(inner, index):
            depth -= 1
            if depth <= 0 and "\n" not in inner[index : index + 2]:
                return False
            depth = max(depth, 1)
    return True


def _encloses_straight(inner: str, mark: str) -> bool:
    """Whether the first mark inside opens again, so that the one before it is still open."""
    for index, sign in enumerate(inner):
        if sign == mark and not _is_apostrophe(inner, index):
            return index == 0 or inner[index - 1].isspace() or inner[index - 1] in "([—–"
    return True


def _is_apostrophe(text: str, index: int) -> bool:
    inside = 0 < index < len(text) - 1
    return (
        text[index] in "’'" and inside and text[index - 1].isalnum() and text[index + 1].isalnum()
    )


def _inner_paragraphs(inner: str, opening: str) -> str:
    """Paragraphs of one quotation without the mark that opens each of them again."""
    return re.sub(rf"(\n\s*){re.escape(opening)}", r"\1", inner) if "\n" in inner else inner


def _starts_request(text: str) -> bool:
    return _OPENERS.match(split_section_number(split_number(text)[1])[1]) is not None
