"""The window says that a model makes no transcripts here, and one press has another do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import RecognizerUnavailable
from interview_app.domain.session import TranscriptionStatus
from interview_app.gui.sessions.page import SessionsPage
from interview_app.gui.theme import Theme
from interview_app.gui.window.lazy_page import LazyPage
from interview_app.gui.window.main_window import MainWindow, WindowPage
from interview_app.gui.window.model_warnings import ModelWarnings
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.recognition.model_failures import ModelFailures
from tests.gui.conftest import World
from tests.gui.rehearsing import answer, begin

MODELS = (
    ModelInfo("tiny.en", True, 78_000_000, "en"),
    ModelInfo("base", True, 148_000_000, "many"),
)
CRASH = RecognizerUnavailable("The recognizer stopped in the middle of its work.")


@dataclass
class Helped:
    window: MainWindow
    world: World
    models: list[ModelInfo]
    trouble: ModelFailures


@pytest.fixture
def helped(qtbot: QtBot, theme: Theme, world: World) -> Iterator[Helped]:
    """The Rehearse page in a window that helps with models."""
    page = WindowPage("rehearse", "Rehearse", "microphone", world.page, world.page.keys)
    window = MainWindow(theme, [page, WindowPage("settings", "Settings", "gear", QWidget())], None)
    qtbot.addWidget(window)
    window.resize(1100, 760)
    models = list(MODELS)
    listed: Callable[[], Sequence[ModelInfo]] = lambda: models  # noqa: E731
    trouble = ModelFailures(listed, world.dispatcher.post)
    sessions: LazyPage[SessionsPage] = LazyPage(lambda: pytest.fail("nobody asked for it"))
    qtbot.addWidget(sessions)
    help_ = ModelWarnings(trouble, world.preferences, window, world.page, sessions)
    window.show()
    window.activateWindow()
    yield Helped(window, world, models, trouble)
    help_.close()


def test_one_press_uses_the_smaller_model_and_makes_up_for_what_is_missing(
    helped: Helped, qtbot: QtBot
) -> None:
    world, notice = helped.world, helped.window.notice
    world.transcriber.problem = "The recognizer stopped in the middle of its work."
    begin(qtbot, world)
    answer(qtbot, world)
    runner = world.page.runner
    assert runner is not None

    def status() -> TranscriptionStatus:
        return runner.state.session.takes[0].transcription

    qtbot.waitUntil(lambda: status() is TranscriptionStatus.FAILED)
    helped.trouble.note("base", "en", CRASH)
    qtbot.waitUntil(notice.isVisible)
    assert "base made no transcript: The recognizer stopped" in notice.text()
    assert "Your recording is kept." in notice.text()
    assert notice.button.text() == "Use tiny.en instead"
    world.transcriber.problem = ""
    QTest.keyClick(notice.button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: status() is TranscriptionStatus.DONE)
    take = runner.state.session.takes[0]
    assert take.transcript is not None
    assert take.transcript.model == "tiny.en"
    assert world.preferences.settings.model == "tiny.en"
    assert runner.choices.model == "tiny.en", "the answers to come are heard by it too"


def test_with_nothing_smaller_here_it_says_where_others_are(helped: Helped, qtbot: QtBot) -> None:
    helped.models[:] = MODELS[:1]
    helped.trouble.note("tiny.en", "en", CRASH)
    notice = helped.window.notice
    qtbot.waitUntil(notice.isVisible)
    assert "Settings, Recognition has other models" in notice.text()
    assert not notice.button.isVisible()


def test_a_guide_in_another_language_is_said_with_the_model_that_hears_it(
    helped: Helped, qtbot: QtBot
) -> None:
    notice = helped.window.notice
    helped.trouble.look_at("tiny.en", "de")
    qtbot.waitUntil(notice.isVisible)
    assert notice.text() == (
        "tiny.en hears English only, and this guide is in German. base writes these answers down."
    )
    helped.models[:] = MODELS[:1]
    helped.trouble.look_at("tiny.en", "fr")
    qtbot.waitUntil(lambda: "French" in notice.text())
    assert "models for many languages to download" in notice.text()
