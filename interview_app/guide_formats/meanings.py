"""Labels of other publishers, matched by meaning whatever their wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interview_app.domain.question_fields import HOW_MEANINGS, QUESTION_FIELDS

_LABELS = [("how", HOW_MEANINGS), *((field.name, field.meanings) for field in QUESTION_FIELDS)]
_LABELS.sort(key=lambda label: label[0] == "sample_answer")  # the words for it are everyday ones
_COMPILED = tuple(
    (field, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)))
    for field, patterns in _LABELS
)
_REFUSED = re.compile(r"\b(?:bad|poor|weak|wrong|worst|avoid|mistakes?|don'ts?|not to)\b")
_STEPS = (
    ("situation", r"(?:s[ .:–—-]*\(?)?(?:the )?(?:situation|context|background|scenario)s?\)?"),
    ("task", r"(?:t[ .:–—-]*\(?)?(?:the |your )?(?:task|challenge|problem|goal|objective)s?\)?"),
    (
        "action",
        r"(?:a[ .:–—-]*\(?)?(?:the |your )?(?:action|activit(?:y|ie))s?(?: taken| you took"
        r"| steps)?\)?",
    ),
    ("result", r"(?:r[ .:–—-]*\(?)?(?:the |your |final )?(?:result|outcome|resolution)s?\)?"),
)
_STEP_PATTERNS = tuple(
    (step, re.compile(f"{pattern}(?: ?\\([a-z]\\))?$")) for step, pattern in _STEPS
)
_LETTERS = {"s": "situation", "t": "task", "a": "action", "r": "result"}
_QUESTION = re.compile(
    r"(?:interview |sample |main |the |example )*(?:question|prompt)(?: text)?"
    r"(?: (?:#|no\.?|number)? ?\d{1,3})?|interviewer"
)
_DECORATION = re.compile(r"^[\W_]+|[\W_]+$")
_NUMBERED_LABEL = re.compile(r"^(?:[ivx]{1,4}|\d{1,2}|[a-e])[.)]\s+(?=\w{2})")
_PARENTHESIS = re.compile(r"\s*[(\[][^)\]]{0,60}[)\]]\s*")
_SPLIT = re.compile(r"\s*(?::|：|\s[–—-]\s|[–—](?=\s)|\s-(?=\S)|--)\s*")
MAX_LABEL = 70
"""No label has more characters than this."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the beginning of a block: its field, its words, and the text behind it."""

    field: str
    words: str
    rest: str = ""


def is_label(text: str) -> bool:
    """Whether a text as a whole is a label of a question's field."""
    return field_of(text) is not None


@lru_cache(maxsize=4096)
def field_of(text: str) -> str | None:
    """The field a label stands for; ``how`` where it may mean answer or approach."""
    if len(text) > MAX_LABEL:
        return None
    words = plain_label(text)
    if not words or len(words.split()) > 10 or _REFUSED.search(words):
        return None
    return next((field for field, pattern in _COMPILED if pattern.fullmatch(words)), None)


@lru_cache(maxsize=4096)
def step_of(text: str, *, letters: bool = False) -> str | None:
    """The STAR step a label stands for; single letters count where ``letters`` says so."""
    if len(text) > MAX_LABEL:
        return None
    words = " ".join(_DECORATION.sub("", text.replace("*", "").casefold()).split())
    if letters and words in _LETTERS:
        return _LETTERS[words]
    candidates = (words, f"{words})")
    return next(
        (step for step, pattern in _STEP_PATTERNS for c in candidates if pattern.match(c)), None
    )


def is_refused(text: str) -> bool:
    """Whether a label names what no field stands for: mistakes, bad answers, what to avoid."""
    plain = plain_label(text)
    return len(plain.split()) <= 6 and (_REFUSED.search(plain) is not None or plain == "red flags")


def is_question_label(text: str) -> bool:
    """Whether a label says that a question follows."""
    return len(text) <= MAX_LABEL and _QUESTION.fullmatch(plain_label(text)) is not None


def plain_label(text: str) -> str:
    """A label in lower case without numbers, marks, parentheses or decoration."""
    plain = text.casefold().replace("’", "'").replace("_", " ").replace("*", "")
    plain = _PARENTHESIS.sub(" ", plain)
    plain = _DECORATION.sub("", plain)
    plain = _NUMBERED_LABEL.sub("", plain)
    return " ".join(plain.split())


def split_lead(text: str) -> tuple[str, str] | None:
    """What stands before and after the first colon or dash of a text, if it could be a label."""
    found = _SPLIT.search(text, 0, MAX_LABEL + 4)
    if found is None or found.start() == 0:
        return None
    return text[: found.start()], text[found.end() :]
