"""How long the window ever stalls while hundreds of guides are read, searched and changed."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from interview_app.gui.application import DesktopApplication, make_application
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.theme import Scheme, Theme
from tests.benchmarks.guides import QUESTIONS, write_guides, write_page
from tests.benchmarks.turns import Turn, TurnWatch
from tests.gui.guides_world import GuidesWorld, open_guides

_LOOK_MS = 2
_LIMIT_S = 120
_TYPED = ("the customer", "a", "prioritize feat", "we the a")


def _milliseconds(name: str, turn: Turn) -> dict[str, float]:
    return {
        f"{name}_longest_ms": turn.longest_s * 1000,
        f"{name}_own_work_ms": turn.work_s * 1000,
    }


def stalls(guides: int) -> dict[str, float]:
    """Longest turns of the event loop while reading, indexing, typing, walking and changing.

    On a machine that is busy otherwise the clock tells of that, and only the own work of this.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    existing = QApplication.instance()
    app = existing if isinstance(existing, DesktopApplication) else make_application(["bench"])
    theme = Theme(app, Scheme.LIGHT)
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_guides(folder / "bundled", guides, QUESTIONS)
        _forget_preparations()
        world = open_guides(theme, folder, folder / "bundled")
        watch = TurnWatch()
        try:
            _measure(world, watch, figures)
        finally:
            watch.close()
            world.close()
            world.page.deleteLater()
            theme.close()
    return figures


def _measure(world: GuidesWorld, watch: TurnWatch, figures: dict[str, float]) -> None:
    views, browse = world.page.views, world.browse
    world.page.resize(1200, 760)
    world.page.show()
    _wait(lambda: browse.place is not None)
    figures |= _milliseconds("read", watch.take())
    _wait(lambda: views.is_ready)
    figures |= _milliseconds("index", watch.take())
    for text in _TYPED:
        browse.list.search.clear()
        for sign in text:
            QTest.keyClicks(browse.list.search, sign)
            _turns()
    figures |= _milliseconds("type", watch.take())
    browse.list.leave_search()
    for _ in range(60):
        QTest.keyClick(browse.list.tree, Qt.Key.Key_Down)
        _turns(1)
    figures |= _milliseconds("walk", watch.take())
    guide = browse.list.catalog.guides[0]
    browse.list.show_place(GuideLocation(guide.id, question_id="q3"))
    browse.action("duplicate").trigger()
    _wait(lambda: browse.list.catalog.guide(guide.id) is not guide and views.is_ready)
    figures |= _milliseconds("change", watch.take())


def import_stalls(megabytes: int) -> dict[str, float]:
    """Longest turns of the event loop while a long page is imported, looked through and kept."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    existing = QApplication.instance()
    app = existing if isinstance(existing, DesktopApplication) else make_application(["bench"])
    theme = Theme(app, Scheme.LIGHT)
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_guides(folder / "bundled", 2, QUESTIONS)
        page = folder / "long.txt"
        write_page(page, megabytes * 1_000_000)
        _forget_preparations()
        world = open_guides(theme, folder, folder / "bundled")
        watch = TurnWatch()
        try:
            _measure_import(world, watch, page, figures)
        finally:
            watch.close()
            world.close()
            world.page.deleteLater()
            theme.close()
    return figures


def _measure_import(
    world: GuidesWorld, watch: TurnWatch, page: Path, figures: dict[str, float]
) -> None:
    views = world.page.views
    world.page.resize(1200, 760)
    world.page.show()
    _wait(lambda: views.is_ready)
    watch.forget()
    began = time.perf_counter()
    views.bring_in(page)
    _wait(lambda: views.importing.is_previewing)
    figures["import_s"] = time.perf_counter() - began
    figures |= _milliseconds("import", watch.take())
    preview = views.importing.preview
    guide = preview.guide
    if guide is None:
        raise RuntimeError("Nothing was understood.")
    questions = list(guide.questions)
    figures["import_questions"] = float(len(questions))
    for question in questions[:: max(1, len(questions) // 5)]:
        place = GuideLocation(guide.id, question_id=question.id)
        preview.tree.choose(preview.guides.index_of(place))
        preview.form.fields["tip"].setPlainText("Corrected.")
        _turns()
    figures |= _milliseconds("correct", watch.take())
    views.importing.keep_button.click()
    began = time.perf_counter()
    _wait(lambda: world.page.currentWidget() is world.browse and views.is_ready)
    figures["keep_s"] = time.perf_counter() - began
    figures |= _milliseconds("keep", watch.take())


def _forget_preparations() -> None:
    """Have Python not look, in the midst of measuring, through what was made to be measured."""
    gc.collect()
    gc.freeze()


def _turns(count: int = 10) -> None:
    for _ in range(count):
        QApplication.processEvents()
        time.sleep(_LOOK_MS / 1000)


def _wait(fact: Callable[[], bool]) -> None:
    limit = time.monotonic() + _LIMIT_S
    while not fact():
        if time.monotonic() > limit:
            raise TimeoutError("The page did not come to rest.")
        _turns(1)
