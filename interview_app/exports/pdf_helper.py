"""The helper process that lays a document out on pages: one HTML text in, one PDF out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

import interview_app
from interview_app.support.helper_process import HelperChannel

_MARGIN_MM = 20.0
_FOOT_MM = 10.0
_DPI = 600
_BODY_PT = 10.0
_FOOT_PT = 8.0


def main() -> int:
    """Serve one request; the exit status."""
    channel = HelperChannel()
    application = QGuiApplication(sys.argv[:1])
    for message in channel.messages():
        try:
            pdf, pages = lay_out(message["html"], message["style"], message["title"])
            _write(Path(message["target"]), pdf)
        except OSError as error:
            channel.send({"errno": error.errno or 0})
        else:
            channel.send({"pages": pages})
        break
    del application
    return 0


def lay_out(html: str, style: str, title: str) -> tuple[bytes, int]:
    """The PDF of an HTML text, and how many pages it has."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"Mock Interview {interview_app.__version__}")
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM - _FOOT_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    foot = _FOOT_MM / 25.4 * _DPI
    page = QRectF(0, 0, writer.width(), writer.height() - foot)
    document = _document(html, style, writer, page)
    painter = QPainter(writer)
    pages = document.pageCount()
    for number in range(pages):
        if number:
            writer.newPage()
        _draw_page(painter, document, page, number)
        foot_area = QRectF(0, page.height(), page.width(), foot)
        _draw_foot(painter, foot_area, title, f"{number + 1} / {pages}")
    painter.end()
    return bytes(buffer.data().data()), pages


def _document(html: str, style: str, writer: QPdfWriter, page: QRectF) -> QTextDocument:
    document = _Closed()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(_font(_BODY_PT))
    document.setDefaultStyleSheet(style)
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(QSizeF(page.width(), page.height()))
    _keep_headings_with_text(document, page.height())
    return document


def _keep_headings_with_text(document: QTextDocument, height: float) -> None:
    """Begin a page before headings that would stand at the foot of one, away from their text."""
    block = document.begin()
    while block.isValid():
        after = block.next()
        if _is_heading(block) and after.isValid() and _page(after, height) > _page(block, height):
            first = block
            while _is_heading(first.previous()):
                first = first.previous()
            form = QTextBlockFormat()
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(first).mergeBlockFormat(form)
        block = after


def _is_heading(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().headingLevel() > 0


def _page(block: QTextBlock, height: float) -> int:
    """The page a block's first line stands on, from 0."""
    layout = block.layout()
    block.document().documentLayout().blockBoundingRect(block)  # lays it out if it is not yet
    line = layout.lineAt(0).y() if layout.lineCount() else 0.0
    return int((layout.position().y() + line) // height)


class _Closed(QTextDocument):
    """A document that loads nothing, from the disk or elsewhere, whatever its text names."""

    def loadResource(self, kind: int, name: Any) -> Any:  # noqa: N802, ANN401, ARG002
        return None


def _draw_page(painter: QPainter, document: QTextDocument, page: QRectF, number: int) -> None:
    painter.save()
    painter.translate(0, -number * page.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = page.translated(0, number * page.height())
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, area: QRectF, title: str, number: str) -> None:
    painter.setFont(_font(_FOOT_PT))
    painter.setPen(Qt.GlobalColor.darkGray)
    bottom = Qt.AlignmentFlag.AlignBottom
    room = painter.fontMetrics().horizontalAdvance(number) * 2
    name = painter.fontMetrics().elidedText(
        title, Qt.TextElideMode.ElideRight, int(area.width() - room)
    )
    painter.drawText(area, bottom | Qt.AlignmentFlag.AlignLeft, name)
    painter.drawText(area, bottom | Qt.AlignmentFlag.AlignRight, number)


def _font(size_pt: float) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(size_pt)
    return font


def _write(target: Path, pdf: bytes) -> None:
    with target.open("wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
