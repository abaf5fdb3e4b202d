"""How fast the window opens and speaks, how long it ever stalls, and what memory it takes.

The window is a process of its own under a virtual display, the sound card is virtual, and the
answer is real speech.
"""

from __future__ import annotations

import contextlib
import json
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import psutil

from interview_app.domain.session import SessionSettings
from interview_app.recording.player import PlayerClient
from interview_app.services.event_loop import EventLoop
from interview_app.services.jobs import JobContext, JobRunner
from interview_app.services.ports.player import PlaybackEnded, PlaybackStarted, PlayerEvent
from interview_app.services.ports.voice import Voice
from interview_app.services.rehearsal.speaker import Speaker, VoiceBegan
from tests.benchmarks.opening import RUNS, measure_openings
from tests.benchmarks.table import Row, row
from tests.benchmarks.voices import RATE_WPM, make_voice
from tests.display import virtual_display
from tests.e2e.window import Window
from tests.sound import SoundCard

_CALM_S = 0.03
_EMPTY = """
import sys
{imports}
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("Mock Interview")
window.resize(1200, 760)
keys = QDialog(window)
keys.setWindowTitle("Keys")
QShortcut("F1", window, keys.open)
window.show()
app.exec()
"""
_SAME_LIBRARIES = (
    "import json, logging, dataclasses, subprocess, platformdirs, concurrent.futures\n"
    "from PySide6 import QtCore, QtGui, QtWidgets, QtSvg"
)
QUESTIONS = (
    "Tell me about a time you had to choose between speed and quality, and what you would do "
    "differently if you met the same choice again today.",
    "How do you explain a technical limit to people who pay for the product and do not care how "
    "it works inside, only when it will be there?",
)


def measure_start() -> list[Row]:
    """From the start of the process to a window on the screen that answers, beside empty ones."""
    with virtual_display() as display, data_folder() as folder:
        found = measure_openings(
            {
                "ours": (
                    [sys.executable, "-m", "interview_app"],
                    {"INTERVIEW_APP_DATA_DIR": str(folder)},
                ),
                "empty": ([sys.executable, "-c", _EMPTY.format(imports="")], {}),
                "same": ([sys.executable, "-c", _EMPTY.format(imports=_SAME_LIBRARIES)], {}),
            },
            display,
        )
    ours, empty, same = found["ours"], found["empty"], found["same"]
    note = f"median of {RUNS}"
    promise = "at most 1.5 times"
    return [
        row(
            "window on the screen, beside an empty one",
            ours.shown_s,
            "s",
            baseline=empty.shown_s,
            note=note,
        ),
        row(
            "the same, the empty one with the same libraries",
            ours.shown_s,
            "s",
            baseline=same.shown_s,
            promise=promise,
            note=note,
        ),
        row(
            "a key is answered, beside the empty one with the same libraries",
            ours.answers_s,
            "s",
            baseline=same.answers_s,
            promise=promise,
            note=f"{note}; F1, pressed from the first picture on",
        ),
    ]


def measure_first_sound(who: str = "", name: str = "") -> list[Row]:
    """From Next to the first sound of the question in a voice: rendered ahead, and not.

    What is not rendered the system's voice says; what is, must be heard in the voice asked for.
    """
    with SoundCard(), data_folder() as folder:
        loop = EventLoop()
        player = PlayerClient(loop.post)
        jobs = JobRunner(loop.post)
        voice = make_voice(folder)
        player.warm_up()
        loop.run_until(lambda: False, limit_s=2.0)
        cold: list[float] = []
        ahead: list[float] = []
        for number in range(RUNS):
            text = f"{QUESTIONS[number % 2]} Question {number}."
            cold.append(_first_sound_s(Speaking(voice, player, jobs), loop, text, who))
            voice.render(text, who, RATE_WPM, JobContext())
            speaking = Speaking(voice, player, jobs)
            ahead.append(_first_sound_s(speaking, loop, text, who))
            assert speaking.stood_in == [""], "another voice spoke"
        player.close()
        jobs.close()
        voice.close()
    note = f"median of {RUNS}, worst {{:.0f}} ms, until the speaker's helper says it sounds"
    return [
        row(
            f"first sound after Next, rendered ahead{name}",
            statistics.median(ahead),
            "s",
            promise="at most 0.15 s",
            note=note.format(max(ahead) * 1000),
        ),
        row(
            f"first sound after Next, cold{name}",
            statistics.median(cold),
            "s",
            promise="at most 1 s",
            note=note.format(max(cold) * 1000),
        ),
    ]


