"""The frame round the pages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.errors import MicrophoneUnavailable, RecognizerUnavailable
from interview_app.gui.application import DesktopApplication
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Scheme, Theme
from interview_app.gui.window.main_window import MainWindow, WindowPage, application_icon
from tests.gui.conftest import plain_font
from tests.gui.keys import press


class Memory:
    """Remembers a window's geometry."""

    def __init__(self) -> None:
        self.geometry = ""

    def window_geometry(self) -> str:
        return self.geometry

    def keep_window_geometry(self, geometry: str) -> None:
        self.geometry = geometry


def make_window(
    qtbot: QtBot, theme: Theme, memory: Memory | None = None, warning: str = ""
) -> MainWindow:
    pages = [
        WindowPage(
            "rehearse", "Rehearse", "microphone", QLineEdit(), before_closing=lambda: warning
        ),
        WindowPage("sessions", "Sessions", "clock-counter-clockwise", QLineEdit()),
        WindowPage("settings", "Settings", "gear-six", QWidget()),
    ]
    window = MainWindow(theme, pages, memory)
    qtbot.addWidget(window, before_close_func=lambda _window: None)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_pages_are_chosen_by_key_and_take_the_focus(qtbot: QtBot, theme: Theme) -> None:
    window = make_window(qtbot, theme)
    assert window.windowTitle() == "Mock Interview"
    assert window.page.name == "rehearse"
    assert window.page.widget.hasFocus()
    with qtbot.waitSignal(window.page_shown) as shown:
        press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown.args == ["sessions"]
    assert window.page.widget.hasFocus()
    with qtbot.waitSignal(window.keys_asked):
        press(window, Qt.Key.Key_F1)


def test_the_window_comes_back_where_it_was(qtbot: QtBot, theme: Theme) -> None:
    memory = Memory()
    window = make_window(qtbot, theme, memory)
    window.resize(1024, 660)
    window.close()
    assert memory.geometry
    assert make_window(qtbot, theme, memory).size() == QSize(1024, 660)


def test_a_damaged_memory_of_the_place_does_no_harm(qtbot: QtBot, theme: Theme) -> None:
    memory = Memory()
    memory.geometry = "no geometry"
    assert make_window(qtbot, theme, memory).width() >= 1024


@pytest.mark.parametrize("stays", [True, False])
def test_closing_during_a_take_asks_first(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch, stays: bool
) -> None:
    window = make_window(qtbot, theme, warning="An answer is being recorded.")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[1 if stays else 0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    closed: list[bool] = []
    window.closing.connect(lambda: closed.append(True))
    window.close()
    assert asked == ["An answer is being recorded."]
    assert window.isVisible() is stays
    assert bool(closed) is not stays


def test_an_error_is_told_with_its_next_step(qtbot: QtBot, theme: Theme) -> None:
    window = make_window(qtbot, theme)
    window.show_error(MicrophoneUnavailable("The microphone is gone.", remedy="Plug it in."))
    assert window.notice.isVisible()
    assert window.notice.text() == "The microphone is gone. Plug it in."
    assert "recording is kept" in sentence_of(RecognizerUnavailable("The recognizer stopped."))


def test_a_bug_is_told_without_its_inside(caplog: pytest.LogCaptureFixture) -> None:
    sentence = sentence_of(KeyError("secret words"))
    assert "secret" not in sentence
    assert "kept" in sentence
    assert caplog.records


def test_the_side_bar_keeps_its_icons_alone_when_text_is_large(
    qtbot: QtBot, qapp: DesktopApplication
) -> None:
    pixels = [13]
    theme = Theme(qapp, Scheme.LIGHT, lambda: plain_font(pixels[0]))
    window = make_window(qtbot, theme)
    window.resize(1024, 640)
    assert window.side_width == theme.px(184)
    pixels[0] = 26
    qapp.theme_changed.emit()
    assert window.side_width < 120
    theme.close()


def test_the_application_has_an_icon_of_its_own(qtbot: QtBot, theme: Theme) -> None:
    assert not application_icon().pixmap(64, 64).isNull()
