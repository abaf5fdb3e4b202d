"""When the program itself breaks: one dialog, the work goes on, and the next start tells of it."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.sound import wait_for

pytestmark = pytest.mark.timeout(300)
WRONG = "^Something went wrong inside Mock Interview$"
STOPPED = "^Mock Interview stopped unexpectedly last time$"
SECRET = "confidential words of an answer"
TYPED = "Zanzibar marmalade convinced the stakeholders of the quagmire"


def opened(open_window: OpenWindow, data_dir: Path | None = None) -> Window:
    window = open_window(data_dir)
    window.wait_to_see("^2 questions")
    return window


def logs(window: Window) -> str:
    folder = window.data_dir / "logs"
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.iterdir())


@pytest.mark.parametrize("where", ["event", "thread", "job"])
def test_a_bug_is_told_once_and_the_window_goes_on(open_window: OpenWindow, where: str) -> None:
    window = opened(open_window)
    window.ask("break", where=where, said=SECRET)
    window.wait_to_see(WRONG)
    assert window.sees("is kept")
    assert window.sees("inspected.py")
    assert not window.sees("confidential")
    window.ask("break", where=where, said=SECRET)
    window.press("Escape")
    window.wait_until_gone(WRONG)
    window.ask("break", where=where, said=SECRET)
    window.press("ctrl+3")
    window.wait_to_see("Search the guides|Guides")
    assert not window.sees(WRONG), "the same bug is not told twice"
    assert "ValueError" in logs(window)
    assert "confidential" not in logs(window)
    assert window.quit() == 0


def test_the_details_can_be_copied(open_window: OpenWindow) -> None:
    window = opened(open_window)
    window.ask("break", where="event", said=SECRET)
    window.wait_to_see(WRONG)
    window.press("ctrl+c")
    window.wait_to_see("^Copied")
    copied = window.ask("clipboard")
    assert "Mock Interview" in copied
    assert "inspected.py" in copied
    assert "confidential" not in copied
    window.press("Escape")
    assert window.quit() == 0


def test_a_crash_is_told_at_the_next_start_and_only_once(open_window: OpenWindow) -> None:
    window = opened(open_window)
    window.process.send_signal(signal.SIGABRT)
    assert window.process.wait(60) == -signal.SIGABRT
    again = opened(open_window, window.data_dir)
    again.wait_to_see(STOPPED)
    assert again.sees("Fatal Python error: Aborted")
    again.press("Escape")
    wait_for(lambda: not again.sees(STOPPED), what="the dialog is gone")
    assert again.quit() == 0
    assert "Fatal Python error" in (window.data_dir / "logs/crash-last.log").read_text()
    third = opened(open_window, window.data_dir)
    third.press("ctrl+4")
    third.wait_to_see("^Your data$")
    assert not third.sees(STOPPED)
    assert third.quit() == 0


def test_the_log_of_a_whole_session_holds_no_word_of_its_answers(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    window = opened(open_window)
    window.press("Return")
    for number in (1, 2):
        window.wait_to_see(f"{number} of 2")
        window.press("t")
        window.wait_to_see("Keep")
        window.write(TYPED)
        window.press("ctrl+Return")
        window.wait_to_see("^Personalization tip$")
        window.ask("break", where="job", said=SECRET)
        window.wait_to_see(WRONG) if number == 1 else None
        window.press("Escape") if number == 1 else None
        window.wait_until_gone(WRONG)
        window.press("n")
    window.wait_to_see("Review the answers")
    assert window.quit() == 0
    written = logs(window)
    assert "ValueError" in written, "there is a log"
    for word in TYPED.split():
        if len(word) > 3:
            assert word not in written
