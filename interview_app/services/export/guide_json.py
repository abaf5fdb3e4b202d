"""A guide as the JSON object that the command line prints and exports hold."""

from __future__ import annotations

from typing import Any

from interview_app.domain.guide import Guide, Question, Section, StarOutline


def guide_json(guide: Guide) -> dict[str, Any]:
    """The guide with every key present; absent fields are ``None``."""
    return {
        "id": guide.id,
        "title": guide.title,
        "language": guide.language,
        "introduction": guide.introduction,
        "sections": [_section(section) for section in guide.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "introduction": section.introduction,
        "questions": [_question(question) for question in section.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "prompt": question.prompt,
        "why_they_ask": question.why_they_ask,
        "sample_answer": question.sample_answer,
        "star": _star(question.star),
        "approach": list(question.approach) or None,
        "tip": question.tip,
        "key_points": list(question.key_points) or None,
        "follow_ups": list(question.follow_ups) or None,
        "target_s": question.target_s,
        "notes": question.notes,
    }


def _star(star: StarOutline | None) -> dict[str, Any] | None:
    if star is None:
        return None
    return {
        "situation": star.situation,
        "task": star.task,
        "action": star.action,
        "result": star.result,
    }
