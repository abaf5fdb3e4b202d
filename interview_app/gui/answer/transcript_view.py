"""A transcript to read, hear from any word, and follow while it plays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from interview_app.domain.analysis.measures import Measures
from interview_app.domain.transcript import Transcript
from interview_app.gui.answer.transcript_tokens import Token, TokenKind, tokens_of
from interview_app.gui.text.locale import window_locale
from interview_app.gui.text.plurals import translate
from interview_app.gui.theme import Role, Theme
from interview_app.gui.widgets.reading_text import GrowingText

_CONTEXT = "transcript"


class TranscriptFormat:
    """Text and format of each token, as the theme is now."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.word = word = QTextCharFormat()
        font = theme.font(Role.READING)
        word.setFont(font)
        word.setForeground(theme.color("text"))
        mark = QTextCharFormat(word)
        mark.setFontItalic(True)
        mark.setForeground(theme.color("attention"))
        mark.setFontUnderline(True)
        mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        pause = QTextCharFormat(word)
        small = QFont(font)
        small.setPixelSize(theme.text_px(Role.BODY))
        pause.setFont(small)
        pause.setForeground(theme.color("muted"))
        pause.setBackground(theme.color("sunken"))
        self._formats = {
            TokenKind.WORD: word,
            TokenKind.HESITATION: mark,
            TokenKind.PAUSE: pause,
        }

    def text_of(self, token: Token) -> str:
        """What stands there for it."""
        if token.kind is not TokenKind.PAUSE:
            return token.text
        # Translators: a long pause in a transcript, in seconds.
        seconds = window_locale().toString(token.end_s - token.start_s, "f", 1)
        told = translate(_CONTEXT, "pause\u00a0{0}\u00a0s").format(seconds)
        return f"\u00a0{told}\u00a0"

    def format_of(self, token: Token) -> QTextCharFormat:
        """How it looks; a word that a person corrected is underlined."""
        if not token.is_corrected:
            return self._formats[token.kind]
        corrected = QTextCharFormat(self._formats[token.kind])
        corrected.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        corrected.setUnderlineColor(self._theme.color("faint"))
        corrected.setToolTip(translate(_CONTEXT, "You corrected this word"))
        return corrected


_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}
_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}
_PLAY = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_EDIT, _DELETE = Qt.Key.Key_F2, Qt.Key.Key_Delete


