"""The one place that builds objects and knows every part.

Parts are built when they are first asked for, so that a command pays only for what it uses and
the window is painted before the database is opened.
"""

from __future__ import annotations

import os
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.app.recognition import Recognition
from interview_app.app.sessions import KeptSessions
from interview_app.services.jobs import JobRunner, Post
from interview_app.services.ports.clock import Clock
from interview_app.services.upkeep.restore import is_unfinished
from interview_app.support.clock import SystemClock
from interview_app.support.logs import start_log
from interview_app.support.paths import AppPaths, bundled
from interview_app.support.settings import Settings, SettingsFile

if TYPE_CHECKING:
    from interview_app.domain.errors import DatabaseDamaged
    from interview_app.domain.session import Take
    from interview_app.recording.player import PlayerClient
    from interview_app.recording.recorder import RecorderClient
    from interview_app.services.guides.library import GuideLibrary
    from interview_app.services.ports.recorder import Recorder
    from interview_app.services.rehearsal.context import SessionChoices, SessionDependencies
    from interview_app.services.rehearsal.phrasebook import LinePicker
    from interview_app.services.upkeep.backup import BackupService
    from interview_app.speech_synthesis.interview_voice import InterviewVoice
    from interview_app.speech_synthesis.natural_files import NaturalFiles
    from interview_app.speech_synthesis.natural_manager import NaturalVoiceManager
    from interview_app.speech_synthesis.pronunciations import Pronunciations
    from interview_app.storage.database import Database
    from interview_app.storage.unit_of_work import SqlUnitOfWork


