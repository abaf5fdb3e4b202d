"""Importing under a taken id loses neither the old guide nor the way to its questions."""

from __future__ import annotations

from hypothesis import given

from interview_app.domain.guide import Guide, Question, Section, StarOutline
from interview_app.guide_formats.markdown_writer import tidy_guide
from interview_app.services.guides.merging import Clash, merge, resolve
from tests.unit.guide_strategies import guides

OLD = Guide(
    "nurse",
    "Nurse",
    (
        Section(
            "Common",
            (
                Question(
                    "why",
                    "Why did you become a nurse?",
                    sample_answer="Old.",
                    tip="Old tip.",
                    asked_as=("What drew you to nursing?",),
                    competencies=("motivation",),
                ),
                Question("shift", "How do you cope with night shifts?", star=StarOutline("s", "t")),
            ),
        ),
    ),
)
NEW = Guide(
    "nurse",
    "Nurse, new edition",
    (
        Section(
            "COMMON",
            (
                Question(
                    "a",
                    "Why did you become a nurse",
                    sample_answer="New.",
                    competencies=("integrity",),
                ),
                Question(
                    "b", "How do you cope with the night shifts?", star=StarOutline(result="r")
                ),
                Question("why", "What is triage?"),
            ),
            "An introduction.",
        ),
        Section("Technical", (Question("c", "Read this chart."),)),
    ),
)


def test_keeping_both_gives_the_new_one_another_id_and_title() -> None:
    kept = resolve(NEW, OLD, Clash.KEEP_BOTH, {"nurse", "nurse-2"})
    assert (kept.id, kept.title) == ("nurse-3", "Nurse, new edition (3)")
    assert kept.sections == NEW.sections


def test_replacing_keeps_the_ids_of_questions_that_are_still_there() -> None:
    kept = resolve(NEW, OLD, Clash.REPLACE, {"nurse"})
    assert (kept.id, kept.title) == ("nurse", "Nurse, new edition")
    assert [(q.id, q.prompt) for q in kept.questions] == [
        ("why", "Why did you become a nurse"),
        ("shift", "How do you cope with the night shifts?"),
        ("why-2", "What is triage?"),
        ("c", "Read this chart."),
    ]
    assert next(kept.questions).tip is None


def test_merging_takes_new_words_and_keeps_old_ones_where_there_are_no_new() -> None:
    merged = resolve(NEW, OLD, Clash.MERGE, {"nurse"})
    why, shift, triage, chart = merged.questions
    assert (why.id, why.sample_answer, why.tip) == ("why", "New.", "Old tip.")
    assert (why.asked_as, why.competencies) == (("What drew you to nursing?",), ("integrity",))
    assert (shift.id, shift.star) == ("shift", StarOutline("s", "t", None, "r"))
    assert (triage.id, chart.id) == ("why-2", "c")
    assert [section.title for section in merged.sections] == ["Common", "Technical"]
    assert merged.sections[0].introduction == "An introduction."


@given(guides, guides)
def test_merging_keeps_every_question_of_the_old_guide_under_its_id(old: Guide, new: Guide) -> None:
    old, new = tidy_guide(old), tidy_guide(new)
    merged = merge(old, new)
    ids = [question.id for question in merged.questions]
    assert len(ids) == len(set(ids))
    assert {question.id for question in old.questions} <= set(ids)
    assert {q.prompt for q in new.questions} <= {q.prompt for q in merged.questions}


@given(guides)
def test_merging_a_guide_with_itself_changes_nothing(guide: Guide) -> None:
    guide = tidy_guide(guide)
    merged = merge(guide, guide)
    assert [q.id for q in merged.questions] == [q.id for q in guide.questions]
