"""Two transcripts side by side, sentence beside sentence; words of one side only are marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit

from interview_app.domain.analysis.alignment import AlignedPiece, Pair
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.reading_text import GrowingText

_LEAST_COLUMN = 260
"""Narrower columns, before the text is scaled, stand under one another."""
_PLAY = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_ROW_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WORD_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class _Place:
    """A word as it stands in the text: characters ``start`` to ``end``, in that row and side."""

    start: int
    end: int
    row: int
    side: int
    start_s: float


class TextComparison(GrowingText):
    """What two transcripts say, in rows of sentences that belong together.

    Arrow keys choose a word (left and right by words, up and down by rows), Enter plays from it,
    as a click does. Where it is narrow, the sides stand under one another.

    Signals:
        word_activated(int, float): hear that side (0 or 1) from this second on.
        place_shown(int): a word at this height wants to be seen.
    """

    word_activated = Signal(int, float)
    place_shown = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._pairs: tuple[Pair, ...] = ()
        self._names = ("", "")
        self._nothing = ""
        self._places: list[_Place] = []
        self._chosen: int | None = None
        self._played: int | None = None
        self._is_wide = True
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Both transcripts, sentence beside sentence"))
        self.setAccessibleDescription(
            self.tr("Arrow keys choose a word, Enter plays from it. Marked: on one side only.")
        )
        theme.changed.connect(self._write)

    @property
    def is_folded(self) -> bool:
        """Whether the sides stand under one another."""
        return not self._is_wide

    def show_pairs(self, pairs: Sequence[Pair], names: tuple[str, str], nothing: str) -> None:
        """Show what stands side by side; ``nothing`` stands where a side has nothing to say."""
        self._pairs, self._names, self._nothing = tuple(pairs), names, nothing
        self._chosen = self._played = None
        self._write()

    def text(self) -> str:
        """What is shown, with single spaces."""
        return " ".join(self.toPlainText().split())

    def marked(self, side: int) -> str:
        """The words of a side that the other does not have, as they are marked."""
        found = []
        cursor = QTextCursor(self.document())
        for place in self._places:
            cursor.setPosition(place.end)
            if place.side == side and cursor.charFormat().fontUnderline():
                found.append(self._said(place))
        return " ".join(found)

    @property
    def chosen(self) -> tuple[int, str] | None:
        """The side and the word that is chosen."""
        if self._chosen is None:
            return None
        place = self._places[self._chosen]
        return place.side, self._said(place)

    def set_position(self, side: int, position_s: float | None) -> None:
        """Highlight the word of a side that is heard at that second; ``None``: nothing plays."""
        played = None
        if position_s is not None:
            numbers = [n for n, place in enumerate(self._places) if place.side == side]
            starts = [self._places[n].start_s for n in numbers]
            if numbers:
                played = numbers[max(0, bisect_right(starts, position_s) - 1)]
        if played == self._played:
            return
        self._played = played
        self._highlight()
        if played is not None:
            self._show_place(played)

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = self.width() >= 2 * self._theme.px(_LEAST_COLUMN)
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._write()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        taken = _PLAY | set(_ROW_STEPS) | set(_WORD_STEPS)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in taken
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._places or event.modifiers() & ~_KEYPAD:
            super().keyPressEvent(event)
        elif key in _WORD_STEPS:
            last = len(self._places) - 1
            number = 0 if self._chosen is None else self._chosen + _WORD_STEPS[key]
            self._choose(min(max(number, 0), last))
        elif key in _ROW_STEPS:
            self._choose_row(_ROW_STEPS[key])
        elif key in _PLAY and self._chosen is not None:
            self._activate(self._chosen)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        position = self.cursorForPosition(event.position().toPoint()).position()
        number = bisect_right([place.start for place in self._places], position) - 1
        if number >= 0 and position <= self._places[number].end:
            self._choose(number)
            self._activate(number)

    def _choose(self, number: int) -> None:
        self._chosen = number
        self._highlight()
        self._show_place(number)

    def _choose_row(self, step: int) -> None:
        here = self._places[self._chosen or 0]
        if self._chosen is None:
            self._choose(0)
            return
        rows = range(here.row + step, len(self._pairs) if step > 0 else -1, step)
        for row in rows:
            there = [n for n, place in enumerate(self._places) if place.row == row]
            if there:
                same = [n for n in there if self._places[n].side == here.side]
                self._choose((same or there)[0])
                return

    def _activate(self, number: int) -> None:
        place = self._places[number]
        self.word_activated.emit(place.side, place.start_s)

    def _said(self, place: _Place) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place.start)
        cursor.setPosition(place.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _write(self) -> None:
        self.clear()
        self._places = []
        if self._pairs:
            cursor = self.textCursor()
            cursor.beginEditBlock()
            if self._is_wide:
                self._write_columns(cursor)
            else:
                self._write_paragraphs(cursor)
            cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._highlight()
        self.fit()

    def _write_columns(self, cursor: QTextCursor) -> None:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(self._theme.px(Space.XS))
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        half = QTextLength(QTextLength.Type.PercentageLength, 50)
        form.setColumnWidthConstraints([half, half])
        table = cursor.insertTable(len(self._pairs) + 1, 2, form)
        line = QTextTableCellFormat()
        line.setBottomBorder(1)
        line.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        line.setBottomBorderBrush(QBrush(self._theme.color("line")))
        for side, name in enumerate(self._names):
            head = table.cellAt(0, side)
            head.setFormat(line)
            head.firstCursorPosition().insertText(name, self._name_format())
        for row, pair in enumerate(self._pairs):
            for side, pieces in enumerate((pair.left, pair.right)):
                cell = table.cellAt(row + 1, side)
                cell.setFormat(line)
                there = cell.firstCursorPosition()
                there.setBlockFormat(self._block(bottom=0))
                self._write_side(there, row, side, pieces)

    def _write_paragraphs(self, cursor: QTextCursor) -> None:
        name, is_first = self._name_format(), True
        for row, pair in enumerate(self._pairs):
            for side, pieces in enumerate((pair.left, pair.right)):
                block = self._block(bottom=Space.XXS if side == 0 else Space.M)
                if is_first:
                    cursor.setBlockFormat(block)
                else:
                    cursor.insertBlock(block)
                is_first = False
                cursor.insertText(f"{self._names[side]}: ", name)
                self._write_side(cursor, row, side, pieces)

    def _write_side(
        self, cursor: QTextCursor, row: int, side: int, pieces: Sequence[AlignedPiece]
    ) -> None:
        shared, alone, nothing = self._formats()
        if not pieces:
            cursor.insertText(self._nothing, nothing)
        for number, piece in enumerate(pieces):
            if number:
                both_alone = not piece.is_shared and not pieces[number - 1].is_shared
                cursor.insertText(" ", alone if both_alone else shared)
            start = cursor.position()
            cursor.insertText(piece.word.text, shared if piece.is_shared else alone)
            end = cursor.position()
            self._places.append(_Place(start, end, row, side, piece.word.start_s))

    def _name_format(self) -> QTextCharFormat:
        name = QTextCharFormat()
        name.setFont(self._theme.font(Role.BODY))
        name.setForeground(self._theme.color("muted"))
        return name

    def _block(self, bottom: int) -> QTextBlockFormat:
        block = self.block_format()
        block.setBottomMargin(self._theme.px(bottom))
        return block

    def _formats(self) -> tuple[QTextCharFormat, QTextCharFormat, QTextCharFormat]:
        """Of words both say, of words of one side, and of what stands where a side is silent."""
        shared = QTextCharFormat()
        shared.setFont(self._theme.font(Role.READING))
        shared.setForeground(self._theme.color("text"))
        alone = QTextCharFormat(shared)
        alone.setFontUnderline(True)
        alone.setUnderlineColor(self._theme.color("accent"))
        alone.setBackground(self._theme.color("accent_soft"))
        nothing = QTextCharFormat(shared)
        nothing.setForeground(self._theme.color("muted"))
        nothing.setFontItalic(True)
        return shared, alone, nothing

    def _highlight(self) -> None:
        selections = []
        for number, name in ((self._chosen, "text"), (self._played, "accent")):
            if number is None or number >= len(self._places):
                continue
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._places[number].start)
            cursor.setPosition(self._places[number].end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            shown = QTextCharFormat()
            shown.setBackground(self._theme.color(name))
            shown.setForeground(self._theme.color("on_accent" if name == "accent" else "surface"))
            selection.format = shown
            selections.append(selection)
        self.setExtraSelections(selections)

    def _show_place(self, number: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._places[number].start)
        self.place_shown.emit(self.cursorRect(cursor).center().y())


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
"""Arrow keys of some keyboards come with it."""
