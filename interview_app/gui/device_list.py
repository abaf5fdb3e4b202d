"""The microphones and speakers of the machine, as far as they are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from interview_app.services.ports.devices import Device, DeviceChoice
    from interview_app.services.ports.recorder import Recorder, RecorderEvent


class DeviceList(QObject):
    """Listens to the recorder, which tells the devices when it starts and when they change.

    Signals:
        changed: other devices are there now.
    """

    changed = Signal()

    def __init__(self, recorder: Recorder | None = None) -> None:
        super().__init__()
        self.is_known = False
        self.microphones: tuple[Device, ...] = ()
        self.speakers: tuple[Device, ...] = ()
        self._unsubscribe: Callable[[], None] | None = None
        if recorder is not None:
            self.listen_to(recorder)

    def listen_to(self, recorder: Recorder) -> None:
        """Hear of devices from now on; the window does not wait for the recorder to be built."""
        self._unsubscribe = recorder.subscribe(self._said)

    @property
    def has_no_microphone(self) -> bool:
        """Whether it is certain that there is none."""
        return self.is_known and not self.microphones

    def close(self) -> None:
        """Stop listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    def _said(self, event: RecorderEvent) -> None:
        from interview_app.services.ports.devices import DevicesChanged

        if isinstance(event, DevicesChanged):
            self.is_known = True
            self.microphones, self.speakers = event.microphones, event.speakers
            self.changed.emit()


def chosen_device(devices: tuple[Device, ...], choice: DeviceChoice) -> Device | None:
    """The device a person chose: by id, else by name, else the default; ``None`` without any."""
    for is_it in (
        lambda device: bool(choice.id) and device.id == choice.id,
        lambda device: bool(choice.name) and device.name == choice.name,
        lambda device: device.is_default,
        lambda _device: True,
    ):
        found = next((device for device in devices if is_it(device)), None)
        if found is not None:
            return found
    return None
