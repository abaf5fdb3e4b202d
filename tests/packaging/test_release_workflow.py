"""The release workflow: its form, its order, and every step that runs anywhere run here."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from interview_app import __version__
from tests.packaging.scripts import ROOT, bare_pythons, script

FILE = ROOT / ".github/workflows/release.yml"
ENDING = {"ubuntu-20.04", "ubuntu-22.04", "macos-13", "macos-14", "windows-2019"}
"""Images of runners that are gone or announced to go."""
LEAST = {"checkout": 5, "setup-python": 6, "upload-artifact": 6, "download-artifact": 7}
"""The first version of each action that needs no Node 20, which runners no longer have."""


def workflow() -> dict[Any, Any]:
    parsed: dict[Any, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return parsed


def steps(job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow()["jobs"][job]["steps"]
    return found


def all_steps() -> list[dict[str, Any]]:
    return [*steps("package"), *steps("draft")]


def matrix() -> list[dict[str, str]]:
    listed: list[dict[str, str]] = workflow()["jobs"]["package"]["strategy"]["matrix"]["include"]
    return listed


def commands_on(system: str) -> str:
    """All commands of a system's job, in order."""
    other = [f"'{entry['system']}'" for entry in matrix() if entry["system"] != system]
    mine = [
        step
        for step in steps("package")
        if not any(f"matrix.system == {name}" in step.get("if", "") for name in other)
    ]
    return "\n".join(step.get("run", "") for step in mine)


