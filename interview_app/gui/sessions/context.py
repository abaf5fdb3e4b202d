"""What the Sessions page is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interview_app.domain.session import Session, Take
from interview_app.domain.session_labels import SessionLabels
from interview_app.gui.preferences import Preferences
from interview_app.services.export.ports import Exported, ExportRequest
from interview_app.services.history.best_take import BestTakeService
from interview_app.services.history.comparison import TakeComparisonService
from interview_app.services.history.corrections import CorrectionService
from interview_app.services.history.queries import (
    DayCounts,
    FilterChoices,
    Hits,
    SessionFilter,
    SessionOrder,
    SessionPage,
)
from interview_app.services.history.retranscription import RetranscriptionService
from interview_app.services.history.take_notes import TakeNotes
from interview_app.services.jobs import JobContext, Jobs
from interview_app.services.playback.waveform import Waveforms
from interview_app.services.ports.clock import Clock
from interview_app.services.ports.player import Player
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.ports.sessions import SessionSummary
from interview_app.services.ports.voice import Voice
from interview_app.services.upkeep.sound_storage import SoundStorage


class HistoryQueries(Protocol):
    """What was rehearsed; every call blocks and is made inside a job. See ``History``."""

    def page(
        self, wanted: SessionFilter, order: SessionOrder, limit: int, offset: int = 0
    ) -> SessionPage:
        """Some lines of the history, and how many there are."""
        ...

    def ids(
        self, wanted: SessionFilter, order: SessionOrder, rows: Iterable[tuple[int, int]]
    ) -> tuple[int, ...]:
        """The numbers of the sessions in some rows."""
        ...

    def days(self, wanted: SessionFilter) -> DayCounts:
        """How many sessions a filter leaves on each day."""
        ...

    def choices(self) -> FilterChoices:
        """What sessions can be filtered by."""
        ...

    def lines(self, session_ids: Sequence[int]) -> Sequence[SessionSummary]:
        """The lines of some sessions, newest first."""
        ...

    def session(self, session_id: int) -> Session:
        """A whole session."""
        ...

    def find_said(
        self, text: str, limit: int, offset: int = 0, within: SessionFilter | None = None
    ) -> Hits:
        """Takes that hold every word of a text, best first."""
        ...

    def sound_of(self, take: Take) -> Path | None:
        """The sound file of a take, or ``None``."""
        ...

    def change_labels(
        self, session_ids: Iterable[int], change: Callable[[SessionLabels], SessionLabels]
    ) -> Sequence[SessionSummary]:
        """Change what a person says of some sessions; their lines as they are now."""
        ...

    def move_all_to_trash(self, session_ids: Sequence[int]) -> None:
        """Hide some sessions, all or none."""
        ...

    def restore_all(self, session_ids: Sequence[int]) -> None:
        """Take some sessions back out of the trash, all or none."""
        ...


@dataclass(frozen=True, slots=True)
class SessionsContext:
    """Services of the page.

    ``is_open`` tells whether a session is being rehearsed just now. ``export`` blocks and is made
    inside a job, and ``storage`` is built in one; ``open_folder`` shows a folder in the system's
    file manager, if it can.
    """

    jobs: Jobs
    history: HistoryQueries
    again: RetranscriptionService
    correcting: CorrectionService
    comparing: TakeComparisonService
    player: Player
    voice: Voice
    waveforms: Waveforms
    take_notes: TakeNotes
    marking: BestTakeService
    preferences: Preferences
    clock: Clock
    models: Callable[[], Sequence[ModelInfo]]
    """The recognizer models of this machine; blocks."""
    is_open: Callable[[int], bool] = lambda _session_id: False
    export: Callable[[ExportRequest, JobContext], Exported] | None = None
    storage: Callable[[], SoundStorage] | None = None
    open_folder: Callable[[Path], bool] = lambda _folder: False


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session, and where the sound of its takes lies, by uid; ``None`` where it is gone."""

    session: Session
    sounds: dict[str, Path | None]
    name: str = ""
    """What the session is called: the person's title, else its guide's."""


def open_session(history: HistoryQueries, session_id: int, _job: JobContext) -> OpenedSession:
    """A session with the places of its sound; blocks.

    Raises:
        UnknownSession: no session has that number, or it is in the trash.
    """
    session = history.session(session_id)
    sounds = {take.uid: history.sound_of(take) for take in session.takes}
    names = [line.name for line in history.lines((session_id,))]
    return OpenedSession(session, sounds, names[0] if names else session.guide_title)
