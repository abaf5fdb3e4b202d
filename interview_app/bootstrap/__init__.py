"""The one place that builds objects and knows every part.

Parts are built when they are first asked for, so that a command pays only for what it uses and
the window is painted before the database is opened.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from interview_app.services.jobs import JobRunner, Post
from interview_app.services.swapping import is_unfinished
from interview_app.support.logs import start_log
from interview_app.support.paths import MIRROR_VARIABLE, AppPaths, bundled
from interview_app.support.settings import Settings, SettingsFile

if TYPE_CHECKING:
    from interview_app.domain.session import Take
    from interview_app.recognition.client import RecognizerClient
    from interview_app.recognition.keeper import StoreKeeper
    from interview_app.recognition.models import ModelStore
    from interview_app.recording.player import PlayerClient
    from interview_app.recording.recorder import RecorderClient
    from interview_app.recording.waveforms import WaveformFiles
    from interview_app.services.backing_up import BackingUp
    from interview_app.services.comparing import Comparing
    from interview_app.services.conducting import Choices, Parts
    from interview_app.services.correcting import Correcting
    from interview_app.services.exporting import Exporting
    from interview_app.services.guide_library import GuideLibrary
    from interview_app.services.history import History
    from interview_app.services.manners import Phrasebook
    from interview_app.services.marking_best import MarkingBest
    from interview_app.services.model_keeping import ModelState
    from interview_app.services.model_measuring import ModelMeasuring
    from interview_app.services.model_trouble import ModelTrouble
    from interview_app.services.ports.recognizer import ModelInfo
    from interview_app.services.ports.recorder import Recorder
    from interview_app.services.recovery import Recovery
    from interview_app.services.sound_storage import SoundStorage
    from interview_app.services.take_notes import TakeNotes
    from interview_app.services.transcribing import Transcribing
    from interview_app.services.transcribing_again import TranscribingAgain
    from interview_app.storage.database import Database
    from interview_app.storage.unit_of_work import SqlUnitOfWork
    from interview_app.voice.interview_voice import InterviewVoice
    from interview_app.voice.natural_files import NaturalFiles
    from interview_app.voice.natural_keeper import NaturalKeeper
    from interview_app.voice.pronunciations import Pronunciations

_HELPERS = {
    "voice": "interview_app.voice.helper",
    "natural-voice": "interview_app.voice.natural_helper",
    "recorder": "interview_app.recording.recorder_helper",
    "player": "interview_app.recording.player_helper",
    "recognizer": "interview_app.recognition.helper",
    "pdf": "interview_app.exports.pdf_helper",
    "import": "interview_app.guide_files.import_helper",
}
"""Role to the module whose ``main() -> int`` is the helper process."""


def run_helper(role: str) -> int:
    """Be the helper process of that role; the exit status."""
    module = _HELPERS.get(role)
    if module is None:
        return 2
    status: int = import_module(module).main()
    return status


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


class Application:
    """Every part of the application over one data folder, each built at its first use.

    ``post`` brings calls to the owner's thread. The database is opened by whoever first asks for
    a unit of work: in the window that is a job, never the GUI thread.
    """

    def __init__(self, paths: AppPaths, post: Post) -> None:
        self.paths = paths
        self.post = post
        self.clock = SystemClock()
        self._database: Database | None = None
        self._database_lock = threading.Lock()

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

                self._database = open_database(self.paths)
            return self._database.new_unit()

    @cached_property
    def library(self) -> GuideLibrary:
        """The bundled guides and the person's own."""
        from interview_app.guide_files import markdown_form, markdown_writer
        from interview_app.services.guide_library import GuideLibrary

        return GuideLibrary(
            bundled("data", "guides"),
            self.paths.guides,
            markdown_form.read_guide,
            markdown_writer.write_guide,
        )

    @cached_property
    def phrasebook(self) -> Phrasebook:
        """What an interviewer says besides the questions."""
        from interview_app.services.manners import Phrasebook

        return Phrasebook(bundled("resources", "manners"))

    @cached_property
    def voice(self) -> InterviewVoice:
        """What reads questions aloud: natural voices, and the system's own."""
        from interview_app.voice.cache import VoiceCache
        from interview_app.voice.interview_voice import InterviewVoice
        from interview_app.voice.natural_voice import NaturalVoice
        from interview_app.voice.pyttsx_voice import PyttsxVoice

        cache = VoiceCache(self.paths.voice_cache)
        speed = self.paths.models / "natural-voice-speed.json"
        return InterviewVoice(
            PyttsxVoice(cache, self.pronunciations),
            NaturalVoice(self.natural_files, cache, self.pronunciations, speed),
        )

    @cached_property
    def natural_files(self) -> NaturalFiles:
        """The natural voices' model and styles on this machine."""
        from interview_app.voice.natural_files import NaturalFiles

        return NaturalFiles(self.paths.models)

    @cached_property
    def voice_keeper(self) -> NaturalKeeper:
        """Fetches, checks and removes the natural voices."""
        from interview_app.voice.natural_download import NaturalDownload
        from interview_app.voice.natural_keeper import NaturalKeeper

        address = os.environ.get("INTERVIEW_APP_VOICES_MIRROR", "")
        return NaturalKeeper(self.natural_files, NaturalDownload(self.natural_files), address)

    @cached_property
    def pronunciations(self) -> Pronunciations:
        """How the person wants words said."""
        from interview_app.voice.pronunciations import Pronunciations

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
    def models(self) -> ModelStore:
        """The recognizer models of this machine."""
        from interview_app.recognition.models import ModelStore

        return ModelStore(self.paths.models)

    @cached_property
    def model_keeper(self) -> StoreKeeper:
        """Fetches, checks and removes recognizer models."""
        from interview_app.recognition.downloads import ModelDownloads
        from interview_app.recognition.keeper import StoreKeeper

        address = os.environ.get(MIRROR_VARIABLE, "")
        return StoreKeeper(self.models, ModelDownloads(self.models), address)

    @cached_property
    def measuring(self) -> ModelMeasuring:
        """Measures recognizer models on what the person read."""
        from interview_app.services.model_measuring import FiguresFile, ModelMeasuring
        from interview_app.support.machine import machine_name

        return ModelMeasuring(
            self.recognizer,
            self._model_states,
            FiguresFile(self.paths.model_figures),
            self.clock,
            machine_name(),
        )

    def _model_states(self) -> Sequence[ModelState]:
        return self.model_keeper.states()

    @cached_property
    def recognizer(self) -> RecognizerClient:
        """What turns a recording into a transcript."""
        from interview_app.recognition.client import RecognizerClient

        return RecognizerClient(self.paths.models, post=self.post)

    @cached_property
    def transcribing(self) -> Transcribing:
        """Makes takes' transcripts and figures."""
        from interview_app.services.transcribing import Transcribing

        return Transcribing(
            self.recognizer,
            self.paths.takes,
            model_for=self._model_for,
            on_failure=self.model_trouble.note,
        )

    @cached_property
    def model_trouble(self) -> ModelTrouble:
        """Tells when a model does not work here."""
        from interview_app.services.model_trouble import ModelTrouble

        return ModelTrouble(self._list_models, self.post)

    def _list_models(self) -> Sequence[ModelInfo]:
        return self.models.list()

    def _model_for(self, chosen: str, language: str) -> str:
        from interview_app.services.model_keeping import is_english, model_for

        return chosen if is_english(language) else model_for(self.models.list(), chosen, language)

    @cached_property
    def history(self) -> History:
        """Past sessions."""
        from interview_app.services.history import History

        return History(self.new_unit, self.paths, self.clock)

    @cached_property
    def exporting(self) -> Exporting:
        """Writes sessions as documents, figures, subtitles and sound."""
        from interview_app.exports.sound import is_sound
        from interview_app.exports.writers import document_writers, take_writers
        from interview_app.services.exporting import Exporting

        return Exporting(
            self.history,
            document_writers(),
            take_writers(),
            is_sound,
            self.take_notes.of_session,
        )

    @cached_property
    def waveforms(self) -> WaveformFiles:
        """What takes' sounds look like."""
        from interview_app.recording.waveforms import WaveformFiles

        return WaveformFiles()

    @cached_property
    def marking_best(self) -> MarkingBest:
        """Marks the best take of a question."""
        from interview_app.services.marking_best import MarkingBest

        return MarkingBest(self.new_unit)

    @cached_property
    def take_notes(self) -> TakeNotes:
        """What the person wrote to takes."""
        from interview_app.services.take_notes import TakeNotes

        return TakeNotes(self.new_unit)

    @cached_property
    def sound_storage(self) -> SoundStorage:
        """Tells and frees the room that takes' sound has."""
        from interview_app.recording.shrinking import shrink
        from interview_app.services.sound_storage import SoundStorage

        return SoundStorage(self.new_unit, self.paths, self.clock, shrink)

    @cached_property
    def backing_up(self) -> BackingUp:
        """Makes backups of everything and puts them back."""
        from interview_app.services.backing_up import BackingUp
        from interview_app.storage.copying import copy_database, database_form, inspect_database

        return BackingUp(
            self.paths,
            self.clock,
            copy_database=copy_database,
            inspect_database=inspect_database,
            database_form=database_form(),
        )

    @cached_property
    def transcribing_again(self) -> TranscribingAgain:
        """Makes transcripts of stored takes."""
        from interview_app.services.transcribing_again import TranscribingAgain

        return TranscribingAgain(self.new_unit, self.transcribing, self.paths)

    @cached_property
    def correcting(self) -> Correcting:
        """Changes the words of kept takes."""
        from interview_app.services.correcting import Correcting

        return Correcting(self.new_unit, self.clock)

    @cached_property
    def comparing(self) -> Comparing:
        """Puts two takes of a question side by side."""
        from interview_app.services.comparing import Comparing

        return Comparing(self.new_unit, self.paths)

    @cached_property
    def recovery(self) -> Recovery:
        """Finds and keeps what a crash left behind."""
        from interview_app.recording.take_files import parts_of, repair_and_join
        from interview_app.services.recovery import Recovery

        return Recovery(
            self.new_unit, self.paths, parts_of=parts_of, repair_and_join=repair_and_join
        )

    def audio_of(self, take: Take) -> str | None:
        """Where a take's sound lies, whole; ``None`` for a typed answer."""
        return str(self.paths.root / take.sound) if take.sound else None

    def parts(self, recorder: Recorder | None = None) -> Parts:
        """What a session is conducted with; ``recorder`` stands in for the microphone."""
        from interview_app.services.conducting import Parts

        return Parts(
            voice=self.voice,
            recorder=recorder or self.recorder,
            player=self.player,
            transcribing=self.transcribing,
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
        if "recognizer" in built:
            self.recognizer.close()
        if "voice" in built:
            self.voice.close()
        if "jobs" in built:
            self.jobs.close()
        if self._database is not None:
            self._database.close()


def choices_of(settings: Settings) -> Choices:
    """Devices and recognizer as the settings have them."""
    from interview_app.services.conducting import Choices
    from interview_app.services.ports.devices import DeviceChoice

    return Choices(
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
        from interview_app.services.backing_up import finish_interrupted_restore

        finish_interrupted_restore(paths)
    paths.make()
    start_log(paths.logs)
    return Application(paths, post)
