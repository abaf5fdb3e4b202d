"""Texts from outside: shown as text, wherever they stand; nothing they name is opened."""

from __future__ import annotations

import ast
import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from interview_app.domain.guide import Guide, Question, Section
from interview_app.gui.models.guide_tree import GuideTree
from interview_app.gui.text.untrusted import as_plain
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.reading_text import ReadingText

GUI = Path(__file__).parent.parent.parent / "interview_app" / "gui"
_IN_OPEN, _IN_ACCESS = 0x20, 0x1


@contextmanager
def opened_files(folder: Path) -> Iterator[list[str]]:
    """The names of files of a folder that anybody opens while the block runs, from the kernel."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert watch >= 0
    assert libc.inotify_add_watch(watch, os.fsencode(folder), _IN_OPEN | _IN_ACCESS) >= 0
    names: list[str] = []
    try:
        yield names
        try:
            content = os.read(watch, 65_536)
        except BlockingIOError:
            content = b""
        while content:
            _, _, _, length = struct.unpack_from("iIII", content)
            names.append(content[16 : 16 + length].rstrip(b"\0").decode())
            content = content[16 + length :]
    finally:
        os.close(watch)


def picture(folder: Path) -> Path:
    file = folder / "secret.png"
    assert QImage(8, 8, QImage.Format.Format_RGB32).save(str(file))
    return file


@pytest.mark.parametrize("form", ["file://{0}", "{0}", "//localhost{0}", "<{0}>"])
def test_an_image_in_a_guide_is_never_opened_and_its_description_is_read(
    qtbot: QtBot, theme: Theme, tmp_path: Path, form: str
) -> None:
    file = picture(tmp_path)
    text = ReadingText(theme, "Sample answer")
    qtbot.addWidget(text)
    with opened_files(tmp_path) as opened:
        text.set_text(f"Before ![the plan]({form.format(file)}) after")
        text.show()
        text.grab()
    assert opened == []
    assert text.text() == "Before the plan after"


def test_what_looks_like_markup_stays_text_in_a_tool_tip(tmp_path: Path) -> None:
    title = f'<img src="{picture(tmp_path)}"> & <b>bold</b>'
    assert as_plain("plain & simple") == "plain & simple"
    assert "<img" not in as_plain(title)
    assert "&lt;b&gt;bold&lt;/b&gt;" in as_plain(title)


def test_titles_of_guides_are_plain_in_tool_tips_and_whole_for_screen_readers() -> None:
    from PySide6.QtCore import Qt

    prompt = '<img src="/etc/hostname"> Why?'
    guide = Guide("g", prompt, (Section(prompt, (Question("q", prompt),)),))
    tree = GuideTree()
    tree.show_guides([guide])
    index = tree.index(0, 0)
    assert "<img" not in str(tree.data(index, Qt.ItemDataRole.ToolTipRole))
    assert "<img" in str(tree.data(index, Qt.ItemDataRole.AccessibleTextRole))


def test_every_tool_tip_is_set_in_the_one_place_that_shows_text_as_text() -> None:
    found = []
    for file in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_our_own = all(isinstance(argument, ast.Call) for argument in node.args)
                is_helper = file.name == "untrusted.py"
                if node.func.attr == "setToolTip" and not is_our_own and not is_helper:
                    found.append(f"{file.name}:{node.lineno}")
                assert node.func.attr != "setHtml" or is_our_own, file.name
    assert found == []
