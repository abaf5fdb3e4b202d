"""Microphones and speakers as Qt lists them; only for the inside of a helper process."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

from interview_app.support.helper_process import Message


def device_id(device: QAudioDevice) -> str:
    """The system's id of a device, as hex of its bytes."""
    return bytes(device.id().data()).hex()


def devices_message() -> Message:
    """The message that lists the devices of this machine."""
    return {
        "event": "devices",
        "microphones": [_described(device) for device in QMediaDevices.audioInputs()],
        "speakers": [_described(device) for device in QMediaDevices.audioOutputs()],
    }


def chosen(devices: Sequence[QAudioDevice], choice: Message) -> QAudioDevice | None:
    """The device of that id, else of that name, else the default, else any; ``None``: none."""
    wanted_id, wanted_name = choice.get("id", ""), choice.get("name", "")
    by_id = (d for d in devices if wanted_id and device_id(d) == wanted_id)
    by_name = (d for d in devices if wanted_name and d.description() == wanted_name)
    by_default = (d for d in devices if d.isDefault())
    for candidates in (by_id, by_name, by_default, iter(devices)):
        if (device := next(candidates, None)) is not None:
            return device
    return None


def _described(device: QAudioDevice) -> Message:
    return {
        "id": device_id(device),
        "name": device.description(),
        "is_default": device.isDefault(),
    }
