"""What questions of an import lack, and whether the last one was cut off."""

from __future__ import annotations

from collections import Counter

from interview_app.domain.guide import Question
from interview_app.guide_formats.drafts import QuestionDraft
from interview_app.guide_formats.labels import FORM_LABELS
from interview_app.services.guides.source import GuideWarning

_NAMES = {**FORM_LABELS, "star": "STAR outline"}
USUAL = 1 / 3
"""A field that at least so many of the other questions have is missed where it is not there."""


def missing(
    drafts: list[QuestionDraft], questions: list[Question], *, may_be_cut: bool
) -> list[GuideWarning]:
    """A warning for each question that lacks what others have, and for a last one cut off."""
    if not any(draft.filled() - {"unplaced", "notes"} for draft in drafts):
        if any(question.sample_answer for question in questions):
            return []
        return [GuideWarning(drafts[0].line, "No answers were found; the questions are kept.")]
    fields = ("why_they_ask", "sample_answer", "tip")
    counts = {name: sum(1 for q in questions if getattr(q, name)) for name in fields}
    least = max(1.0, USUAL * (len(questions) - 1))
    usual_last = Counter(next(reversed(draft.fields), "") for draft in drafts[:-1])
    warnings = []
    for draft, question in zip(drafts, questions, strict=True):
        lacking = [
            name
            for name in fields
            if not getattr(question, name)
            and counts[name] >= least
            and not (name == "sample_answer" and _is_told(question))
        ]
        is_last = may_be_cut and draft is drafts[-1]
        ends = {name for name, count in usual_last.items() if count >= least}
        is_cut = is_last and _is_cut(draft, question, ends, questions)
        if lacking or is_cut:
            warnings.append(GuideWarning(draft.line, _lacking_message(lacking, is_cut=is_cut)))
    return warnings


def _lacking_message(lacking: list[str], *, is_cut: bool) -> str:
    names = " and no ".join(_NAMES[name].lower() for name in lacking)
    what = f"it has no {names}" if names else "its last text ends in mid-sentence"
    if is_cut:
        return f"The last question seems to be cut off: {what}. What is there is kept."
    return f"The question is kept, but {what}."


def _is_told(question: Question) -> bool:
    """Whether a whole STAR outline stands for the answer."""
    star = question.star
    return star is not None and all((star.situation, star.task, star.action, star.result))


def _ends(text: str | None) -> bool:
    return (text or "").rstrip(" ”\"’')*_").endswith((".", "!", "?", "…"))


def _is_cut(
    draft: QuestionDraft, question: Question, usual_last: set[str], questions: list[Question]
) -> bool:
    """Whether the last question stops before its end: mid-sentence, or before the usual end."""
    if not draft.current:
        return False
    chunks = draft.fields.get(draft.current, [])
    if not any(chunk.text for chunk in chunks):
        return True
    last = chunks[-1].text.rstrip()
    is_text = draft.current in ("why_they_ask", "sample_answer", "tip") and not chunks[-1].marker
    if is_text and len(last.split()) >= 4 and last[-1].isalpha():
        # Some people end no sentence with a full stop.
        others = [getattr(one, draft.current) for one in questions if one is not question]
        whole = sum(1 for text in others if _ends(text))
        return not others or whole >= USUAL * len([text for text in others if text])
    if draft.current == "star" and _is_told(question):
        return False
    return bool(usual_last) and not usual_last & draft.filled()
