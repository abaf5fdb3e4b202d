"""File names made of titles, such that no file system refuses them."""

from __future__ import annotations

import re
import unicodedata

MAX_BYTES = 120
"""Bytes of UTF-8 a name has at most, its ending included.

File systems take 255 (ext4, APFS in UTF-8; NTFS in UTF-16); half of it leaves room for the endings
of temporary files and for a path of 260 characters, the usual limit of Windows.
"""

TAKES_FOLDER = "takes"
"""The folder inside the data folder that alone holds takes' sound."""

_REFUSED = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE
)
"""Names of devices on Windows, whatever follows a point ("Naming Files, Paths, and Namespaces")."""


def file_name(title: str, ending: str = "", fallback: str = "session") -> str:
    """The title as a file name with that ending (``.html``); ``fallback`` where nothing is left.

    Letters of every script and emoji stay. What Windows, macOS or Linux refuse, or nobody can see
    (control, format and unassigned characters, lone surrogates), becomes a space or goes.
    """
    text = unicodedata.normalize("NFC", _REFUSED.sub(" ", title))
    text = "".join(" " if sign.isspace() else sign for sign in text if _is_visible(sign))
    room = MAX_BYTES - len(ending.encode())
    name = _shortened(_trimmed(text), room) or fallback
    if _RESERVED.fullmatch(name):
        name = _shortened(f"{fallback} {name}", room)
    return f"{name}{ending}"


def is_plain_name(name: str) -> bool:
    """Whether a text is one part of a path: a name that cannot lead out of its folder."""
    return name not in {"", ".", ".."} and not re.search(r"[/\\:\0]", name)


def is_take_sound(name: str) -> bool:
    """Return whether a stored name is one a take's sound can have: a file right under ``takes/``.

    A database can come from anybody (a restored backup), so a name is never followed elsewhere.
    """
    folder, _, file = name.partition("/")
    return folder == TAKES_FOLDER and is_plain_name(file) and not file.startswith(".")


def _is_visible(sign: str) -> bool:
    return sign.isspace() or not unicodedata.category(sign).startswith("C")


def _trimmed(text: str) -> str:
    """Single spaces, no point, space or dash at either end: Windows drops or refuses those."""
    return " ".join(text.split()).strip(" .-~")


def _shortened(text: str, room: int) -> str:
    """The text cut to that many bytes, never inside a character."""
    return _trimmed(text.encode()[:room].decode(errors="ignore"))
