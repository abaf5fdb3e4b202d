"""Text to read: at the width and line height eyes like, as tall as it needs to be."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QFontInfo,
    QFontMetrics,
    QFontMetricsF,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from interview_app.domain.text.rich_text import as_html
from interview_app.gui.theme import LINE_HEIGHT_PERCENT, READING_CHARACTERS, Role, Space, Theme


class GrowingText(QTextEdit):
    """Read-only text that is as tall as its words; the page around it scrolls."""

    def __init__(self, theme: Theme, role: Role = Role.READING) -> None:
        super().__init__()
        self._theme = theme
        self._role = role
        self.setProperty("bare", "true")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002
        """Open nothing: whatever a text from outside names, no file or address is asked for."""
        return QByteArray()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def fit(self) -> None:
        """Be as tall as the text at the present width."""
        frame = self.height() - self.viewport().height()
        height = round(self.document().size().height()) + max(frame, 0)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def block_format(self, line_height_percent: int = LINE_HEIGHT_PERCENT) -> QTextBlockFormat:
        """How paragraphs stand: their line height in per cent of the type size, and room below.

        Qt counts in per cent of the font's own line, which is taller than its size.
        """
        block = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        font = self._theme.font(self._role)
        own_line = QFontMetricsF(font).height() / (QFontInfo(font).pixelSize() or 1)
        block.setLineHeight(line_height_percent / own_line, kind.value)
        block.setTopMargin(0)
        block.setBottomMargin(self._theme.px(Space.XS))
        return block

    def reading_width(self) -> int:
        """The width of a line of 70 characters."""
        metrics = QFontMetrics(self._theme.font(self._role))
        return metrics.averageCharWidth() * READING_CHARACTERS


class ReadingText(GrowingText):
    """A text of a guide: paragraphs of inline Markdown; markup of web pages stays plain text."""

    def __init__(self, theme: Theme, name: str) -> None:
        """``name`` is what a screen reader calls this text."""
        super().__init__(theme)
        self._markdown = ""
        self.setAccessibleName(name)
        theme.changed.connect(self._write)
        self._write()

    def set_text(self, markdown: str) -> None:
        """Show a text."""
        if markdown == self._markdown:
            return
        self._markdown = markdown
        self._write()

    def text(self) -> str:
        """What is shown, without markup."""
        return self.toPlainText()

    def _write(self) -> None:
        self.document().setDefaultFont(self._theme.font(Role.READING))
        self.document().setHtml(as_html(self._markdown, has_links=False))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(self.block_format())
        shown = QTextCharFormat()
        shown.setForeground(self._theme.color("text"))
        cursor.mergeCharFormat(shown)
        self.setMaximumWidth(self.reading_width())
        self.fit()
