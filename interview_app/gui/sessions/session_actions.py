"""What can be done with sessions of the history, one or many: label, archive, delete, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from interview_app.domain.session_labels import HIGHEST_RATING, SessionLabels, tidy_tags
from interview_app.gui.sessions.context import SessionsContext
from interview_app.gui.sessions.history_query import HistoryQuery
from interview_app.gui.sessions.history_view import HistoryView
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, row
from interview_app.gui.widgets.forms import Form, make_choice
from interview_app.services.history.history import TRASH_DAYS
from interview_app.services.jobs import Lane
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


Change = Callable[[SessionLabels], SessionLabels]


class SessionActions(QObject):
    """Buttons and keys under the history, and the jobs behind them.

    Signals:
        continue_asked(int): go on with an unfinished session.
        export_asked(object): write these sessions, by number, to files.
        went: sessions went into the trash; one of them may be shown.
        labelled(object): these lines of the history say something else now.
    """

    continue_asked = Signal(int)
    export_asked = Signal(object)
    went = Signal()
    labelled = Signal(object)

    def __init__(
        self, theme: Theme, context: SessionsContext, view: HistoryView, finder: HistoryQuery
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._context = context
        self._view = view
        self._finder = finder
        with_chosen = finder.with_chosen
        commands, front = view.foot.commands, view.foot.front
        self.delete_button = commands.add(
            self.tr("Delete"),
            "trash",
            lambda: with_chosen(self.delete),
            key="Del",
            tip=self.tr("Delete the sessions chosen; it can be undone"),
        )
        self.details_button = commands.add(
            self.tr("Details"),
            "tag",
            lambda: with_chosen(self.show_details),
            key="F2",
            tip=self.tr("Title, your rating and tags"),
        )
        self.export_button = commands.add(
            self.tr("Export"),
            "export",
            lambda: with_chosen(self.export_asked.emit),
            key="Ctrl+E",
            tip=self.tr("Write the sessions chosen to files"),
        )
        self.archive_act = commands.add_to_menu(
            self.tr("Archive"), "archive", lambda: with_chosen(self._toggle_archive), key="A"
        )
        self.continue_button = front.add(
            self.tr("Continue"),
            "play",
            self._continue,
            key="C",
            tip=self.tr("Continue an unfinished session"),
        )
        self.open_button = front.add(
            self.tr("Open"), "arrow-right", view.open_front, kind=Kind.PRIMARY
        )
        self.open_button.set_key("Return")
        for rating in range(HIGHEST_RATING + 1):
            does = self.tr("Rate the sessions chosen {0}").format(rating)
            if not rating:
                does = self.tr("Take your rating back")
            view.key_book.add(str(rating), does, partial(self._rate, rating))
        view.order_tabs(
            (
                self.delete_button,
                self.details_button,
                self.export_button,
                commands.more,
                self.continue_button,
                self.open_button,
            )
        )
        view.chosen_changed.connect(self._show)
        self._show()

    def delete(self, ids: Sequence[int]) -> None:
        """Put sessions into the trash, and offer to undo it."""
        if any(self._context.is_open(session_id) for session_id in ids):
            self._view.notice.show_message(
                self.tr("This session is open under Rehearse. End or leave it there first.")
                if len(ids) == 1
                else self.tr("One of them is open under Rehearse. End or leave it there first."),
                icon_name="info",
            )
            self.went.emit()
            return
        name = self._name_of(ids)
        history = self._context.history
        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.move_all_to_trash(ids),
            lambda _done: self._deleted(ids, name),
            self._finder.trouble,
        )

    def show_details(self, ids: Sequence[int]) -> None:
        """Have title, rating and tags of sessions changed in a dialog."""
        if len(ids) > 1:
            self._open_details((), ids)
            return
        history = self._context.history
        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.lines(ids),
            lambda lines: self._open_details(lines, ids),
            self._finder.trouble,
        )

    def change(
        self,
        ids: Sequence[int],
        change: Change,
        then: Callable[[Sequence[SessionSummary]], None] | None = None,
    ) -> None:
        """Change what a person says of sessions, and show it."""
        history = self._context.history

        def changed(sessions: Sequence[SessionSummary]) -> None:
            self._view.sessions.change(sessions)
            self._finder.refresh()
            self.labelled.emit(sessions)
            if then is not None:
                then(sessions)

        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.change_labels(ids, change),
            changed,
            self._finder.trouble,
        )

    def _open_details(self, lines: Sequence[SessionSummary], ids: Sequence[int]) -> None:
        dialog = DetailsDialog(self._theme, lines, len(ids), self._view.window())
        dialog.kept.connect(lambda change: self.change(ids, change))
        dialog.open()

    def _continue(self) -> None:
        session = self._view.session
        if session is not None and session.ended_at is None:
            self.continue_asked.emit(session.id)

    def _rate(self, rating: int) -> None:
        self._finder.with_chosen(
            lambda ids: self.change(ids, lambda labels: replace(labels, rating=rating or None))
        )

    def _toggle_archive(self, ids: Sequence[int]) -> None:
        session = self._view.session
        is_archived = not (session is not None and session.is_archived)
        self._archive(ids, is_archived=is_archived)

    def _archive(self, ids: Sequence[int], *, is_archived: bool) -> None:
        name = self._name_of(ids)

        def told(_sessions: Sequence[SessionSummary]) -> None:
            text = self.tr("{0}: archived. The search finds it still; Filters shows it again.")
            if not is_archived:
                text = self.tr("{0}: out of the archive.")
            self._view.notice.show_message(
                text.format(name),
                icon_name="archive",
                action=self.tr("Undo"),
                command=lambda: self._archive(ids, is_archived=not is_archived),
            )

        self.change(ids, lambda labels: replace(labels, is_archived=is_archived), told)

    def _deleted(self, ids: Sequence[int], name: str) -> None:
        self.went.emit()
        self._finder.refresh()
        text = self.tr("{0} was deleted. It can be brought back for {1} days.")
        if len(ids) > 1:
            text = self.tr("{0} were deleted. They can be brought back for {1} days.")
        self._view.notice.show_message(
            text.format(name, TRASH_DAYS),
            icon_name="trash",
            action=self.tr("Undo"),
            command=lambda: self._restore(ids),
        )

    def _restore(self, ids: Sequence[int]) -> None:
        history = self._context.history

        def restored(_done: object) -> None:
            self._finder.refresh(front=ids[0])
            self._view.take_focus()

        self._context.jobs.submit(
            Lane.STORAGE,
            lambda _job: history.restore_all(ids),
            restored,
            self._finder.trouble,
        )

    def _held(self, session_id: int) -> SessionSummary | None:
        front = self._view.session
        if front is not None and front.id == session_id:
            return front
        return next((one for one in self._view.sessions.held if one.id == session_id), None)

    def _name_of(self, ids: Sequence[int]) -> str:
        count = len(ids)
        if count > 1:
            return settled(self.tr("%n session(s)", "", count), count)
        session = self._held(ids[0])
        return (
            self.tr("“{0}”").format(isolated(session.name)) if session else self.tr("The session")
        )

    def _show(self) -> None:
        session = self._view.session
        is_open = session is not None and session.ended_at is None
        self.continue_button.setVisible(is_open)
        is_archived = session is not None and session.is_archived
        text = self.tr("Take out of the archive") if is_archived else self.tr("Archive")
        self.archive_act.setText(f"{text}\tA")
        self.export_button.setVisible(self._context.export is not None)
