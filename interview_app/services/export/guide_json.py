"""A guide as the JSON object that the command line prints and exports hold."""

from __future__ import annotations

from typing import Any

from interview_app.domain.guide import Guide, Section
from interview_app.domain.question_fields import plain_values


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
        "questions": [
            {"id": question.id, "prompt": question.prompt, **plain_values(question)}
            for question in section.questions
        ],
    }
