"""Guides of every kind for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from interview_app.domain.guide import Guide, Question, Section, StarOutline
from interview_app.domain.text.slugs import slug

_FRAGMENTS = st.sampled_from(
    [
        "# ", "## ", "### x", "- ", "* ", "1. ", "12) ", "\\", "\\\\", "---", "- - -", "> ",
        "**Sample answer:** ", "**tip:**", "**STAR**: ", "Situation: ", "{#id}", "word", "a b",
        "\n", "\n\n", "  ", "\t", "“quoted”", "é", "日本", "```", "*", "_", "|", "<b>", "&amp;",
        "\u00a0", "\u2028", "\r\n", "\x00", "\\# ", "1\\. ", "?", ":", "\ufeff", "#", "- a\n- b",
    ]
)  # fmt: skip
texts = st.one_of(st.none(), st.text(max_size=60), st.lists(_FRAGMENTS, max_size=12).map("".join))
_lines = st.one_of(st.text(max_size=30), st.lists(_FRAGMENTS, max_size=5).map("".join))
_items = st.lists(texts.map(lambda text: text or ""), max_size=3).map(tuple)
_ids = st.text(max_size=12).map(lambda text: slug(text, "question"))
_stars = st.one_of(st.none(), st.builds(StarOutline, texts, texts, texts, texts))
_questions = st.builds(
    Question,
    id=_ids,
    prompt=_lines,
    why_they_ask=texts,
    sample_answer=texts,
    star=_stars,
    approach=_items,
    tip=texts,
    key_points=_items,
    follow_ups=_items,
    asked_as=_items,
    competencies=_items,
    target_s=st.one_of(st.none(), st.integers(1, 3600)),
    notes=texts,
)
_sections = st.builds(
    Section, title=_lines, questions=st.lists(_questions, max_size=3).map(tuple), introduction=texts
)
guides = st.builds(
    Guide,
    id=_ids,
    title=_lines,
    sections=st.lists(_sections, min_size=1, max_size=3).map(tuple),
    introduction=texts,
    language=st.sampled_from(["en", "de", "no", "pt-BR"]),
)
