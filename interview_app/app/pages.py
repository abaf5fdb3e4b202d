"""What each page of the window is given; a part is built at its first use, inside the job.

A page's modules are imported with the page: the window does not wait for pages nobody sees yet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.gui.rehearse.context import RehearseContext
from interview_app.services.jobs import Lane
from interview_app.support.paths import bundled

if TYPE_CHECKING:
    from interview_app.app.container import Application
    from interview_app.app.guides import GuideServices
    from interview_app.domain.guide import Guide
    from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
    from interview_app.domain.session import Session
    from interview_app.domain.story import QuestionKey, Story
    from interview_app.gui.device_list import DeviceList
    from interview_app.gui.guides.page import GuidesPage
    from interview_app.gui.preferences import Preferences
    from interview_app.gui.sessions.page import SessionsPage
    from interview_app.gui.settings.page import SettingsPage
    from interview_app.gui.sound_check.dialog import SoundCheckDialog
    from interview_app.gui.theme import Theme
    from interview_app.services.export.ports import Exported, ExportRequest
    from interview_app.services.guides.notes import PersonalNote
    from interview_app.services.jobs import JobContext
    from interview_app.services.ports.recognizer import ModelInfo
    from interview_app.services.ports.sessions import SessionSummary
    from interview_app.services.ports.voice import VoiceInfo
    from interview_app.services.recognition.benchmark_recording import BenchmarkRecording
    from interview_app.services.rehearsal.context import SessionChoices
    from interview_app.services.rehearsal.next_session import NextSession
    from interview_app.services.rehearsal.planning import SessionPlan
    from interview_app.services.rehearsal.session_runner import SessionRunner


class PageMaker:
    """Builds pages over the parts of the application."""

    def __init__(
        self,
        application: Application,
        theme: Theme,
        preferences: Preferences,
        devices: DeviceList,
        before_recording: Callable[[], None],
    ) -> None:
        self._application = application
        self._theme = theme
        self._preferences = preferences
        self._devices = devices
        self._before_recording = before_recording

    def rehearse_desk(self) -> RehearseContext:
        """What the Rehearse page works with."""
        return RehearseContext(
            jobs=self._application.jobs,
            preferences=self._preferences,
            devices=self._devices,
            clock=self._application.clock,
            guides=self._guides,
            voices=self._voices,
            unfinished=self._unfinished,
            load=self.load,
            plan=self.plan,
            conduct=self._conduct,
            expect=self._expect,
            note=self._note,
            keep_note=self._keep_note,
            stories=self._stories,
        )

    def sessions(self, is_open: Callable[[int], bool]) -> SessionsPage:
        """The Sessions page; ``is_open``: whether that session is being rehearsed."""
        from interview_app.gui.sessions.context import SessionsContext
        from interview_app.gui.sessions.page import SessionsPage

        application = self._application
        context = SessionsContext(
            jobs=application.jobs,
            history=application.kept.history,
            again=application.kept.transcribing_again,
            correcting=application.kept.correcting,
            comparing=application.kept.comparing,
            models=self._models,
            player=application.player,
            voice=application.voice,
            waveforms=application.kept.waveforms,
            take_notes=application.kept.take_notes,
            marking=application.kept.marking_best,
            preferences=self._preferences,
            clock=application.clock,
            is_open=is_open,
            export=self._export,
            storage=lambda: application.kept.sound_storage,
            open_folder=open_folder,
        )
        return SessionsPage(self._theme, context)

    def _export(self, request: ExportRequest, job: JobContext) -> Exported:
        return self._application.kept.exporting.export(request, job)

    def guides(self) -> GuidesPage:
        """The Guides page."""
        from interview_app.gui.guides.page import GuidesPage

        return GuidesPage(self._theme, self._guide_services.context(self._preferences))

    def settings(self, is_rehearsing: Callable[[], bool]) -> SettingsPage:
        """The Settings page; ``is_rehearsing``: whether the microphone is in use."""
        from interview_app.gui.settings.context import SettingsContext
        from interview_app.gui.settings.page import SettingsPage

        application = self._application
        context = SettingsContext(
            jobs=application.jobs,
            preferences=self._preferences,
            devices=self._devices,
            clock=application.clock,
            recorder=application.recorder,
            player=application.player,
            voice=application.voice,
            pronunciations=application.pronunciations,
            model_manager=lambda: application.recognition.model_manager,
            reading=self._reading(),
            reading_file=application.paths.reading,
            known_figures=application.recognition.measuring.known,
            try_out=application.recognition.measuring.try_out,
            tone=_tone(),
            data_folder=application.paths.root,
            open_folder=open_folder,
            is_microphone_taken=is_rehearsing,
            voice_manager=lambda: application.voice_manager,
        )
        return SettingsPage(self._theme, context)

    def sound_check(self, *, leads_on: bool = False) -> SoundCheckDialog:
        """A sound check of its own; ``leads_on``: it ends with a first question."""
        from interview_app.gui.sound_check.dialog import SoundCheckDialog
        from interview_app.services.sound_check.sound_check import (
            SoundCheckDependencies,
            SoundCheckRunner,
        )

        application = self._application
        parts = SoundCheckDependencies(
            recorder=application.recorder,
            player=application.player,
            recognizer=application.recognition.recognizer,
            jobs=application.jobs,
            takes=application.paths.takes,
            tone=_tone(),
        )
        checking = SoundCheckRunner(parts, self._preferences.settings.model)
        return SoundCheckDialog(
            self._theme, checking, self._devices, self._preferences, leads_on=leads_on
        )

    def load(self, session_id: int) -> Session:
        """A stored session; blocks.

        Raises:
            UnknownSession: no session has that number.
            StorageError: the database cannot be read.
        """
        return self._application.kept.history.session(session_id)

    def plan(self, guide: Guide, plan: SessionPlan) -> Session:
        """A new session of that guide.

        Raises:
            UsageError: the choice leaves no question.
        """
        return self._next.plan(guide, plan)

    def close(self) -> None:
        """Let go of what pages shared."""
        if "_guide_services" in self.__dict__:
            self._guide_services.close()

    @cached_property
    def _guide_services(self) -> GuideServices:
        from interview_app.app.guides import GuideServices

        return GuideServices(self._application)

    def _note(self, guide_id: str, question_id: str) -> PersonalNote:
        return self._guide_services.note(guide_id, question_id)

    def _keep_note(self, note: PersonalNote) -> None:
        self._guide_services.keep_note(note)

    def _stories(self, key: QuestionKey) -> Sequence[Story]:
        return self._guide_services.stories_for(key)

    def _models(self) -> Sequence[ModelInfo]:
        return self._application.recognition.models.list()

    def _reading(self) -> BenchmarkRecording:
        from interview_app.services.recognition.benchmark_recording import BenchmarkRecording

        application = self._application
        return BenchmarkRecording(
            application.recorder,
            application.jobs,
            application.recognition.measuring,
            application.paths.takes,
            application.paths.reading,
        )

    def _guides(self) -> tuple[Guide, ...]:
        _ = self._application.phrasebook.lines  # read here, in a job
        return self._application.library.all()

    def _voices(self) -> Sequence[VoiceInfo]:
        return self._application.voice.voices()

    def _unfinished(self) -> Sequence[SessionSummary]:
        return self._application.kept.history.unfinished()

    @cached_property
    def _next(self) -> NextSession:
        from interview_app.domain.rehearsal.interviewer_lines import InterviewerLines
        from interview_app.services.rehearsal.next_session import NextSession

        def manners(session: Session) -> InterviewerLines:
            return (
                self._manners(session)
                if self._preferences.settings.has_manners
                else InterviewerLines()
            )

        application = self._application
        return NextSession(
            application.voice,
            application.clock,
            random.SystemRandom(),
            manners,
            application.kept.history.last_asked,
        )

    def _expect(self, guide: Guide, plan: SessionPlan) -> None:
        coming = self._next
        self._application.jobs.submit(Lane.FILES, lambda _job: coming.expect(guide, plan))

    def _manners(self, session: Session) -> InterviewerLines:
        from interview_app.speech_synthesis.interviewers import find_interviewer

        interviewer = find_interviewer(session.settings.voice)
        name = interviewer.name if interviewer else ""
        return self._application.phrasebook.manners(session, name)

    def _conduct(self, session: Session, choices: SessionChoices) -> SessionRunner:
        from interview_app.services.rehearsal.session_runner import SessionRunner

        trouble = self._application.recognition.model_trouble
        self._application.jobs.submit(
            Lane.FILES, lambda _job: trouble.look_at(choices.model, session.language)
        )
        self._before_recording()
        manners = self._manners(session) if choices.has_manners else None
        return SessionRunner(self._application.parts(), session, choices, manners)


def _tone() -> Path:
    return bundled("resources", "tones", "sound-check.wav")


def open_folder(folder: Path) -> bool:
    """Show a folder in the system's own program for that; ``False`` if there is none."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
