"""A microphone that went away in the middle of an answer, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from interview_app.gui.device_list import DeviceList, chosen_device
from interview_app.gui.icons import icon, icon_size
from interview_app.gui.theme import Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.forms import make_choice
from interview_app.gui.widgets.notice import announce
from interview_app.services.ports.devices import DeviceChoice


class MicrophoneLostPanel(QFrame):
    """What happened, which microphones there are, and a button to go on.

    Signals:
        go_on(DeviceChoice): go on with that microphone.
    """

    go_on = Signal(object)

    def __init__(self, theme: Theme, devices: DeviceList) -> None:
        super().__init__()
        set_panel(self, "notice")
        self._theme = theme
        self._devices = devices
        self._icon = QLabel()
        self._icon.setAccessibleName(self.tr("Microphone"))
        self._text = make_label(role=Role.BODY, wraps=True)
        self.box = make_choice()
        self.box.setAccessibleName(self.tr("Microphone"))
        self.button = Button(theme, self.tr("Try again"), "microphone")
        self.button.clicked.connect(lambda: self.go_on.emit(self.choice()))
        parts = column(self, margin=Space.S, spacing=Space.XS)
        first = row(spacing=Space.S)
        first.addWidget(self._icon)
        first.addWidget(self._text, 1)
        second = row(spacing=Space.S)
        second.addWidget(self.box, 100)
        second.addStretch(1)
        second.addWidget(self.button)
        parts.addLayout(first)
        parts.addLayout(second)
        devices.changed.connect(self._fill)
        theme.changed.connect(self._paint_icon)
        self._paint_icon()
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def choice(self) -> DeviceChoice:
        """The microphone chosen in the list; empty for the system's own."""
        device = self.box.currentData()
        return DeviceChoice(device.id, device.name) if device is not None else DeviceChoice()

    def show_message(
        self, text: str, action: str, wanted: DeviceChoice, *, is_urgent: bool = True
    ) -> None:
        """Say what happened, and what the button does."""
        is_new = self.isHidden() or text != self._text.text()
        self._text.setText(text)
        self.button.set_text(action)
        if is_new:
            self._fill(wanted)
            if is_urgent:
                announce(self, text)
        self.show()

    def _fill(self, wanted: DeviceChoice | None = None) -> None:
        chosen = wanted if wanted is not None else self.choice()
        self.box.clear()
        for device in self._devices.microphones:
            self.box.addItem(device.name, device)
        found = chosen_device(self._devices.microphones, chosen)
        self.box.setCurrentIndex(max(0, self.box.findData(found)))
        self.box.setVisible(bool(self._devices.microphones))

    def _paint_icon(self) -> None:
        picture = icon(self._theme, "microphone-slash", "accent")
        self._icon.setPixmap(picture.pixmap(icon_size(self._theme), self.devicePixelRatioF()))
