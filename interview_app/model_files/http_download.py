"""One file over HTTP into a partial file: resumed after a cut, never believed without a check.

Done with httpx2 rather than urllib: it has a limit for a connection that gives no byte apart from
the one for connecting, tells a body that was cut from one that ended, streams without decoding,
trusts the certificates the system trusts, and honours the usual proxy variables. It is installed
in any case, because faster-whisper's own hub client stands on it.
"""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import httpx2

from interview_app.domain.errors import DownloadFailed
from interview_app.model_files.transfer_rate import size
from interview_app.services.jobs import JobContext

CONNECT_LIMIT_S = 20.0
STALL_LIMIT_S = 30.0
"""How long a server may give no byte before the connection counts as cut."""
_MAX_REDIRECTS = 5
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "mock-interview"}
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


class Cut(Exception):
    """The connection ended, stalled or was refused for now; another try may go on."""


def new_client(stall_limit_s: float = STALL_LIMIT_S) -> httpx2.Client:
    """A client that follows no redirect by itself and keeps to the proxy variables.

    Raises:
        DownloadFailed: a proxy variable names what is not supported (SOCKS).
    """
    limits = httpx2.Timeout(stall_limit_s, connect=CONNECT_LIMIT_S)
    try:
        return httpx2.Client(headers=_HEADERS, timeout=limits, follow_redirects=False)
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        raise DownloadFailed(
            f"The proxy of this system cannot be used: {error}",
            remedy="Name an http proxy in HTTPS_PROXY, or use a folder you have (--from).",
        ) from error


class Fetch:
    """Fetches one file of known size; ``part`` holds what arrived, ``part``.etag its version."""

    def __init__(self, client: httpx2.Client, url: str, part: Path, expected: int) -> None:
        self._client = client
        self._url = url
        self._part = part
        self._etag = part.with_name(f"{part.name}.etag")
        self._expected = expected

    def run(self, job: JobContext, on_bytes: Callable[[int], None]) -> None:
        """Add what is missing to the partial file; ``on_bytes`` hears of bytes won or dropped.

        Raises:
            Cut: the rest did not come; calling again goes on from there.
            DownloadFailed: the server has another file, or sends elsewhere than it may.
            JobCancelled: it is no longer wanted; what arrived stays.
            OSError: the part cannot be written.
        """
        have = self._part.stat().st_size if self._part.exists() else 0
        if have > self._expected:
            self._part.unlink()
            on_bytes(-have)
            have = 0
        if have == self._expected and have:
            return
        try:
            with self._answer(have, job) as answer:
                self._take(answer, have, job, on_bytes)
        except (httpx2.TransportError, OSError) as error:
            job.check()
            if isinstance(error, httpx2.TransportError):
                raise Cut(_told(error)) from error
            raise

    def _take(
        self,
        answer: httpx2.Response,
        have: int,
        job: JobContext,
        on_bytes: Callable[[int], None],
    ) -> None:
        start = self._start(answer, have)
        with self._part.open("ab" if start else "wb") as part:
            if start == 0:
                on_bytes(-have)
                self._etag.write_text(answer.headers.get("ETag", ""), encoding="utf-8")
            written = start
            for chunk in answer.iter_raw():
                job.check()
                written += len(chunk)
                if written > self._expected:
                    part.truncate(0)
                    raise _wrong_length(answer, f"more than {size(self._expected)}")
                part.write(chunk)
                on_bytes(len(chunk))
        if written < self._expected:
            raise Cut(f"the server ended after {size(written)} of {size(self._expected)}")

    def _start(self, answer: httpx2.Response, have: int) -> int:
        """Where the answer's bytes belong: at the end of the part, or at 0.

        A server that knows no ranges, or whose file changed since, answers with the whole file.
        """
        if answer.status_code == HTTPStatus.PARTIAL_CONTENT:
            found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
            if found is None or int(found[1]) != have or int(found[2]) != self._expected:
                self._part.unlink()
                raise Cut("the server sent another part than was asked for")
            return have
        stated = answer.headers.get("Content-Length")
        if stated is not None and stated != str(self._expected):
            raise _wrong_length(answer, f"{stated} bytes")
        return 0

    def _asked(self, have: int) -> dict[str, str]:
        if not have:
            return {}
        etag = ""
        with contextlib.suppress(OSError):
            etag = self._etag.read_text(encoding="utf-8")
        strong = {"If-Range": etag} if etag and not etag.startswith("W/") else {}
        return {"Range": f"bytes={have}-", **strong}

    @contextlib.contextmanager
    def _answer(self, have: int, job: JobContext) -> Iterator[httpx2.Response]:
        """The answer with the bytes, redirects followed while they keep the scheme."""
        url = httpx2.URL(self._url)
        for _ in range(_MAX_REDIRECTS):
            job.check()
            with self._client.stream("GET", url, headers=self._asked(have)) as answer:
                if not answer.has_redirect_location:
                    self._refuse_failure(answer, have)
                    job.on_cancel(lambda: _wake(answer))
                    yield answer
                    return
                url = _next(url, answer.headers["Location"])
        raise DownloadFailed(
            f"{url.host} redirects without end.", remedy="Try later, or name a mirror (--mirror)."
        )

    def _refuse_failure(self, answer: httpx2.Response, have: int) -> None:
        status = answer.status_code
        if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            return
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            self._part.unlink(missing_ok=True)
            raise Cut("the server has no such part of the file")
        told = f"{answer.url.host} answers {status} {answer.reason_phrase}".rstrip()
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (
            HTTPStatus.REQUEST_TIMEOUT,
            HTTPStatus.TOO_MANY_REQUESTS,
        ):
            raise Cut(told)
        raise DownloadFailed(
            f"{told} for {answer.url.path}.",
            remedy="Name a mirror (--mirror), or use a folder you have (--from).",
        )


def _next(url: httpx2.URL, location: str) -> httpx2.URL:
    try:
        there = url.join(location)
    except httpx2.InvalidURL as error:
        raise DownloadFailed(
            f"{url.host} redirects to no address.", remedy="Name a mirror (--mirror)."
        ) from error
    if there.scheme != url.scheme:
        raise DownloadFailed(
            f"{url.host} redirects from {url.scheme} to {there.scheme}, which is refused.",
            remedy="Name another mirror (--mirror), or use a folder you have (--from).",
        )
    return there


def _wrong_length(answer: httpx2.Response, found: str) -> DownloadFailed:
    return DownloadFailed(
        f"{answer.url.host} sends {found} for {answer.url.path}, which is not the official file.",
        remedy="Name another mirror (--mirror), or use a folder you have (--from).",
    )


def _wake(answer: httpx2.Response) -> None:
    """Wake a thread that waits for bytes, so that a cancelled job ends at once."""
    stream = answer.extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream is not None else None
    if isinstance(connection, socket.socket):
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _told(error: httpx2.TransportError) -> str:
    if isinstance(error, httpx2.ConnectTimeout):
        return "the server did not answer"
    if isinstance(error, httpx2.TimeoutException):
        return "no byte came any more"
    if isinstance(error, httpx2.ConnectError | httpx2.ProxyError):
        return f"no connection ({error})"
    return "the connection was cut"
