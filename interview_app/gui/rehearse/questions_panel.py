"""Which questions: guide, sections, number and order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from interview_app.domain.session_choices import Order
from interview_app.gui.text.bidi import joined
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Role, Space
from interview_app.gui.widgets.controls import NumberBox, column, make_label
from interview_app.gui.widgets.forms import Form, make_choice

if TYPE_CHECKING:
    from interview_app.domain.guide import Guide
    from interview_app.support.settings import Settings


class QuestionsPanel(QWidget):
    """The left half of the set-up.

    Signals:
        changed: another choice leaves other questions.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._guides: tuple[Guide, ...] = ()
        self._wanted_count = 0
        self._left_out: dict[str, frozenset[str]] = {}
        """The titles of the sections a person left out, by the guide's id."""
        self.sections: list[QCheckBox] = []
        self.guide_box = make_choice()
        self.count_box = NumberBox()
        self.order_box = make_choice()
        self.order_box.addItem(self.tr("As in the guide"), str(Order.GUIDE))
        self.order_box.addItem(self.tr("Shuffled"), str(Order.SHUFFLED))
        self._introduction = make_label(role=Role.MUTED, wraps=True)
        self._section_list = column(spacing=0)
        form = Form()
        form.add(self.tr("Guide"), self.guide_box)
        form.add(self.tr("Questions"), self.count_box, self.tr("How many questions to ask"))
        form.add(self.tr("Order"), self.order_box)
        layout = column(self, spacing=Space.S)
        layout.addWidget(make_label(self.tr("What you are asked"), Role.HEADING))
        layout.addLayout(form)
        layout.addWidget(self._introduction)
        layout.addSpacing(Space.XS)
        layout.addWidget(make_label(self.tr("Sections"), Role.HEADING))
        layout.addLayout(self._section_list)
        layout.addStretch(1)
        self.guide_box.currentIndexChanged.connect(self._show_guide)
        self.count_box.valueChanged.connect(self._count_chosen)

    @property
    def guide(self) -> Guide | None:
        """The chosen guide."""
        number = self.guide_box.currentIndex()
        return self._guides[number] if 0 <= number < len(self._guides) else None

    @property
    def chosen_sections(self) -> tuple[str, ...]:
        """The titles of the chosen sections; empty where all are chosen."""
        chosen = tuple(box.property("section") for box in self.sections if box.isChecked())
        return () if len(chosen) == len(self.sections) else chosen

    @property
    def order(self) -> Order:
        """The chosen order."""
        return Order(self.order_box.currentData())

    def choices(self) -> dict[str, object]:
        """What is chosen, as fields of :class:`Settings`."""
        return {
            "last_guide": self.guide.id if self.guide else "",
            "question_count": self._wanted_count,
            "order": str(self.order),
        }

    def show_settings(self, settings: Settings) -> None:
        """Start from what was chosen last time."""
        self.order_box.setCurrentIndex(max(0, self.order_box.findData(settings.order)))
        self._wanted_count = settings.question_count

    def show_guides(self, guides: Sequence[Guide], last_guide: str) -> None:
        """Offer these guides, the last one used in front."""
        kept = self.guide_box.currentData() or last_guide
        if tuple(guides) == self._guides:
            return
        self._guides = tuple(guides)
        self.guide_box.blockSignals(True)
        self.guide_box.clear()
        for guide in self._guides:
            self.guide_box.addItem(guide.title, guide.id)
        self.guide_box.setCurrentIndex(max(0, self.guide_box.findData(kept)))
        self.guide_box.blockSignals(False)
        self._show_guide()

    def _show_guide(self) -> None:
        for box in self.sections:
            self._section_list.removeWidget(box)
            box.deleteLater()
        self.sections.clear()
        guide = self.guide
        left_out = self._left_out.get(guide.id, frozenset()) if guide else frozenset()
        for section in guide.sections if guide else ():
            box = QCheckBox(joined(section.title, str(len(section.questions))))
            count = len(section.questions)
            said = settled(self.tr("{0}, %n question(s)", "", count), count)
            box.setAccessibleName(said.format(section.title))
            box.setProperty("section", section.title)
            box.setChecked(section.title not in left_out)
            box.toggled.connect(self._section_chosen)
            self.sections.append(box)
            self._section_list.addWidget(box)
        for before, after in pairwise([self.order_box, *self.sections]):
            QWidget.setTabOrder(before, after)
        introduction = (guide.introduction or "") if guide else ""
        self._introduction.setText(_first_paragraph(introduction))
        self._introduction.setVisible(bool(introduction))
        self._show_count()

    def _section_chosen(self) -> None:
        if self.guide is not None:
            self._left_out[self.guide.id] = frozenset(
                box.property("section") for box in self.sections if not box.isChecked()
            )
        self._show_count()

    def _show_count(self) -> None:
        guide = self.guide
        chosen = {box.property("section") for box in self.sections if box.isChecked()}
        sections = guide.sections if guide else ()
        available = sum(len(s.questions) for s in sections if s.title in chosen)
        self.count_box.blockSignals(True)
        self.count_box.setRange(min(1, available), available)
        self.count_box.setSuffix(self.tr(" of {0}").format(available))
        self.count_box.setValue(min(self._wanted_count, available))
        self.count_box.blockSignals(False)
        self.changed.emit()

    def _count_chosen(self, count: int) -> None:
        self._wanted_count = count
        self.changed.emit()


def _first_paragraph(text: str) -> str:
    return text.strip().split("\n\n")[0].replace("\n", " ")
