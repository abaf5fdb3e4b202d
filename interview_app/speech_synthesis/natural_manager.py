"""The natural voices as the window keeps them: fetched, compared and removed as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from interview_app.domain.errors import ModelDamaged, VoiceUnavailable
from interview_app.services.jobs import JobContext
from interview_app.services.ports.recognizer import ModelInfo
from interview_app.services.recognition.models import FetchPlan, ModelState
from interview_app.speech_synthesis.natural_download import NaturalDownload
from interview_app.speech_synthesis.natural_files import NaturalFiles

NAME = "Natural voices"


class NaturalVoiceManager:
    """Implements :class:`~interview_app.services.recognition.models.ModelKeeper` for these alone.

    ``address``: a mirror asked unless told otherwise; empty is where they are published.
    """

    def __init__(self, files: NaturalFiles, download: NaturalDownload, address: str = "") -> None:
        self._files = files
        self._download = download
        self._address = address

    def states(self) -> Sequence[ModelState]:
        """The one state; see the port."""
        place = self._files.place()
        info = ModelInfo(NAME, place is not None, self._size, "en", str(place or ""))
        kept = 0 if place else self._download.kept_bytes
        return (ModelState(info, is_removable=place == self._files.folder, kept_bytes=kept),)

    def plan(self, name: str, address: str = "") -> FetchPlan:
        """What a fetch would do; see the port."""
        del name
        source = ", ".join(self._download.sources(address or self._address))
        missing = max(self._size - self._download.kept_bytes, 0)
        return FetchPlan(source, self._files.folder, missing, self._address)

    def fetch(self, name: str, address: str, job: JobContext) -> Path:
        """Fetch them; see the port."""
        del name
        return self._download.fetch(job, address or self._address)

    def copy(self, name: str, folder: Path, job: JobContext) -> Path:
        """Take them from a folder; see the port."""
        del name
        return self._download.copy(folder, job)

    def verify(self, name: str, job: JobContext) -> Path:
        """Compare every file, read anew; see the port."""
        del name
        place = self._files.place()
        if place is None:
            raise VoiceUnavailable(
                "The natural voices are not on this machine.", remedy="Download them."
            )
        for file in self._files.files:
            job.check()
            if not file.is_at(place / file.name):
                raise ModelDamaged(
                    f"The file {place / file.name} is not the published one.",
                    remedy="Remove the natural voices and download them again.",
                )
        return place

    def remove(self, name: str) -> int:
        """Delete what was fetched; see the port."""
        del name
        return self._download.remove()

    @property
    def _size(self) -> int:
        return sum(file.size for file in self._files.files)
