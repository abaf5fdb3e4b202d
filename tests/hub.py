"""A hub of small models and voices on this machine, that cuts, stalls and lies as it is told."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from interview_app.model_files.known_file import KnownFile
from interview_app.recognition.known_models import KnownModel
from interview_app.speech_synthesis.natural_files import MODEL, NaturalFiles

WEIGHTS = bytes(range(256)) * 4_000
CONFIG = b'{"alignment_heads": []}'
CONTENT = {"model.bin": WEIGHTS, "config.json": CONFIG}
VOICES = {MODEL.name: WEIGHTS, "af_heart.bin": b"warm" * 1_000}
REVISION = "0123456789abcdef0123456789abcdef01234567"


def small_model(name: str, languages: str = "en", content: bytes = WEIGHTS) -> KnownModel:
    """A model of about a megabyte in two files, ``content`` being its weights."""
    files = {"model.bin": content, "config.json": CONFIG}
    return KnownModel(
        name,
        languages,
        f"somebody/faster-{name}",
        size_bytes=sum(len(each) for each in files.values()),
        revision=REVISION,
        files=_known(files),
    )


def small_voices(folder: Path) -> NaturalFiles:
    """Natural voices of about a megabyte, in two files, kept in that folder."""
    return NaturalFiles(folder, _known(VOICES))


def _known(files: Mapping[str, bytes]) -> tuple[KnownFile, ...]:
    return tuple(
        KnownFile(name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in files.items()
    )


@dataclass
class Hub:
    """A server on this machine that behaves as it is told, and notes what it was asked."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(CONTENT))
    etag: str = '"one"'
    has_ranges: bool = True
    cut_after: int | None = None
    """The weights' connection is closed after so many bytes of each answer."""
    stalls: bool = False
    stall_after: int = 1000
    """So many bytes come before nothing more does."""
    stated_length: int | None = None
    redirect: str = ""
    fails: int = 0
    """So many requests are answered 503 first."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    is_closing: threading.Event = field(default_factory=threading.Event)

    def ranges(self) -> list[str]:
        """What was asked for of the weights, ``all`` for the whole."""
        return [h.get("range", "all") for path, h in self.asked if path.endswith("model.bin")]


@contextlib.contextmanager
def serving() -> Iterator[Hub]:
    """A hub that answers until the block ends."""
    hub = Hub()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hub.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer(hub, self)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = False
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        hub.is_closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def answer(hub: Hub, request: BaseHTTPRequestHandler) -> None:
    """Answer one request as the hub is told to."""
    name = request.path.rpartition("/")[2]
    content = hub.files.get(name)
    if hub.fails:
        hub.fails -= 1
        request.send_error(503)
        return
    if content is None:
        request.send_error(404)
        return
    if hub.redirect and "moved" not in request.path:
        request.send_response(302)
        request.send_header("Location", hub.redirect + name)
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    start = asked_start(hub, request)
    if start >= len(content):
        request.send_error(416)
        return
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    length = hub.stated_length if name in ("model.bin", MODEL.name) else None
    request.send_header("Content-Length", str(length or len(content) - start))
    request.send_header("ETag", hub.etag)
    request.end_headers()
    is_weights = name in ("model.bin", MODEL.name)
    send(hub, request, content[start:], is_weights=is_weights)


def asked_start(hub: Hub, request: BaseHTTPRequestHandler) -> int:
    found = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
    is_same = request.headers.get("If-Range", hub.etag) == hub.etag
    return int(found[1]) if found and hub.has_ranges and is_same else 0


def send(hub: Hub, request: BaseHTTPRequestHandler, body: bytes, *, is_weights: bool) -> None:
    if is_weights and hub.stalls:
        with contextlib.suppress(ConnectionError):
            request.wfile.write(body[: hub.stall_after])
            request.wfile.flush()
            hub.is_closing.wait()  # for as long as a test lasts
    elif is_weights and hub.cut_after is not None:
        request.wfile.write(body[: hub.cut_after])
    else:
        request.wfile.write(body)
    request.close_connection = True
