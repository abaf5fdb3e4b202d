"""Proves one artefact: smoke.py ARTEFACT, a folder, a program, a .deb, a .tar.xz or an .app.

What this machine or the artefact has not is named as left out; --whole takes that for a failure.
The artefact runs over a fresh home and data folder, with nothing of this checkout in its
environment: its checkup, one session from a sound file, and (where a virtual display and a virtual
sound card can be had) one session in its window, driven by the keyboard alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from identity import APP_NAME, ROOT, VERSION

sys.path.insert(0, str(ROOT))

# Both need the standard library only, so that `make package` alone is enough to prove a package.
from tests import display, sound

GUIDE = "it-product-manager"
NATURAL_VOICE = "kokoro:af_heart"
MODELS = ("base", "tiny.en")
LEFT_OUT = "left out: "
PARTS = (
    *("versions", "display", "data folder", "log", "database", "guides"),
    *("voice", "natural voices", "recognizer"),
)
"""What the checkup must speak of, whatever it finds; and of sound, or of microphone and speaker."""
ANSWER = (
    "I led the team that built a scheduling tool for a hospital. We asked the nurses what they "
    "needed, and we removed two steps from the process."
)
EXPECTED = ("team", "hospital", "nurses", "process")
"""Words of the answer that any recognizer must hear."""
LIMIT_S = 120.0


class Broken(Exception):
    """The artefact does not do what it must."""


class Frozen:
    """The program under test, with a home of its own."""

    def __init__(self, program: Path, work: Path) -> None:
        self.program = program
        self.work = work
        self.data = work / "data"
        self.has_model = True
        """Whether a model that understands free speech is carried; pocketsphinx alone is none."""
        home = work / "home"
        home.mkdir(parents=True, exist_ok=True)
        kept = ("SYSTEMROOT", "SystemRoot", "TEMP", "TMP", "WINDIR", "COMSPEC")
        self.env = {name: os.environ[name] for name in kept if name in os.environ}
        self.env |= {
            "HOME": str(home),
            "USERPROFILE": str(home),
            "APPDATA": str(home),
            "LOCALAPPDATA": str(home),
            "PATH": os.defpath if os.name == "posix" else os.environ["PATH"],
            "LANG": "C.UTF-8",
            "INTERVIEW_APP_DATA_DIR": str(self.data),
        }

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run one command; what it printed.

        Raises:
            Broken: it left with another exit status.
        """
        done = subprocess.run(
            [str(self.program), *arguments],
            env=self.env,
            cwd=self.work,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT_S,
            check=False,
        )
        if done.returncode != status:
            raise Broken(f"{arguments} left with {done.returncode}: {done.stderr}{done.stdout}")
        return done.stdout

    def sessions(self) -> list[dict[str, Any]]:
        """Every stored session, whole."""
        listed = json.loads(self.run("sessions", "list", "--json"))
        return [json.loads(self.run("sessions", "show", str(s["id"]), "--json")) for s in listed]


def check_version(frozen: Frozen) -> str:
    """The artefact is the version this checkout says it is."""
    said = frozen.run("--version").strip()
    if VERSION not in said:
        raise Broken(f"it says {said!r}, not {VERSION}")
    return said


def check_doctor(frozen: Frozen) -> str:
    """Every part opens; the voice and the recognizer work."""
    report = json.loads(frozen.run("doctor", "--json"))
    checks = {check["name"]: check for check in report["checks"]}
    untold = [name for name in PARTS if name not in checks]
    if untold or not {"sound", "microphone"} & set(checks):
        raise Broken(f"doctor says nothing of {', '.join(untold) or 'sound'}")
    if VERSION not in checks["versions"]["detail"] or "GB are free" not in str(checks):
        raise Broken("doctor tells neither version nor free space")
    # A natural voice that fails is spoken for by the system's own: nobody would hear it.
    has_natural = NATURAL_VOICE in frozen.run("voices", "list")
    natural = ("natural voices",) if has_natural else ()
    for name in ("database", "guides", "voice", "recognizer", *natural):
        if checks[name]["status"] != "ok":
            raise Broken(f"doctor: {name}: {checks[name]['detail']}")
    for place in (frozen.work / "home").rglob("*Microsoft*"):
        raise Broken(f"a library left {place}")
    return str(checks["recognizer"]["detail"])


def check_models(frozen: Frozen) -> str:
    """Which models the artefact carries."""
    listed = json.loads(frozen.run("models", "list", "--json"))
    here = [model["name"] for model in listed if model["installed"]]
    missing = [model for model in MODELS if model not in here]
    frozen.has_model = len(missing) < len(MODELS)
    if missing:
        return f"{LEFT_OUT}the artefact carries no model {' and no '.join(missing)}"
    return f"carries {' and '.join(MODELS)}"


