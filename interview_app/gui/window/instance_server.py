"""The door of a running window: a program started again knocks, and hands over what to open.

Every data folder has a door of its own, only its own person may knock at it, and one left standing
by a crash is built anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from interview_app.support.paths import APP_NAME

_HEARD = b"heard\n"
_LONGEST = 65_536
"""Bytes of one message; a path has at most a few thousand."""
_LOOK_S = 0.05
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What the desktop gives a program it starts, so that its window may come to the front."""


def instance_server_name(root: Path) -> str:
    """The name of the door of that data folder: a socket's path, on Windows a pipe's name.

    The path is short whatever the folder's is: sockets allow about a hundred characters.
    """
    person = str(os.getuid()) if sys.platform != "win32" else os.environ.get("USERNAME", "")
    folder = os.path.normcase(os.path.realpath(root))
    place = hashlib.blake2b(f"{person}\0{folder}".encode(), digest_size=8).hexdigest()
    name = f"{APP_NAME}-{place}"
    if sys.platform == "win32":
        return name
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)


def send_to_running_instance(root: Path, files: Sequence[Path] = (), limit_s: float = 3.0) -> bool:
    """Ask the window that is open on that data folder to come to the front and open files.

    Waits up to ``limit_s`` for a window that is just starting or busy; ``False`` if none heard.
    """
    message = {
        "files": [str(path.absolute()) for path in files],
        "tokens": {name: os.environ[name] for name in _TOKENS if name in os.environ},
    }
    if sys.platform == "win32":
        _let_others_come_forward()
    limit = time.monotonic() + limit_s
    while True:
        left = limit - time.monotonic()
        if left <= 0:
            return False
        socket = QLocalSocket()
        socket.connectToServer(instance_server_name(root))
        if socket.waitForConnected(round(left * 1000)):
            return _say(socket, json.dumps(message), limit)
        time.sleep(_LOOK_S)


def _say(socket: QLocalSocket, message: str, limit: float) -> bool:
    socket.write(message.encode() + b"\n")
    answer = b""
    while not answer.endswith(_HEARD):
        left = round((limit - time.monotonic()) * 1000)
        if left <= 0 or not socket.waitForReadyRead(left):
            break
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer.endswith(_HEARD)


def _let_others_come_forward() -> None:
    """Windows lets only the program in front bring another one there."""
    import ctypes

    any_process = -1
    ctypes.windll.user32.AllowSetForegroundWindow(any_process)  # type: ignore[attr-defined]


class InstanceServer(QObject):
    """Listens while the window is open; only the holder of the data folder's lock has one.

    Signals:
        knocked(tuple[Path, ...]): the program was started again, with these files to open.
    """

    knocked = Signal(object)

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._let_in)
        name = instance_server_name(root)
        # Nobody else holds this data folder: what stands there is left from a crash.
        QLocalServer.removeServer(name)
        self.is_open = self._server.listen(name)

    def close(self) -> None:
        """Let nobody in any more."""
        self._server.close()

    def _let_in(self) -> None:
        while self._server.hasPendingConnections():
            visitor = self._server.nextPendingConnection()
            visitor.disconnected.connect(visitor.deleteLater)
            visitor.readyRead.connect(lambda visitor=visitor: self._hear(visitor))
            self._hear(visitor)

    def _hear(self, visitor: QLocalSocket) -> None:
        if visitor.bytesAvailable() > _LONGEST:
            visitor.abort()
        elif visitor.canReadLine():
            files = _files_of(bytes(visitor.readLine().data()))
            if files is None:
                visitor.abort()
                return
            visitor.write(_HEARD)
            visitor.flush()
            self.knocked.emit(files)


def _files_of(line: bytes) -> tuple[Path, ...] | None:
    """The files a message names; ``None`` for what no program of ours would say."""
    try:
        message = json.loads(line)
        files = tuple(Path(name) for name in message["files"])
        tokens = {name: str(message["tokens"].get(name, "")) for name in _TOKENS}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    # Qt takes the token from here when a window is next brought to the front.
    os.environ.update({name: token for name, token in tokens.items() if token})
    return files
