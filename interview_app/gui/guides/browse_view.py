"""The front of the Guides page: the list beside what is read, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from interview_app.domain.story import Story
from interview_app.gui.guides.guide_list import GuideList
from interview_app.gui.guides.reader import GuideReadingView
from interview_app.gui.icons import icon
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.text.locale import key_name
from interview_app.gui.theme import Space, Theme
from interview_app.gui.widgets.controls import column, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.services.guides.browsing import GuideCatalog

_LIST_WIDTH, _WIDEST_LIST = 300, 420
_BESIDE_WIDTH = 760
"""From this width on, before the text is scaled, the list stands beside what is read."""


class BrowseView(QWidget):
    """Guides to look through.

    Signals:
        place_shown(Place): this is read now.
        act_asked(str): ``rehearse``, ``edit``, ``add``, ``add-section``, ``duplicate``, ``up``,
            ``down``, ``delete``, ``undo``, ``restore``, ``export`` or ``import``.
        retry_asked: try again what failed.
        stories_asked(str): show My stories, the one of that uid in front if it names one.
    """

    place_shown = Signal(object)
    act_asked = Signal(str)
    retry_asked = Signal()
    stories_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._place: GuideLocation | None = None
        self._story = ""
        self._is_reading = False
        self._has_failed = False
        self._actions: dict[str, QAction] = {}
        self.list = GuideList(theme)
        self.reader = GuideReadingView(theme)
        self.notice = Notice(theme)
        self.empty = EmptyState(theme, "book-open", "", "")
        self._build()
        self._make_menu()
        self._connect()
        self.setFocusProxy(self.list)
        theme.changed.connect(self._arrange)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the page."""
        return (
            KeyHelp("Ctrl+F", self.tr("Search all guides and your notes")),
            KeyHelp("F3", self.tr("Next hit")),
            KeyHelp("Shift+F3", self.tr("Hit before")),
            KeyHelp("Return", self.tr("Read what is in front")),
            KeyHelp("Esc", self.tr("Leave the search; back to the guides")),
            KeyHelp("L", self.tr("Read aloud, or stop")),
            KeyHelp("B", self.tr("Rehearse what is in front")),
            KeyHelp("E", self.tr("Edit")),
            KeyHelp("M", self.tr("Write my prepared answer and notes")),
            KeyHelp("A", self.tr("Add a story for this question")),
            KeyHelp("S", self.tr("My stories")),
            *(
                KeyHelp(_KEYS[name], action.text().split("\t")[0])
                for name, action in self._actions.items()
                if name in _KEYS
            ),
            KeyHelp("Ctrl+I", self.tr("Import a guide")),
        )

    @property
    def place(self) -> GuideLocation | None:
        """What is read now."""
        return self._place

    def action(self, name: str) -> QAction:
        """What the menu offers under that name."""
        return self._actions[name]

    def show_shelf(self, catalog: GuideCatalog, place: GuideLocation | None = None) -> None:
        """Show these guides, with ``place`` in front if one is named."""
        self._has_failed = False
        self.empty.say(
            self.tr("No guide yet"),
            self.tr("A guide holds the questions of a role. Paste one, or choose a file."),
            self.tr("Import a guide"),
        )
        self._show_side(is_empty=not catalog.guides)
        self.list.show_shelf(catalog, place)
        if catalog.guides:
            self._show(self.list.place or place or GuideLocation(catalog.guides[0].id))

    def show_failure(self, text: str) -> None:
        """Say why there are no guides."""
        self._has_failed = True
        self.empty.say(self.tr("The guides cannot be read"), text, self.tr("Try again"))
        self._show_side(is_empty=True)

    def show_undo(self, *, can_undo: bool) -> None:
        """Show whether there is a change to take back."""
        self._actions["undo"].setEnabled(can_undo)

    def read(self) -> None:
        """Bring what is in front to be read, where there is room for one side only."""
        self._is_reading = True
        self._arrange()
        target = self.reader.rehearse if self.reader.back.isHidden() else self.reader.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._sides = QWidget()
        sides = row(self._sides, spacing=Space.L)
        sides.addWidget(self.list)
        sides.addWidget(self.reader, 1)
        layout = column(self, margin=Space.M, spacing=Space.S)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        layout.addWidget(self.notice)
        layout.addWidget(self._sides, 1)
        layout.addWidget(self.empty, 1)
        self.reader.show_nothing()
        self.empty.hide()

    def _make_menu(self) -> None:
        tr = self.tr
        for name, text, picture in (
            ("add", tr("Add a question"), "plus"),
            ("add-section", tr("Add a section"), "plus"),
            ("duplicate", tr("Duplicate"), "copy"),
            ("up", tr("Move up"), "arrow-up"),
            ("down", tr("Move down"), "arrow-down"),
            ("delete", tr("Delete"), "trash"),
            ("undo", tr("Undo"), "arrow-counter-clockwise"),
            ("restore", tr("Restore original"), "arrow-counter-clockwise"),
            ("export", tr("Export the guide…"), "export"),
        ):
            shown = key_name(_KEYS.get(name, ""))
            action = QAction(
                icon(self._theme, picture), f"{text}\t{shown}" if shown else text, self
            )
            action.triggered.connect(partial(self._command, name))
            if name in {"duplicate", "undo", "export"}:
                self.reader.menu.addSeparator()
            self.reader.menu.addAction(action)
            self._actions[name] = action
            if name in _KEYS:
                bind_key(self, _KEYS[name], partial(self._command, name)).setAutoRepeat(
                    name in {"up", "down"}
                )
        self.show_undo(can_undo=False)

    def _connect(self) -> None:
        reader = self.reader
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._open)
        self.list.story_chosen.connect(self._show_story)
        self.list.stories_asked.connect(partial(self.stories_asked.emit, ""))
        self.list.import_asked.connect(partial(self.act_asked.emit, "import"))
        reader.rehearse_asked.connect(partial(self.act_asked.emit, "rehearse"))
        reader.edit_asked.connect(self._edit)
        reader.back_asked.connect(self._back)
        self.empty.button.clicked.connect(self._empty_clicked)
        for key, call in (
            ("Ctrl+F", self._begin_search),
            ("F3", partial(self.list.step, 1)),
            ("Shift+F3", partial(self.list.step, -1)),
            ("Esc", self._back),
            ("L", reader.listen.click),
            ("B", reader.rehearse.click),
            ("E", reader.edit.click),
            ("M", reader.write),
            ("A", reader.add_story),
            ("S", partial(self.stories_asked.emit, "")),
            ("Ctrl+I", partial(self.act_asked.emit, "import")),
        ):
            bind_key(self, key, call)

    def _command(self, name: str) -> None:
        action = self._actions[name]
        if action.isEnabled() and action.isVisible() and not self._sides.isHidden():
            self.act_asked.emit(name)

    def _open(self) -> None:
        if self._story:
            self.stories_asked.emit(self._story)
        else:
            self.read()

    def _edit(self) -> None:
        if self._story:
            self.stories_asked.emit(self._story)
        else:
            self.act_asked.emit("edit")

    def _begin_search(self) -> None:
        self._is_reading = False
        self._arrange()
        self.list.begin_search()

    def _back(self) -> None:
        if self._is_reading and not self.reader.back.isHidden():
            self._is_reading = False
            self._arrange()
            self.list.take_focus()
        elif not self.list.leave_search():
            self._is_reading = False
            self.list.take_focus()

    def _empty_clicked(self) -> None:
        if self._has_failed:
            self.retry_asked.emit()
        else:
            self.act_asked.emit("import")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """List and reading side by side where there is room, else the one that is wanted."""
        is_beside = self.width() >= self._theme.px(_BESIDE_WIDTH)
        self.list.setVisible(is_beside or not self._is_reading)
        self.reader.setVisible(is_beside or self._is_reading)
        self.reader.set_alone(is_alone=not is_beside)
        if is_beside:
            share = min(self.width() // 4, self._theme.px(_WIDEST_LIST))
            self.list.setFixedWidth(max(self._theme.px(_LIST_WIDTH), share))
        else:
            self.list.setMinimumWidth(0)
            self.list.setMaximumWidth(16_777_215)

    def _show_side(self, *, is_empty: bool) -> None:
        self.empty.setVisible(is_empty)
        self._sides.setVisible(not is_empty)
        self.setFocusProxy(self.empty.button if is_empty else self.list)

    def _show(self, place: GuideLocation) -> None:
        guide = self.list.catalog.guide(place.guide_id)
        if guide is None:
            return
        self._place, self._story = place, ""
        self.reader.show_place(guide, place)
        catalog = self.list.catalog
        is_question, is_guide = bool(place.question_id), place.section < 0
        is_guide = is_guide and not is_question
        is_own = guide.id in catalog.own and guide.id not in catalog.changed
        for name, is_there in (
            ("duplicate", is_question),
            ("up", not is_guide),
            ("down", not is_guide),
            ("delete", not is_guide or is_own),
            ("restore", guide.id in catalog.changed),
        ):
            self._actions[name].setVisible(is_there)
        self.place_shown.emit(place)

    def _show_story(self, story: Story) -> None:
        self._place, self._story = None, story.uid
        self.reader.show_story(story)


_KEYS = {
    "add": "Ctrl+N",
    "duplicate": "Ctrl+D",
    "up": "Alt+Up",
    "down": "Alt+Down",
    "delete": "Del",
    "undo": "Ctrl+Z",
    "export": "Ctrl+E",
}
