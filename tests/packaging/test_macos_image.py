"""The scripts that sign, pack and notarize on macOS, run with stand-ins for Apple's tools.

Each stand-in writes down how it was called. What the tools themselves do is not shown here:
packaging/RELEASING.md names where it is documented.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.scripts import PACKAGING

MACOS = PACKAGING / "macos"
SIGNING = {
    "CODESIGN_IDENTITY": "Developer ID Application: Somebody",
    "MACOS_CERTIFICATE": base64.b64encode(b"a certificate").decode(),
    "MACOS_CERTIFICATE_PASSWORD": "open sesame",
}
ACCOUNT = {"APPLE_ID": "a@example.org", "APPLE_TEAM_ID": "TEAM", "APPLE_APP_PASSWORD": "word"}
TOOLS = {
    "security": """
case $1 in
  import) cat "$2" >"$CALLS.certificate" ;;
  create-keychain) touch "$4" ;;
  delete-keychain) rm "$2" ;;
  list-keychains) [ $# -gt 3 ] || echo '    "/Users/a person/login.keychain-db"' ;;
esac
""",
    "uuidgen": "echo SECRET",
    "codesign": "",
    "spctl": "",
    "sleep": "",
    "hdiutil": """
for target; do :; done
while [ "$1" != -srcfolder ]; do shift; done
ls "$2" >"$target.parts"
busy=$(cat "$CALLS.busy" 2>/dev/null || echo 0)
echo $((busy - 1)) >"$CALLS.busy"
[ "$busy" -le 0 ] || { echo "hdiutil: create failed - Resource busy" >&2; exit 1; }
echo image >"$target"
""",
    "xcrun": """
if [ "$1 $2" = "notarytool submit" ]; then
  printf '{"status":"%s","id":"42","message":"done"}' "$(cat "$CALLS.answer")"
fi
""",
}


class Mac:
    """A folder of stand-ins, and what they were called with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._calls = folder / "calls"
        tools = folder / "tools"
        tools.mkdir()
        for name, does in TOOLS.items():
            tool = tools / name
            told = f'echo "{name} $*" >>"$CALLS"' if name != "uuidgen" else ":"
            tool.write_text(f"#!/usr/bin/env bash\n{told}\n{does}\n", encoding="utf-8")
            tool.chmod(0o755)
        self._env = {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "CALLS": str(self._calls),
            "RUNNER_TEMP": str(folder),
            "PYTHON": sys.executable,
        }
        self.notary_answers("Accepted")

    def notary_answers(self, status: str) -> None:
        (self.folder / "calls.answer").write_text(status, encoding="utf-8")

    def is_busy(self, times: int) -> None:
        (self.folder / "calls.busy").write_text(str(times), encoding="utf-8")

    def run(self, script: str, *arguments: str | Path, **env: str) -> int:
        command = ["bash", str(MACOS / script), *map(str, arguments)]
        done = subprocess.run(command, env=self._env | env, check=False, timeout=60)
        return done.returncode

    def calls(self) -> list[str]:
        """The tools that were run with their first words, in order."""
        text = self._calls.read_text(encoding="utf-8") if self._calls.exists() else ""
        return text.splitlines()


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    return Mac(tmp_path)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    (tmp_path / "Mock Interview.app/Contents/MacOS").mkdir(parents=True)
    return tmp_path / "Mock Interview.app"


def test_the_certificate_gets_a_keychain_of_its_own_that_stays_open(mac: Mac) -> None:
    assert mac.run("keychain.sh", "open", **SIGNING) == 0
    keychain = f"{mac.folder}/mock-interview-signing.keychain-db"
    certificate = f"{mac.folder}/mock-interview-signing.p12"
    assert mac.calls() == [
        f"security create-keychain -p SECRET {keychain}",
        f"security set-keychain-settings -lut 21600 {keychain}",
        f"security unlock-keychain -p SECRET {keychain}",
        f"security import {certificate} -f pkcs12 -k {keychain} -P open sesame "
        "-T /usr/bin/codesign",
        f"security set-key-partition-list -S apple-tool:,apple: -k SECRET {keychain}",
        "security list-keychains -d user",
        f"security list-keychains -d user -s {keychain} /Users/a person/login.keychain-db",
    ]
    assert (mac.folder / "calls.certificate").read_bytes() == b"a certificate"
    assert not Path(certificate).exists(), "it lies on the disk no longer than it is read"
    assert mac.run("keychain.sh", "close") == 0
    assert not Path(keychain).exists()


def test_nothing_is_signed_or_sent_without_secrets(mac: Mac, bundle: Path) -> None:
    target = mac.folder / "image.dmg"
    assert mac.run("keychain.sh", "open") == 0
    assert mac.run("make_image.sh", bundle, target) == 0
    assert mac.run("keychain.sh", "close") == 0
    assert [call.split()[0] for call in mac.calls()] == ["hdiutil"]
    parts = Path(f"{target}.parts").read_text(encoding="utf-8").splitlines()
    assert parts == ["Applications", "Mock Interview.app"]


def test_the_image_is_signed_then_notarized_then_stapled(mac: Mac, bundle: Path) -> None:
    target = mac.folder / "image.dmg"
    assert mac.run("make_image.sh", bundle, target, **SIGNING, **ACCOUNT) == 0
    words = [" ".join(call.split()[:3]) for call in mac.calls()]
    assert words == [
        "hdiutil create -quiet",
        "codesign --verify --deep",
        "codesign --force --timestamp",
        "xcrun notarytool submit",
        "xcrun stapler staple",
        "spctl --assess --type",
    ]
    assert mac.calls()[2].endswith(f"--sign {SIGNING['CODESIGN_IDENTITY']} {target}")


def test_an_image_that_apple_refuses_is_a_failure_and_its_reasons_are_told(
    mac: Mac, bundle: Path
) -> None:
    mac.notary_answers("Invalid")
    target = mac.folder / "image.dmg"
    assert mac.run("make_image.sh", bundle, target, **SIGNING, **ACCOUNT) == 1
    assert mac.calls()[-1].startswith("xcrun notarytool log 42 ")


def test_a_busy_disk_is_tried_again_and_given_up_in_the_end(mac: Mac, bundle: Path) -> None:
    target = mac.folder / "image.dmg"
    mac.is_busy(2)
    assert mac.run("make_image.sh", bundle, target) == 0
    assert target.exists()
    target.unlink()
    mac.is_busy(99)
    assert mac.run("make_image.sh", bundle, target) == 1
    assert not target.exists()
