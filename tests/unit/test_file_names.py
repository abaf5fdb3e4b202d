"""Names made of titles, such that no file system refuses them."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_app.domain.text.file_names import MAX_BYTES, file_name, is_plain_name

ANYTHING = st.text(st.characters(), max_size=300) | st.text(
    st.sampled_from('CONPRNAUXLPT1².: /\\<>|?*"\0\n\t -~🎤é\u202e\ud800\u0378'), max_size=40
)
RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"
}


@given(ANYTHING, st.sampled_from(["", ".md", ".html", " (12).flac"]))
def test_no_title_makes_a_name_a_file_system_refuses(title: str, ending: str) -> None:
    name = file_name(title, ending)
    assert name.endswith(ending)
    assert 0 < len(name.encode()) <= MAX_BYTES
    assert not set(name) & set('<>:"/\\|?*')
    assert all(unicodedata.category(sign)[0] != "C" for sign in name)
    assert name == name.strip(" .")
    assert name.split(".")[0].strip().upper() not in RESERVED
    assert PureWindowsPath(name).name == name
    assert is_plain_name(name)


@given(ANYTHING)
def test_a_file_of_that_name_can_really_be_made(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(title, ".md")
        path.write_text("x")
        assert [found.name for found in Path(folder).iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("IT Product Manager", "IT Product Manager.md"),
        ("What/why: a <test>?", "What why a test.md"),
        ("con", "session con.md"),
        ("Aux.backup", "session Aux.backup.md"),
        ("COM1 ", "session COM1.md"),
        ("...", "session.md"),
        ("", "session.md"),
        ("Größe 面试 🎤", "Größe 面试 🎤.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ("ends with a dot. ", "ends with a dot.md"),
    ],
)
def test_a_title_stays_readable_in_its_name(title: str, name: str) -> None:
    assert file_name(title, ".md") == name
