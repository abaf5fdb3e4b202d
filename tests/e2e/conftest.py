"""A virtual display, a virtual sound card, and the program between them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.display import virtual_display
from tests.e2e.window import MISSING, Window
from tests.sound import SoundCard

OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a virtual display."""
    if MISSING:
        pytest.skip(f"a virtual display needs {', '.join(MISSING)}")
    with virtual_display() as name:
        yield name


@pytest.fixture
def open_window(display: str, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens the program's window over a data folder; closes whatever is left at the end."""
    windows: list[Window] = []

    def open_it(
        data_dir: Path | None = None, *, files: Sequence[Path] = (), **settings: object
    ) -> Window:
        folder = data_dir or tmp_path / "data"
        if not folder.exists():
            folder.mkdir(mode=0o700)
            chosen = {
                "is_sound_checked": True,
                "last_guide": "it-product-manager",
                "question_count": 2,
                "has_manners": False,
                **settings,
            }
            (folder / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
        windows.append(Window(folder, display, files=files))
        return windows[-1]

    yield open_it
    for window in windows:
        window.close()


@pytest.fixture
def card(sound_card: SoundCard) -> SoundCard:
    """The virtual sound card, by the name these tests use."""
    return sound_card
