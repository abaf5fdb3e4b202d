"""A list of microphones or speakers to choose from."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from interview_app.gui.device_list import chosen_device
from interview_app.services.ports.devices import Device, DeviceChoice


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
