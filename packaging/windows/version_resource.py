"""The version that Windows shows of the program's file; prints the path of its description."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from identity import APP_NAME, APP_TITLE, AUTHOR, BUILD, DESCRIPTION, LICENSE, VERSION

_FORM = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [{strings}])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])]),
  ],
)
"""


def numbers() -> tuple[int, int, int, int]:
    """The version as Windows counts: four numbers."""
    major, minor, patch = (int(part) for part in VERSION.split("."))
    return major, minor, patch, 0


def text() -> str:
    """What PyInstaller reads."""
    strings = {
        "CompanyName": AUTHOR,
        "FileDescription": APP_TITLE,
        "FileVersion": VERSION,
        "InternalName": APP_NAME,
        "LegalCopyright": f"{AUTHOR}, {LICENSE}",
        "OriginalFilename": f"{APP_NAME}.exe",
        "ProductName": APP_TITLE,
        "ProductVersion": VERSION,
        "Comments": DESCRIPTION,
    }
    listed = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return _FORM.format(numbers=numbers(), strings=listed)


if __name__ == "__main__":
    BUILD.mkdir(parents=True, exist_ok=True)
    target = BUILD / "version-resource.txt"
    target.write_text(text(), encoding="utf-8")
    print(target)
