"""Choosing the questions a story serves, across all guides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from interview_app.domain.guide import Guide
from interview_app.domain.story import QuestionKey, Story
from interview_app.gui.guides.guide_rows import GuideTreeView
from interview_app.gui.icons import icon
from interview_app.gui.models.guide_choice import GuideChoice
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.models.story_list import title_of
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.keys import KeyBook, KeyHelp
from interview_app.services.guides.browsing import GuideCatalog, GuideHit

_WIDEST = 900


class QuestionPicker(QWidget):
    """All guides with a box before each question; each change is kept at once.

    Signals:
        toggled(QuestionKey, bool): the story serves this question now, or no more.
        search_asked(str): search for that text; empty: show the guides again.
        left: enough is chosen.
    """

    toggled = Signal(object, bool)
    search_asked = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._catalog = GuideCatalog()
        self.setAccessibleName(self.tr("Choose questions"))
        self.heading = make_label(role=Role.TITLE, wraps=True)
        self.count = make_label(role=Role.MUTED)
        self.search = QLineEdit()
        self.guides = GuideChoice(self)
        self.tree = GuideTreeView(theme, self.tr("Questions"))
        self.none = EmptyState(theme, "magnifying-glass", "", "")
        self.done_button = Button(theme, self.tr("Done"), "check", Kind.PRIMARY, "Esc")
        self._places = QStackedWidget()
        self._book = KeyBook(self)
        self._build()
        self._connect()
        self.setFocusProxy(self.search)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the chooser."""
        return self._book.entries()

    def show_story(self, story: Story, catalog: GuideCatalog) -> None:
        """Choose the questions of a story; those chosen are unfolded."""
        self._catalog = catalog
        self.heading.setText(self.tr("Questions for “{0}”").format(isolated(title_of(story))))
        self.guides.choose(story.questions)
        self.search.clear()
        self._show_all(story.questions)
        self._show_count()

    def show_hits(self, hits: Sequence[GuideHit], wanted: str) -> None:
        """Show only the questions that were found."""
        if wanted != self.search.text().strip():
            return
        self.guides.show_guides(_found(self._catalog, hits))
        if self.guides.rowCount():
            self.tree.expandAll()
            guide = self.guides.index(0, 0)
            section = self.guides.index(0, 0, guide)
            self.tree.choose(self.guides.index(0, 0, section))
            self._places.setCurrentWidget(self.tree)
            return
        self.none.say(
            self.tr("Nothing found for “{0}”").format(isolated(wanted)),
            self.tr("Every word must stand in the question, its texts or your notes."),
        )
        self._places.setCurrentWidget(self.none)

    def _build(self) -> None:
        self.search.setAccessibleName(self.tr("Search all guides"))
        self.search.setPlaceholderText(self.tr("Search questions"))
        self.search.setClearButtonEnabled(True)
        glass = icon(self._theme, "magnifying-glass", "muted")
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.tree.setModel(self.guides)
        self._places.addWidget(self.tree)
        self._places.addWidget(self.none)
        self._page = QWidget()
        page = column(self._page, spacing=Space.S)
        for widget in (self.heading, self.search, self.count):
            page.addWidget(widget)
        page.addWidget(self._places, 1)
        foot = row(spacing=Space.S)
        foot.addWidget(self.done_button)
        foot.addStretch(1)
        layout = column(self, margin=Space.L, spacing=Space.S)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        layout.addWidget(self._page, 1)
        layout.addWidget(make_line())
        layout.addLayout(foot)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self.tree.setFocus)
        self.tree.opened.connect(lambda: self.guides.toggle(self.tree.currentIndex()))
        self.guides.toggled.connect(self.toggled)
        self.guides.toggled.connect(self._show_count)
        self.done_button.clicked.connect(self.left)
        self._book.describe("Space", self.tr("Choose the question in front, or no more"))
        self._book.add("Ctrl+F", self.tr("Search all guides"), self.search.setFocus)
        self._book.add("Esc", self.tr("Leave the search; enough is chosen"), self._back)

    def _back(self) -> None:
        if self.search.text():
            self.search.clear()
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _typed(self) -> None:
        wanted = self.search.text().strip()
        if not wanted:
            self._show_all(tuple(self.guides.chosen))
        self.search_asked.emit(wanted)

    def _show_all(self, chosen: Sequence[QuestionKey]) -> None:
        self.guides.show_guides(self._catalog.guides)
        self._places.setCurrentWidget(self.tree)
        self.tree.collapseAll()
        places = [GuideLocation(key.guide_id, question_id=key.question_id) for key in chosen]
        for place in reversed(places):
            self.tree.choose(self.guides.index_of(place))
        if not places:
            self.tree.choose(self.guides.index(0, 0))
            self.tree.expand(self.guides.index(0, 0))

    def _show_count(self) -> None:
        count = len(self.guides.chosen)
        self.count.setText(settled(self.tr("%n question(s) chosen", "", count), count))

    def _measure(self) -> None:
        self._page.setMaximumWidth(self._theme.px(_WIDEST))


def _found(catalog: GuideCatalog, hits: Sequence[GuideHit]) -> list[Guide]:
    """The guides with only those questions that were found, in the order of the hits."""
    ids: dict[str, set[str]] = {}
    for hit in hits:
        if hit.story is None:
            ids.setdefault(hit.guide_id, set()).add(hit.question_id)
    found = []
    for guide_id, wanted in ids.items():
        guide = catalog.guide(guide_id)
        if guide is not None:
            sections = (
                replace(section, questions=tuple(q for q in section.questions if q.id in wanted))
                for section in guide.sections
            )
            found.append(replace(guide, sections=tuple(one for one in sections if one.questions)))
    return found
