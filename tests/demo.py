"""``make demo``: a session under a virtual display, and a picture of every screen and state.

Everything is real: the window, the voice, the microphone (a virtual one that hears espeak-ng), the
recognizer and the database. The pictures go to ``build/demo/light`` and ``build/demo/dark``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.demo_guides import guides, stories
from tests.demo_history import history
from tests.demo_models import model_fails, models
from tests.demo_replay import replay
from tests.demo_takes import takes
from tests.demo_voices import voices
from tests.display import virtual_display
from tests.e2e.program import ROOT
from tests.e2e.window import MISSING as NO_DISPLAY
from tests.e2e.window import Window
from tests.hearing import speak_to_file
from tests.sound import MISSING as NO_SOUND
from tests.sound import SoundCard, wait_for

TARGET = ROOT / "build" / "demo"
ANSWER = (
    "I led the team that built a scheduling tool for a hospital. We asked the nurses what they "
    "needed, and we removed two steps from the process. You know, after three months the waiting "
    "time was thirty percent shorter, and the nurses stopped keeping lists of their own."
)
RECORDING = r"^Recording \d:\d\d"
THINKING = "^Take the time you need"
REVIEW = "^Personalization tip$"


class Stage:
    """One scheme of colours: its data folder, its display, its pictures."""

    def __init__(self, scheme: str, display: str, card: SoundCard, folder: Path) -> None:
        self.scheme = scheme
        self.card = card
        self.answer = folder / "answer.wav"
        self._display = display
        self._folder = folder
        self._target = TARGET / scheme
        self._target.mkdir(parents=True, exist_ok=True)
        self._count = 0
        self._windows: list[Window] = []

    def open(self, name: str, env: dict[str, str] | None = None, **settings: object) -> Window:
        """Open the window over a data folder of that name."""
        data = self.data(name)
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        chosen = {"theme": self.scheme, "is_sound_checked": True, "question_count": 2, **settings}
        chosen.setdefault("last_guide", "it-product-manager")
        if not (data / "settings.json").exists():
            (data / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
        self._windows.append(Window(data, self._display, env))
        return self._windows[-1]

    def data(self, name: str) -> Path:
        """The data folder of that name, which may be filled before a window opens it."""
        return self._folder / self.scheme / name

    def close(self) -> None:
        """Close whatever a scene left open."""
        for window in self._windows:
            window.close()
        self._windows.clear()

    def picture(self, window: Window, name: str) -> None:
        """Keep what is on the screen now."""
        self._count += 1
        path = self._target / f"{self._count:02d}-{name}.png"
        assert window.ask("picture", path=str(path)), f"no picture of {name}"


def first_start(stage: Stage) -> None:
    """The sound check, step by step."""
    window = stage.open("first", is_sound_checked=False)
    window.wait_to_see("Sound check · 1 of 3")
    speaking = stage.card.say(stage.answer)
    window.wait_to_see("hears you")
    stage.picture(window, "sound-check-microphone")
    window.press("Return")
    window.wait_to_see("2 of 3")
    stage.picture(window, "sound-check-sentence")
    speaking.wait(60)
    window.press("Escape")
    window.focus()
    window.press("ctrl+2")
    window.wait_to_see("^No sessions yet$")
    stage.picture(window, "sessions-empty")
    window.quit()


def practice(stage: Stage) -> None:
    """Two questions: spoken, then typed; then the summary and the history."""
    window = stage.open("practice")
    window.wait_to_see("^2 questions")
    stage.picture(window, "rehearse")
    window.press("F1")
    window.wait_to_see("^Keys$")
    stage.picture(window, "keys")
    window.press("Escape")
    wait_for(lambda: not window.sees("^Keys$"), 5, "the list is closed")
    window.focus()
    window.press("Return")
    window.wait_to_see("Start answer")
    wait_for(lambda: window.helpers("player"), 10, "the voice begins")
    stage.picture(window, "room-asking")
    window.wait_to_see(THINKING)
    stage.picture(window, "room-thinking")
    window.press("space")
    window.wait_to_see(RECORDING)
    speaking = stage.card.say(stage.answer)
    window.wait_to_see(r"^Recording 0:0[6-9]")
    stage.picture(window, "room-recording")
    speaking.wait(60)
    window.press("p")
    window.wait_to_see("Paused")
    stage.picture(window, "room-paused")
    window.press("p")
    window.wait_to_see(RECORDING)
    window.press("space")
    window.wait_to_see(REVIEW)
    stage.picture(window, "review-transcribing")
    window.wait_to_see("words a minute", 60)
    stage.picture(window, "review")
    window.press("l")
    window.wait_to_see("^Pause|^Hold|^Stop")
    stage.picture(window, "review-listening")
    window.press("l")
    for width, height in ((1024, 640), (1700, 1000)):
        window.ask("size", width=width, height=height)
        stage.picture(window, f"review-{width}")
    window.ask("size", width=1200, height=760)
    window.press("n")
    window.wait_to_see("2 of 2")
    window.press("t")
    window.wait_to_see("Keep")
    window.write("First I would look at the cost of waiting.")
    stage.picture(window, "room-typing")
    window.press("ctrl+Return")
    window.wait_to_see(REVIEW)
    stage.picture(window, "review-typed")
    window.press("n")
    window.wait_to_see("Review the answers")
    stage.picture(window, "summary")
    after(stage, window)


def after(stage: Stage, window: Window) -> None:
    """The other pages, with something in them."""
    window.press("ctrl+2")
    window.wait_to_see("IT Product Manager")
    stage.picture(window, "sessions")
    window.press("Down", "Return")
    window.wait_to_see(REVIEW)
    stage.picture(window, "session")
    window.ask("page", name="settings")
    window.wait_to_see("Virtual-Microphone")
    wait_for(lambda: window.sees("tiny.en"), 20, "the models are listed")
    stage.picture(window, "settings")
    window.quit()


def interview(stage: Stage) -> None:
    """The countdown, and a microphone that is pulled out."""
    window = stage.open("interview", mode="interview", think_s=25)
    window.wait_to_see("^2 questions")
    stage.picture(window, "rehearse-interview")
    window.press("Return")
    window.wait_to_see("Start answer")
    window.press("s")
    window.wait_to_see("begins|starts")
    stage.picture(window, "room-countdown")
    window.press("space")
    window.wait_to_see(RECORDING)
    window.wait_to_see(r"^Recording 0:0[2-9]")
    stage.card.unplug_microphone()
    window.wait_to_see("gone|switched away")
    stage.picture(window, "room-microphone-lost")
    stage.card.plug_microphone()
    window.press("p")
    window.wait_to_see(RECORDING)
    window.kill()
    again = stage.open("interview")
    again.wait_to_see("were not closed")
    stage.picture(again, "takes-found")
    again.press("Escape")
    again.quit()


def without_sound(stage: Stage) -> None:
    """No sound system and no voice: the question stands as text."""
    window = stage.open("silent", {"PULSE_SERVER": "unix:/nonexistent"})
    window.wait_to_see("^2 questions")
    window.wait_to_see("[Mm]icrophone")
    stage.picture(window, "rehearse-no-microphone")
    window.press("Return")
    window.wait_to_see(THINKING)
    stage.picture(window, "room-no-sound")
    window.quit()


def broken(stage: Stage) -> None:
    """A bug, a crash, and what the next start says of it."""
    window = stage.open("broken")
    window.wait_to_see("^2 questions")
    window.ask("break", where="event", said="")
    window.wait_to_see("^Something went wrong inside Mock Interview$")
    stage.picture(window, "bug")
    window.process.send_signal(signal.SIGABRT)
    window.process.wait(20)
    again = stage.open("broken")
    again.wait_to_see("^Mock Interview stopped unexpectedly last time$")
    stage.picture(again, "after-a-crash")
    again.press("Escape")
    again.quit()


def guide_opened(stage: Stage) -> None:
    """A guide file the desktop opens with the program."""
    window = stage.open("opened")
    window.wait_to_see("^2 questions")
    window.ask("file_opened", path=str(ROOT / "data/guides/it-product-manager.md"))
    window.wait_to_see("^What was understood$")
    stage.picture(window, "guide-opened")
    window.quit()


def double_scale(stage: Stage) -> None:
    """The smallest window on a screen of 200 %."""
    window = stage.open("double", {"QT_SCALE_FACTOR": "2"})
    window.wait_to_see("^2 questions")
    window.ask("size", width=1024, height=640)
    stage.picture(window, "rehearse-200-percent")
    window.press("Return")
    window.wait_to_see(THINKING)
    stage.picture(window, "room-200-percent")
    window.quit()


SCENES: tuple[Callable[[Stage], None], ...] = (
    first_start,
    practice,
    interview,
    without_sound,
    broken,
    guide_opened,
    guides,
    stories,
    takes,
    replay,
    models,
    model_fails,
    voices,
    history,
    double_scale,
)


def main() -> int:
    """Play every scene in light and in dark; 1 if a tool or a scene is missing."""
    missing = [*NO_DISPLAY, *NO_SOUND]
    if missing:
        sys.stderr.write(f"make demo needs {', '.join(missing)}: run make test once first.\n")
        return 1
    shutil.rmtree(TARGET, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="demo-"))
    speak_to_file(ANSWER, folder / "answer.wav")
    chosen = sys.argv[1:]
    failed = 0
    with virtual_display(1800, 1100) as display, SoundCard() as card:
        for scheme in ("light", "dark"):
            stage = Stage(scheme, display, card, folder)
            for scene in SCENES:
                if chosen and scene.__name__ not in chosen:
                    continue
                failed += not _play(scene, stage)
    shutil.rmtree(folder, ignore_errors=True)
    count = len(list(TARGET.rglob("*.png")))
    sys.stdout.write(f"{count} pictures in {os.path.relpath(TARGET)}\n")
    return int(failed > 0)


def _play(scene: Callable[[Stage], None], stage: Stage) -> bool:
    try:
        scene(stage)
    except AssertionError as error:
        sys.stderr.write(f"{stage.scheme}: {scene.__name__}: {str(error)[:600]}\n")
        return False
    finally:
        stage.close()
    return True


if __name__ == "__main__":
    sys.exit(main())
