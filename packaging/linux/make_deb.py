"""Wraps the one folder into a .deb: dist/mock-interview_VERSION_ARCH.deb; prints its path.

make_deb.py [FOLDER [TARGET]]: the folder PyInstaller made, or a stand-in for it.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from changes import appstream_releases, build_date, debian_changelog
from icons import HICOLOR, write_all
from identity import APP_ID, APP_NAME, BUILD, COMMAND, DIST, FOLDER, ICON, VERSION, fill
from left_out import BROUGHT

HERE = Path(__file__).resolve().parent
STAGE = BUILD / "deb"
LIB = Path("usr/lib") / APP_NAME
SPOKEN = ("libespeak-ng1",)
"""Opened by name at run time, so no tool sees it: the voice."""
FONTS = "fonts-inter | fonts-dejavu-core | fonts-noto-core | fonts-liberation2"
"""Qt brings no font; one of these is enough to read."""


def maintainer() -> str:
    """DEBFULLNAME and DEBEMAIL, as Debian's own tools take them."""
    name = os.environ.get("DEBFULLNAME", "Mock Interview developers")
    return f"{name} <{os.environ.get('DEBEMAIL', 'developers@mockinterview.org')}>"


def architecture() -> str:
    """Debian's name of this machine."""
    return _said("dpkg", "--print-architecture")


def main() -> int:
    """Stage, describe, build."""
    given = [Path(argument).resolve() for argument in sys.argv[1:]]
    folder = given[0] if given else FOLDER
    if not folder.is_dir():
        print("Build the folder first: packaging/build.py folder", file=sys.stderr)
        return 1
    shutil.rmtree(STAGE, ignore_errors=True)
    place_program(folder)
    place_desktop_files()
    place_documents()
    place_control()
    for path in STAGE.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    target = given[1] if given[1:] else DIST / f"{APP_NAME}_{VERSION}_{architecture()}.deb"
    epoch = str(int(build_date().timestamp()))
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", STAGE, target],
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    print(target)
    return 0


def place_program(folder: Path) -> None:
    """The folder, and the command that leads into it."""
    shutil.copytree(folder, STAGE / LIB, symlinks=True)
    for path in (STAGE / LIB).rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path.name == APP_NAME else 0o644)
    (STAGE / LIB / "_internal/LICENSE").unlink()  # Debian has it once for all packages
    command = _folder("usr/bin") / COMMAND
    command.symlink_to(Path("..") / "lib" / APP_NAME / APP_NAME)


def place_desktop_files() -> None:
    """The menu entry, the icons and what software centres show."""
    _write("usr/share/applications", f"{APP_NAME}.desktop", fill(HERE / f"{APP_NAME}.desktop.in"))
    icons = BUILD / "icons"
    write_all(icons)
    for size in HICOLOR:
        folder = _folder(f"usr/share/icons/hicolor/{size}x{size}/apps")
        shutil.copy(icons / f"{size}x{size}.png", folder / f"{APP_NAME}.png")
    shutil.copy(ICON, _folder("usr/share/icons/hicolor/scalable/apps") / ICON.name)
    _write(
        "usr/share/metainfo",
        f"{APP_ID}.metainfo.xml",
        fill(HERE / "metainfo.xml.in", RELEASES=appstream_releases(), LINKS=links()),
    )


def links() -> str:
    """The project's page and pictures, where PROJECT_URL says that it has one (a release does)."""
    url = os.environ.get("PROJECT_URL", "").rstrip("/")
    if not url:
        return ""
    kinds = {"rehearse": ' type="default"', "room-recording": "", "review": "", "sessions": ""}
    pictures = "".join(
        f"    <screenshot{kind}>\n"
        f"      <image>{escape(url)}/releases/download/v{VERSION}/screenshot-{name}.png</image>\n"
        "    </screenshot>\n"
        for name, kind in kinds.items()
    )
    return (
        f'  <url type="homepage">{escape(url)}</url>\n'
        f'  <url type="bugtracker">{escape(url)}/issues</url>\n'
        f"  <screenshots>\n{pictures}  </screenshots>\n"
    )


def place_documents() -> None:
    """Manual page, changelog, copyright and what lintian need not say."""
    page = fill(HERE / f"{COMMAND}.1.in", DATE=f"{build_date():%Y-%m-%d}")
    _write_compressed("usr/share/man/man1", f"{COMMAND}.1.gz", page)
    documents = f"usr/share/doc/{APP_NAME}"
    _write_compressed(documents, "changelog.gz", debian_changelog(maintainer()))
    _write(documents, "copyright", fill(HERE / "copyright.in"))
    overrides = fill(HERE / "lintian-overrides.in")
    _write("usr/share/lintian/overrides", APP_NAME, overrides)


def place_control() -> None:
    """What the package is and needs, and the sums of its files."""
    files = sorted(p for p in STAGE.rglob("*") if p.is_file() and not p.is_symlink())
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    text = fill(
        HERE / "control.in",
        ARCHITECTURE=architecture(),
        MAINTAINER=maintainer(),
        SIZE=str(size),
        DEPENDS=", ".join([*libraries(), *SPOKEN, FONTS]),
    )
    sums = _said("md5sum", *(str(path.relative_to(STAGE)) for path in files))
    _write("DEBIAN", "control", text)
    _write("DEBIAN", "md5sums", sums + "\n")


def libraries() -> list[str]:
    """The packages whose libraries the program is linked with and does not bring.

    dpkg-shlibdeps fails on a library that is neither in the folder nor in any package, so a
    library left out by mistake stops the build.
    """
    work = BUILD / "shlibdeps"
    _folder_of(work / "debian")
    (work / "debian/control").write_text(
        f"Source: {APP_NAME}\n\nPackage: {APP_NAME}\nArchitecture: any\n", encoding="utf-8"
    )
    programs = [p for p in (STAGE / LIB).rglob("*") if not p.is_symlink() and _is_elf(p)]
    folders = sorted({str(path.parent) for path in (STAGE / LIB).rglob("*.so*")})
    done = subprocess.run(
        [
            *("dpkg-shlibdeps", "-O", "--ignore-missing-info", f"-S{STAGE}"),
            *(f"-l{folder}" for folder in folders),
            *(f"-x{package}" for package in brought_packages()),
            *(f"-e{path}" for path in programs),
        ],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if "error:" in line]
        raise SystemExit("\n".join(errors))
    listed = re.search(r"^shlibs:Depends=(.*)$", done.stdout, re.MULTILINE)
    if listed is None:
        raise SystemExit("dpkg-shlibdeps named no library")
    return sorted(listed[1].split(", "))


def brought_packages() -> set[str]:
    """The packages whose libraries lie in the folder themselves."""
    found = set()
    for library in (STAGE / LIB / "_internal").glob("lib*.so*"):
        if BROUGHT.match(library.name):
            # Of a Python that is no Debian package, none is named.
            named = _said("dpkg", "-S", f"*/{library.name}", check=False)
            found.update(line.split(":")[0] for line in named.splitlines())
    return found


def _is_elf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _said(*command: str, check: bool = True) -> str:
    return subprocess.run(
        command, cwd=STAGE, check=check, capture_output=True, text=True
    ).stdout.strip()


def _folder_of(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _folder(place: str) -> Path:
    return _folder_of(STAGE / place)


def _write(place: str, name: str, text: str) -> None:
    path = _folder(place) / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


def _write_compressed(place: str, name: str, text: str) -> None:
    path = _folder(place) / name
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    path.chmod(0o644)


if __name__ == "__main__":
    sys.exit(main())
