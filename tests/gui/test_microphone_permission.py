"""The microphone's permission: asked once before anything is recorded, and its absence is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMicrophonePermission, QObject, Qt
from PySide6.QtWidgets import QApplication

from interview_app.gui.microphone_permission import MicrophonePermission
from interview_app.gui.pages.sound_check_causes import sentences_of
from interview_app.services.sound_causes import Cause

Status = Qt.PermissionStatus


class System:
    """A system that has decided, or asks its person."""

    def __init__(self, status: Status) -> None:
        self.status = status
        self.asked: list[Callable[..., None]] = []

    def checkPermission(self, permission: QMicrophonePermission, /) -> Status:  # noqa: N802
        return self.status

    def requestPermission(  # noqa: N802
        self, permission: QMicrophonePermission, context: QObject, functor: Callable[..., None], /
    ) -> None:
        self.asked.append(functor)

    def answer(self, status: Status) -> None:
        self.status = status
        self.asked.pop()(QMicrophonePermission())


def heard_of(permission: MicrophonePermission) -> list[str]:
    heard: list[str] = []
    permission.denied.connect(lambda: heard.append("denied"))
    return heard


def test_where_it_is_granted_nobody_is_asked(qapp: QApplication) -> None:
    system = System(Status.Granted)
    permission = MicrophonePermission(system)
    heard = heard_of(permission)
    permission.ask(lambda: heard.append("went on"))
    assert heard == ["went on"]
    assert system.asked == []


def test_the_sound_check_waits_for_the_answer_and_is_asked_for_once(qapp: QApplication) -> None:
    system = System(Status.Undetermined)
    permission = MicrophonePermission(system)
    heard = heard_of(permission)
    permission.ask(lambda: heard.append("sound check"))
    permission.ask()
    permission.ask(lambda: heard.append("answer"))
    assert heard == []
    assert len(system.asked) == 1
    system.answer(Status.Granted)
    assert heard == ["sound check", "answer"]


@pytest.mark.parametrize("decided", [True, False])
def test_a_refusal_stops_nothing_and_is_told(qapp: QApplication, decided: bool) -> None:
    system = System(Status.Denied if decided else Status.Undetermined)
    permission = MicrophonePermission(system)
    heard = heard_of(permission)
    permission.ask(lambda: heard.append("went on"))
    if not decided:
        system.answer(Status.Denied)
    assert heard == ["went on", "denied"]
    assert permission.is_denied


def test_the_refusal_is_named_with_its_remedy() -> None:
    said = sentences_of((Cause.NO_PERMISSION,))
    assert "may not use the microphone" in said
    assert "Privacy & Security, Microphone" in said


def test_qt_itself_answers_here(qapp: QApplication) -> None:
    heard: list[str] = []
    MicrophonePermission(qapp).ask(lambda: heard.append("went on"))
    assert heard == ["went on"]
