"""The labels of a guide file: which words stand for which field of a question."""

from __future__ import annotations

import re

from interview_app.domain.question_fields import QUESTION_FIELDS, STAR_STEPS

FORM_LABELS = {field.name: field.label for field in QUESTION_FIELDS}
"""Field of a question to its label in the project's own form, in the order they are written."""

_names = "|".join(re.escape(label) for label in FORM_LABELS.values())
FORM_LABEL = re.compile(rf"\*\*({_names})[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*:)[ \t]*", re.IGNORECASE)
"""A label at the beginning of a line: ``**Sample answer:**``, also ``**Sample answer**:``."""

BOLD_LEAD = re.compile(r"\*\*([^*:]{2,70}?)[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*:)")
"""Bold words with a colon at the beginning of a line: a label of some publisher, or no label."""

FORM_STEP = re.compile(
    rf"(\*\*)?({'|'.join(STAR_STEPS)})[ \t]*(?(1)(?::[ \t]*\*\*|\*\*[ \t]*:)|:)[ \t]*",
    re.IGNORECASE,
)
"""A step of a STAR outline at the beginning of an item, bold or not; group 2 names it."""

_FIELD_OF = {label.casefold(): field for field, label in FORM_LABELS.items()}


def form_field(label: str) -> str:
    """The field a label of the project's own form stands for."""
    return _FIELD_OF[label.casefold()]
