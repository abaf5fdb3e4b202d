"""Set-up of a session: what is asked, how, and one obvious button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QRadioButton, QWidget

from interview_app.domain.session_choices import DEFAULT_TARGET_S, VOICE_OFF, Mode, Order
from interview_app.gui.text.bidi import joined
from interview_app.gui.text.dates import when
from interview_app.gui.text.plurals import settled
from interview_app.gui.text.voice_names import voice_label
from interview_app.gui.theme import Kind, Role, Space, Theme, set_panel
from interview_app.gui.widgets.controls import Button, NumberBox, column, make_label, make_line, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.forms import (
    LIMITS_S,
    TARGETS_S,
    THINK_TIMES_S,
    Form,
    fill_times,
    make_choice,
)
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.scrolling import scrolled

if TYPE_CHECKING:
    from interview_app.domain.guide import Guide
    from interview_app.domain.session import SessionSettings
    from interview_app.services.ports.sessions import SessionSummary
    from interview_app.services.ports.voice import VoiceInfo
    from interview_app.services.rehearsal.planning import SessionPlan
    from interview_app.support.settings import Settings


_SLOWEST_WPM, _FASTEST_WPM = 80, 300


class FormatPanel(QWidget):
    """The right half of the set-up.

    Signals:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.practice = QRadioButton(self.tr("Practice"))
        self.interview = QRadioButton(self.tr("Interview"))
        self.think_box, self.target_box, self.limit_box = (make_choice() for _ in range(3))
        self.voice_box = make_choice()
        self.rate_box = NumberBox()
        self.manners = QCheckBox(self.tr("Greeting, bridges and a closing"))
        self._mode_text = make_label(role=Role.MUTED, wraps=True)
        self._form = Form()
        self._fill_form()
        modes = row(spacing=Space.L)
        modes.addWidget(self.practice)
        modes.addWidget(self.interview)
        modes.addStretch(1)
        layout = column(self, spacing=Space.S)
        layout.addWidget(make_label(self.tr("How it goes"), Role.HEADING))
        layout.addLayout(modes)
        layout.addWidget(self._mode_text)
        layout.addSpacing(Space.XXS)
        layout.addLayout(self._form)
        layout.addStretch(1)
        self.practice.toggled.connect(self._show_mode)
        self.target_box.currentIndexChanged.connect(self.changed)
        self.voice_box.currentIndexChanged.connect(self._show_voice)

    @property
    def mode(self) -> Mode:
        """The chosen mode."""
        return Mode.INTERVIEW if self.interview.isChecked() else Mode.PRACTICE

    def session_settings(self) -> SessionSettings:
        """What is chosen; think time and limit belong to interviews alone."""
        # Not before a session begins: the window opens sooner.
        from interview_app.domain.session import SessionSettings

        is_interview = self.mode is Mode.INTERVIEW
        limit_s = self.limit_box.currentData()
        return SessionSettings(
            think_s=float(self.think_box.currentData()) if is_interview else None,
            target_s=self.target_box.currentData() or None,
            hard_limit_s=float(limit_s) if is_interview and limit_s else None,
            voice=self.voice_box.currentData() or "",
            rate_wpm=self.rate_box.value(),
        )

    def choices(self) -> dict[str, object]:
        """What is chosen, as fields of :class:`Settings`."""
        return {
            "mode": str(self.mode),
            "think_s": self.think_box.currentData(),
            "target_s": self.target_box.currentData(),
            "hard_limit_s": self.limit_box.currentData(),
            "voice": self.voice_box.currentData() or "",
            "rate_wpm": self.rate_box.value(),
            "has_manners": self.manners.isChecked(),
        }

    def show_settings(self, settings: Settings) -> None:
        """Start from what was chosen last time."""
        is_interview = settings.mode == Mode.INTERVIEW
        (self.interview if is_interview else self.practice).setChecked(True)
        fill_times(self.think_box, THINK_TIMES_S, self.tr("None"), settings.think_s)
        own = self.tr("As each question says")
        fill_times(self.target_box, TARGETS_S, own, settings.target_s)
        fill_times(self.limit_box, LIMITS_S, self.tr("None"), settings.hard_limit_s)
        self.rate_box.setValue(settings.rate_wpm)
        self.manners.setChecked(settings.has_manners)
        self.choose_voice(settings.voice)
        self._show_mode()

    def show_voices(self, voices: Sequence[VoiceInfo]) -> None:
        """Offer these voices, keeping the chosen one."""
        chosen = self.voice_box.currentData() or ""
        self.voice_box.blockSignals(True)
        self.voice_box.clear()
        self.voice_box.addItem(self.tr("The system's own"), "")
        self.voice_box.addItem(self.tr("Off: text only"), VOICE_OFF)
        for voice in voices:
            self.voice_box.addItem(voice_label(voice), voice.id)
        self.voice_box.blockSignals(False)
        self.choose_voice(chosen)

    def choose_voice(self, voice: str) -> None:
        """Choose a voice by its id, also before the list of voices is there."""
        if self.voice_box.findData(voice) < 0:
            self.voice_box.addItem(voice, voice)
        self.voice_box.setCurrentIndex(self.voice_box.findData(voice))
        self._show_voice()

    def _fill_form(self) -> None:
        form = self._form
        form.add(
            self.tr("Time to think"),
            self.think_box,
            self.tr("After it the recording starts by itself; you can start sooner."),
        )
        form.add(
            self.tr("Target length"),
            self.target_box,
            self.tr("Shown beside the clock while you speak; it never ends an answer."),
        )
        form.add(self.tr("Hard limit"), self.limit_box, self.tr("Ends an answer at this length."))
        form.add(self.tr("Voice"), self.voice_box, self.tr("Reads the questions aloud"))
        self.rate_box.setRange(_SLOWEST_WPM, _FASTEST_WPM)
        self.rate_box.setSingleStep(5)
        self.rate_box.setSuffix(self.tr(" words a minute"))
        form.add(self.tr("Speed"), self.rate_box, self.tr("How fast questions are read"))
        form.add(
            self.tr("Manners"),
            self.manners,
            self.tr("The interviewer says a sentence or two between the questions."),
        )
        self.show_voices(())

    def _show_voice(self) -> None:
        self.rate_box.setEnabled(self.voice_box.currentData() != VOICE_OFF)

    def _show_mode(self) -> None:
        is_interview = self.mode is Mode.INTERVIEW
        self._mode_text.setText(
            self.tr(
                "Straight through, one answer each, with time to think before it. Your answers "
                "and the sample answers are shown at the end."
            )
            if is_interview
            else self.tr(
                "Think as long as you like. After each answer you see it beside a sample answer, "
                "and can try again."
            )
        )
        self._form.set_shown(self.think_box, is_interview)
        self._form.set_shown(self.limit_box, is_interview)
        self.changed.emit()


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
        self.order_box.addItem(self.tr("Not asked yet, then longest ago"), str(Order.LEAST_RECENT))
        self.order_box.addItem(self.tr("In guide order"), str(Order.GUIDE))
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


class ContinueCard(QFrame):
    """One unfinished session; hidden where there is none.

    Signals:
        continue_asked(int): go on with the session of that number.
    """

    continue_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_panel(self, "raised")
        self._session_id = 0
        self._title = make_label(role=Role.HEADING, wraps=True)
        self._text = make_label(role=Role.MUTED, wraps=True)
        self.button = Button(theme, self.tr("Continue"), "arrow-right")
        self.button.clicked.connect(lambda: self.continue_asked.emit(self._session_id))
        texts = column(spacing=Space.XXS)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        layout = row(self, margin=Space.M, spacing=Space.M)
        layout.addLayout(texts, 1)
        layout.addWidget(self.button)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._text.text()}"

    def show_session(self, session: SessionSummary | None, now: datetime) -> None:
        """Offer that session, or nothing."""
        if session is None:
            self.hide()
            return
        self._session_id = session.id
        self._title.setText(self.tr("Go on where you stopped"))
        answered = self.tr("{0} of {1} answered").format(
            session.answered_count, session.question_count
        )
        self._text.setText(joined(session.guide_title, answered, when(session.started_at, now)))
        self.button.setAccessibleDescription(self._text.text())
        self.show()


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