def check_command_line(frozen: Frozen) -> str:
    """The artefact's own voice speaks an answer into a file, and a session hears it."""
    sound = frozen.work / "answer.wav"
    frozen.run("voices", "say", ANSWER, "--output", str(sound))
    options = ("--count", "1", "--voice", "off", "--answer", str(sound), "--json")
    take = json.loads(frozen.run("rehearse", GUIDE, *options))
    heard = take["transcript"]["text"]
    expect_words(frozen, heard)
    (session,) = frozen.sessions()
    if session["ended_at"] is None or len(session["takes"]) != 1:
        raise Broken(f"the session was not kept whole: {session}")
    for form in ("html", "pdf", "docx", "md"):
        target = frozen.work / f"session.{form}"
        frozen.run("sessions", "export", str(session["id"]), "--output", str(target))
        if target.stat().st_size < 500:
            raise Broken(f"the export {target.name} is empty")
    return str(heard)


def check_natural_voice(frozen: Frozen) -> str:
    """A natural voice, where the artefact carries them, says the answer so that it is heard."""
    if NATURAL_VOICE not in frozen.run("voices", "list"):
        return f"{LEFT_OUT}the artefact carries no natural voices"
    sound = frozen.work / "natural.wav"
    frozen.run("voices", "say", ANSWER, "--voice", NATURAL_VOICE, "--output", str(sound))
    heard = frozen.run("transcribe", str(sound), "--format", "text").strip()
    expect_words(frozen, heard)
    return heard


def check_window(frozen: Frozen) -> str:
    """One question in the window, by keyboard, with a virtual microphone; a clean end."""
    missing = [*display.MISSING, *sound.MISSING]
    if missing:
        return f"{LEFT_OUT}needs {', '.join(missing)}"
    frozen.data = frozen.work / "window-data"
    frozen.data.mkdir(mode=0o700)
    frozen.env["INTERVIEW_APP_DATA_DIR"] = str(frozen.data)
    chosen = {
        "is_sound_checked": True,
        "last_guide": GUIDE,
        "question_count": 1,
        "has_manners": False,
    }
    (frozen.data / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
    with display.virtual_display() as screen, sound.SoundCard() as card:
        frozen.env |= {**card.variables, "DISPLAY": screen}
        said = drive_window(frozen, card.say, frozen.work / "answer.wav")
    (session,) = frozen.sessions()
    if session["ended_at"] is None:
        raise Broken("the session was not ended")
    (take,) = session["takes"]
    expect_words(frozen, take["transcript"]["text"])
    return f"{said}; heard: {take['transcript']['text']}"


def drive_window(
    frozen: Frozen, say: Callable[[Path], subprocess.Popen[bytes]], sound: Path
) -> str:
    """Open the window, answer one question, close it; how long it took to open."""
    began = time.monotonic()
    errors = (frozen.work / "window.stderr").open("w+", encoding="utf-8")
    window = subprocess.Popen([str(frozen.program)], env=frozen.env, cwd=frozen.work, stderr=errors)
    try:
        number = window_number(frozen, window)
        opened = time.monotonic() - began
        frozen.run()  # started again it leaves at once, and the window that is open comes forward
        xdotool(frozen, "windowfocus", "--sync", number)
        answer_one_question(frozen, say, sound)
        press(frozen, "ctrl+q")
        window.wait(30)
    finally:
        if window.poll() is None:
            window.kill()
            window.wait(10)
        errors.seek(0)
        said = errors.read()
        errors.close()
        if window.returncode != 0:
            raise Broken(f"the window left with {window.returncode}: {said}")
    wait_for(lambda: not processes_of(frozen), 10, "every helper process is gone")
    return f"opened in {opened:.2f} s, closed cleanly"


def window_number(frozen: Frozen, window: subprocess.Popen[bytes]) -> str:
    """The X server's number of the main window, once it is there.

    Raises:
        Broken: it did not come.
    """
    seen: list[str] = []

    def look() -> bool:
        if window.poll() is not None:
            raise Broken(f"the window left at once with {window.returncode}")
        seen[:] = found_windows(frozen)
        return bool(seen)

    wait_for(look, 30, "the window opens")
    return seen[0]


def found_windows(frozen: Frozen) -> list[str]:
    """The numbers of visible main windows."""
    done = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Mock Interview$"],
        env={**os.environ, "DISPLAY": frozen.env["DISPLAY"]},
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.stdout.split()


def answer_one_question(
    frozen: Frozen, say: Callable[[Path], subprocess.Popen[bytes]], sound: Path
) -> None:
    """Begin, hear the question begin, silence the voice, answer, wait for the transcript, end."""
    helpers = "recorder", "recognizer"
    wait_for(lambda: all(has_helper(frozen, role) for role in helpers), 30, "helpers are ready")
    press_until(frozen, "Return", lambda: frozen.sessions() != [], "the session begins")
    wait_for(lambda: has_helper(frozen, "player"), 20, "the voice speaks")
    press(frozen, "s")
    press_until(frozen, "space", lambda: is_growing(frozen.data / "takes"), "it records")
    say(sound).wait(60)
    press(frozen, "space")
    wait_for(lambda: transcript_of(frozen) is not None, 60, "the transcript is stored")
    press(frozen, "n")
    wait_for(lambda: frozen.sessions()[0]["ended_at"], 20, "the session is ended")


def transcript_of(frozen: Frozen) -> object:
    """The transcript of the only take, if it is there."""
    takes = frozen.sessions()[0]["takes"]
    return takes[0]["transcript"] if takes else None


def is_growing(folder: Path) -> bool:
    """Whether sound is being written there."""

    def size() -> int:
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())

    before = size()
    time.sleep(0.4)
    return size() > before


