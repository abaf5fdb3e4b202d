"""What tests of every kind share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.sound import MISSING, SoundCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.hub import Hub

# The same examples in every run, so that nobody's build fails by luck; new ones are looked for
# with HYPOTHESIS_PROFILE=explore, and what it finds becomes an @example.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark tests with a sound card, so that ``make test`` runs them apart from the others.

    Most of their time they wait for speech, so two run side by side; those that compare what was
    recorded or played sample by sample run one by one: a sound server that starves loses sound.
    """
    if "sound_card" in getattr(item, "fixturenames", ()):
        item.add_marker("sound")
        if "integration" in item.path.parts:
            item.add_marker("exact_sound")


@pytest.fixture
def set_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts this process, and those it starts, into a time zone, given as a rule."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system has one zone for all programs")

    def set_zone(rule: str) -> None:
        monkeypatch.setenv("TZ", rule)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def sound_card() -> Iterator[SoundCard]:
    """A private sound server with a virtual speaker and microphone, in the environment."""
    if MISSING:
        pytest.skip(f"a virtual sound card needs {', '.join(MISSING)}")
    with SoundCard() as card:
        yield card


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Tests of widgets run in the application's own kind of QApplication."""
    from interview_app.gui.application import DesktopApplication

    return DesktopApplication


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A server of small files on this machine, asked without a proxy."""
    from tests.hub import serving

    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving() as hub:
        yield hub
