"""Whatever a text looks like, its import loses no word and invents none."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.errors import GuideFileError
from interview_app.guide_formats.importing import PASTED, import_guide
from interview_app.services.export.guide_json import guide_json

LINES = [
    "Why they ask:", "Why they ask", "Sample answer:", "Tip:", "How to answer", "STAR framework:",
    "Situation:", "- Task: x", "Action: y", "Result", "Approach:", "What is this?",
    "Tell me about it", "12. How so?", "Q7: Really?", "COMMON QUESTIONS", "Behavioral Questions",
    "Contents", "plain words here.", "“Quoted words”", "- item one", "- item two", "1. step",
    "2) step", "", "Conclusion", "Red flags: no", "What they want: this", "Key points:",
    "Follow-ups:", "Target length: soon", "A: yes", "S: s", "T: t", "A: a", "R: r", "Note: nb",
    "Question 5", "Example", "Tip – dash", "Why – x", "Answer", "I asked what they want to hear",
    "What they're really asking: Will you stay?", "How to prepare for the day", "Tailor things",
]  # fmt: skip
MARKDOWN = [
    *LINES, "# Head", "## Head two", "### What now?", "#### Sample answer", "**Tip:** x", "* star",
    "**Why they ask**", "> quote", "   indented", "---", "| a | b |", "**Situation**: z", "```",
    "1. **Bold?**", "**Mid** sentence **bold** here", "- **Tip:** nested", "  - deeper",
]  # fmt: skip
TAGS = ["p", "li", "h2", "h3", "h4", "strong", "b", "em", "div", "td", "blockquote", "dt", "dd"]


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.casefold()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("id", "language"):
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _check(source: str, visible: str) -> None:
    try:
        imported = import_guide(source)
    except GuideFileError:
        return
    guide = _words(" ".join(_strings(guide_json(imported.guide))))
    left_out = _words(" ".join(left.text for left in imported.left_out))
    assert not _words(visible) - guide - left_out
    assert not guide - _words(visible) - _words(f"questions {PASTED}")


@pytest.mark.parametrize("lines", [LINES, MARKDOWN], ids=["text", "markdown"])
@given(data=st.data())
def test_no_word_of_a_text_is_lost_or_invented(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=25)))
    _check(text, text)


@given(st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(LINES)), min_size=1, max_size=20))
def test_no_word_of_a_web_page_is_lost_or_invented(parts: list[tuple[str, str]]) -> None:
    body = "\n".join(f"<{tag}>{text}</{tag}>" for tag, text in parts)
    _check(f"<html><body>{body}</body></html>", " ".join(text for _, text in parts))


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ["question", "why", "answer", "tip", "odd", "star", "category", "steps"]
            ),
            st.sampled_from([line for line in LINES if line]),
            min_size=1,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_value_of_a_json_file_is_lost(entries: list[dict[str, str]]) -> None:
    text = json.dumps(entries)
    try:
        imported = import_guide(text)
    except GuideFileError:
        return
    guide = _words(" ".join(_strings(guide_json(imported.guide))))
    left_out = _words(" ".join(left.text for left in imported.left_out))
    assert not _words(" ".join(_strings(entries))) - guide - left_out
