"""How words, hesitations and pauses look in a transcript."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextCharFormat

from interview_app.gui.answer.transcript_tokens import Token, TokenKind
from interview_app.gui.text.locale import window_locale
from interview_app.gui.text.plurals import translate
from interview_app.gui.theme import Role, Theme

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