def processes_of(frozen: Frozen) -> list[int]:
    """Processes that run over this data folder."""
    marker = f"INTERVIEW_APP_DATA_DIR={frozen.data}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def has_helper(frozen: Frozen, role: str) -> bool:
    """Whether the window has a helper of that role."""
    end = f"--helper\0{role}\0".encode()
    for number in processes_of(frozen):
        try:
            if Path(f"/proc/{number}/cmdline").read_bytes().endswith(end):
                return True
        except OSError:
            continue
    return False


def xdotool(frozen: Frozen, *arguments: str) -> str:
    """Speak to the virtual display."""
    done = subprocess.run(
        ["xdotool", *arguments],
        env={**os.environ, "DISPLAY": frozen.env["DISPLAY"]},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout


def press(frozen: Frozen, key: str) -> None:
    """Press a key as the X server names it."""
    xdotool(frozen, "key", "--clearmodifiers", "--delay", "60", key)


def press_until(frozen: Frozen, key: str, fact: Callable[[], object], what: str) -> None:
    """Press a key, and once more if the window was not ready to take it."""
    for _ in range(3):
        press(frozen, key)
        try:
            wait_for(fact, 8, what)
        except Broken:
            continue
        return
    raise Broken(f"did not happen: {what}")


def wait_for(fact: Callable[[], object], limit_s: float, what: str) -> None:
    """Return once a fact holds.

    Raises:
        Broken: it did not within ``limit_s``.
    """
    limit = time.monotonic() + limit_s
    while not fact():
        if time.monotonic() > limit:
            raise Broken(f"did not happen within {limit_s} s: {what}")
        time.sleep(0.05)


def expect_words(frozen: Frozen, text: str) -> None:
    """Raises :class:`Broken` unless the answer was understood by a model that should."""
    missing = [word for word in EXPECTED if word not in text.lower()]
    if len(missing) > 1 and frozen.has_model:
        raise Broken(f"the recognizer heard {text!r}, without {missing}")


@contextmanager
def unpacked(artefact: Path) -> Iterator[Path]:
    """The program inside an artefact, unpacked where it has to be."""
    with tempfile.TemporaryDirectory(prefix="smoke-") as folder:
        root = Path(folder)
        if artefact.suffix == ".deb":
            subprocess.run(["dpkg-deb", "-x", artefact, root], check=True)
        elif artefact.name.endswith(".tar.xz"):
            subprocess.run(["tar", "-xJf", artefact, "-C", root], check=True)
        else:
            root = artefact
        yield program_in(root)


def program_in(place: Path) -> Path:
    """The program in a folder, a bundle, or itself.

    Raises:
        Broken: there is none.
    """
    if place.is_file():
        return place.resolve()
    console = "interview-app.exe"  # on Windows only this one prints
    name = console if os.name == "nt" else APP_NAME
    found = [path for path in place.rglob(name) if path.is_file() and os.access(path, os.X_OK)]
    found = [path for path in found if not path.is_symlink() and path.parent.name != "bin"]
    if len(found) != 1:
        raise Broken(f"{place} holds {len(found)} programs called {name}")
    return found[0].resolve()


CHECKS = (
    *(check_version, check_doctor, check_models, check_command_line, check_natural_voice),
    check_window,
)


def prove(frozen: Frozen, chosen: argparse.Namespace) -> None:
    """Run every check and tell what it found.

    Raises:
        Broken: one does not hold, or is left out where everything was wanted.
    """
    for check in CHECKS:
        if check is check_window and (chosen.without_window or sys.platform != "linux"):
            continue
        found = check(frozen)
        print(f"{check.__name__.removeprefix('check_')}: {found}", flush=True)
        if chosen.whole and found.startswith(LEFT_OUT):
            raise Broken(found)


def main() -> int:
    """Prove the artefact; 0 if all holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("artefact", type=Path)
    parser.add_argument("--without-window", action="store_true", help="the command line only")
    parser.add_argument("--whole", action="store_true", help="fail where something is left out")
    chosen = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="smoke-work-"))
    try:
        with unpacked(chosen.artefact) as program:
            prove(Frozen(program, work), chosen)
    except Broken as error:
        print(f"BROKEN: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{chosen.artefact.name} works")
    return 0


if __name__ == "__main__":
    sys.exit(main())
