"""Set-up of a session: guide, sections, number, order, mode, times and voice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QSpinBox, QWidget

from interview_app.domain.guide import DEFAULT_TARGET_S, Guide
from interview_app.domain.session import Mode, SessionSettings
from interview_app.gui.pages.rehearse_continue import ContinueCard
from interview_app.gui.pages.rehearse_form import (
    LIMITS_S,
    TARGETS_S,
    THINK_TIMES_S,
    Form,
    fill_times,
    make_choice,
)
from interview_app.gui.theme import Kind, Role, Space, Theme
from interview_app.gui.widgets.controls import Button, column, make_label, make_panel, row
from interview_app.gui.widgets.empty_state import EmptyState
from interview_app.gui.widgets.folding import FoldingColumns
from interview_app.gui.widgets.keys import KeyHelp, bind_key
from interview_app.gui.widgets.notice import Notice
from interview_app.gui.widgets.plurals import settled
from interview_app.gui.widgets.scrolling import scrolled
from interview_app.services.planning import Order, Plan
from interview_app.services.ports import SessionSummary, VoiceInfo
from interview_app.services.speaking import VOICE_OFF
from interview_app.support.settings import Settings

_COLUMN_WIDTH = 340
_BETWEEN_QUESTIONS_S = 30
"""Reading, thinking and looking at the review, for the estimate of a session's length."""


