"""The lock files: every pip of the Python versions that the README names can read them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.scripts import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
OLD_KERNEL = """\
# made by uv
pyobjc-framework-arkit==12.2.2 ; platform_release >= '25' and sys_platform == 'darwin' \\
    --hash=sha256:aa
    # via pyobjc
pubsub==12.2.2 ; platform_release >= '9' and platform_release < '18' and sys_platform == 'darwin' \\
    --hash=sha256:bb
    # via pyobjc
rich==15.0 \\
    --hash=sha256:cc
"""


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_asks_for_the_name_of_the_kernel_which_need_be_no_version(lock: Path) -> None:
    asked = [
        line
        for line in lock.read_text(encoding="utf-8").splitlines()
        if "platform_release" in line or "platform_version" in line
    ]
    assert asked == []


def portable(lock: Path) -> subprocess.CompletedProcess[str]:
    """Run what `make lock` does at its end."""
    tool = ROOT / "requirements/portable.py"
    return subprocess.run([sys.executable, tool, lock], capture_output=True, text=True, check=False)


def test_a_lock_made_anew_keeps_packages_of_newer_systems_and_drops_those_of_older(
    tmp_path: Path,
) -> None:
    lock = tmp_path / "app.lock"
    lock.write_text(OLD_KERNEL, encoding="utf-8")
    assert portable(lock).returncode == 0
    assert lock.read_text(encoding="utf-8") == (
        "# made by uv\n"
        "pyobjc-framework-arkit==12.2.2 ; sys_platform == 'darwin' \\\n"
        "    --hash=sha256:aa\n"
        "    # via pyobjc\n"
        "rich==15.0 \\\n"
        "    --hash=sha256:cc\n"
    )


def test_a_marker_that_nobody_thought_of_stops_the_making_of_locks(tmp_path: Path) -> None:
    lock = tmp_path / "app.lock"
    lock.write_text("rich==15.0 ; platform_version == '#1 SMP' \\\n", encoding="utf-8")
    done = portable(lock)
    assert done.returncode != 0
    assert "platform_version" in done.stderr
