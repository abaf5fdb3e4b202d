"""What an import understood is corrected in the preview, before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from interview_app.domain.guide import Guide
from interview_app.gui.guides.import_preview import ImportPreview
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.models.remark_list import RemarkList
from interview_app.gui.theme import Theme
from interview_app.services.guides.source import GuideWarning, LeftOut
from tests.fakes import GUIDE
from tests.gui.guides_world import GuidesWorld, build_guides, wait
from tests.gui.keys import press
from tests.gui.naming import nameless

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PAGE = """Data Analyst Interview Questions

Common questions

How do you check a figure that looks wrong?
Why they ask: They want care.
Sample answer: I follow one row by hand from the source to the report.
Tip: Name your own report.

Which chart would you choose for shares of a whole?
Why they ask: They want taste.
Sample answer: A bar, sorted.

Behavioral questions

Tell me about a report nobody read.
Most asked by managers of small teams.
Why they ask: They want honesty.
STAR framework:
Situation: A weekly mail.
Task: Keep it useful.
Action: I asked the readers.
Result: We stopped it.
Tip: Say what you learned.
"""


@pytest.fixture
def world(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[GuidesWorld]:
    world = build_guides(theme, tmp_path, (GUIDE,))
    world.page.resize(1100, 700)
    qtbot.addWidget(world.page)
    world.page.show()
    world.page.activateWindow()
    wait(qtbot, lambda: world.page.views.is_ready)
    yield world
    world.close()


@pytest.fixture
def preview(qtbot: QtBot, world: GuidesWorld) -> ImportPreview:
    """The preview of the page, its tree with the focus."""
    views = world.page.views
    views.bring_in(PAGE)
    wait(qtbot, lambda: views.importing.is_previewing)
    views.importing.preview.tree.setFocus()
    return views.importing.preview


def choose(preview: ImportPreview, prompt: str) -> None:
    """Have the question of that beginning in front."""
    guide = preview.guide
    assert guide is not None
    question = next(q for q in guide.questions if q.prompt.startswith(prompt))
    place = GuideLocation(guide.id, question_id=question.id)
    preview.tree.choose(preview.guides.index_of(place))


def prompts(preview: ImportPreview) -> list[list[str]]:
    """The first words of the questions, section by section."""
    guide = preview.guide
    assert guide is not None
    return [[q.prompt.split()[0] for q in section.questions] for section in guide.sections]


def keep(qtbot: QtBot, world: GuidesWorld) -> Guide:
    """Keep the guide; as the library has it."""
    press(world.page, Key.Key_Return, CTRL)
    wait(qtbot, lambda: len(world.library.all()) == 2)
    return next(guide for guide in world.library.all() if guide.id != GUIDE.id)


def test_every_field_is_corrected_and_kept(
    qtbot: QtBot, world: GuidesWorld, preview: ImportPreview
) -> None:
    choose(preview, "Tell me")
    fields = preview.form.fields
    assert fields["task"].toPlainText() == "Keep it useful."
    for name in ("why_they_ask", "sample_answer", "tip", "situation", "task", "action", "result"):
        fields[name].setPlainText(f"my {name}")
    fields["approach"].setPlainText("first\nthen")
    preview.form.target.setValue(90)
    fields["prompt"].setPlainText("Tell me about a mail nobody read.")
    choose(preview, "Which")
    question = list(keep(qtbot, world).questions)[2]
    assert question.prompt == "Tell me about a mail nobody read."
    assert (question.why_they_ask, question.tip) == ("my why_they_ask", "my tip")
    assert question.sample_answer == "my sample_answer"
    assert question.star is not None
    assert (question.star.situation, question.star.result) == ("my situation", "my result")
    assert question.approach == ("first", "then")
    assert question.target_s == 90


def test_what_was_just_written_is_kept_without_leaving_its_field(
    qtbot: QtBot, world: GuidesWorld, preview: ImportPreview
) -> None:
    choose(preview, "How")
    preview.form.fields["tip"].setPlainText("Name two reports.")
    assert next(iter(keep(qtbot, world).questions)).tip == "Name two reports."


def test_titles_and_introductions_are_corrected_in_the_fields(
    qtbot: QtBot, world: GuidesWorld, preview: ImportPreview
) -> None:
    guide = preview.guide
    assert guide is not None
    preview.form.fields["prompt"].setPlainText("Data Analyst")
    preview.form.fields["introduction"].setPlainText("Bring examples.")
    preview.tree.choose(preview.guides.index_of(GuideLocation(guide.id, 1)))
    preview.form.fields["prompt"].setPlainText("About you")
    kept = keep(qtbot, world)
    assert (kept.title, kept.introduction) == ("Data Analyst", "Bring examples.")
    assert [section.title for section in kept.sections] == ["Common questions", "About you"]


def test_a_question_moves_by_key_and_by_menu(preview: ImportPreview) -> None:
    choose(preview, "Which")
    press(preview, Key.Key_Down, ALT)
    assert prompts(preview) == [["How"], ["Which", "Tell"]]
    choose(preview, "How")
    preview.move_menu.aboutToShow.emit()
    preview.move_menu.actions()[1].trigger()
    assert prompts(preview) == [[], ["Which", "Tell", "How"]]
    assert preview.form.line.startswith("How"), "what was moved stays in front"


def test_what_was_dropped_comes_back(world: GuidesWorld, preview: ImportPreview) -> None:
    choose(preview, "Which")
    preview.tree.setFocus()
    press(preview, Key.Key_Delete)
    assert prompts(preview) == [["How"], ["Tell"]]
    assert preview.facts.text().startswith("2 questions")
    notice = world.page.views.importing.notice
    assert "dropped" in notice.text()
    notice.button.click()
    assert prompts(preview) == [["How", "Which"], ["Tell"]]
    assert preview.form.line.startswith("Which")


def test_what_was_taken_back_is_not_said_to_be_dropped_any_more(
    world: GuidesWorld, preview: ImportPreview
) -> None:
    importing = world.page.views.importing
    choose(preview, "Which")
    preview.tree.setFocus()
    press(preview, Key.Key_Delete)
    assert importing.notice.isVisible()

    press(preview, Key.Key_Z, CTRL)

    assert prompts(preview) == [["How", "Which"], ["Tell"]]
    assert not importing.notice.isVisible()
    assert world.page.before_closing() == "", "nothing differs from what was read"


def test_what_was_dropped_is_not_said_on_the_step_before(
    world: GuidesWorld, preview: ImportPreview
) -> None:
    importing = world.page.views.importing
    choose(preview, "Which")
    preview.tree.setFocus()
    press(preview, Key.Key_Delete)
    press(preview, Key.Key_Escape)

    assert importing.pasted.isVisible()
    assert not importing.notice.isVisible()


def test_corrections_are_taken_back_one_by_one(preview: ImportPreview) -> None:
    choose(preview, "How")
    preview.form.fields["tip"].setPlainText("other")
    choose(preview, "Which")
    preview.undo_button.click()
    guide = preview.guide
    assert guide is not None
    assert next(iter(guide.questions)).tip == "Name your own report."
    assert not preview.undo_button.isEnabled()


def test_a_remark_shows_its_question_with_the_words_of_its_line_selected(
    preview: ImportPreview,
) -> None:
    model = preview.remarks.model()
    said = [model.index(n, 0).data() for n in range(model.rowCount())]
    number = next(n for n, text in enumerate(said) if "small teams" in text)
    preview.remarks.setFocus()
    preview.remarks.setCurrentIndex(model.index(number, 0))
    press(preview, Key.Key_Return)
    assert preview.form.line.startswith("Tell me")
    notes = preview.form.fields["notes"]
    assert notes.isVisible()
    assert notes.textCursor().selectedText() == "Most asked by managers of small teams."


def test_closing_asks_while_corrections_are_not_kept(
    world: GuidesWorld, preview: ImportPreview
) -> None:
    assert world.page.before_closing() == ""
    choose(preview, "How")
    preview.form.fields["tip"].setPlainText("other")
    assert "not saved" in world.page.before_closing()


def test_every_control_of_the_preview_can_be_named(preview: ImportPreview) -> None:
    choose(preview, "Tell")
    assert nameless(preview) == []


def test_the_remarks_keep_the_promises_of_a_model(qtbot: QtBot) -> None:
    model = RemarkList()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.show_remarks([GuideWarning(3, "odd"), LeftOut(4, "Menu", "page furniture")], {3: "x  y"})
    assert [model.index(n, 0).data() for n in range(2)] == [
        "Line 3 · odd\nx y",
        "Line 4 · page furniture: Menu",
    ]
    assert tester.model() is model
