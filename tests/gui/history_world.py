"""A Sessions page over a real database, with a past to look back on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from interview_app.domain.analysis.measures import Mark
from interview_app.domain.session import (
    AskedQuestion,
    Mode,
    Session,
    Take,
    TakeStatus,
    TranscriptionStatus,
)
from interview_app.domain.transcript import Transcript
from interview_app.exports.sound import is_sound
from interview_app.exports.writers import document_writers, take_writers
from interview_app.gui.dispatcher import Dispatcher
from interview_app.gui.preferences import Preferences
from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.page import SessionsPage
from interview_app.gui.theme import Theme
from interview_app.recording.shrinking import shrink
from interview_app.recording.waveforms import WaveformFiles
from interview_app.services.export.exporting import ExportService
from interview_app.services.history.best_take import BestTakeService
from interview_app.services.history.comparison import TakeComparisonService
from interview_app.services.history.corrections import CorrectionService
from interview_app.services.history.history import History
from interview_app.services.history.retranscription import RetranscriptionService
from interview_app.services.history.take_notes import TakeNotes
from interview_app.services.jobs import JobRunner
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.ports.sounds import Shrink
from interview_app.services.upkeep.sound_storage import SoundStorage
from interview_app.storage.database import Database
from interview_app.support.paths import AppPaths
from interview_app.support.settings import Settings
from tests.fakes import (
    GUIDE,
    WORD_S,
    FakeClock,
    FakePlayer,
    FakeTranscriber,
    FakeVoice,
    measures_of,
    transcript_of,
    write_wav,
)
from tests.stored import open_at_once

SAID = (
    "We had three weeks to launch and um our largest customer was waiting. QA found a bug in the "
    "payment flow so we brought engineering and QA together and looked at what would really break. "
    "I proposed to cut one report and to fix the payment flow before anything else. We launched "
    "four days late and there was no refund in the first month."
)

MODELS = (
    ModelInfo("tiny.en", is_installed=True, size_bytes=75_000_000, languages="en"),
    ModelInfo("base", is_installed=True, size_bytes=145_000_000, languages="many"),
    ModelInfo("small.en", is_installed=False, size_bytes=484_000_000, languages="en"),
)


@dataclass
class HistoryWorld:
    """The page, and everything round it that a test can make happen."""

    page: SessionsPage
    paths: AppPaths
    database: Database
    player: FakePlayer
    transcriber: FakeTranscriber
    preferences: Preferences
    jobs: JobRunner
    clock: FakeClock
    dispatcher: Dispatcher
    open_ids: set[int]
    opened: list[Path]
    """Folders the file manager was asked to show."""
    shrink: Shrink = shrink
    """Makes takes' sound smaller; another one may stand here before it begins."""

    def keep(self, session: Session) -> int:
        """Store a session, with a sound file for each take that names one."""
        for take in session.takes:
            if take.sound is not None:
                write_wav(self.paths.root / take.sound, min(take.duration_s, 2.0))
        with self.database.new_unit() as unit:
            number = unit.sessions.add(session)
            unit.commit()
        return number

    def stored(self, session_id: int) -> Session:
        """The session as the database has it."""
        with self.database.new_unit() as unit:
            return unit.sessions.get(session_id)

    def close(self) -> None:
        """Leave as the application does."""
        self.transcriber.gate.set()
        self.page.close_page()
        self.jobs.close()
        self.dispatcher.close()
        self.player.close()
        self.database.close()


def build_history(theme: Theme, folder: Path) -> HistoryWorld:
    """A Sessions page over an empty database in that folder."""
    paths = AppPaths(folder / "data")
    database = open_at_once(paths)
    dispatcher = Dispatcher()
    jobs = JobRunner(dispatcher.post)
    clock = FakeClock()
    player, transcriber = FakePlayer(dispatcher.post), FakeTranscriber()
    preferences = Preferences(Settings(), lambda _settings: None, jobs)
    open_ids: set[int] = set()
    opened: list[Path] = []
    history = History(database.new_unit, paths, clock)

    def show_folder(folder: Path) -> bool:
        opened.append(folder)
        return True

    context = SessionsContext(
        jobs=jobs,
        history=history,
        again=RetranscriptionService(database.new_unit, transcriber, paths),
        correcting=CorrectionService(database.new_unit, clock),
        comparing=TakeComparisonService(database.new_unit, paths),
        models=lambda: MODELS,
        player=player,
        voice=FakeVoice(folder / "voice"),
        waveforms=WaveformFiles(),
        take_notes=TakeNotes(database.new_unit),
        marking=BestTakeService(database.new_unit),
        preferences=preferences,
        clock=clock,
        is_open=open_ids.__contains__,
        export=ExportService(
            history, document_writers(), take_writers(), is_sound, clock.zone
        ).export,
        storage=lambda: SoundStorage(database.new_unit, paths, clock, world.shrink),
        open_folder=show_folder,
    )
    page = SessionsPage(theme, context)
    world = HistoryWorld(
        page,
        paths,
        database,
        player,
        transcriber,
        preferences,
        jobs,
        clock,
        dispatcher,
        open_ids,
        opened,
    )
    return world


def make_session(
    clock: FakeClock,
    name: str = "s1",
    *,
    days_ago: float = 0,
    mode: Mode = Mode.PRACTICE,
    is_over: bool = True,
    takes: tuple[Take, ...] | None = None,
) -> Session:
    """A session of the test guide; with takes given, or one spoken take of each question."""
    started = clock.time - timedelta(days=days_ago)
    asked = tuple(
        AskedQuestion(question, section.title)
        for section in GUIDE.sections
        for question in section.questions
    )
    session = Session(
        uid=name,
        guide_id=GUIDE.id,
        guide_title=GUIDE.title,
        mode=mode,
        asked=asked,
        started_at=started,
        ended_at=started + timedelta(minutes=12) if is_over else None,
    )
    if takes is None:
        takes = tuple(make_take(session, number) for number in range(len(asked)))
    return replace(session, takes=takes)


def make_take(
    session: Session,
    position: int,
    number: int = 1,
    *,
    text: str = SAID,
    status: TakeStatus = TakeStatus.KEPT,
    transcription: TranscriptionStatus = TranscriptionStatus.DONE,
    failure: str | None = None,
) -> Take:
    """A spoken take of a question, transcribed unless said otherwise."""
    uid = session.take_uid(position, number)
    is_done = transcription is TranscriptionStatus.DONE
    words = transcript_of(text)
    duration_s = len(words.words) * WORD_S + 1
    um = next((word for word in words.words if word.text == "um"), None)
    measures = measures_of(text, duration_s)
    if um is not None:
        measures = replace(measures, hesitations=(Mark("um", um.start_s, um.end_s),))
    return Take(
        uid,
        position,
        number,
        session.started_at + timedelta(minutes=position),
        status=status,
        duration_s=duration_s,
        sound=f"takes/{uid}.wav",
        transcription=transcription,
        failure=failure,
        transcript=words if is_done else None,
        measures=measures if is_done else None,
    )


def make_typed(session: Session, position: int, text: str) -> Take:
    """A typed take."""
    return Take(
        session.take_uid(position, 1),
        position,
        1,
        session.started_at,
        status=TakeStatus.KEPT,
        transcription=TranscriptionStatus.DONE,
        transcript=Transcript.typed(text, "en"),
        measures=measures_of(text, 0.0),
    )
