"""Show text from outside as text: nothing in it is markup, and nothing it names is opened.

Guides, notes, transcripts, file names and answers of servers come from anywhere. Qt takes a tool
tip that looks like HTML for HTML, and a document fetches the images its text names.
"""

from __future__ import annotations

from html import escape

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument, QTextFormat
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


def images_to_words(document: QTextDocument) -> None:
    """Put the description of each image in its place, as screen readers do; none is shown."""
    block = document.begin()
    places: list[tuple[int, int, str]] = []
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            piece = fragments.fragment()
            fragments += 1
            if piece.isValid() and piece.charFormat().isImageFormat():
                words = piece.charFormat().stringProperty(QTextFormat.Property.ImageAltText)
                places.append((piece.position(), piece.length(), words))
        block = block.next()
    for start, length, words in reversed(places):
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
