"""The figures of a take in one line, each as exact as it can be and no more."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from interview_app.domain.analysis.measures import LONG_PAUSE_S, PACE_BAND_WPM
from interview_app.domain.session import Take, TranscriptionStatus
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import settled, translate
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Role, Theme, set_role


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as shown; ``is_noteworthy`` ones are coloured, and say why in words."""

    text: str
    is_noteworthy: bool = False
    explanation: str = ""


def figures_of(take: Take, target_s: float) -> tuple[Figure, ...]:
    """What can be said of a take: its length always, the rest once it is transcribed."""
    if take.is_typed:
        words = take.measures.words if take.measures else 0
        return (Figure(settled(translate("figures", "%n word(s), typed", "", words), words)),)
    figures = [_length(take.duration_s, target_s)]
    if take.measures is None or take.transcription is not TranscriptionStatus.DONE:
        return tuple(figures)
    measures = take.measures
    if measures.pace_wpm > 0:
        figures.append(_pace(measures.pace_wpm, measures.articulation_wpm))
    figures.append(_hesitations(len(measures.hesitations)))
    if measures.long_pauses:
        figures.append(_pauses(len(measures.long_pauses)))
    return tuple(figures)


def _length(duration_s: float, target_s: float) -> Figure:
    text = translate("figures", "{0} of {1}").format(as_clock(duration_s), as_clock(target_s))
    if int(duration_s) <= int(target_s):
        explanation = translate("figures", "Your answer against its target length.")
        return Figure(text, explanation=explanation)
    return Figure(
        translate("figures", "{0}, past the target").format(text),
        is_noteworthy=True,
        explanation=translate(
            "figures", "Career services advise 20 seconds to 2 minutes (Cornell)."
        ),
    )


def _pace(pace_wpm: float, articulation_wpm: float) -> Figure:
    slow, fast = PACE_BAND_WPM
    pace = round(pace_wpm)
    text = settled(translate("figures", "%n word(s) a minute", "", pace), pace)
    explanation = translate(
        "figures",
        "{0} words a minute over the whole answer, {1} while speaking. Between {2} and {3} "
        "listeners are at ease (NCVS, Read.ai).",
    ).format(pace, round(articulation_wpm), slow, fast)
    if pace < slow:
        text = translate("figures", "{0}, slower than {1}").format(text, slow)
    elif pace > fast:
        text = translate("figures", "{0}, faster than {1}").format(text, fast)
    return Figure(text, is_noteworthy=not slow <= pace <= fast, explanation=explanation)


def _hesitations(count: int) -> Figure:
    if not count:
        return Figure(
            translate("figures", "no hesitation found"),
            explanation=translate(
                "figures", "Recognizers miss some um and uh, so there may be a few."
            ),
        )
    return Figure(
        settled(translate("figures", "at least %n hesitation(s)", "", count), count),
        explanation=translate(
            "figures", "Sounds like um and uh. Recognizers miss some, so there may be more."
        ),
    )


def _pauses(count: int) -> Figure:
    explanation = translate("figures", "Silences of {0} s and more inside the answer.")
    return Figure(
        settled(translate("figures", "%n long pause(s)", "", count), count),
        explanation=explanation.format(LONG_PAUSE_S),
    )


class FiguresLine(QLabel):
    """The figures of one take, separated by dots; it wraps where there is no room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figures: tuple[Figure, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        set_role(self, Role.FIGURE)
        theme.changed.connect(self._write)

    @property
    def words(self) -> str:
        """The line as plain text."""
        return " · ".join(figure.text for figure in self._figures)

    def show_take(self, take: Take | None, target_s: float) -> None:
        """Show the figures of a take; nothing for none."""
        self._figures = figures_of(take, target_s) if take is not None else ()
        self._write()

    def _write(self) -> None:
        attention = self._theme.colors.attention
        self.setText(
            " · ".join(
                f'<span style="color:{attention}">{escape(figure.text)}</span>'
                if figure.is_noteworthy
                else escape(figure.text)
                for figure in self._figures
            )
        )
        explanations = [figure.explanation for figure in self._figures if figure.explanation]
        set_tool_tip(self, "\n".join(explanations))
        self.setAccessibleName(self.words)
        self.setAccessibleDescription(" ".join(explanations))
