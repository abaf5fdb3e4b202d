"""The questions of one session, as a list."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.domain.session import Session, Take
from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.durations import as_clock
from interview_app.gui.text.plurals import settled, translate
from interview_app.gui.text.untrusted import item_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class AskedQuestions(QAbstractListModel):
    """Questions in the order they were asked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None

    def show_session(self, session: Session | None) -> None:
        """Show the questions of a session."""
        before = self._session
        if before is not None and session is not None and before.asked == session.asked:
            self._session = session
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
            return
        self.beginResetModel()
        self._session = session
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid() or self._session is None:
            return 0
        return len(self._session.asked)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._session is None:
            return None
        prompt = self._session.asked[index.row()].question.prompt
        takes = self._session.takes_of(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return item_text(role, f"{index.row() + 1}. {isolated(prompt)}")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{index.row() + 1}. {isolated(prompt)} {_facts(takes)}"
            case RowRole.IS_FAINT:
                return not takes
            case RowRole.FACTS:
                return _facts(takes)
        return None


def _facts(takes: tuple[Take, ...]) -> str:
    if not takes:
        return translate("sessions", "not answered")
    spoken_s = sum(take.duration_s for take in takes)
    parts = []
    if len(takes) > 1:
        parts.append(settled(translate("sessions", "%n take(s)", "", len(takes)), len(takes)))
    if all(take.is_typed for take in takes):
        parts.append(translate("sessions", "typed"))
    elif spoken_s > 0:
        parts.append(as_clock(spoken_s))
    return " · ".join(parts) or translate("sessions", "answered")