class Application:
    """Every part of the application over one data folder, each built at its first use.

    ``recognition`` turns takes into transcripts, ``kept`` is for sessions after their rehearsal.
    ``post`` brings calls to the owner's thread. The database is opened by whoever first asks for
    a unit of work: in the window that is a job, never the GUI thread.
    """

    def __init__(self, paths: AppPaths, post: Post, clock: Clock | None = None) -> None:
        self.paths = paths
        self.post = post
        self.clock = clock or SystemClock()
        self._database: Database | None = None
        self._database_lock = threading.Lock()
        self.recognition = Recognition(paths, self.clock, post)
        self.kept = KeptSessions(self.new_unit, paths, self.clock, self.recognition)

    @cached_property
    def jobs(self) -> JobRunner:
        """Where slow work runs."""
        return JobRunner(self.post)

    @cached_property
    def settings_file(self) -> SettingsFile:
        """Where the person's choices are kept; where natural voices come along, one reads."""
        is_natural = bundled("models", "kokoro-v1.0").is_dir()
        first = Settings(voice="kokoro:af_heart") if is_natural else Settings()
        return SettingsFile(self.paths.settings, first)

    def new_unit(self) -> SqlUnitOfWork:
        """A unit of work on the person's database, opened if it is not yet; may block.

        Raises:
            StorageError: the database cannot be opened.
        """
        with self._database_lock:
            if self._database is None:
                from interview_app.storage.database import open_database

                self._database = open_database(self.paths, self.clock)
            return self._database.new_unit()

    @property
    def damage(self) -> DatabaseDamaged | None:
        """What to tell of a database that was opened and cannot be read in all its parts."""
        return self._database.damage if self._database is not None else None

    @cached_property
    def library(self) -> GuideLibrary:
        """The bundled guides and the person's own."""
        from interview_app.guide_formats import markdown_form, markdown_writer
        from interview_app.services.guides.library import GuideLibrary

        return GuideLibrary(
            bundled("data", "guides"),
            self.paths.guides,
            markdown_form.read_guide,
            markdown_writer.write_guide,
        )

    @cached_property
    def phrasebook(self) -> LinePicker:
        """What an interviewer says besides the questions."""
        from interview_app.services.rehearsal.phrasebook import LinePicker

        return LinePicker(bundled("resources", "manners"))

    @cached_property
    def voice(self) -> InterviewVoice:
        """What reads questions aloud: natural voices, and the system's own."""
        from interview_app.speech_synthesis.cache import VoiceCache
        from interview_app.speech_synthesis.interview_voice import InterviewVoice
        from interview_app.speech_synthesis.natural_voice import NaturalVoice
        from interview_app.speech_synthesis.pyttsx_voice import PyttsxVoice

        cache = VoiceCache(self.paths.voice_cache)
        speed = self.paths.models / "natural-voice-speed.json"
        return InterviewVoice(
            PyttsxVoice(cache, self.pronunciations),
            NaturalVoice(self.natural_files, cache, self.pronunciations, speed),
        )

    @cached_property
    def natural_files(self) -> NaturalFiles:
        """The natural voices' model and styles on this machine."""
        from interview_app.speech_synthesis.natural_files import NaturalFiles

        return NaturalFiles(self.paths.models)

    @cached_property
    def voice_manager(self) -> NaturalVoiceManager:
        """Fetches, checks and removes the natural voices."""
        from interview_app.speech_synthesis.natural_download import NaturalDownload
        from interview_app.speech_synthesis.natural_manager import NaturalVoiceManager

        address = os.environ.get("INTERVIEW_APP_VOICES_MIRROR", "")
        return NaturalVoiceManager(self.natural_files, NaturalDownload(self.natural_files), address)

    @cached_property
    def pronunciations(self) -> Pronunciations:
        """How the person wants words said."""
        from interview_app.speech_synthesis.pronunciations import Pronunciations

        return Pronunciations(self.paths.root / "pronunciations.json")

    @cached_property
    def recorder(self) -> RecorderClient:
        """The microphone."""
        from interview_app.recording.recorder import RecorderClient

        return RecorderClient(self.post, self.paths.takes)

    @cached_property
    def player(self) -> PlayerClient:
        """The speaker."""
        from interview_app.recording.player import PlayerClient

        return PlayerClient(self.post)

    @cached_property
    def backing_up(self) -> BackupService:
        """Makes backups of everything and puts them back."""
        from interview_app.services.upkeep.backup import BackupService
        from interview_app.storage.copying import copy_database, database_form, inspect_database
        from interview_app.storage.salvaging import salvage_database

        return BackupService(
            self.paths,
            self.clock,
            copy_database=copy_database,
            inspect_database=inspect_database,
            salvage_database=salvage_database,
            database_form=database_form(),
        )

    def audio_of(self, take: Take) -> str | None:
        """Where a take's sound lies, whole; ``None`` for a typed answer."""
        return str(self.paths.root / take.sound) if take.sound else None

    def parts(self, recorder: Recorder | None = None) -> SessionDependencies:
        """What a session is conducted with; ``recorder`` stands in for the microphone."""
        from interview_app.services.rehearsal.context import SessionDependencies

        return SessionDependencies(
            voice=self.voice,
            recorder=recorder or self.recorder,
            player=self.player,
            transcribing=self.recognition.transcribing,
            new_unit=self.new_unit,
            jobs=self.jobs,
            clock=self.clock,
            data_root=self.paths.root,
        )

    def close(self) -> None:
        """End jobs and helper processes, then the database; what is being stored is stored."""
        built = self.__dict__
        for name in ("recorder", "player"):
            if name in built:
                built[name].close()
        self.recognition.close()
        if "voice" in built:
            self.voice.close()
        if "jobs" in built:
            self.jobs.close()
        if self._database is not None:
            self._database.close()


def choices_of(settings: Settings) -> SessionChoices:
    """Devices and recognizer as the settings have them."""
    from interview_app.services.ports.devices import DeviceChoice
    from interview_app.services.rehearsal.context import SessionChoices

    return SessionChoices(
        microphone=DeviceChoice(settings.microphone_id, settings.microphone_name),
        speaker=DeviceChoice(settings.speaker_id, settings.speaker_name),
        model=settings.model,
    )


def open_application(data_dir: Path | None, post: Post) -> Application:
    """The application over that data folder, with its folders made and its log begun.

    Raises:
        DataFolderUnusable: the data folder cannot be made or written to.
        StorageError: a restore was interrupted in its middle and cannot be finished yet.
    """
    paths = AppPaths.choose(data_dir)
    if is_unfinished(paths.root):
        from interview_app.services.upkeep.backup import finish_interrupted_restore

        finish_interrupted_restore(paths)
    paths.make()
    start_log(paths.logs)
    return Application(paths, post)
