"""What the sections of the Settings page share: their frame, and lists of devices."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from interview_app.gui.device_list import chosen_device
from interview_app.gui.pages.rehearse_form import Form
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label, make_line
from interview_app.services.ports import Device, DeviceChoice

_LABEL_WIDTH = 104


class Section(QWidget):
    """A heading with a line under it, and what belongs to it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._layout = column(self, spacing=Space.S)
        self._layout.addWidget(make_label(title, Role.HEADING))
        self._layout.addWidget(make_line())

    @property
    def body(self) -> QVBoxLayout:
        """Where the content goes."""
        return self._layout


def make_form(theme: Theme) -> Form:
    """A form whose fields begin at the same place in every section."""
    form = Form()

    def measure() -> None:
        form.setColumnMinimumWidth(0, theme.px(_LABEL_WIDTH))

    theme.changed.connect(measure)
    measure()
    return form


def fill_devices(
    box: QComboBox, devices: tuple[Device, ...], choice: DeviceChoice, system: str, missing: str
) -> None:
    """Offer the system's own device and each by its name; the chosen one is in front.

    A chosen device that is not there now stays in the list, marked with ``missing``.
    """
    box.blockSignals(True)
    box.clear()
    default = next((device.name for device in devices if device.is_default), "")
    box.addItem(f"{system}: {default}" if default else system, DeviceChoice())
    for device in devices:
        box.addItem(device.name, DeviceChoice(device.id, device.name))
    is_chosen = bool(choice.id or choice.name)
    found = chosen_device(devices, choice) if is_chosen else None
    is_there = found is not None and (found.id == choice.id or found.name == choice.name)
    if is_chosen and not is_there:
        box.addItem(f"{choice.name} ({missing})", choice)
        box.setCurrentIndex(box.count() - 1)
    elif found is not None:
        box.setCurrentIndex(devices.index(found) + 1)
    else:
        box.setCurrentIndex(0)
    box.blockSignals(False)
