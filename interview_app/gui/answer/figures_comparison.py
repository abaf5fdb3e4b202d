"""The figures of two takes, and what changed between them, in plain numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from interview_app.domain.analysis.compared_figures import ComparedFigure, FigureKind
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import translate
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import clear, make_label

_ONLY_IF_ANY = {FigureKind.CRUTCH_PHRASES, FigureKind.REPEATED_WORDS}
"""Left out where neither take has one."""
_ONLY_IF_OTHER = {FigureKind.ONSET}
"""Left out where it is the same: the wait before the first word is never a fault."""


_NAMES: dict[FigureKind, object] = {
    FigureKind.LENGTH: QT_TRANSLATE_NOOP("compared", "Length"),
    FigureKind.WORDS: QT_TRANSLATE_NOOP("compared", "Words"),
    FigureKind.PACE: QT_TRANSLATE_NOOP("compared", "Words a minute"),
    FigureKind.SPEAKING_PACE: QT_TRANSLATE_NOOP("compared", "While speaking"),
    FigureKind.HESITATIONS: QT_TRANSLATE_NOOP("compared", "Hesitations"),
    FigureKind.LONG_PAUSES: QT_TRANSLATE_NOOP("compared", "Long pauses"),
    FigureKind.CRUTCH_PHRASES: QT_TRANSLATE_NOOP("compared", "Crutch phrases"),
    FigureKind.REPEATED_WORDS: QT_TRANSLATE_NOOP("compared", "Repeated words"),
    FigureKind.ONSET: QT_TRANSLATE_NOOP("compared", "First word after"),
}


def name_of(kind: FigureKind) -> str:
    """What a person calls a figure."""
    return translate("compared", str(_NAMES[kind]))


def value_of(kind: FigureKind, value: float | None) -> str:
    """One figure as it is shown; a dash where there is none."""
    if value is None:
        return "–"
    if kind is FigureKind.LENGTH:
        return as_clock(value)
    if kind is FigureKind.ONSET:
        return translate("compared", "{0} s").format(f"{value:.1f}")
    return str(round(value))


def change_of(figure: ComparedFigure) -> str:
    """What changed, in words that do not judge: more, fewer, longer, shorter, the same.

    What is shown is subtracted, so that the numbers of a figure add up.
    """
    if figure.left is None or figure.right is None:
        return "–"
    match figure.kind:
        case FigureKind.LENGTH:
            change, shown = float(int(figure.right) - int(figure.left)), "{0:.0f}"
            more = translate("compared", "{0} s longer"), translate("compared", "{0} s shorter")
        case FigureKind.ONSET:
            change, shown = round(figure.right, 1) - round(figure.left, 1), "{0:.1f}"
            more = translate("compared", "{0} s later"), translate("compared", "{0} s earlier")
        case _:
            change, shown = round(figure.right) - round(figure.left), "{0:.0f}"
            more = translate("compared", "{0} more"), translate("compared", "{0} fewer")
    if not round(change, 1):
        return translate("compared", "the same")
    return more[change < 0].format(shown.format(abs(change)))


def _is_worth_showing(figure: ComparedFigure) -> bool:
    if figure.kind in _ONLY_IF_ANY:
        return bool(figure.left or figure.right)
    if figure.kind in _ONLY_IF_OTHER:
        return value_of(figure.kind, figure.left) != value_of(figure.kind, figure.right)
    return True


class FiguresComparison(QWidget):
    """A figure a column while there is room, else a figure a row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names = ("", "")
        self._figures: tuple[ComparedFigure, ...] = ()
        self._is_wide = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XXS)
        self.setAccessibleName(self.tr("Figures of both"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._arrange)

    def show_figures(self, figures: Sequence[ComparedFigure], names: tuple[str, str]) -> None:
        """Show the figures of two takes under those names."""
        self._names = names
        self._figures = tuple(figure for figure in figures if _is_worth_showing(figure))
        self._is_wide = self.width() >= self._wanted_width()
        self._write()

    def words(self) -> str:
        """Everything it says, a figure a line."""
        return "\n".join(
            f"{name_of(f.kind)}: {value_of(f.kind, f.left)}, {value_of(f.kind, f.right)}, "
            f"{change_of(f)}"
            for f in self._figures
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """No width of its own: figures stand under one another where there is none."""
        return QSize(0, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        is_wide = self.width() >= self._wanted_width()
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._write()

    def _wanted_width(self) -> int:
        """What the figures take beside one another."""
        body = QFontMetrics(self._theme.font(Role.BODY)).horizontalAdvance
        large = QFontMetrics(self._theme.font(Role.FIGURE)).horizontalAdvance
        widths = [max(body(name) for name in (*self._names, self.tr("Change")))]
        widths += [
            max(
                body(name_of(figure.kind)),
                body(change_of(figure)),
                *(large(value_of(figure.kind, value)) for value in (figure.left, figure.right)),
            )
            for figure in self._figures
        ]
        return sum(widths) + len(widths) * int(Space.S)

    def _write(self) -> None:
        clear(self._grid)
        for number, name in enumerate((*self._names, self.tr("Change")), 1):
            self._put(make_label(name, Role.MUTED, wraps=not self._is_wide), 0, number)
        for place, figure in enumerate(self._figures, 1):
            self._put(make_label(name_of(figure.kind), Role.MUTED), place, 0)
            shown = value_of(figure.kind, figure.left), value_of(figure.kind, figure.right)
            for number, value in enumerate(shown, 1):
                self._put(make_label(value, Role.FIGURE), place, number)
            self._put(make_label(change_of(figure)), place, 3)
        used = len(self._figures) + 1 if self._is_wide else 4
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < used))
        self.setAccessibleDescription(self.words())

    def _put(self, label: QLabel, place: int, number: int) -> None:
        """Figure ``place`` (0: the names of the takes), line ``number`` of it (0: its name)."""
        row, column = (number, place) if self._is_wide else (place, number)
        self._grid.addWidget(label, row, column)
        label.show()
