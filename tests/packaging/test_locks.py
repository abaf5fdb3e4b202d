"""The lock files: every pip can read them, and every system the README names has the wheels."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.packaging.scripts import REQUIREMENTS, ROOT, script

LOCKS = sorted(REQUIREMENTS.glob("*.lock"))
systems = script("systems")
System = Any
"""mypy does not see requirements/."""
each_system = pytest.mark.parametrize("system", systems.SYSTEMS, ids=lambda system: system.name)
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
    tool = REQUIREMENTS / "portable.py"
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


def wheels() -> dict[str, str]:
    """The files of requirements/wheels.txt, each with its SHA-256."""
    rows = (REQUIREMENTS / "wheels.txt").read_text(encoding="utf-8").splitlines()
    return {file: digest for file, _, digest in (row.split() for row in rows if row[0] != "#")}


@each_system
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_wheel_whose_hash_the_lock_knows(
    lock: Path, system: System
) -> None:
    text, offered = lock.read_text(encoding="utf-8"), wheels()
    missing = []
    for line in systems.entries(text):
        package = Requirement(line)
        if system.needs(package):
            file = system.best(package, offered)
            if file is None or f"sha256:{offered[file]}" not in text:
                missing.append(line.strip())
    assert missing == []


@each_system
def test_each_system_is_given_each_package_once(system: System) -> None:
    for lock in LOCKS:
        lines = systems.entries(lock.read_text(encoding="utf-8"))
        names = [package.name for package in map(Requirement, lines) if system.needs(package)]
        assert len(names) == len(set(names)), lock.name


def test_every_python_is_given_the_same_versions_so_that_one_proves_the_others() -> None:
    given: dict[tuple[str, str], set[str]] = {}
    for lock in LOCKS:
        for package in map(Requirement, systems.entries(lock.read_text(encoding="utf-8"))):
            for system in filter(lambda each: each.needs(package), systems.SYSTEMS):
                kind = system.name.partition(",")[0]
                given.setdefault((package.name, kind), set()).add(str(package.specifier))
    differing = {name for (name, _), versions in given.items() if len(versions) > 1}
    assert differing == {"pocketsphinx"}


def test_a_package_without_a_wheel_for_one_python_is_seen() -> None:
    files = ["pocketsphinx-5.1.1-cp311-cp311-win_amd64.whl", "rich-15.0-py3-none-any.whl"]
    windows = [system for system in systems.SYSTEMS if system.name.startswith("Windows")]
    found = [system.best(Requirement("pocketsphinx==5.1.1"), files) for system in windows]
    assert found == [files[0], None, None]
    assert {system.best(Requirement("rich==15.0"), files) for system in systems.SYSTEMS} == {
        files[1]
    }


def test_the_table_of_wheels_names_no_address() -> None:
    assert "//" not in (REQUIREMENTS / "wheels.txt").read_text(encoding="utf-8")


def test_the_readme_names_the_systems_of_the_locks_and_no_others() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    start = readme.partition("## Start")[2].partition("\n## ")[0]
    for name in {system.name.partition(",")[0] for system in systems.SYSTEMS}:
        assert name in start
    pythons = {".".join(map(str, system.python)) for system in systems.SYSTEMS}
    assert set(re.findall(r"\b3\.1\d\b", start)) <= pythons
    assert set(re.findall(r"macOS \d+|Windows \d+|Intel", start)) == {"macOS 14", "Windows 10"}
    assert "Neither macOS nor Windows was ever run by us" in " ".join(start.split())
