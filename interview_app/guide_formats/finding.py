"""Finds the label at the beginning of a block."""

from __future__ import annotations

from interview_app.guide_formats.blocks import Block
from interview_app.guide_formats.fields import read_seconds
from interview_app.guide_formats.meanings import Label, field_of, is_question_label, split_lead

_GENERIC = {
    "a",
    "s",
    "goal",
    "goals",
    "purpose",
    "point",
    "reason",
    "steps",
    "step",
    "notes",
    "note",
}
_TIMES = {"time", "timing", "answer in", "aim for"}
"""Labels of the target length, where a length follows."""
MAX_BARE_WORDS = 6
"""A label that stands alone on its line, neither bold nor with a colon, has no more words."""


def find_label(block: Block) -> Label | None:
    """The label a block begins with, or is."""
    if block.head and (label := _head_label(block)):
        return label
    if is_question_label(block.text.rstrip(":")) and (
        block.is_heading or block.text.endswith(":") or block.text[-1].isdigit()
    ):
        return Label("question", block.text)
    if _may_be_whole_label(block) and (field := field_of(block.text)):
        return Label(field, block.text)
    lead = split_lead(block.text)
    if lead is None:
        return None
    words, rest = lead
    field = _lead_field(words, rest)
    if field is None or _is_doubtful(block, words):
        return None
    return Label(field, block.text[: len(block.text) - len(rest)], rest)


def _lead_field(words: str, rest: str) -> str | None:
    plain = words.strip("* ").casefold()
    if plain in _TIMES and read_seconds(rest):
        return "target_s"
    return "question" if is_question_label(words) or plain == "q" else field_of(words)


def _head_label(block: Block) -> Label | None:
    head = block.head.strip()
    rest = block.rest.lstrip(" :：–—-.")
    has_sign = head.endswith((":", "：", ".", "?")) or rest != block.rest.lstrip() or not rest
    field = "question" if is_question_label(head) else field_of(head)
    if field is None or not (has_sign or len(head.split()) >= 2):
        return None
    if head.casefold() in _GENERIC and not has_sign:
        return None
    return Label(field, head, rest)


def _may_be_whole_label(block: Block) -> bool:
    text = block.text.rstrip()
    lead = split_lead(text)
    if lead is not None and lead[1]:
        return False
    if text.endswith(":") or block.is_heading or block.is_bold:
        return True
    is_short = len(text.split()) <= MAX_BARE_WORDS and text.casefold() not in _GENERIC
    return is_short and not block.is_item and not text.endswith(".")


def _is_doubtful(block: Block, words: str) -> bool:
    """Whether a lead that is a label elsewhere is more likely a word of this text."""
    plain = words.casefold().strip()
    if plain in ("a", "s"):
        return not block.text[len(words) :].lstrip().startswith(":")
    if block.is_item:
        return plain in _GENERIC or (len(plain.split()) < 2 and plain not in ("answer", "tip"))
    has_colon = block.text[len(words) :].lstrip().startswith((":", "："))
    return not has_colon and plain in _GENERIC
