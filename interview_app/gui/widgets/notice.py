"""A line that tells something and, where there is one, offers the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from interview_app.gui.icons import icon, icon_size
from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, make_label, row


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something now."""
    # Not before something is said: the window opens sooner.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Notice(QFrame):
    """What happened, in a line that stays until it is read, replaced or put away.

    It takes no focus, covers nothing, and never goes by itself.
    """

    def __init__(self, theme: Theme, *, can_close: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._command: Callable[[], None] | None = None
        self._icon_name = "info"
        set_panel(self, "notice")
        self._icon = QLabel()
        self._icon.setAccessibleName(self.tr("Notice"))
        self._text = make_label(role=Role.BODY, wraps=True)
        self._button = Button(theme, "", kind=Kind.PLAIN)
        self._button.clicked.connect(self._run_act)
        self._close = Button(theme, "", "x", Kind.QUIET, tip=self.tr("Put this message away"))
        self._close.setAccessibleName(self.tr("Put this message away"))
        self._close.clicked.connect(self.hide)
        layout = row(self, margin=Space.XS, spacing=Space.S)
        layout.setContentsMargins(Space.M, Space.XS, Space.XS, Space.XS)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        # Not before it is in the layout: a widget without a parent would flash up as a window.
        self._close.setVisible(can_close)
        theme.changed.connect(self._paint_icon)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    @property
    def button(self) -> Button:
        """The next step it offers."""
        return self._button

    def show_message(
        self,
        text: str,
        *,
        icon_name: str = "info",
        action: str = "",
        command: Callable[[], None] | None = None,
    ) -> None:
        """Show a message, and a button for the next step if there is one."""
        self._text.setText(text)
        self._icon_name = icon_name
        self._command = command
        self._button.set_text(action)
        self._button.setVisible(bool(action))
        self._paint_icon()
        self.show()
        announce(self, text)

    def _run_act(self) -> None:
        self.hide()
        if self._command is not None:
            self._command()

    def _paint_icon(self) -> None:
        size = icon_size(self._theme)
        picture = icon(self._theme, self._icon_name, "accent")
        self._icon.setPixmap(picture.pixmap(size, self.devicePixelRatioF()))
