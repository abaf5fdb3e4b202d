"""Builds the package of this system into dist/: the folder first, then what people install.

build.py [--whole] [STEP…]: without a step, all of this system's. Needs requirements/package.lock.
It ends with what the package goes without; --whole takes that for a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from identity import BUILD, DIST, FOLDER, PACKAGING
from models import goes_without

PREPARATIONS = {
    "linux": (),
    "win32": ("icons.py", "windows/version_resource.py"),
    "darwin": ("icons.py",),
}
"""What the one spec needs beforehand: icons and version numbers inside programs."""

SIGNED = {"PYINSTALLER_STRICT_BUNDLE_CODESIGN_ERROR": "1"}
"""On macOS PyInstaller signs each part and then the bundle; a bundle it could not sign is refused
here, not only warned of."""


def freeze() -> Path:
    """The one folder everything else is made of.

    Raises:
        SystemExit: Python's own library, which Debian has in a package of its own, is not here.
    """
    from PyInstaller.depend.bindepend import get_python_library_path

    get_python_library_path()  # asked before the minutes of work, not after them
    for script in PREPARATIONS[sys.platform]:
        subprocess.run([sys.executable, PACKAGING / script], check=True)
    subprocess.run([sys.executable, PACKAGING / "voices.py", "--if-possible"], check=True)
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", DIST, "--workpath", BUILD / "work"),
            PACKAGING / "mock-interview.spec",
        ],
        check=True,
        env={**os.environ, **SIGNED},
    )
    return FOLDER


def step(script: str) -> Callable[[], Path]:
    """A step that is a script of its own, which prints what it made."""

    def run() -> Path:
        start = [sys.executable] if script.endswith(".py") else ["bash"]
        done = subprocess.run(
            [*start, PACKAGING / script],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHON": sys.executable},
        )
        return Path(done.stdout.strip().splitlines()[-1])

    return run


STEPS: dict[str, dict[str, Callable[[], Path]]] = {
    "linux": {
        "folder": freeze,
        "deb": step("linux/make_deb.py"),
        "tarball": step("linux/make_tarball.py"),
    },
    "win32": {"folder": freeze, "installer": step("windows/make_installer.py")},
    "darwin": {"folder": freeze, "image": step("macos/make_image.sh")},
}
ON_REQUEST: dict[str, dict[str, Callable[[], Path]]] = {
    "linux": {"appimage": step("linux/make_appimage.py")},
}
"""Steps that need what no package registry has; made only when they are named."""


def main() -> int:
    """Run the steps asked for; the exit status."""
    usual = STEPS[sys.platform]
    steps = usual | ON_REQUEST.get(sys.platform, {})
    wanted = [argument for argument in sys.argv[1:] if argument != "--whole"] or list(usual)
    unknown = [name for name in wanted if name not in steps]
    if unknown:
        print(f"no such step: {', '.join(unknown)} (here: {', '.join(steps)})", file=sys.stderr)
        return 2
    made = [f"{name}: {steps[name]()}" for name in wanted]
    missing = goes_without(FOLDER)
    print(*made, *(f"The package goes without {line}." for line in missing), sep="\n")
    return 1 if missing and "--whole" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
