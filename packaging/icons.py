"""The one icon, resources/icons/mock-interview.svg, in every size and form a system asks for."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from identity import APP_NAME, BUILD, ICON
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QIcon

HICOLOR = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO = (16, 24, 32, 48, 64, 128, 256)
ICNS = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
"""Apple's type of a PNG of that size."""


def png(size: int) -> bytes:
    """The icon as a PNG of that many pixels a side."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QIcon(str(ICON)).pixmap(QSize(size, size)).toImage().save(buffer, "PNG")
    return bytes(buffer.data().data())


def write_ico(target: Path) -> None:
    """A Windows icon: a directory of PNGs."""
    pictures = [(size, png(size)) for size in ICO]
    offset = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    body = b""
    for size, picture in pictures:
        edge = size % 256  # 256 is written as 0
        head += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), offset + len(body))
        body += picture
    target.write_bytes(head + body)


def write_icns(target: Path) -> None:
    """A macOS icon: chunks of a type, a length and a PNG."""
    body = b"".join(
        kind + struct.pack(">I", len(picture) + 8) + picture
        for kind, picture in ((kind, png(size)) for kind, size in ICNS.items())
    )
    target.write_bytes(b"icns" + struct.pack(">I", len(body) + 8) + body)


def write_all(folder: Path) -> None:
    """All of them: ``NxN.png``, ``.ico`` and ``.icns``."""
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    for size in HICOLOR:
        (folder / f"{size}x{size}.png").write_bytes(png(size))
    write_ico(folder / f"{APP_NAME}.ico")
    write_icns(folder / f"{APP_NAME}.icns")
    del app


if __name__ == "__main__":
    write_all(BUILD / "icons")
    print(BUILD / "icons")
