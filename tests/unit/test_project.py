"""The project keeps its own promises about dependencies, licences and set-up."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def locked_names(lock: Path) -> set[str]:
    return set(re.findall(r"^([a-zA-Z0-9_.-]+)==", lock.read_text(encoding="utf-8"), re.M))


def test_every_dependency_carries_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    required = [line for line in lines if re.match(r'  "[A-Za-z][^"]*[=<>]', line)]
    assert required
    assert [line for line in required if "  # " not in line] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_hash_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.M)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[=<>;]", line)[0].lower() for line in project["dependencies"]}
    assert named <= locked_names(ROOT / "requirements" / "app.lock")


def test_every_package_that_is_shipped_has_its_licence_listed() -> None:
    listed = (ROOT / "THIRD-PARTY-LICENSES.md").read_text(encoding="utf-8")
    names = locked_names(ROOT / "requirements" / "app.lock")
    shipped = {"pyobjc" if name.startswith("pyobjc") else name for name in names}
    assert {name for name in shipped if f"| {name} |" not in listed} == set()


def test_every_command_of_make_that_the_readme_names_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`?make ([a-z]+)", readme))
    assert {"run", "test", "check", "bench", "demo"} <= named
    assert {name for name in named if f"\n{name}:" not in makefile} == set()


def test_nothing_hides_the_library_named_packaging() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
