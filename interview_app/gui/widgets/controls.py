"""Labels, buttons, panels and lines as the whole application uses them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from interview_app.gui.icons import icon, icon_size
from interview_app.gui.text.locale import key_name
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import (
    FOCUS_WIDTH,
    Kind,
    Role,
    Space,
    Theme,
    set_kind,
    set_panel,
    set_role,
)

_Layout = TypeVar("_Layout", bound=QBoxLayout)
_FILLED = {Kind.PRIMARY, Kind.RECORDING}
_RING_INSET = (3.0, 3.0, -3.0, -3.0)
_PRESSES = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}


def make_label(text: str = "", role: Role = Role.BODY, *, wraps: bool = False) -> QLabel:
    """A label of that role; plain text, never read as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    set_role(label, role)
    return label


def make_panel(panel: str) -> QFrame:
    """A frame on its own ground: ``raised``, ``sunken``, ``notice`` or ``side``."""
    frame = QFrame()
    set_panel(frame, panel)
    return frame


def make_line() -> QFrame:
    """A horizontal hairline."""
    line = make_panel("line")
    line.setFrameShape(QFrame.Shape.NoFrame)
    return line


def column(
    parent: QWidget | None = None, *, margin: int = 0, spacing: int = Space.S
) -> QVBoxLayout:
    """A vertical layout with the same margin on all sides."""
    return _measured(QVBoxLayout(parent) if parent else QVBoxLayout(), margin, spacing)


def row(parent: QWidget | None = None, *, margin: int = 0, spacing: int = Space.XS) -> QHBoxLayout:
    """A horizontal layout with the same margin on all sides."""
    return _measured(QHBoxLayout(parent) if parent else QHBoxLayout(), margin, spacing)


def clear(layout: QLayout) -> None:
    """Take all widgets out of a layout, gone from sight at once."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _measured(layout: _Layout, margin: int, spacing: int) -> _Layout:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout


class ChoiceBox(QComboBox):
    """A list to choose from; the wheel over it turns the page, never the choice."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberBox(QSpinBox):
    """A number to choose; the wheel over it turns the page, never the number.

    It has the same room before it as other fields: the style sheet's padding does not reach the
    field inside a spin box.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(Space.XS, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Button(QPushButton):
    """A push button with an icon of the set and, where it has one, its key shown on it.

    Enter presses it as Space does. ``key`` is a key sequence as Qt writes it (``Space``, ``P``,
    ``Ctrl+F``); it is shown, and told to screen readers; the page that owns the button binds it.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon_name: str = "",
        kind: Kind = Kind.PLAIN,
        key: str = "",
        tip: str = "",
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._icon_name = ""
        self._key = key
        self._kind = kind
        self._tip = tip
        set_kind(self, kind)
        self.set_icon(icon_name)
        self.set_text(text)
        theme.changed.connect(self._resize_icon)
        self._resize_icon()

    @property
    def key(self) -> str:
        """The key shown on the button."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show another key."""
        if key != self._key:
            self._key = key
            self.set_text(self.text())
            self.updateGeometry()

    def set_kind(self, kind: Kind) -> None:
        """Make it another kind of button."""
        self._kind = kind
        set_kind(self, kind)
        name, self._icon_name = self._icon_name, ""
        self.set_icon(name)

    def set_icon(self, name: str) -> None:
        """Show another icon of the set."""
        if name == self._icon_name:
            return
        self._icon_name = name
        is_filled = self._kind in _FILLED
        self.setIcon(icon(self._theme, name, "on_accent" if is_filled else "text"))

    def set_text(self, text: str) -> None:
        """Show another text; the accessible name and the tooltip follow."""
        self.setText(text)
        name = text.replace("&", "")
        if name:
            self.setAccessibleName(name)
        shown_key = key_name(self._key)
        tip = self._tip or name
        set_tool_tip(self, f"{tip} ({shown_key})" if shown_key else tip)
        self.setAccessibleDescription(shown_key)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        size.setWidth(size.width() + self._cap_width())
        return size

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        # A button that has the focus is pressed by Space and Enter, whatever a page binds them to.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _PRESSES
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._key:
            self._paint_with_cap()
        else:
            super().paintEvent(event)
        if self.hasFocus() and self._kind in _FILLED and self.isEnabled():
            self._paint_inner_ring()

    def _paint_inner_ring(self) -> None:
        """On a filled button the ring stands inside, where its colour can be told apart."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("on_accent"), FOCUS_WIDTH))
        inner = QRectF(self.rect()).adjusted(*_RING_INSET)
        painter.drawRoundedRect(inner, Space.XXS, Space.XXS)

    def _paint_with_cap(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        whole = QRect(self.rect())
        option.rect = whole.adjusted(0, 0, -self._cap_width(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        self._paint_cap(painter, whole)

    def _paint_cap(self, painter: QPainter, whole: QRect) -> None:
        is_filled = self._kind in _FILLED and self.isEnabled()
        name = "on_accent" if is_filled else "muted" if self.isEnabled() else "faint"
        color = self._theme.color(name)
        height = self.fontMetrics().height() + Space.XXS
        width = self._cap_width() - Space.XS
        cap = QRect(0, 0, width, height)
        cap.moveCenter(whole.center())
        cap.moveRight(whole.right() - Space.S)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._cap_font())
        painter.setPen(color)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key_name(self._key))
        color.setAlphaF(0.45)
        painter.setPen(color)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, Space.XXS, Space.XXS)

    def _cap_font(self) -> QFont:
        font = self._theme.font()
        font.setPixelSize(max(1, self._theme.text_px(Role.BODY) - 2))
        return font

    def _cap_width(self) -> int:
        if not self._key:
            return 0
        return QFontMetrics(self._cap_font()).horizontalAdvance(key_name(self._key)) + Space.M + 4

    def _resize_icon(self) -> None:
        self.setIconSize(icon_size(self._theme))
        self.updateGeometry()
