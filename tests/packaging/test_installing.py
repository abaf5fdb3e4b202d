"""The .deb in a bare Debian: installed, upgraded, used, removed.

Needs root and time, so it runs only when asked for: PACKAGE_BARE_ROOT names a folder (filled with
debootstrap if it is empty) and PACKAGE_DEB the package. PACKAGE_OLDER_DEB may name one that was
built earlier, to upgrade from; otherwise it is the same one under an older number.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_app import __version__
from interview_app.support.paths import APP_NAME
from tests.packaging.scripts import PACKAGING, run, script

pytestmark = [
    pytest.mark.timeout(1800),
    pytest.mark.skipif(
        not os.environ.get("PACKAGE_BARE_ROOT") or not os.environ.get("PACKAGE_DEB"),
        reason="asked for by PACKAGE_BARE_ROOT=FOLDER PACKAGE_DEB=FILE, as root",
    ),
]
LEFT_ALONE = ("var", "root", "tmp", "proc", "dev", "sys")


class BareRoot:
    """A minimal Debian in a folder, with the outer /tmp, so that files can be handed over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        if not (folder / "usr").exists():
            run("debootstrap", "--variant=minbase", "bookworm", folder, limit_s=900)
        source = Path("/etc/apt/sources.list.d/debian.sources")
        if source.exists():
            shutil.copy(source, folder / "etc/apt/sources.list.d")
        for kind, place in (("proc", "proc"), ("", "dev"), ("", "tmp")):
            # A folder bound to itself on one disk is no mount point to os.path.ismount.
            if f" {folder / place} " not in Path("/proc/mounts").read_text(encoding="utf-8"):
                options = ["-t", kind, kind] if kind else ["--bind", f"/{place}"]
                subprocess.run(["mount", *options, str(folder / place)], check=True)
        self.run("apt-get", "update", "-qq")

    def close(self) -> None:
        """Let go of what was mounted."""
        for place in ("tmp", "dev", "proc"):
            subprocess.run(["umount", str(self.folder / place)], check=True)

    def run(self, *command: str) -> str:
        """Run a command inside; what it printed."""
        done = run(
            *("/usr/sbin/chroot", self.folder, "/usr/bin/env", "-i"),
            *("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"),
            *("DEBIAN_FRONTEND=noninteractive", *command),
            limit_s=600,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, package: Path) -> None:
        self.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", str(package))

    def files(self) -> set[str]:
        """Every file of the system, without variable data and homes."""
        return {
            str(path)
            for top in self.folder.iterdir()
            if top.name not in LEFT_ALONE and not top.is_symlink()
            for path in top.rglob("*")
            if path.is_file() and not path.is_symlink()
        }


@pytest.fixture
def root() -> Iterator[BareRoot]:
    bare = BareRoot(Path(os.environ["PACKAGE_BARE_ROOT"]))
    yield bare
    bare.close()


def older(package: Path, folder: Path) -> Path:
    """A package as if it were an older version."""
    tree, target = folder / "tree", folder / "older.deb"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN/control"
    text = control.read_text(encoding="utf-8")
    control.write_text(text.replace(f"Version: {__version__}", "Version: 0.0.1"), encoding="utf-8")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "-b", tree, target],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(tree)
    return target


def test_it_is_installed_upgraded_used_and_removed_leaving_only_the_persons_data(
    root: BareRoot, tmp_path: Path
) -> None:
    package = Path(os.environ["PACKAGE_DEB"]).resolve()
    handed = Path(shutil.copy(package, tmp_path))
    root.install(older(Path(os.environ.get("PACKAGE_OLDER_DEB") or handed), tmp_path))
    before = root.files()
    sound = tmp_path / "answer.wav"
    root.run("interview-app", "voices", "say", "I led the team.", "--output", str(sound))
    answer = ("--count", "1", "--voice", "off", "--answer", str(sound))
    root.run("interview-app", "rehearse", "it-product-manager", *answer)
    data = root.folder / "root/.local/share" / APP_NAME
    (data / "settings.json").write_text('{"theme": "dark"}', encoding="utf-8")
    sessions = root.run("interview-app", "sessions", "list", "--json")
    assert len(json.loads(sessions)) >= 1

    root.install(handed)
    assert __version__ in root.run("interview-app", "--version")
    assert root.run("interview-app", "sessions", "list", "--json") == sessions
    assert "dark" in (data / "settings.json").read_text(encoding="utf-8")
    assert json.loads(root.run("interview-app", "doctor", "--json"))["ok"] is True

    inside = tmp_path / "installed"
    command = f"exec /usr/sbin/chroot {root.folder} /usr/bin/{script('identity').COMMAND}"
    inside.write_text(f'#!/bin/sh\n{command} "$@"\n', encoding="utf-8")
    inside.chmod(0o755)
    smoked = run(sys.executable, PACKAGING / "smoke.py", inside, limit_s=400)
    assert smoked.returncode == 0, smoked.stdout + smoked.stderr

    root.run("apt-get", "purge", "-y", "-qq", APP_NAME)
    gone = {path for path in before if APP_NAME in path}
    assert gone
    assert {path for path in root.files() if APP_NAME in path} == set()
    assert (data / "interviews.sqlite3").exists()