class SetupView(QWidget):
    """What is going to be rehearsed, and one obvious button.

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
        self._guides: tuple[Guide, ...] = ()
        self._sections: list[QCheckBox] = []
        self._wanted_count = 0
        self.guide_box = make_choice()
        self.section_list = column(spacing=0)
        self.count_box = QSpinBox()
        self.order_box = make_choice()
        self.practice = QRadioButton(self.tr("Practice"))
        self.interview = QRadioButton(self.tr("Interview"))
        self.think_box, self.target_box, self.limit_box = (make_choice() for _ in range(3))
        self.voice_box = make_choice()
        self.rate_box = QSpinBox()
        self._introduction = make_label(role=Role.MUTED, wraps=True)
        self._mode_text = make_label(role=Role.MUTED, wraps=True)
        self._estimate = make_label(role=Role.MUTED)
        self._form = Form()
        self.card = ContinueCard(theme)
        self.voice_notice = Notice(theme)
        self.microphone_notice = Notice(theme)
        self.begin_button = Button(
            theme, self.tr("Begin"), "play-fill", Kind.PRIMARY, "Return", self.tr("Begin")
        )
        self.empty = EmptyState(
            theme,
            "book-open",
            self.tr("No guide yet"),
            self.tr("A guide holds the questions of a role. Bundled guides could not be found."),
        )
        self._build()
        self._connect()
        bind_key(self, "Return", self._begin)
        bind_key(self, "Enter", self._begin)
        self.setFocusProxy(self.guide_box)
        self.empty.hide()

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of this page."""
        return (KeyHelp("Return", self.tr("Begin the session")),)

    def show_settings(self, settings: Settings) -> None:
        """Start from what was chosen last time."""
        is_interview = settings.mode == Mode.INTERVIEW
        (self.interview if is_interview else self.practice).setChecked(True)
        self.order_box.setCurrentIndex(max(0, self.order_box.findData(settings.order)))
        self._wanted_count = settings.question_count
        fill_times(self.think_box, THINK_TIMES_S, self.tr("None"), settings.think_s)
        own = self.tr("As each question says")
        fill_times(self.target_box, TARGETS_S, own, settings.target_s)
        fill_times(self.limit_box, LIMITS_S, self.tr("None"), settings.hard_limit_s)
        self.rate_box.setValue(settings.rate_wpm)
        self._choose_voice(settings.voice)
        self._show_mode()

    def show_guides(self, guides: Sequence[Guide], last_guide: str) -> None:
        """Offer these guides, the last one used in front."""
        kept = self.guide_box.currentData() or last_guide
        self._guides = tuple(guides)
        self.guide_box.blockSignals(True)
        self.guide_box.clear()
        for guide in self._guides:
            self.guide_box.addItem(guide.title, guide.id)
        self.guide_box.setCurrentIndex(max(0, self.guide_box.findData(kept)))
        self.guide_box.blockSignals(False)
        self.empty.setVisible(not self._guides)
        self._content.setVisible(bool(self._guides))
        self._foot.setVisible(bool(self._guides))
        self._show_guide()

    def show_voices(self, voices: Sequence[VoiceInfo], problem: str = "") -> None:
        """Offer these voices; ``problem`` says why there is none."""
        chosen = self.voice_box.currentData()
        self._fill_voices(voices)
        self._choose_voice("" if chosen is None else chosen)
        if problem:
            text = self.tr("Questions will be shown as text, not read aloud. {0}").format(problem)
            self.voice_notice.tell(text, icon_name="speaker-slash")
        else:
            self.voice_notice.hide()

    def show_unfinished(self, sessions: Sequence[SessionSummary]) -> None:
        """Offer to go on with the newest unfinished session."""
        self.card.show_session(sessions[0] if sessions else None)

    def show_microphone(self, is_missing: bool) -> None:
        """Say that there is no microphone, where it is certain."""
        if not is_missing:
            self.microphone_notice.hide()
        elif self.microphone_notice.isHidden():
            self.microphone_notice.tell(
                self.tr("No microphone was found. Plug one in, or type your answers."),
                icon_name="microphone-slash",
                action=self.tr("Sound check"),
                act=self.sound_check_asked.emit,
            )

    @property
    def guide(self) -> Guide | None:
        """The chosen guide."""
        number = self.guide_box.currentIndex()
        return self._guides[number] if 0 <= number < len(self._guides) else None

    def plan(self) -> Plan:
        """What is chosen now."""
        chosen = tuple(box.property("section") for box in self._sections if box.isChecked())
        is_all = len(chosen) == len(self._sections)
        is_interview = self.interview.isChecked()
        settings = SessionSettings(
            think_s=float(self.think_box.currentData()) if is_interview else None,
            target_s=self.target_box.currentData() or None,
            hard_limit_s=float(self.limit_box.currentData() or 0) or None if is_interview else None,
            voice=self.voice_box.currentData() or "",
            rate_wpm=self.rate_box.value(),
        )
        return Plan(
            mode=Mode.INTERVIEW if is_interview else Mode.PRACTICE,
            sections=() if is_all else chosen,
            count=self.count_box.value(),
            order=Order(self.order_box.currentData()),
            settings=settings,
        )

    def choices(self) -> dict[str, object]:
        """What is chosen, as fields of :class:`Settings`, to be remembered."""
        return {
            "mode": str(Mode.INTERVIEW if self.interview.isChecked() else Mode.PRACTICE),
            "order": str(self.order_box.currentData()),
            "question_count": self._wanted_count,
            "think_s": self.think_box.currentData(),
            "target_s": self.target_box.currentData(),
            "hard_limit_s": self.limit_box.currentData(),
            "voice": self.voice_box.currentData() or "",
            "rate_wpm": self.rate_box.value(),
            "last_guide": self.guide.id if self.guide else "",
        }

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        columns = FoldingColumns(self._theme, _COLUMN_WIDTH, Space.XL)
        columns.add(self._make_what())
        columns.add(self._make_how())
        self._content = QWidget()
        inner = column(self._content, spacing=Space.M)
        inner.addWidget(columns)
        inner.addStretch(1)
        page = QWidget()
        whole = column(page, margin=Space.L, spacing=Space.M)
        whole.addWidget(make_label(self.tr("Rehearse"), Role.TITLE))
        for widget in (self.card, self.microphone_notice, self.voice_notice):
            whole.addWidget(widget)
        whole.addWidget(self._content, 1)
        whole.addWidget(self.empty, 1)
        self._foot = make_panel("sunken")
        foot = row(self._foot, margin=Space.S, spacing=Space.M)
        foot.addWidget(self._estimate)
        foot.addStretch(1)
        foot.addWidget(self.begin_button)
        outer = column(self, spacing=0)
        outer.addWidget(scrolled(page), 1)
        edge = column(spacing=0)
        edge.setContentsMargins(Space.M, 0, Space.M, Space.S)
        edge.addWidget(self._foot)
        outer.addLayout(edge)

    def _make_what(self) -> QWidget:
        part = QWidget()
        layout = column(part, spacing=Space.S)
        form = Form()
        form.add(self.tr("Guide"), self.guide_box)
        self.count_box.setRange(1, 1)
        form.add(self.tr("Questions"), self.count_box, self.tr("How many questions to ask"))
        self.order_box.addItem(self.tr("As in the guide"), str(Order.GUIDE))
        self.order_box.addItem(self.tr("Shuffled"), str(Order.SHUFFLED))
        form.add(self.tr("Order"), self.order_box)
        layout.addLayout(form)
        layout.addSpacing(Space.XS)
        layout.addWidget(make_label(self.tr("Sections"), Role.HEADING))
        layout.addLayout(self.section_list)
        layout.addSpacing(Space.XS)
        layout.addWidget(self._introduction)
        layout.addStretch(1)
        return part

    def _make_how(self) -> QWidget:
        part = QWidget()
        layout = column(part, spacing=Space.S)
        modes: QHBoxLayout = row(spacing=Space.M)
        modes.addWidget(self.practice)
        modes.addWidget(self.interview)
        modes.addStretch(1)
        layout.addLayout(modes)
        layout.addWidget(self._mode_text)
        layout.addSpacing(Space.XS)
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
        self.rate_box.setRange(80, 300)
        self.rate_box.setSingleStep(5)
        self.rate_box.setSuffix(self.tr(" words a minute"))
        form.add(self.tr("Speed"), self.rate_box, self.tr("How fast questions are read"))
        self._fill_voices(())
        layout.addLayout(form)
        layout.addStretch(1)
        return part

    def _connect(self) -> None:
        self.guide_box.currentIndexChanged.connect(self._show_guide)
        self.count_box.valueChanged.connect(self._count_chosen)
        self.practice.toggled.connect(self._show_mode)
        self.target_box.currentIndexChanged.connect(self._show_estimate)
        self.voice_box.currentIndexChanged.connect(self._show_voice)
        self.begin_button.clicked.connect(self._begin)
        self.card.continue_asked.connect(self.continue_asked)

    # --- showing ------------------------------------------------------------------------------

    def _fill_voices(self, voices: Sequence[VoiceInfo]) -> None:
        self.voice_box.blockSignals(True)
        self.voice_box.clear()
        self.voice_box.addItem(self.tr("The system's own"), "")
        for voice in voices:
            label = f"{voice.name} · {voice.language}" if voice.language else voice.name
            self.voice_box.addItem(label, voice.id)
        self.voice_box.addItem(self.tr("Off: text only"), VOICE_OFF)
        self.voice_box.blockSignals(False)

    def _choose_voice(self, voice: str) -> None:
        if self.voice_box.findData(voice) < 0:
            # Kept until the list of voices is there, which takes a moment after the start.
            self.voice_box.insertItem(1, voice, voice)
        self.voice_box.setCurrentIndex(self.voice_box.findData(voice))
        self._show_voice()

    def _show_voice(self) -> None:
        self.rate_box.setEnabled(self.voice_box.currentData() != VOICE_OFF)

    def _show_guide(self) -> None:
        for box in self._sections:
            self.section_list.removeWidget(box)
            box.deleteLater()
        self._sections.clear()
        guide = self.guide
        if guide is None:
            return
        for section in guide.sections:
            box = QCheckBox(f"{section.title} · {len(section.questions)}")
            box.setAccessibleName(
                self.tr("{0}, {1} questions").format(section.title, len(section.questions))
            )
            box.setProperty("section", section.title)
            box.setChecked(True)
            box.toggled.connect(self._show_count)
            self._sections.append(box)
            self.section_list.addWidget(box)
        self._order_tabs()
        self._introduction.setText(_first_paragraph(guide.introduction or ""))
        self._show_count()

    def _order_tabs(self) -> None:
        before: QWidget = self.order_box
        for widget in (*self._sections, self.practice):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _show_count(self) -> None:
        guide = self.guide
        chosen = {box.property("section") for box in self._sections if box.isChecked()}
        sections = guide.sections if guide else ()
        available = sum(len(s.questions) for s in sections if s.title in chosen)
        self.count_box.blockSignals(True)
        self.count_box.setRange(min(1, available), max(available, 0))
        self.count_box.setSuffix(self.tr(" of {0}").format(available))
        self.count_box.setValue(min(self._wanted_count, available))
        self.count_box.blockSignals(False)
        self._show_estimate()

    def _count_chosen(self, count: int) -> None:
        self._wanted_count = count
        self._show_estimate()

    def _show_estimate(self) -> None:
        count = self.count_box.value()
        self.begin_button.setEnabled(count > 0)
        if count == 0:
            self._estimate.setText(self.tr("Choose at least one section."))
            return
        target = self.target_box.currentData() or DEFAULT_TARGET_S
        minutes = max(1, round(count * (target + _BETWEEN_QUESTIONS_S) / 60))
        questions = settled(self.tr("%n question(s)", "", count), count)
        about = settled(self.tr("about %n minute(s)", "", minutes), minutes)
        self._estimate.setText(f"{questions} · {about}")

    def _show_mode(self) -> None:
        is_interview = self.interview.isChecked()
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

    def _begin(self) -> None:
        if self.guide is not None and self.begin_button.isEnabled():
            self.begin_asked.emit(self.guide, self.plan())


def _first_paragraph(text: str) -> str:
    return text.strip().split("\n\n")[0].replace("\n", " ")
