"""How well a follow-up bound to the sample answer is told from one that fits any story.

``fixtures/follow_ups.json`` holds the hundred follow-ups of the first two guides as they once were,
labelled by hand before the rule was written: what only the sample answer has is named or
presupposed. The rule was chosen on the first guide; the second is its proof. One look was taken at
its mistakes there (rare words of the sample answer proved nothing and went, at no cost on the first
guide), so expect a little less on guides to come: of the first 60 unseen ones, nearly all general,
it told 7 at first, 5 of them for words like "would", which it has left alone since.
"""

from __future__ import annotations

import json
from pathlib import Path

from interview_app.domain.guide import Question
from interview_app.services.guides.follow_ups import reasons_bound
from tests.benchmarks.table import Row, row

LABELLED = Path(__file__).resolve().parents[1] / "fixtures" / "follow_ups.json"
CHOSEN_ON, PROVEN_ON = "digital-product-owner", "it-product-manager"


def measure() -> list[Row]:
    """Precision and recall on each half."""
    rows = []
    for guide, use in ((CHOSEN_ON, "chosen on"), (PROVEN_ON, "proven on")):
        told, bound, both = _counts(guide)
        name = f"{guide} ({use})"
        rows.append(row(f"bound follow-ups, {name}: precision", both / told, "", note=f"of {told}"))
        rows.append(row(f"bound follow-ups, {name}: recall", both / bound, "", note=f"of {bound}"))
    return rows


def _counts(guide: str) -> tuple[int, int, int]:
    """How many follow-ups the rule tells, how many are bound, and how many are both."""
    told = bound = both = 0
    for entry in json.loads(LABELLED.read_text(encoding="utf-8")):
        if entry["guide"] != guide:
            continue
        question = Question(
            entry["id"],
            entry["prompt"],
            sample_answer=entry["sample_answer"],
            key_points=tuple(entry["key_points"]),
        )
        for follow_up in entry["follow_ups"]:
            is_told = any(reasons_bound(follow_up["text"], question))
            told += is_told
            bound += follow_up["bound"] is not None
            both += is_told and follow_up["bound"] is not None
    return told, bound, both