class Speaking:
    """The voice of a session of its own, which knows nothing of slowness met before."""

    def __init__(self, voice: Voice, player: PlayerClient, jobs: JobRunner) -> None:
        self.started: list[float] = []
        self.stood_in: list[str] = []
        """Why the system's voice spoke, for each text heard; empty where it did not."""
        self._is_over = False
        self._speaker = Speaker(voice, player, jobs, lambda _p, _why: None, self._hear)
        self._leave = player.subscribe(self._listen)

    def ask(self, text: str, who: str) -> None:
        """Say a question as a session does after Next."""
        self._speaker.speak(0, text, SessionSettings(voice=who, rate_wpm=RATE_WPM))

    def stop(self, loop: EventLoop) -> None:
        """Fall silent, and listen no more once the player is."""
        self._speaker.stop()
        assert loop.run_until(lambda: self._is_over, limit_s=20), "the voice did not fall silent"
        self._leave()

    def _listen(self, event: PlayerEvent) -> None:
        if isinstance(event, PlaybackStarted):
            self.started.append(time.monotonic())
        self._is_over = isinstance(event, PlaybackEnded)
        self._speaker.heard(event)

    def _hear(self, event: object) -> None:
        if isinstance(event, VoiceBegan):
            self.stood_in.append(event.instead)


def _first_sound_s(speaking: Speaking, loop: EventLoop, text: str, who: str) -> float:
    begin = time.monotonic()
    speaking.ask(text, who)
    assert loop.run_until(lambda: bool(speaking.started), limit_s=20), "the voice did not sound"
    speaking.stop(loop)
    return speaking.started[0] - begin


def measure_session(answer: Path) -> list[Row]:
    """One question, answered with real speech: the longest stall, and each process's memory."""
    with virtual_display() as display, SoundCard() as card, data_folder() as folder:
        window = Window(folder, display)
        with _memory(window) as peaks:
            try:
                stall, where = _rehearse(window, card, answer)
            finally:
                window.close()
    rows = [
        row(
            "longest stall of the event loop in a session",
            stall,
            "s",
            promise="at most 0.05 s",
            note=f"asked, answered, transcribed, reviewed; in {where[-90:]}",
        )
    ]
    return rows + [
        row(f"peak memory, {role}", size / 1e6, "MB") for role, size in sorted(peaks.items())
    ]


def _rehearse(window: Window, card: SoundCard, answer: Path) -> tuple[float, str]:
    window.wait_to_see("^1 question")
    # What is built behind the set-up, and the recognizer's model, come first.
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        time.sleep(2)
        if float(window.ask("stall")["seconds"]) < _CALM_S and window.helpers("recognizer"):
            break
    window.press("Return")
    window.wait_to_see("^Take the time you need", 60)
    window.press("space")
    window.wait_to_see(r"^Recording \d:\d\d")
    card.say(answer).wait(300)
    window.press("space")
    window.wait_to_see("words a minute", 120)
    window.press("n")
    window.wait_to_see("Review the answers")
    stall: dict[str, float | str] = window.ask("stall")
    window.quit()
    return float(stall["seconds"]), str(stall["where"])


@contextlib.contextmanager
def _memory(window: Window) -> Iterator[dict[str, int]]:
    """Watches resident memory ten times a second; role to peak in bytes."""
    peaks: dict[str, int] = defaultdict(int)
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            with contextlib.suppress(psutil.Error):
                top = psutil.Process(window.process.pid)
                for process in (top, *top.children(recursive=True)):
                    line = process.cmdline()
                    role = line[-1] if line[-2:-1] == ["--helper"] else "window"
                    if process.pid == top.pid or role != "window":
                        peaks[role] = max(peaks[role], process.memory_info().rss)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def data_folder() -> Iterator[Path]:
    """A data folder that is past its first start, for one question without manners."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name) / "data"
        folder.mkdir(mode=0o700)
        chosen = {
            "is_sound_checked": True,
            "last_guide": "it-product-manager",
            "question_count": 1,
            "has_manners": False,
        }
        (folder / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
        yield folder
