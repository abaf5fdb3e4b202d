"""Likely causes are named from what arrives, and nothing is blamed where all is well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.services.ports.devices import Device
from interview_app.services.sound_check.causes import (
    CLIPPED_BLOCKS,
    RECENT_BLOCKS,
    SETTLED_BLOCKS,
    TOO_QUIET_PEAK,
    Cause,
    Loudness,
    likely_causes,
)

ONE = (Device("1", "Built-in microphone", is_default=True),)
TWO = (*ONE, Device("2", "Desk microphone"))


def heard(*peaks: float) -> Loudness:
    """Blocks of those peaks."""
    loudness = Loudness()
    for peak in peaks:
        loudness = loudness.with_block(peak)
    return loudness


SILENT = heard(*[0.0] * SETTLED_BLOCKS)
GOOD = heard(*[0.3] * SETTLED_BLOCKS)


@pytest.mark.parametrize(
    ("loudness", "microphones", "platform", "was_spoken", "causes"),
    [
        (GOOD, ONE, "linux", True, ()),
        (GOOD, (), "linux", True, (Cause.NO_MICROPHONE,)),
        (SILENT, ONE, "linux", False, (Cause.MUTED,)),
        (SILENT, ONE, "darwin", False, (Cause.NO_PERMISSION,)),
        (SILENT, TWO, "win32", False, (Cause.MUTED, Cause.WRONG_DEVICE)),
        (heard(*[0.01] * 40), ONE, "linux", True, (Cause.TOO_QUIET,)),
        (heard(*[0.01] * 40), TWO, "linux", True, (Cause.TOO_QUIET, Cause.WRONG_DEVICE)),
        (heard(*[0.01] * 40), ONE, "linux", False, ()),
        (heard(0.4, 1.0, 0.3), ONE, "linux", True, ()),
        (heard(*[1.0] * CLIPPED_BLOCKS), TWO, "linux", True, (Cause.TOO_LOUD,)),
        (heard(*[1.0] * 9, *[0.3] * RECENT_BLOCKS), ONE, "linux", False, ()),
        (heard(*[1.0] * 9, *[0.3] * RECENT_BLOCKS), ONE, "linux", True, (Cause.TOO_LOUD,)),
        (heard(*[0.0] * (SETTLED_BLOCKS - 1)), ONE, "linux", False, ()),
    ],
)
def test_causes(
    loudness: Loudness,
    microphones: tuple[Device, ...],
    platform: str,
    was_spoken: bool,
    causes: tuple[Cause, ...],
) -> None:
    device = microphones[0] if microphones else None
    found = likely_causes(loudness, device, microphones, platform, was_spoken=was_spoken)
    assert found == causes


@pytest.mark.parametrize(
    "name", ["Monitor of Built-in Audio", "Stereo Mix (Realtek)", "Loopback Audio"]
)
def test_a_device_that_hears_the_speaker_is_the_wrong_one(name: str) -> None:
    device = Device("1", name)
    found = likely_causes(GOOD, device, (device,), "linux", was_spoken=True)
    assert found == (Cause.WRONG_DEVICE,)


@pytest.mark.parametrize(
    "name", ["AirPods Pro", "WH-1000XM4", "Bluetooth Headset", "Jabra Hands-Free AG Audio"]
)
def test_a_wireless_headset_is_known_by_its_name(name: str) -> None:
    device = Device("1", name)
    found = likely_causes(GOOD, device, (device,), "linux", was_spoken=True)
    assert found == (Cause.HEADSET,)


def test_a_wireless_headset_is_known_by_what_the_sound_server_calls_it() -> None:
    device = Device(b"bluez_input.11_22_33_44_55_66.0".hex(), "Evolve 65")
    found = likely_causes(GOOD, device, (device,), "linux", was_spoken=True)
    assert found == (Cause.HEADSET,)


def test_a_headset_on_a_wire_is_none() -> None:
    device = Device(b"alsa_input.usb-Logitech_Headset.mono".hex(), "H390 Headset")
    assert likely_causes(GOOD, device, (device,), "linux", was_spoken=True) == ()


@given(st.lists(st.floats(TOO_QUIET_PEAK, 0.97), min_size=1, max_size=60))
def test_whatever_is_loud_enough_and_not_cut_off_is_never_blamed(peaks: list[float]) -> None:
    assert likely_causes(heard(*peaks), ONE[0], TWO, "darwin", was_spoken=True) == ()
