"""Files fetched until each is here with its known SHA-256."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interview_app.domain.errors import DownloadFailed
from interview_app.model_files.http_download import Cut, Fetch
from interview_app.model_files.known_file import KnownFile
from interview_app.model_files.transfer_rate import Transfer, size
from interview_app.services.jobs import JobContext

_TRIES = 4
"""So often in a row a connection may bring nothing new before the download gives up."""
PAUSES_S = (1.0, 3.0, 8.0)
"""Seconds waited before tries after vain ones."""


@dataclass(frozen=True, slots=True)
class CheckedFetch:
    """Fetches files one after another; ``transfer`` counts the bytes of them all.

    ``is_known`` compares a whole file with its known content, ``refused`` makes the error for one
    that differs, and ``remedy`` is what to do about one that did not arrive.
    """

    transfer: Transfer
    job: JobContext
    is_known: Callable[[Path, KnownFile], bool]
    refused: Callable[[KnownFile], Exception]
    remedy: str
    pauses_s: tuple[float, ...] = PAUSES_S

    def run(self, fetch: Fetch, part: Path, file: KnownFile) -> None:
        """Fetch one file; parts of two versions put together are found out and fetched anew.

        Raises:
            DownloadFailed: it did not arrive; what arrived stays.
            Exception: what ``refused`` makes; the file was deleted.
            JobCancelled: it is no longer wanted; what arrived stays.
        """
        was_resumed = part.exists()
        while True:
            self._fetch_whole(fetch, part, file)
            self.job.report(self.transfer.fraction, f"{file.name}: comparing its SHA-256")
            if self.is_known(part, file):
                return
            self.transfer.add(-size_of(part))
            part.unlink()
            if not was_resumed:
                raise self.refused(file)
            was_resumed = False

    def _fetch_whole(self, fetch: Fetch, part: Path, file: KnownFile) -> None:
        """Fetch until every byte is here, going on after cuts while each brings something new."""
        transfer, job = self.transfer, self.job

        def arrived(count: int) -> None:
            transfer.add(count)
            if transfer.is_news():
                job.report(transfer.fraction, transfer.line(file.name))

        before, most, vain = transfer.have - size_of(part), size_of(part), 0
        while True:
            try:
                fetch.run(job, arrived)
            except Cut as cut:
                here = size_of(part)
                transfer.add(before + here - transfer.have)
                vain = 0 if here > most else vain + 1
                most = max(most, here)
                if vain >= _TRIES:
                    raise DownloadFailed(
                        f"{file.name} did not arrive: {cut}. {size(transfer.have)} are kept.",
                        remedy=self.remedy,
                    ) from cut
                self._pause(vain)
            else:
                return

    def _pause(self, vain: int) -> None:
        """Wait before the next try, no longer than the job is wanted."""
        if vain == 0 or not self.pauses_s:
            self.job.check()
            return
        cancelled = threading.Event()
        self.job.on_cancel(cancelled.set)
        cancelled.wait(self.pauses_s[min(vain, len(self.pauses_s)) - 1])
        self.job.check()


def size_of(path: Path) -> int:
    """The bytes of a file; 0 if there is none."""
    return path.stat().st_size if path.exists() else 0
