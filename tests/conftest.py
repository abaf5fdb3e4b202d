"""What tests of every kind share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.sound import MISSING, SoundCard

# The same examples in every run, so that nobody's build fails by luck; new ones are looked for
# with HYPOTHESIS_PROFILE=explore, and what it finds becomes an @example.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture
def sound_card() -> Iterator[SoundCard]:
    """A private sound server with a virtual speaker and microphone, in the environment."""
    if MISSING:
        pytest.skip(f"a virtual sound card needs {', '.join(MISSING)}")
    with SoundCard() as card:
        yield card
