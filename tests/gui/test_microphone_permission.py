"""The microphone's permission: asked once before anything is recorded, and its absence is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QMicrophonePermission, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from interview_app.gui.microphone_permission import MicrophonePermission
from interview_app.gui.sound_check.cause_texts import sentences_of
from interview_app.gui.window.sound_checks import SoundCheckFactory, SoundChecks
from interview_app.services.sound_check.causes import Cause

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


class Opened(QObject):
    """A sound check that is only counted."""

    first_question_asked = Signal()


def checks_of(system: System, heard: list[str]) -> SoundChecks:
    """Sound checks of a system; what they open and tell is written down."""

    def make(*, leads_on: bool = False) -> Opened:
        heard.append(f"sound check{', and on' if leads_on else ''}")
        return Opened()

    return SoundChecks(
        cast(QApplication, system),
        cast(SoundCheckFactory, make),
        show=lambda _dialog: None,
        tell=heard.append,
        is_busy=lambda: False,
        begin=lambda: None,
    )


@pytest.mark.parametrize("is_first", [True, False])
def test_no_sound_check_listens_before_the_system_has_been_asked(
    qapp: QApplication, is_first: bool
) -> None:
    system, heard = System(Status.Undetermined), list[str]()
    checks = checks_of(system, heard)
    (checks.open_first if is_first else checks.open)()
    assert heard == []
    system.answer(Status.Granted)
    assert heard == ["sound check, and on" if is_first else "sound check"]


def test_an_answer_that_is_to_be_recorded_has_the_system_asked(qapp: QApplication) -> None:
    system, heard = System(Status.Undetermined), list[str]()
    checks_of(system, heard).ask_for_microphone()
    assert len(system.asked) == 1
    checks = checks_of(system, heard)
    checks.ask_for_microphone()
    system.answer(Status.Denied)
    assert ["may not use the microphone" in said for said in heard] == [True]
