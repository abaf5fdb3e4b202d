"""Wraps the one folder into an AppImage; prints its path. Asked for by name: build.py appimage.

An AppImage is a small program, the runtime, with a squashfs image behind it. The runtime is
published at the AppImage project's type2-runtime releases and in no package registry, so
APPIMAGE_RUNTIME names it and APPIMAGE_RUNTIME_SHA256 what it must be. mksquashfs comes from
squashfs-tools.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from changes import appstream_releases, build_date
from icons import write_all
from identity import APP_ID, APP_NAME, BUILD, DIST, FOLDER, ICON, VERSION, fill

HERE = Path(__file__).resolve().parent
TREE = BUILD / "AppDir"


def runtime() -> bytes:
    """The runtime that is named, compared with its digest.

    Raises:
        SystemExit: none is named, or it is not the one that was meant.
    """
    named = os.environ.get("APPIMAGE_RUNTIME")
    wanted = os.environ.get("APPIMAGE_RUNTIME_SHA256")
    if not named or not wanted:
        raise SystemExit(
            "An AppImage needs the runtime of the type2-runtime releases: name the file in "
            "APPIMAGE_RUNTIME and its digest in APPIMAGE_RUNTIME_SHA256."
        )
    found = Path(named).read_bytes()
    if hashlib.sha256(found).hexdigest() != wanted.lower():
        raise SystemExit(f"{named} is not the runtime that APPIMAGE_RUNTIME_SHA256 names.")
    return found


def lay_out(folder: Path, tree: Path) -> None:
    """The folder as an AppDir: the program, its menu entry, icon and description."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "usr/lib" / APP_NAME, symlinks=True)
    (tree / "AppRun").symlink_to(Path("usr/lib") / APP_NAME / APP_NAME)
    (tree / f"{APP_NAME}.desktop").write_text(
        fill(HERE / f"{APP_NAME}.desktop.in"), encoding="utf-8"
    )
    icons = BUILD / "icons"
    write_all(icons)
    shutil.copy(icons / "256x256.png", tree / f"{APP_NAME}.png")
    (tree / ".DirIcon").symlink_to(f"{APP_NAME}.png")
    scalable = tree / "usr/share/icons/hicolor/scalable/apps"
    scalable.mkdir(parents=True)
    shutil.copy(ICON, scalable / ICON.name)
    described = tree / "usr/share/metainfo"
    described.mkdir(parents=True)
    (described / f"{APP_ID}.metainfo.xml").write_text(
        fill(HERE / "metainfo.xml.in", RELEASES=appstream_releases(), LINKS=""), encoding="utf-8"
    )


def main() -> int:
    """Lay out, squash, and put the runtime before it."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    if not folder.is_dir():
        print("Build the folder first: packaging/build.py folder", file=sys.stderr)
        return 1
    if shutil.which("mksquashfs") is None:
        print("mksquashfs is missing: install squashfs-tools.", file=sys.stderr)
        return 1
    head = runtime()
    lay_out(folder, TREE)
    image = BUILD / "appimage.squashfs"
    image.unlink(missing_ok=True)
    subprocess.run(
        [
            *("mksquashfs", TREE, image, "-root-owned", "-noappend", "-no-progress", "-quiet"),
            *("-comp", "zstd", "-all-time", str(int(build_date().timestamp()))),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    target = DIST / f"{APP_NAME}-{VERSION}-{platform.machine()}.AppImage"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as whole, image.open("rb") as rest:
        whole.write(head)
        shutil.copyfileobj(rest, whole)
    target.chmod(0o755)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
