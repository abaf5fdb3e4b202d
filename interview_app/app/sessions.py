"""Builds what is done with sessions that are kept: looked through, exported, corrected, tidied."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from interview_app.services.ports.clock import Clock
from interview_app.support.paths import AppPaths

if TYPE_CHECKING:
    from interview_app.app.recognition import Recognition
    from interview_app.recording.waveforms import WaveformFiles
    from interview_app.services.export.exporting import ExportService
    from interview_app.services.history.best_take import BestTakeService
    from interview_app.services.history.comparison import TakeComparisonService
    from interview_app.services.history.corrections import CorrectionService
    from interview_app.services.history.history import History
    from interview_app.services.history.recovery import Recovery
    from interview_app.services.history.retranscription import RetranscriptionService
    from interview_app.services.history.take_notes import TakeNotes
    from interview_app.services.upkeep.sound_storage import SoundStorage
    from interview_app.storage.unit_of_work import SqlUnitOfWork


class KeptSessions:
    """The parts that work on kept sessions, each built at its first use."""

    def __init__(
        self,
        new_unit: Callable[[], SqlUnitOfWork],
        paths: AppPaths,
        clock: Clock,
        recognition: Recognition,
    ) -> None:
        self._new_unit = new_unit
        self._paths = paths
        self._clock = clock
        self._recognition = recognition

    @cached_property
    def history(self) -> History:
        """Past sessions."""
        from interview_app.services.history.history import History

        return History(self._new_unit, self._paths, self._clock)

    @cached_property
    def exporting(self) -> ExportService:
        """Writes sessions as documents, figures, subtitles and sound."""
        from interview_app.exports.sound import is_sound
        from interview_app.exports.writers import document_writers, take_writers
        from interview_app.services.export.exporting import ExportService

        return ExportService(
            self.history,
            document_writers(),
            take_writers(),
            is_sound,
            self._clock.zone,
            self.take_notes.of_session,
        )

    @cached_property
    def waveforms(self) -> WaveformFiles:
        """What takes' sounds look like."""
        from interview_app.recording.waveforms import WaveformFiles

        return WaveformFiles()

    @cached_property
    def marking_best(self) -> BestTakeService:
        """Marks the best take of a question."""
        from interview_app.services.history.best_take import BestTakeService

        return BestTakeService(self._new_unit)

    @cached_property
    def take_notes(self) -> TakeNotes:
        """What the person wrote to takes."""
        from interview_app.services.history.take_notes import TakeNotes

        return TakeNotes(self._new_unit)

    @cached_property
    def sound_storage(self) -> SoundStorage:
        """Tells and frees the room that takes' sound has."""
        from interview_app.recording.shrinking import shrink
        from interview_app.services.upkeep.sound_storage import SoundStorage

        return SoundStorage(self._new_unit, self._paths, self._clock, shrink)

    @cached_property
    def transcribing_again(self) -> RetranscriptionService:
        """Makes transcripts of stored takes."""
        from interview_app.services.history.retranscription import RetranscriptionService

        return RetranscriptionService(self._new_unit, self._recognition.transcribing, self._paths)

    @cached_property
    def correcting(self) -> CorrectionService:
        """Changes the words of kept takes."""
        from interview_app.services.history.corrections import CorrectionService

        return CorrectionService(self._new_unit, self._clock)

    @cached_property
    def comparing(self) -> TakeComparisonService:
        """Puts two takes of a question side by side."""
        from interview_app.services.history.comparison import TakeComparisonService

        return TakeComparisonService(self._new_unit, self._paths)

    @cached_property
    def recovery(self) -> Recovery:
        """Finds and keeps what a crash left behind."""
        from interview_app.recording.take_files import parts_of, repair_and_join
        from interview_app.services.history.recovery import Recovery

        return Recovery(
            self._new_unit, self._paths, parts_of=parts_of, repair_and_join=repair_and_join
        )
