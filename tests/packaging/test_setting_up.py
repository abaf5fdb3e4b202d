"""Set-up on a stranger's machine: cut, moved, without a part, watched. Real pip, tiny packages."""

from __future__ import annotations

import base64
import hashlib
import os
import pty
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.packaging.scripts import PACKAGING, ROOT

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="kills and links as on other systems"),
    pytest.mark.timeout(240),
]
PARTS = 40
BACKEND = """
import zipfile
from pathlib import Path

def build_editable(folder, config_settings=None, metadata_directory=None):
    about = "interview_app-1.0.dist-info"
    files = {
        "interview_app.pth": str(Path.cwd()),
        f"{about}/METADATA": "Metadata-Version: 2.1\\nName: interview-app\\nVersion: 1.0\\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        f"{about}/entry_points.txt": "[console_scripts]\\ninterview-app = interview_app:main\\n",
        f"{about}/RECORD": "",
    }
    with zipfile.ZipFile(Path(folder) / "interview_app-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return "interview_app-1.0-py3-none-any.whl"
"""


def make_wheel(folder: Path, name: str, megabytes: int = 0) -> str:
    """Make a package with one module; its line for a lock."""
    about, module = f"{name}-1.0.dist-info", f"{name}.py"
    files: dict[str, bytes] = {
        module: b"here = True\n",
        f"{name}.bin": bytes(megabytes * 1_000_000),
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [
        f"{file},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()},"
        for file, content in files.items()
    ]
    files[f"{about}/RECORD"] = "\n".join([*rows, f"{about}/RECORD,,"]).encode()
    made = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as wheel:
        for file, content in files.items():
            wheel.writestr(file, content)
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    return f"{name}==1.0 \\\n    --hash=sha256:{digest}\n"


def own_environment() -> dict[str, str]:
    """The variables without those that say where Python or pip find packages."""
    away = ("PIP_", "PYTHON")
    return {key: value for key, value in os.environ.items() if not key.startswith(away)}


class Checkout:
    """A small application with the real set-up, and packages that come from a folder."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder, self.wheels = folder, wheels
        self.started: list[subprocess.Popen[str]] = []
        for part in ("packaging", "requirements", "interview_app"):
            (folder / part).mkdir(parents=True)
        wheels.mkdir()
        for script in ("set_up.py", "pip_progress.py", "download_size.py"):
            shutil.copy(PACKAGING / script, folder / "packaging")
        (folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
            '[project]\nname = "interview-app"\nversion = "1.0"\n',
            encoding="utf-8",
        )
        (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
        (folder / "interview_app/__init__.py").write_text(
            "def main():\n    print(__file__)\n", encoding="utf-8"
        )
        lines = [make_wheel(wheels, f"part{number}", 1) for number in range(PARTS)]
        self.lock("app", *lines)
        self.lock("models", make_wheel(wheels, "ear"), make_wheel(wheels, "mouth"))
        sizes = [f"{file.name} {file.stat().st_size} x\n" for file in wheels.iterdir()]
        (folder / "requirements/wheels.txt").write_text("".join(sizes), encoding="utf-8")

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    def lock(self, name: str, *lines: str) -> None:
        text = "# made by hand\n" + "".join(lines)
        (self.folder / f"requirements/{name}.lock").write_text(text, encoding="utf-8")

    def start(self, *, online: bool = True) -> subprocess.Popen[str]:
        """Begin a set-up in a process group of its own."""
        env = own_environment() | {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
        if online:
            env["PIP_FIND_LINKS"] = str(self.wheels)
        process = subprocess.Popen(
            [sys.executable, self.folder / "packaging/set_up.py", "app"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=env,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def set_up(self, *, online: bool = True) -> tuple[str, str]:
        """Run a set-up to its good end; what it said."""
        process = self.start(online=online)
        out, err = process.communicate()
        assert process.returncode == 0, out + err
        return out, err

    def has(self, *modules: str) -> bool:
        """Whether the environment knows these modules."""
        command: list[str | Path] = [self.venv / "bin/python", "-c", f"import {', '.join(modules)}"]
        done = subprocess.run(command, capture_output=True, check=False, env=own_environment())
        return done.returncode == 0

    def works(self) -> bool:
        """Whether all is there and the command starts what lies here."""
        command = [self.venv / "bin/interview-app"]
        done = subprocess.run(command, capture_output=True, check=False, env=own_environment())
        here = str(self.folder / "interview_app/__init__.py")
        return done.stdout.decode().strip() == here and self.has(
            *(f"part{number}" for number in range(PARTS)), "ear", "mouth"
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    made = Checkout(tmp_path / "my own checkout", tmp_path / "wheels")
    yield made
    for process in made.started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def site(checkout: Checkout) -> Path | None:
    return next(checkout.venv.glob("lib/python*/site-packages"), None)


MOMENTS: dict[str, Callable[[Checkout], bool]] = {
    "its Python is there": lambda it: (it.venv / "bin/python").is_symlink(),
    "pip is half there": lambda it: bool((folder := site(it)) and (folder / "pip").exists()),
    "packages are fetched": lambda it: any(
        file.endswith(".whl") for _, _, files in os.walk(it.venv / "tmp") for file in files
    ),
    "packages are unpacked": lambda it: bool((folder := site(it)) and any(folder.glob("part1*"))),
    "the application is installed": lambda it: bool(
        (folder := site(it)) and any(folder.glob("interview_app*"))
    ),
    "a model is unpacked": lambda it: bool((folder := site(it)) and any(folder.glob("ear*"))),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_set_up_killed_at_any_moment_is_whole_after_the_next(
    checkout: Checkout, moment: str
) -> None:
    process = checkout.start()
    while not MOMENTS[moment](checkout):
        assert process.poll() is None, "it ended before that moment"
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    checkout.set_up()
    assert checkout.works()


def test_a_package_that_pip_would_take_for_installed_is_unpacked_again(checkout: Checkout) -> None:
    checkout.set_up()
    folder = site(checkout)
    assert folder is not None
    (folder / "part3.py").unlink()
    (folder / "part3-1.0.dist-info/INSTALLER").unlink()  # what a cut leaves
    (checkout.venv / "set-up.json").unlink()
    checkout.set_up()
    assert checkout.works()


def test_the_python_of_the_environment_vanished(checkout: Checkout) -> None:
    checkout.set_up()
    for link in checkout.venv.glob("bin/python*"):
        link.unlink()
    (checkout.venv / "bin/python").symlink_to("/nowhere/python3")
    out, _ = checkout.set_up()
    assert "made anew" in out
    assert checkout.works()


def test_a_moved_folder_is_set_up_for_its_new_place_without_the_network(checkout: Checkout) -> None:
    checkout.set_up()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    out, _ = checkout.set_up(online=False)
    assert "moved" in out
    assert checkout.works()
    activate = (checkout.venv / "bin/activate").read_text(encoding="utf-8")
    assert "my own checkout" not in activate


def test_the_second_start_asks_nobody(checkout: Checkout) -> None:
    checkout.set_up()
    assert checkout.set_up(online=False) == ("", "")


def test_each_model_comes_by_itself_and_is_tried_again_until_it_is_there(
    checkout: Checkout,
) -> None:
    lock = checkout.folder / "requirements/models.lock"
    right = lock.read_text(encoding="utf-8")
    first, hashed, digest = right.partition("sha256:")
    lock.write_text(first + hashed + "0" * 64 + digest[64:], encoding="utf-8")
    _, err = checkout.set_up()
    assert "ear could not be installed; the next run tries again" in err
    assert "mouth could" not in err
    assert checkout.has("mouth")
    assert not checkout.has("ear")

    out, err = checkout.set_up(online=False)
    assert "ear could not be installed" in err
    assert "mouth" not in out + err

    lock.write_text(right, encoding="utf-8")
    checkout.set_up()
    assert checkout.works()


def test_a_changed_lock_is_installed_at_the_next_run(checkout: Checkout) -> None:
    checkout.set_up()
    lock = checkout.folder / "requirements/app.lock"
    more = lock.read_text(encoding="utf-8") + make_wheel(checkout.wheels, "another")
    lock.write_text(more, encoding="utf-8")
    checkout.set_up()
    assert checkout.has("another")


def test_what_pip_could_not_do_is_said_and_the_next_run_does_it(checkout: Checkout) -> None:
    process = checkout.start(online=False)
    _, err = process.communicate()
    assert process.returncode == 1
    assert "part0" in err
    checkout.set_up()
    assert checkout.works()


def test_two_set_ups_at_once_take_turns(checkout: Checkout) -> None:
    first = checkout.start()
    while not (checkout.folder / "build/set-up.lock").exists():
        assert first.poll() is None
    second = checkout.start()
    assert first.wait() == second.wait() == 0
    for process in (first, second):
        process.communicate()
    assert checkout.works()


def test_without_a_terminal_no_line_is_written_over(checkout: Checkout) -> None:
    out, _ = checkout.set_up()
    assert "\r" not in out
    assert "Installing the locked packages (app): 40 MB to fetch" in out


def test_in_a_terminal_one_line_says_how_much_of_how_much_is_fetched(checkout: Checkout) -> None:
    here, there = pty.openpty()
    env = {**own_environment(), "PIP_FIND_LINKS": str(checkout.wheels), "PIP_NO_INDEX": "1"}
    process = subprocess.Popen(
        [sys.executable, checkout.folder / "packaging/set_up.py", "app"],
        stdout=there,
        stderr=there,
        env=env,
    )
    os.close(there)
    said = b""
    while True:
        try:
            said += os.read(here, 4096)
        except OSError:  # its end, on Linux
            break
    os.close(here)
    assert process.wait() == 0
    states = said.decode().split("\r")
    assert any("Fetching: " in state and " of 40 MB" in state for state in states)


def stand_in(folder: Path, name: str, text: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    program.chmod(0o755)


def ask_for(
    folder: Path, *groups: str, sudo: str = "exit 1", offered: str = ""
) -> subprocess.CompletedProcess[str]:
    """Ask for system packages as an ordinary user of a bare Debian; what apt-get was asked."""
    folder.mkdir(exist_ok=True)
    stand_in(folder, "id", "echo 1000")
    stand_in(folder, "sudo", sudo)
    stand_in(folder, "dpkg-query", "exit 1")
    has = f'case " {offered} " in *" $2 "*) echo "  Candidate: 1.0";; *) echo "  Candidate: (none)"'
    stand_in(folder, "apt-cache", f"{has};; esac")
    stand_in(folder, "apt-get", 'echo "apt-get was run: $*" >&2')
    return subprocess.run(
        [PACKAGING / "system-packages.sh", *groups],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{folder}:/usr/bin:/bin"},
    )


needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="Debian's packages")


@needs_linux
def test_an_ordinary_user_is_told_all_system_packages_at_once(tmp_path: Path) -> None:
    done = ask_for(tmp_path / "bin", "run", "x11", "speech", "test", "full")
    assert done.returncode == 1
    commands = [line for line in done.stderr.splitlines() if "apt-get install" in line]
    assert len(commands) == 1
    for package in ("python3-venv", "libxcb-cursor0", "libespeak-ng1", "xvfb", "lintian"):
        assert package in commands[0]


@needs_linux
def test_what_is_only_wanted_stops_nobody(tmp_path: Path) -> None:
    done = ask_for(tmp_path / "bin", "full")
    assert done.returncode == 0
    assert "Going on without:" in done.stdout
    assert "lintian" in done.stdout
    assert "apt-get was run" not in done.stderr


@needs_linux
def test_with_sudo_all_is_installed_but_what_the_system_does_not_offer(tmp_path: Path) -> None:
    done = ask_for(
        tmp_path / "bin",
        "x11",
        "full",
        sudo='[ "$1" != -n ] || shift; exec "$@"',
        offered="lintian nsis",
    )
    assert done.returncode == 0, done.stderr
    asked = [line for line in done.stderr.splitlines() if "apt-get was run: install" in line]
    assert len(asked) == 2
    assert "libxcb-cursor0" in asked[0]
    assert asked[1].endswith("lintian nsis")
    assert "Going without appstream: this system does not offer it." in done.stderr


@pytest.mark.parametrize(
    ("command", "groups"),
    [
        ("run", "app x11 speech"),
        ("test", "dev x11 speech test full"),
        ("test FULL=0", "dev x11 speech test"),
        ("package", "package build x11 speech voices"),
    ],
)
def test_all_groups_are_asked_for_before_anything_is_fetched(command: str, groups: str) -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", *command.split()],
        cwd=ROOT,
        # The tests may themselves run under a make, whose flags this one must not inherit.
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=True,
    )
    first, *others = done.stdout.splitlines()
    assert first.strip() == f"packaging/setup.sh {groups}"
    assert not any("setup.sh" in line or "system-packages.sh" in line for line in others)


def test_system_packages_are_asked_for_before_the_environment_is_made(tmp_path: Path) -> None:
    lines = (PACKAGING / "setup.sh").read_text(encoding="utf-8").splitlines()
    asked = next(n for n, line in enumerate(lines) if line.startswith("packaging/system-packages"))
    made = next(n for n, line in enumerate(lines) if "set_up.py" in line)
    assert asked < made


def test_without_npm_nothing_of_the_natural_voices_is_fetched(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "PATH": str(tmp_path),
        "INTERVIEW_APP_DATA_DIR": str(tmp_path / "data"),
        "INTERVIEW_APP_MODELS_DIR": str(tmp_path / "models"),
        "PYTHONPATH": str(ROOT),
    }
    for options, code in ((["--if-possible"], 0), ([], 1)):
        done = subprocess.run(
            [sys.executable, PACKAGING / "voices.py", *options],
            capture_output=True,
            text=True,
            check=False,
            env=env,
        )
        assert done.returncode == code
        assert "npm" in done.stderr
        assert "Fetching" not in done.stdout


def test_the_wheel_works_in_an_environment_of_its_own(tmp_path: Path) -> None:
    """Its dependencies are those here; make fresh installs it with nothing here at all."""
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", tmp_path, ROOT], check=True)
    made = next(tmp_path.glob("interview_app-*.whl"))
    own = tmp_path / "own"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", own], check=True)
    folder = next(own.glob("lib/python*/site-packages"))
    into = ["--prefix", str(own), "--no-deps", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", *into, made], check=True)
    (folder / "dependencies.pth").write_text(
        str(Path(pytest.__file__).parents[1]), encoding="utf-8"
    )
    where = subprocess.run(
        [own / "bin/python", "-c", "import interview_app; print(interview_app.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=own_environment(),
    )
    assert where.stdout.startswith(str(own))
    done = subprocess.run(
        [own / "bin/python", "-m", "interview_app", "--data-dir", tmp_path / "data", "doctor"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=own_environment(),
    )
    assert done.returncode == 0, done.stdout + done.stderr
