"""What an import could not place or did not find, as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.plurals import translate
from interview_app.gui.text.untrusted import item_text
from interview_app.services.guides.source import GuideWarning, LeftOut

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHOWN_OF_LINE = 120


class RemarkList(QAbstractListModel):
    """Remarks with their line and the words that stand there; the texts are made when shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._remarks: Sequence[GuideWarning | LeftOut] = ()
        self._lines: Mapping[int, str] = {}

    def show_remarks(
        self, remarks: Sequence[GuideWarning | LeftOut], lines: Mapping[int, str]
    ) -> None:
        """Show other remarks; ``lines`` are those of the file, by number."""
        self.beginResetModel()
        self._remarks, self._lines = remarks, lines
        self.endResetModel()

    def words_at(self, line: int) -> str:
        """What stands at a line of the file, as far as it is known."""
        return self._lines.get(line, "").strip()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._remarks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        remark = self._remarks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(remark)
            case Qt.ItemDataRole.ToolTipRole:
                return item_text(role, self._text(remark))
            case RowRole.VALUE:
                return remark
        return None

    def _text(self, remark: GuideWarning | LeftOut) -> str:
        line = translate("guides", "Line {0}").format(remark.line)
        if isinstance(remark, LeftOut):
            return f"{line} · {remark.reason}: {_cut(remark.text)}"
        words = self.words_at(remark.line)
        said = f"{line} · {remark.message}"
        return f"{said}\n{_cut(words)}" if words else said


def _cut(text: str) -> str:
    line = " ".join(text[: 4 * _SHOWN_OF_LINE].split())
    return line if len(line) <= _SHOWN_OF_LINE else f"{line[:_SHOWN_OF_LINE].rstrip()}…"