class TranscriptView(GrowingText):
    """The words of one take.

    A click on a word, or Enter on the word the arrow keys chose, asks to hear it. Text can be
    selected and copied. Hesitations and long pauses stand as marks, which are heard like words
    and can be hidden.

    Words a person corrected are underlined; where correcting is on, F2 and Delete ask for it.

    Signals:
        word_activated(float): hear the take from this second on.
        place_shown(int): a word at this height of the view wants to be seen.
        edit_asked(int): write the word of that index anew.
        delete_asked(int): delete the word of that index.
    """

    word_activated = Signal(float)
    place_shown = Signal(int)
    edit_asked = Signal(int)
    delete_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._all: tuple[Token, ...] = ()
        self._tokens: tuple[Token, ...] = ()
        """Those of them that are shown."""
        self._shows_marks = True
        self._places: list[tuple[int, int]] = []
        self._starts: list[float] = []
        self._chosen: int | None = None
        self._played: int | None = None
        self._is_timed = True
        self._is_correctable = False
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Transcript of your answer"))
        self.setAccessibleDescription(
            self.tr("Arrow keys choose a word, Enter plays the answer from it.")
        )
        theme.changed.connect(self._write)

    def show_transcript(self, transcript: Transcript, measures: Measures | None = None) -> None:
        """Show a transcript and the marks of its measures."""
        self._all = tokens_of(transcript, measures)
        self._tokens = self._shown_tokens()
        self._is_timed = transcript.recognizer != "typed"
        self._chosen = self._played = None
        cursor = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(cursor if self._is_timed else Qt.CursorShape.IBeamCursor)
        self._write()

    @property
    def has_marks(self) -> bool:
        """Whether a hesitation or a long pause was found, shown or not."""
        return any(token.kind is not TokenKind.WORD for token in self._all)

    def show_marks(self, *, shown: bool) -> None:
        """Show hesitations and long pauses among the words, or the words alone."""
        if shown == self._shows_marks:
            return
        chosen, played = self._shown_at(self._chosen), self._shown_at(self._played)
        self._shows_marks = shown
        self._tokens = self._shown_tokens()
        self._chosen, self._played = self._number_at(chosen), self._number_at(played)
        self._write()

    def set_correctable(self, is_correctable: bool) -> None:
        """Have F2, Delete and the menu ask to correct words, or not."""
        self._is_correctable = is_correctable
        told = self.tr("Arrow keys choose a word, Enter plays the answer from it.")
        if is_correctable:
            told = f"{told} {self.tr('F2 corrects it, Delete deletes it.')}"
        self.setAccessibleDescription(told)

    @property
    def chosen_word(self) -> int | None:
        """The index of the word that is chosen, else of the one that is heard; or ``None``."""
        for number in (self._chosen, self._played):
            if number is not None and number < len(self._tokens):
                return self._tokens[number].word
        return None

    def choose_word(self, index: int, step: int = 1) -> None:
        """Choose the word of that index; one past the end chooses the last.

        In place of a hidden one: the next that is shown, or before it for a ``step`` back.
        """
        words = [(t.word, n) for n, t in enumerate(self._tokens) if t.word is not None]
        if not words:
            return
        at = bisect_left(words, (index, 0))
        is_hidden = at == len(words) or words[at][0] != index
        at -= is_hidden and step < 0
        self._choose(words[min(max(at, 0), len(words) - 1)][1])

    def word_box(self, index: int) -> QRect:
        """Where the word of that index stands in the viewport; empty where there is none."""
        for token, (start, end) in zip(self._tokens, self._places, strict=True):
            if token.word == index:
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                first = self.cursorRect(cursor)
                cursor.setPosition(end)
                return first.united(self.cursorRect(cursor))
        return QRect()

    def clear_transcript(self) -> None:
        """Show nothing."""
        self._all = self._tokens = ()
        self._write()

    def text(self) -> str:
        """What is shown, words and marks, with single spaces."""
        return " ".join(self.toPlainText().split())

    @property
    def played_word(self) -> str:
        """The word that is heard now, as shown; nothing where nothing plays."""
        if self._played is None:
            return ""
        return self.toPlainText()[slice(*self._places[self._played])]

    def set_position(self, position_s: float | None) -> None:
        """Highlight the word that is heard at that second; ``None`` when nothing plays."""
        played = None
        if position_s is not None and self._starts and self._is_timed:
            played = max(0, bisect_right(self._starts, position_s) - 1)
        if played == self._played:
            return
        self._played = played
        self._highlight()
        if played is not None:
            self._show_place(played)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        number = self._token_at(self.cursorForPosition(event.position().toPoint()).position())
        if number is not None:
            self._choose(number)
            self._activate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and self._places:
            if event.key() in _ON | _BACK:
                self._step(1 if event.key() in _ON else -1)
                return
            if event.key() in _PLAY and self._chosen is not None:
                self._activate()
                return
            if event.key() in {_EDIT, _DELETE} and self._is_correctable:
                self._ask_to_correct(event.key())
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at_pointer = self._token_at(self.cursorForPosition(event.pos()).position())
        is_by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if is_by_mouse and at_pointer is not None and not self.textCursor().hasSelection():
            self._choose(at_pointer)
        if self._is_correctable and self.chosen_word is not None:
            menu.addSeparator()
            correct = menu.addAction(self.tr("Correct this word\tF2"))
            correct.triggered.connect(lambda: self._ask_to_correct(_EDIT))
            delete = menu.addAction(self.tr("Delete this word\tDel"))
            delete.triggered.connect(lambda: self._ask_to_correct(_DELETE))
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._takes(event.key())
        ):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, key: int) -> bool:
        """Whether a key belongs to the words here, whatever a page binds it to."""
        if key in {_EDIT, _DELETE}:
            return self._is_correctable and bool(self._places)
        return key in _PLAY and self._chosen is not None

    def _ask_to_correct(self, key: int) -> None:
        if self.chosen_word is None:
            self.choose_word(0)
        word = self.chosen_word
        if word is not None:
            self.choose_word(word)
            (self.edit_asked if key == _EDIT else self.delete_asked).emit(word)

    def _step(self, step: int) -> None:
        last = len(self._places) - 1
        self._choose(0 if self._chosen is None else min(max(self._chosen + step, 0), last))

    def _choose(self, number: int) -> None:
        self._chosen = number
        self._highlight()
        self._show_place(number)

    def _activate(self) -> None:
        if self._chosen is not None and self._is_timed:
            self.word_activated.emit(self._starts[self._chosen])

    def _token_at(self, position: int) -> int | None:
        number = bisect_right(self._places, (position, len(self.toPlainText()))) - 1
        if number < 0:
            return None
        start, end = self._places[number]
        return number if start <= position <= end else None

    def _shown_tokens(self) -> tuple[Token, ...]:
        if self._shows_marks:
            return self._all
        return tuple(token for token in self._all if token.kind is TokenKind.WORD)

    def _shown_at(self, number: int | None) -> Token | None:
        return self._tokens[number] if number is not None and self._tokens else None

    def _number_at(self, token: Token | None) -> int | None:
        """The place of a token among those shown now, or of the one before it."""
        if token is None or not self._tokens:
            return None
        return max(0, bisect_right([t.start_s for t in self._tokens], token.start_s) - 1)

    def _write(self) -> None:
        self.clear()
        self._places, self._starts = [], []
        cursor = self.textCursor()
        cursor.beginEditBlock()
        block = self.block_format()
        cursor.setBlockFormat(block)
        looks = TranscriptFormat(self._theme)
        segment = self._tokens[0].segment if self._tokens else 0
        for token in self._tokens:
            if token.segment != segment and not self._is_timed:
                cursor.insertBlock(block)
                segment = token.segment
            elif self._places:
                cursor.insertText(" ", looks.word)
            start = cursor.position()
            cursor.insertText(looks.text_of(token), looks.format_of(token))
            self._places.append((start, cursor.position()))
            self._starts.append(token.start_s)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._highlight()
        self.fit()

    def _highlight(self) -> None:
        selections = []
        for number, is_played in ((self._chosen, False), (self._played, True)):
            if number is None or number >= len(self._places):
                continue
            selection = QTextEdit.ExtraSelection()
            shown = QTextCharFormat()
            if is_played:
                shown.setForeground(self._theme.color("on_accent"))
                shown.setBackground(self._theme.color("accent"))
            else:
                shown.setBackground(self._theme.color("accent_soft"))
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._places[number][0])
            cursor.setPosition(self._places[number][1], QTextCursor.MoveMode.KeepAnchor)
            selection.format = shown
            selection.cursor = cursor
            selections.append(selection)
        self.setExtraSelections(selections)

    def _show_place(self, number: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._places[number][0])
        self.place_shown.emit(self.cursorRect(cursor).center().y())
