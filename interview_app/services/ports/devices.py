"""Microphones and speakers, and how a person chose them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or speaker: the system's id (hex of its bytes) and the name people know."""

    id: str
    name: str
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A device as a person chose it: found again by id, else by name, else the default."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """The microphones or speakers of the machine, now."""

    microphones: tuple[Device, ...]
    speakers: tuple[Device, ...]
