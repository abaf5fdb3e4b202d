"""The program started again: one window a data folder, and files opened in it."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from interview_app.gui.window.instance_server import instance_server_name
from tests.e2e.conftest import OpenWindow
from tests.e2e.program import COMMAND, Outcome, Program
from tests.e2e.window import Window
from tests.sound import wait_for

pytestmark = pytest.mark.timeout(300)
GUIDE = """---
id: night-watch
title: Night Watch
language: en
---
For those who stay awake.

## Common questions

### Why do you want to work at night?
**Sample answer:** I think best when it is quiet.
"""
Start = Callable[..., Outcome]


@pytest.fixture
def start(display: str) -> Start:
    """Starts the program a second time, as a desktop does, and waits until it leaves."""

    def again(data_dir: Path, *arguments: str | Path, folder: Path | None = None) -> Outcome:
        gone = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
        env = {key: value for key, value in os.environ.items() if key not in gone}
        env |= {"DISPLAY": display, "INTERVIEW_APP_DATA_DIR": str(data_dir)}
        env["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            env=env,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return again


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "night watch.md"
    path.write_text(GUIDE, encoding="utf-8")
    return path


def is_listening(window: Window) -> bool:
    """Whether the door of the window's data folder is there and answers."""
    name = instance_server_name(window.data_dir)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as visitor:
        try:
            visitor.connect(name)
        except OSError:
            return False
    return True


def opened(open_window: OpenWindow, data_dir: Path | None = None) -> Window:
    window = open_window(data_dir)
    wait_for(lambda: is_listening(window), what="the window listens")
    return window


def test_starting_again_brings_the_open_window_to_the_front(
    open_window: OpenWindow, start: Start
) -> None:
    window = opened(open_window)
    window.ask("minimize")
    wait_for(lambda: window.ask("is_minimized"), what="the window is minimized")
    again = start(window.data_dir)
    assert (again.status, again.out, again.err) == (0, "", "")
    wait_for(lambda: not window.ask("is_minimized"), what="the window is there again")
    assert window.quit() == 0


def test_a_guide_opened_again_and_again_goes_to_the_open_window(
    open_window: OpenWindow, start: Start, guide: Path
) -> None:
    window = opened(open_window)
    assert start(window.data_dir, guide.name, folder=guide.parent).status == 0
    window.wait_to_see("^What was understood$")
    window.wait_to_see("Night Watch")
    assert not (window.data_dir / "guides" / "night-watch.md").exists()
    assert start(window.data_dir, guide).status == 0
    window.wait_to_see("Keep this guide first")
    assert window.quit() == 0


def test_a_guide_that_is_known_already_is_recognized_before_the_guides_page_was_ever_shown(
    open_window: OpenWindow, start: Start, guide: Path
) -> None:
    window = opened(open_window)
    Program(window.data_dir).run("guides", "import", guide)
    assert start(window.data_dir, guide).status == 0
    window.wait_to_see("^What was understood$")
    window.wait_to_see("You have a guide")
    assert window.quit() == 0


def test_the_first_start_may_open_a_guide_and_is_not_disturbed_by_the_sound_check(
    open_window: OpenWindow, guide: Path
) -> None:
    window = open_window(files=[guide], is_sound_checked=False)
    window.wait_to_see("^What was understood$")
    wait_for(lambda: is_listening(window), what="the window listens")
    assert not window.sees("Sound check")
    assert window.quit() == 0


def test_a_file_handed_over_by_macos_is_opened(open_window: OpenWindow, guide: Path) -> None:
    window = open_window()
    window.ask("file_opened", path=str(guide))
    window.wait_to_see("^What was understood$")
    assert window.quit() == 0


def test_a_guide_opened_in_mid_session_waits_until_the_person_is_through(
    open_window: OpenWindow, start: Start, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    window = opened(open_window)
    window.wait_to_see("^2 questions")
    window.press("Return")
    window.wait_to_see("1 of 2")
    assert start(window.data_dir, guide).status == 0
    window.wait_to_see("waits on the Guides page")
    assert window.sees("1 of 2"), "the session stays in front"
    window.press("ctrl+3")
    window.wait_to_see("^What was understood$")
    assert window.quit() == 0


def test_two_data_folders_are_two_windows(
    open_window: OpenWindow, start: Start, guide: Path, tmp_path: Path
) -> None:
    first, second = opened(open_window), open_window(tmp_path / "other")
    wait_for(lambda: is_listening(second), what="the other window listens")
    assert start(second.data_dir, guide).status == 0
    second.wait_to_see("^What was understood$")
    assert not first.sees("^What was understood$")
    assert (first.quit(), second.quit()) == (0, 0)


def test_what_a_crash_left_standing_is_no_obstacle(
    open_window: OpenWindow, start: Start, guide: Path
) -> None:
    window = opened(open_window)
    window.kill()
    assert Path(instance_server_name(window.data_dir)).exists(), (
        "the socket stands without a listener"
    )
    again = opened(open_window, window.data_dir)
    assert start(again.data_dir, guide).status == 0
    again.wait_to_see("^What was understood$")
    assert again.quit() == 0
    assert not Path(instance_server_name(window.data_dir)).exists(), (
        "nothing stands after a clean end"
    )


def test_only_the_person_may_knock(open_window: OpenWindow) -> None:
    window = opened(open_window)
    mode = Path(instance_server_name(window.data_dir)).stat().st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0
    window.quit()


def test_a_stranger_at_the_door_changes_nothing(open_window: OpenWindow, start: Start) -> None:
    window = opened(open_window)
    for said in (b"\n", b"[]\n", b'{"files": 3}\n', b"\xff" * 70_000):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as visitor:
            visitor.settimeout(20)
            visitor.connect(instance_server_name(window.data_dir))
            try:
                visitor.sendall(said)
                assert visitor.recv(100) == b"", f"it is shown the door after {said[:20]!r}"
            except ConnectionError:
                pass
        assert start(window.data_dir).status == 0, said[:20]
    assert window.quit() == 0


def test_a_file_that_is_not_there_is_said_on_one_line(start: Start, tmp_path: Path) -> None:
    missing = start(tmp_path / "data", tmp_path / "gone.md")
    assert missing.status == 2
    assert missing.err.startswith(f"There is no file {tmp_path / 'gone.md'}.")
    assert missing.err.count("\n") == 1


def test_without_a_display_a_file_is_imported_in_the_terminal_instead(
    tmp_path: Path, guide: Path
) -> None:
    without = Program(tmp_path / "data").run(guide)
    assert without.status == 1
    assert f"interview-app guides import '{guide}'" in without.err


def test_a_word_that_is_neither_command_nor_file_is_a_wrong_usage(tmp_path: Path) -> None:
    wrong = Program(tmp_path / "data").run("rehears")
    assert wrong.status == 2
    assert "rehears" in wrong.err
