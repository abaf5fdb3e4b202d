"""Show text from outside as text: nothing in it is markup, and nothing it names is opened.

Guides, notes, transcripts, file names and answers of servers come from anywhere, and Qt takes a
tool tip that looks like HTML for HTML. Texts of guides are shown by ``widgets/reading_text.py``.
"""

from __future__ import annotations

from html import escape

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def as_plain(text: str) -> str:
    """Return a text that Qt shows letter by letter where it would guess whether it is HTML."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def set_tool_tip(widget: QWidget, text: str) -> None:
    """Set a widget's tool tip, shown as the text it is."""
    widget.setToolTip(as_plain(text))


def item_text(role: int, text: str) -> str:
    """Return the text of an item for a role; Qt guesses only at tool tips."""
    return as_plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