def test_it_has_the_form_its_forge_asks_for(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    text = FILE.read_text(encoding="utf-8")
    wrong.write_text(text.replace("runs-on:", "runs-at:"), encoding="utf-8")
    check = [sys.executable, "-m", "check_jsonschema"]
    check += ["--builtin-schema", "vendor.github-workflows"]
    assert subprocess.run([*check, FILE], capture_output=True, check=False).returncode == 0
    assert subprocess.run([*check, wrong], capture_output=True, check=False).returncode == 1


def test_three_systems_are_built_and_a_draft_is_made_only_from_a_tag() -> None:
    assert sorted(entry["system"] for entry in matrix()) == ["linux", "macos", "windows"]
    draft = workflow()["jobs"]["draft"]
    assert draft["needs"] == "package"
    assert draft["if"] == "github.ref_type == 'tag'"
    assert workflow()["permissions"] == {"contents": "read"}


def test_every_runner_and_action_stays_for_a_while() -> None:
    runners = {entry["runner"] for entry in matrix()} | {workflow()["jobs"]["draft"]["runs-on"]}
    assert runners & ENDING == set()
    assert [name for name in runners if name.endswith("-latest")] == [], "none changes by itself"
    used = {step["uses"] for step in all_steps() if "uses" in step}
    versions = dict(re.fullmatch(r"actions/([\w-]+)@v(\d+)", name).groups() for name in used)  # type: ignore[union-attr, misc]
    assert versions.keys() == LEAST.keys()
    assert [name for name, version in versions.items() if int(version) < LEAST[name]] == []


def test_what_it_runs_is_here_and_no_secret_is_in_a_command() -> None:
    commands = "\n".join(step.get("run", "") for step in all_steps())
    assert "secrets." not in commands
    called = set(re.findall(r"packaging/[\w/.-]+\.(?:py|sh|ps1)", commands))
    assert called >= {"packaging/build.py", "packaging/smoke.py", "packaging/changelog.py"}
    assert [path for path in called if not (ROOT / path).exists()] == []
    locks = set(re.search(r"for lock in (.+); do", commands)[1].split())  # type: ignore[index]
    assert [lock for lock in locks if not (ROOT / f"requirements/{lock}.lock").exists()] == []


@pytest.mark.parametrize(
    ("system", "platform"), [("linux", "linux"), ("windows", "win32"), ("macos", "darwin")]
)
def test_each_system_makes_all_that_its_build_knows_and_goes_without_nothing(
    system: str, platform: str
) -> None:
    made = re.findall(r"packaging/build\.py (.+)", commands_on(system))
    assert all(arguments.startswith("--whole ") for arguments in made)
    steps_made = [name for arguments in made for name in arguments.split()[1:]]
    assert steps_made == list(script("build").STEPS[platform])
    proofs = re.findall(r"packaging/smoke\.py (.+)", commands_on(system))
    assert proofs
    assert all(arguments.startswith("--whole ") for arguments in proofs)


def test_what_is_proven_on_macos_and_windows_is_signed() -> None:
    macos, windows = commands_on("macos"), commands_on("windows")
    order = [
        "keychain.sh open",
        "build.py --whole folder",
        "smoke.py",
        "image",
        "keychain.sh close",
    ]
    assert sorted(order, key=macos.index) == order
    (proven,) = [entry["proven"] for entry in matrix() if entry["system"] == "macos"]
    assert proven == f"dist/{script('identity').APP_TITLE}.app"
    order = ["--whole folder", "sign.ps1 dist/mock-interview", "smoke.py", "--whole installer"]
    assert sorted(order, key=windows.index) == order
    (closing,) = [step for step in steps("package") if "keychain.sh close" in step.get("run", "")]
    assert closing["if"].startswith("always()")


def test_the_pictures_it_publishes_are_pictures_of_the_demo() -> None:
    (names,) = re.findall(r"for name in (.+); do\n\s*cp build/demo", commands_on("linux"))
    scenes = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/demo*.py"))
    assert [name for name in names.split() if f'"{name}"' not in scenes] == []
    links = script("linux.make_deb")
    assert set(re.findall(r'"([a-z-]+)": ', Path(links.__file__).read_text())) >= set(names.split())


def test_every_command_is_a_command_of_bash() -> None:
    for step in all_steps():
        if "run" in step and step.get("shell") != "pwsh":
            text = re.sub(r"\$\{\{.+?\}\}", "value", step["run"])
            done = subprocess.run(["bash", "-n", "-c", text], capture_output=True, check=False)
            assert done.returncode == 0, (text, done.stderr)


@pytest.mark.parametrize("python", bare_pythons("3.10"))
def test_the_draft_is_made_with_the_python_of_its_runner(python: str, tmp_path: Path) -> None:
    """The commands as they stand, with a Python that has no library, and a stand-in for gh."""
    checkout, tools = tmp_path / "checkout", tmp_path / "tools"
    for place in ("packaging/changelog.py", "CHANGELOG.md", "interview_app/__init__.py"):
        (checkout / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / place, checkout / place)
    (checkout / "artefacts").mkdir()
    (checkout / "artefacts/a setup.exe").write_bytes(b"program")
    tools.mkdir()
    (tools / "python3").write_text(f'#!/bin/sh\nexec {python} -I -S "$@"\n', encoding="utf-8")
    (tools / "gh").write_text('#!/bin/sh\nprintf "%s\\n" "$@" >called\n', encoding="utf-8")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    env = {"PATH": f"{tools}:/usr/bin:/bin", "GITHUB_REF_NAME": f"v{__version__}"}

    for step in steps("draft"):
        if "run" in step:
            subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=checkout / step.get("working-directory", "."),
                env=env,
                check=True,
            )

    called = (checkout / "called").read_text(encoding="utf-8").splitlines()
    assert called[:3] == ["release", "create", f"v{__version__}"]
    assert f"Mock Interview {__version__}" in called
    assert called[-2:] == ["artefacts/SHA256SUMS", "artefacts/a setup.exe"]
    sums = (checkout / "artefacts/SHA256SUMS").read_text(encoding="utf-8")
    assert sums == f"{hashlib.sha256(b'program').hexdigest()}  a setup.exe\n"
    notes = (checkout / "notes.md").read_text(encoding="utf-8")
    assert notes.startswith("- ")
    assert len(notes.splitlines()) == len(script("changelog").releases()[0].changes)
