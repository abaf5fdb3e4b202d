"""A whole Rehearse page on working fakes, and the promise that nothing is left running."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from interview_app.domain.session import Session
from interview_app.domain.story import Story
from interview_app.gui.application import DesktopApplication
from interview_app.gui.device_list import DeviceList
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.preferences import Preferences
from interview_app.gui.rehearse.context import RehearseContext
from interview_app.gui.rehearse.page import RehearsePage
from interview_app.gui.theme import Scheme, Theme
from interview_app.services.guides.notes import PersonalNote
from interview_app.services.jobs import JobRunner
from interview_app.services.rehearsal.context import SessionChoices, SessionDependencies
from interview_app.services.rehearsal.phrasebook import LinePicker
from interview_app.services.rehearsal.planning import plan_session
from interview_app.services.rehearsal.session_runner import SessionRunner
from interview_app.support.paths import bundled
from interview_app.support.settings import Settings
from tests.fakes import (
    GUIDE,
    FakeClock,
    FakePlayer,
    FakeRecorder,
    FakeTranscriber,
    FakeVoice,
    MemorySessions,
    MemoryUnit,
)
from tests.gui.history_world import HistoryWorld, build_history

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def plain_font(pixels: int = 13) -> QFont:
    """The system's font at that size."""
    font = QFont("DejaVu Sans")
    font.setPixelSize(pixels)
    return font


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Waits half a minute for what comes at once on a machine with nothing else to do."""
    monkeypatch.setattr(qtbot, "waitUntil", partial(qtbot.waitUntil, timeout=30_000))
    monkeypatch.setattr(qtbot, "waitSignal", partial(qtbot.waitSignal, timeout=30_000))
    return qtbot


@pytest.fixture
def theme(qapp: DesktopApplication) -> Iterator[Theme]:
    """The light theme at the design's own size."""
    theme = Theme(qapp, Scheme.LIGHT, plain_font)
    yield theme
    theme.close()
    theme.deleteLater()


@pytest.fixture
def past(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[HistoryWorld]:
    """A Sessions page, with nothing in it yet."""
    world = build_history(theme, tmp_path)
    world.page.resize(1000, 700)
    qtbot.addWidget(world.page)
    yield world
    world.close()


@pytest.fixture(autouse=True)
def nothing_left_running(qapp: QApplication) -> Iterator[None]:
    """Every test ends with no more threads than it began with, no timer ticking and no widget.

    A widget left would be dressed anew with every theme of the tests to come.
    """
    before = set(threading.enumerate())
    yield
    qapp.processEvents()
    left = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    assert not left, f"threads left running: {left}"
    assert not ticking(), f"timers left running: {ticking()}"
    for window in qapp.topLevelWidgets():
        if window.parent() is None:
            window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def ticking() -> list[str]:
    """The running timers of the application's own windows."""
    return [
        f"{type(timer.parent()).__name__}, every {timer.interval()} ms"
        for window in QApplication.topLevelWidgets()
        for timer in window.findChildren(QTimer)
        if timer.isActive() and not type(timer.parent()).__module__.startswith("PySide6")
    ]


@dataclass
class World:
    """The page, and everything round it that a test can make happen."""

    page: RehearsePage
    recorder: FakeRecorder
    player: FakePlayer
    voice: FakeVoice
    transcriber: FakeTranscriber
    sessions: MemorySessions
    devices: DeviceList
    preferences: Preferences
    jobs: JobRunner
    clock: FakeClock
    dispatcher: Dispatcher
    notes: dict[str, PersonalNote]
    """What the person wrote, by question id."""
    stories: list[Story]
    """The person's own stories."""
    note_problem: Exception | None = None
    """Why notes cannot be kept; nothing while they can."""

    def keep_note(self, note: PersonalNote) -> None:
        """Keep what was written to a question."""
        if self.note_problem is not None:
            raise self.note_problem
        self.notes[note.question_id] = note

    def close(self) -> None:
        """Leave as the application does."""
        self.transcriber.gate.set()
        self.page.leave()
        self.page.close_sessions()
        self.jobs.close()
        self.dispatcher.close()
        self.devices.close()
        self.recorder.close()
        self.player.close()


MakeWorld = Callable[..., World]


def build_world(theme: Theme, folder: Path, settings: Settings) -> World:
    """A Rehearse page over fakes that work, its files in that folder."""
    dispatcher = Dispatcher()
    jobs = JobRunner(dispatcher.post)
    recorder = FakeRecorder(dispatcher.post, folder / "takes")
    player, voice = FakePlayer(dispatcher.post), FakeVoice(folder / "voice")
    transcriber, sessions, clock = FakeTranscriber(), MemorySessions(), FakeClock()
    devices = DeviceList(recorder)
    preferences = Preferences(settings, lambda _settings: None, jobs)
    parts = SessionDependencies(
        voice, recorder, player, transcriber, partial(MemoryUnit, sessions), jobs, clock, folder
    )
    notes: dict[str, PersonalNote] = {}
    stories: list[Story] = []
    phrasebook = LinePicker(bundled("resources", "manners"))

    def conduct(session: Session, choices: SessionChoices) -> SessionRunner:
        manners = phrasebook.manners(session) if choices.has_manners else None
        return SessionRunner(parts, session, choices, manners)

    def keep_note(note: PersonalNote) -> None:
        made.keep_note(note)

    context = RehearseContext(
        jobs=jobs,
        preferences=preferences,
        devices=devices,
        clock=clock,
        guides=lambda: (GUIDE,),
        voices=voice.voices,
        unfinished=sessions.unfinished,
        load=sessions.get,
        plan=lambda guide, plan: plan_session(guide, plan, clock.now(), random.Random(1)),
        conduct=conduct,
        note=lambda guide_id, question: notes.get(question, PersonalNote(guide_id, question)),
        keep_note=keep_note,
        stories=lambda key: [story for story in stories if story.is_linked_to(key)],
    )
    page = RehearsePage(theme, context)
    made = World(
        page,
        recorder,
        player,
        voice,
        transcriber,
        sessions,
        devices,
        preferences,
        jobs,
        clock,
        dispatcher,
        notes,
        stories,
    )
    return made


@pytest.fixture
def make_world(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MakeWorld]:
    """Builds a page in front, with its guides and voices found; settings may be given.

    The interviewer has no manners unless a test is about them.
    """
    worlds: list[World] = []

    def make(**settings: object) -> World:
        chosen = {"has_manners": False, **settings}
        world = build_world(theme, tmp_path, Settings(**chosen))  # type: ignore[arg-type]
        worlds.append(world)
        world.page.resize(1000, 700)
        qtbot.addWidget(world.page)
        world.page.show()
        world.page.activateWindow()
        world.page.refresh()
        qtbot.waitUntil(lambda: world.page.setup.guide is not None)
        box, voices = world.page.setup.how.voice_box, len(world.voice.voices())
        qtbot.waitUntil(lambda: box.count() >= 2 + voices)
        return world

    yield make
    for world in worlds:
        world.close()


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A practice session of two questions, ready to begin."""
    return make_world(question_count=2)


def all_widgets(widget: QWidget) -> list[QWidget]:
    """The widget and everything in it."""
    return [widget, *widget.findChildren(QWidget)]
