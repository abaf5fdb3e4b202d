"""What tests of every kind share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sound import MISSING, SoundCard


@pytest.fixture
def sound_card() -> Iterator[SoundCard]:
    """A private sound server with a virtual speaker and microphone, in the environment."""
    if MISSING:
        pytest.skip(f"a virtual sound card needs {', '.join(MISSING)}")
    with SoundCard() as card:
        yield card
