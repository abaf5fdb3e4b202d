"""Set-up of a session: what is asked, how, and one obvious button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from interview_app.domain.session_choices import DEFAULT_TARGET_S
from interview_app.gui.rehearse.continue_card import ContinueCard
from interview_app.gui.rehearse.format_panel import FormatPanel
from interview_app.gui.rehearse.questions_panel import QuestionsPanel
from interview_app.gui.text.plurals import settled
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_line, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import scrolled

if TYPE_CHECKING:
    from interview_app.domain.guide import Guide
    from interview_app.services.ports.sessions import SessionSummary
    from interview_app.services.ports.voice import VoiceInfo
    from interview_app.services.rehearsal.planning import SessionPlan
    from interview_app.support.settings import Settings

_COLUMN_WIDTH = 340
_WIDEST = 1040
_BETWEEN_QUESTIONS_S = 30
"""Hearing the question, thinking, and looking at the review: for the estimate of a session."""


class SetupView(QWidget):
    """What is going to be rehearsed.

    Signals:
        begin_asked(Guide, Plan): begin a session.
        continue_asked(int): go on with the unfinished session of that number.
        sound_check_asked: the microphone should be looked at.
    """

    begin_asked = Signal(object, object)
    continue_asked = Signal(int)
    sound_check_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(self.tr("Rehearse"))
        self.questions = QuestionsPanel()
        self.how = FormatPanel()
        self.card = ContinueCard(theme)
        self.voice_notice = Notice(theme)
        self.microphone_notice = Notice(theme)
        self.begin_button = Button(
            theme, self.tr("Begin"), "play-fill", Kind.PRIMARY, "Enter", self.tr("Begin")
        )
        self.empty = EmptyState(
            theme,
            "book-open",
            self.tr("No guide yet"),
            self.tr(
                "A guide holds the questions of a role. The guides that come with the application "
                "could not be found: installing it again brings them back."
            ),
        )
        self._estimate = make_label(role=Role.MUTED)
        self._content = FoldingColumns(theme, _COLUMN_WIDTH, Space.XXL)
        self._page = QWidget()
        self._foot = QWidget()
        self._build()
        self.questions.changed.connect(self._show_estimate)
        self.how.changed.connect(self._show_estimate)
        self.begin_button.clicked.connect(self._begin)
        self.card.continue_asked.connect(self.continue_asked)
        bind_key(self, "Return", self._begin)
        bind_key(self, "Enter", self._begin)
        theme.changed.connect(self._measure)
        self._measure()
        self.setFocusProxy(self.questions.guide_box)
        self.empty.hide()

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of this page."""
        return (KeyHelp("Enter", self.tr("Begin the session")),)

    @property
    def guide(self) -> Guide | None:
        """The chosen guide."""
        return self.questions.guide

    def show_settings(self, settings: Settings) -> None:
        """Start from what was chosen last time."""
        self.questions.show_settings(settings)
        self.how.show_settings(settings)

    def show_guides(self, guides: Sequence[Guide], last_guide: str) -> None:
        """Offer these guides, the last one used in front."""
        self.questions.show_guides(guides, last_guide)
        self.empty.setVisible(not guides)
        self._content.setVisible(bool(guides))
        self._foot.setVisible(bool(guides))

    def show_voices(self, voices: Sequence[VoiceInfo], problem: str = "") -> None:
        """Offer these voices; ``problem`` says why there is none."""
        self.how.show_voices(voices)
        if problem:
            text = self.tr("Questions will be shown as text, not read aloud. {0}").format(problem)
            self.voice_notice.show_message(text, icon_name="speaker-slash")
        else:
            self.voice_notice.hide()

    def show_unfinished(self, sessions: Sequence[SessionSummary], now: datetime) -> None:
        """Offer to go on with the newest unfinished session."""
        self.card.show_session(sessions[0] if sessions else None, now)

    def show_microphone(self, is_missing: bool) -> None:
        """Say that there is no microphone, where it is certain."""
        if not is_missing:
            self.microphone_notice.hide()
        elif self.microphone_notice.isHidden():
            self.microphone_notice.show_message(
                self.tr("No microphone was found. Plug one in, or type your answers."),
                icon_name="microphone-slash",
                action=self.tr("Sound check"),
                command=self.sound_check_asked.emit,
            )

    def plan(self) -> SessionPlan:
        """What is chosen now."""
        # Not before a choice rests: the window opens sooner.
        from interview_app.services.rehearsal.planning import SessionPlan

        return SessionPlan(
            mode=self.how.mode,
            sections=self.questions.chosen_sections,
            count=self.questions.count_box.value(),
            order=self.questions.order,
            settings=self.how.session_settings(),
        )

    def choices(self) -> dict[str, object]:
        """What is chosen, as fields of :class:`Settings`, to be remembered."""
        return {**self.questions.choices(), **self.how.choices()}

    def _build(self) -> None:
        self._content.add(self.questions)
        self._content.add(self.how)
        whole = column(self._page, margin=Space.L, spacing=Space.M)
        whole.addWidget(make_label(self.tr("Rehearse"), Role.TITLE))
        for widget in (self.card, self.microphone_notice, self.voice_notice):
            whole.addWidget(widget)
        whole.addWidget(self._content, 1)
        whole.addWidget(self.empty, 1)
        foot = row(self._foot, spacing=Space.M)
        foot.setContentsMargins(Space.L, 0, Space.L, 0)
        foot.addWidget(self.begin_button)
        foot.addWidget(self._estimate)
        foot.addStretch(1)
        layout = column(self, spacing=Space.S)
        layout.setContentsMargins(0, 0, 0, Space.M)
        layout.addWidget(scrolled(self._page), 1)
        layout.addWidget(make_line())
        layout.addWidget(self._foot)

    def _measure(self) -> None:
        self._page.setMaximumWidth(self._theme.px(_WIDEST))

    def _show_estimate(self) -> None:
        count = self.questions.count_box.value()
        self.begin_button.setEnabled(count > 0)
        if count == 0:
            self._estimate.setText(self.tr("Choose at least one section."))
            return
        target = self.how.target_box.currentData() or DEFAULT_TARGET_S
        minutes = max(1, round(count * (target + _BETWEEN_QUESTIONS_S) / 60))
        questions = settled(self.tr("%n question(s)", "", count), count)
        about = settled(self.tr("about %n minute(s)", "", minutes), minutes)
        self._estimate.setText(f"{questions} · {about}")

    def _begin(self) -> None:
        if self.guide is not None and self.begin_button.isEnabled():
            self.begin_asked.emit(self.guide, self.plan())
