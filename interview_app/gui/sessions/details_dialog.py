"""A dialog for what a person says of a session, or of several: title, own rating, tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from interview_app.domain.session_labels import HIGHEST_RATING, SessionLabels, tidy_tags
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.forms import Form, make_choice
from interview_app.services.ports.sessions import SessionSummary

_WIDTH = 460
_AS_IT_IS = -1


@dataclass(frozen=True, slots=True)
class DetailsChange:
    """What was chosen in the dialog; a ``title`` of ``None`` stands for several sessions."""

    title: str | None
    rating: int
    tags: tuple[str, ...]

    def __call__(self, labels: SessionLabels) -> SessionLabels:
        """Labels as they are wanted, from what they were."""
        return replace(
            labels,
            title=labels.title if self.title is None else self.title,
            rating=labels.rating if self.rating == _AS_IT_IS else (self.rating or None),
            tags=(*labels.tags, *self.tags) if self.title is None else self.tags,
        )


class DetailsDialog(QDialog):
    """Title, rating and tags of one session; rating and further tags of several.

    Signals:
        kept(object): change labels like this: a call from what was to what is wanted.
    """

    kept = Signal(object)

    def __init__(
        self, theme: Theme, sessions: Sequence[SessionSummary], count: int, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._is_one = count == 1 and bool(sessions)
        heading = settled(self.tr("Details of %n session(s)", "", count), count)
        if self._is_one:
            heading = self.tr("Details of the session")
        self.setWindowTitle(heading)
        self.title = QLineEdit()
        self.rating = make_choice()
        self.tags = QLineEdit()
        form = Form()
        if self._is_one:
            self.title.setText(sessions[0].title)
            self.title.setPlaceholderText(sessions[0].guide_title)
            form.add(self.tr("Title"), self.title)
        form.add(
            self.tr("Your rating"), self.rating, self.tr("How it went for you; nobody else rates.")
        )
        name = self.tr("Tags") if self._is_one else self.tr("Add tags")
        form.add(name, self.tags, self.tr("Words of your own, with commas between them"))
        self.tags.setPlaceholderText(self.tr("for example: final round, phone"))
        self._fill(sessions)
        self.cancel_button = Button(theme, self.tr("Cancel"), key="Esc")
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button = Button(theme, self.tr("Keep"), "check", Kind.PRIMARY, "Return")
        self.keep_button.clicked.connect(self._keep)
        self.keep_button.setDefault(True)
        foot = row(spacing=Space.S)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.keep_button)
        layout = column(self, margin=Space.L, spacing=Space.M)
        layout.addWidget(make_label(heading, Role.TITLE, wraps=True))
        layout.addLayout(form)
        layout.addSpacing(Space.XS)
        layout.addLayout(foot)
        self.resize(theme.px(_WIDTH), self.sizeHint().height())
        first = self.title if self._is_one else self.rating
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, sessions: Sequence[SessionSummary]) -> None:
        if not self._is_one:
            self.rating.addItem(self.tr("As it is"), _AS_IT_IS)
        self.rating.addItem(self.tr("Not rated"), 0)
        for number in range(1, HIGHEST_RATING + 1):
            self.rating.addItem(self.tr("{0} of {1}").format(number, HIGHEST_RATING), number)
        if self._is_one:
            self.rating.setCurrentIndex(self.rating.findData(sessions[0].rating or 0))
            self.tags.setText(", ".join(sessions[0].tags))

    def _keep(self) -> None:
        rating: int = self.rating.currentData()
        tags = tidy_tags(self.tags.text().split(","))
        self.kept.emit(DetailsChange(self.title.text() if self._is_one else None, rating, tags))
        self.accept()
