"""The left side of the Guides page: a search box, and under it the tree or what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from interview_app.gui.guides.guide_rows import GuideHitRows, GuideTreeView
from interview_app.gui.icons import icon
from interview_app.gui.models.guide_hits import GuideHits
from interview_app.gui.models.guide_tree import GuideLocation, GuideTree
from interview_app.gui.models.roles import RowRole
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.keys import bind_key
from interview_app.gui.widgets.rows_view import RowsView
from interview_app.services.guides.browsing import MOST_FOUND, GuideCatalog, GuideHit


class GuideList(QWidget):
    """All guides, or the questions that hold what is searched for.

    Signals:
        chosen(Place): this is in front now.
        opened: what is in front is to be read.
        search_asked(str): search for that text; empty: show the guides again.
        import_asked: bring in a guide.
        story_chosen(Story): this story is in front now; only while searching.
        stories_asked: show My stories.
    """

    chosen = Signal(object)
    opened = Signal()
    search_asked = Signal(str)
    import_asked = Signal()
    story_chosen = Signal(object)
    stories_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._catalog = GuideCatalog()
        self.setAccessibleName(self.tr("Guides"))
        self.guides = GuideTree(self)
        self.hits = GuideHits(self)
        self.search = QLineEdit()
        self.tree = GuideTreeView(theme, self.tr("Guides"))
        self.found = RowsView(self.tr("Search results"))
        self.none = EmptyState(theme, "magnifying-glass", "", "")
        self.count = make_label(role=Role.MUTED)
        self.busy = BusyLine(theme)
        self.import_button = Button(
            theme, self.tr("Import"), "download-simple", Kind.PLAIN, tip=self.tr("Import a guide")
        )
        self.stories_button = Button(
            theme, self.tr("My stories"), "notebook", Kind.PLAIN, "S", self.tr("My stories")
        )
        self._places = QStackedWidget()
        self._build()
        self._connect()
        self.setFocusProxy(self.tree)

    @property
    def catalog(self) -> GuideCatalog:
        """The guides that are shown."""
        return self._catalog

    @property
    def place(self) -> GuideLocation | None:
        """What is in front."""
        if self.is_searching:
            hit: GuideHit | None = self.found.currentIndex().data(RowRole.VALUE)
            if hit is None or hit.story is not None:
                return None
            return GuideLocation(hit.guide_id, question_id=hit.question_id)
        return self.guides.place(self.tree.currentIndex())

    @property
    def is_searching(self) -> bool:
        """Whether hits are shown instead of guides."""
        return bool(self.search.text().strip())

    def show_shelf(self, catalog: GuideCatalog, place: GuideLocation | None = None) -> None:
        """Show these guides; what is unfolded and in front stays so, or ``place`` comes there."""
        here = place or self.guides.place(self.tree.currentIndex())
        is_same = catalog.is_as(self._catalog) and self.guides.rowCount() > 0
        self._catalog = catalog
        if not is_same:
            unfolded = self._unfolded()
            self.guides.show_guides(catalog.guides)
            for one in unfolded:
                self.tree.expand(self.guides.index_of(one))
        if here is None and catalog.guides:
            here = GuideLocation(catalog.guides[0].id)
            self.tree.expand(self.guides.index_of(here))
        if here is not None and (place is not None or not is_same):
            self.tree.choose(self.guides.index_of(here))
        self._show_place()

    def show_hits(self, hits: Sequence[GuideHit], wanted: str) -> None:
        """Show what was found; the first hit comes to the front."""
        if wanted != self.search.text().strip():
            return
        self.hits.show_hits(hits, wanted)
        if hits:
            self.found.choose(0)
        else:
            self.none.say(
                self.tr("Nothing found for “{0}”").format(isolated(wanted)),
                self.tr("Every word must stand in the question, its texts or your notes."),
            )
        self._show_place()

    def show_place(self, place: GuideLocation) -> None:
        """Have a place in front, in the tree."""
        self.search.clear()
        self.tree.choose(self.guides.index_of(place))

    def begin_search(self) -> None:
        """Have the focus in the search box, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def leave_search(self) -> bool:
        """Show the guides again, at the hit that was in front; whether there was a search."""
        if not self.search.text():
            return False
        place = self.place
        self.search.clear()
        if place is None:
            self._front_changed()  # it was a story: what is chosen in the tree is read again
        else:
            self.tree.choose(self.guides.index_of(place))
        self.take_focus()
        return True

    def step(self, step: int) -> None:
        """The next hit, or the one before."""
        count = self.hits.rowCount()
        if self.is_searching and count:
            self.found.choose((self.found.currentIndex().row() + step) % count)

    def take_focus(self) -> None:
        """Put the focus on what is shown."""
        place = self._places.currentWidget()
        target = self.search if place is None or place is self.none else place
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.search.setAccessibleName(self.tr("Search all guides"))
        self.search.setPlaceholderText(self.tr("Search questions, answers, notes"))
        set_tool_tip(self.search, self.tr("Search all guides and your notes (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        glass = icon(self._theme, "magnifying-glass", "muted")
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.tree.setModel(self.guides)
        self.found.setModel(self.hits)
        self.found.setItemDelegate(GuideHitRows(self._theme))
        for place in (self.tree, self.found, self.none):
            self._places.addWidget(place)
        head = row(spacing=Space.S)
        head.addWidget(make_label(self.tr("Guides"), Role.TITLE))
        head.addStretch(1)
        head.addWidget(self.import_button)
        layout = column(self, spacing=Space.S)
        layout.addLayout(head)
        layout.addWidget(self.search)
        layout.addWidget(self.busy)
        layout.addWidget(self.count)
        layout.addWidget(self._places, 1)
        layout.addWidget(self.stories_button)
        self.count.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._entered)
        self.tree.selectionModel().currentChanged.connect(self._front_changed)
        self.found.selectionModel().currentChanged.connect(self._front_changed)
        self.tree.opened.connect(self._tree_opened)
        self.found.opened.connect(self.opened)
        self.import_button.clicked.connect(self.import_asked)
        self.stories_button.clicked.connect(self.stories_asked)
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Down", self.take_focus),
            ("Up", self.take_focus),
        )
        for key, call in steps:
            bind_key(self.search, key, call, Qt.ShortcutContext.WidgetShortcut)

    def _typed(self) -> None:
        self.search_asked.emit(self.search.text().strip())
        if not self.is_searching:
            self.hits.show_hits((), "")
            self._show_place()

    def _entered(self) -> None:
        if self.hits.rowCount():
            self.take_focus()

    def _tree_opened(self) -> None:
        index = self.tree.currentIndex()
        if self.guides.rowCount(index) and not self.tree.isExpanded(index):
            self.tree.expand(index)
        else:
            self.opened.emit()

    def _front_changed(self) -> None:
        self._show_count()
        place = self.place
        hit = self.found.currentIndex().data(RowRole.VALUE) if self.is_searching else None
        if place is not None:
            self.chosen.emit(place)
        elif hit is not None:
            self.story_chosen.emit(hit.story)

    def _unfolded(self) -> list[GuideLocation]:
        found: list[GuideLocation] = []
        for number in range(self.guides.rowCount()):
            guide = self.guides.index(number, 0)
            if not self.tree.isExpanded(guide):
                continue
            inner = [self.guides.index(n, 0, guide) for n in range(self.guides.rowCount(guide))]
            rows = [guide, *(index for index in inner if self.tree.isExpanded(index))]
            found.extend(place for index in rows if (place := self.guides.place(index)))
        return found

    def _show_place(self) -> None:
        place: QWidget = self.tree
        if self.is_searching:
            place = self.found if self.hits.rowCount() else self.none
        self._places.setCurrentWidget(place)
        self._show_count()

    def _show_count(self) -> None:
        count = self.hits.rowCount()
        self.count.setVisible(self.is_searching and count > 0)
        if count:
            shown = f"{count}+" if count >= MOST_FOUND else str(count)
            number = self.found.currentIndex().row() + 1
            self.count.setText(self.tr("{0} of {1}").format(number, shown))
