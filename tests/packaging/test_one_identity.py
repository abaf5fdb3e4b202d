"""Version, name, icon and application id are the same wherever a system shows them."""

from __future__ import annotations

import configparser
import plistlib
import re
import shutil
import struct
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import interview_app
from interview_app.cli.main import interview_app as command_line
from interview_app.support.paths import APP_ID, APP_NAME, APP_TITLE
from tests.packaging.scripts import PACKAGING, ROOT, run, script

LINUX = PACKAGING / "linux"


def metainfo() -> ET.Element:
    releases = script("changes").appstream_releases()
    text = script("identity").fill(LINUX / "metainfo.xml.in", RELEASES=releases, LINKS="")
    return ET.fromstring(text)


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(script("identity").fill(LINUX / f"{APP_NAME}.desktop.in"))
    return parser["Desktop Entry"]


def test_the_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"]
    assert interview_app.__version__ == script("identity").VERSION
    written = [
        path.relative_to(ROOT)
        for path in PACKAGING.rglob("*")
        if path.suffix in (".py", ".spec", ".in", ".nsi", ".sh", ".ps1")
        and interview_app.__version__ in path.read_text(encoding="utf-8")
    ]
    assert written == []


def test_the_changelog_begins_with_the_version() -> None:
    newest = script("changelog").releases()[0]
    assert newest.version == interview_app.__version__
    assert newest.changes


def test_the_command_is_the_one_pip_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert list(project["project"]["scripts"]) == [script("identity").COMMAND]


def test_the_menu_entry_names_the_application_as_it_names_itself() -> None:
    entry = desktop_entry()
    assert entry["Name"] == APP_TITLE
    assert entry["Icon"] == entry["StartupWMClass"] == APP_NAME
    assert entry["Exec"] == f"{script('identity').COMMAND} %f"
    source = (ROOT / "interview_app/gui/application.py").read_text(encoding="utf-8")
    assert "setDesktopFileName(APP_NAME)" in source
    assert "setApplicationDisplayName(APP_TITLE)" in source
    window = (ROOT / "interview_app/gui/window/main_window.py").read_text(encoding="utf-8")
    assert f'setWindowTitle(self.tr("{APP_TITLE}"))' in window


def test_software_centres_are_told_the_same() -> None:
    component = metainfo()
    assert component.findtext("id") == APP_ID
    assert component.findtext("name") == APP_TITLE
    assert component.findtext("launchable") == f"{APP_NAME}.desktop"
    assert component.findtext("project_license") == script("identity").LICENSE
    release = component.find("releases/release")
    assert release is not None
    assert release.get("version") == interview_app.__version__


def test_the_manual_page_lists_every_command_and_no_other() -> None:
    page = script("identity").fill(LINUX / "interview-app.1.in", DATE="2026-01-01")
    listed = re.findall(r"^\.TP\n\.B (\w+)$", page.split(".SH OPTIONS")[0], re.MULTILINE)
    assert sorted(listed) == sorted(command_line.commands)
    assert f"{APP_TITLE} {interview_app.__version__}" in page


def test_the_programs_file_on_windows_bears_the_version() -> None:
    text = script("windows.version_resource").text()
    assert f"StringStruct('ProductVersion', '{interview_app.__version__}')" in text
    assert f"StringStruct('ProductName', '{APP_TITLE}')" in text


def test_the_bundle_asks_for_the_microphone_by_its_reason() -> None:
    spec = (PACKAGING / "mock-interview.spec").read_text(encoding="utf-8")
    assert "NSMicrophoneUsageDescription" in spec
    assert "bundle_identifier=APP_ID" in spec
    entitlements = plistlib.loads((PACKAGING / "macos/entitlements.plist").read_bytes())
    assert entitlements["com.apple.security.device.audio-input"] is True
    for path in (PACKAGING / "macos").glob("*.sh"):
        assert run("bash", "-n", path).returncode == 0


def test_the_icon_comes_in_every_size_from_one_drawing(tmp_path: Path) -> None:
    drawing = (
        f"import pathlib, sys; sys.path.insert(0, {str(PACKAGING)!r}); "
        f"import icons; icons.write_all(pathlib.Path({str(tmp_path)!r}))"
    )
    made = run(sys.executable, "-c", drawing)
    assert made.returncode == 0, made.stderr
    for size in script("icons").HICOLOR:
        head = (tmp_path / f"{size}x{size}.png").read_bytes()[:24]
        assert struct.unpack(">II", head[16:24]) == (size, size)
    ico = (tmp_path / f"{APP_NAME}.ico").read_bytes()
    assert struct.unpack("<HHH", ico[:6]) == (0, 1, len(script("icons").ICO))
    icns = (tmp_path / f"{APP_NAME}.icns").read_bytes()
    assert icns[:4] == b"icns"
    assert struct.unpack(">I", icns[4:8]) == (len(icns),)


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="needs desktop-file-utils")
def test_the_menu_entry_is_valid(tmp_path: Path) -> None:
    path = tmp_path / f"{APP_NAME}.desktop"
    path.write_text(script("identity").fill(LINUX / f"{APP_NAME}.desktop.in"), encoding="utf-8")
    checked = run("desktop-file-validate", path)
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="needs appstream")
@pytest.mark.parametrize("url", ["", "https://forge.example/mock-interview"])
def test_what_software_centres_are_told_is_valid(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROJECT_URL", url)
    path = tmp_path / f"{APP_ID}.metainfo.xml"
    path.write_text(
        script("identity").fill(
            LINUX / "metainfo.xml.in",
            RELEASES=script("changes").appstream_releases(),
            LINKS=script("linux.make_deb").links(),
        ),
        encoding="utf-8",
    )
    checked = run("appstreamcli", "validate", "--no-net", path)
    serious = [line for line in checked.stdout.splitlines() if line.startswith(("W:", "E:"))]
    if not url:  # newer checkers ask for the home page that this project has not yet
        serious = [line for line in serious if "url-homepage-missing" not in line]
    assert serious == [], checked.stdout
    assert checked.returncode == 0 or not url
