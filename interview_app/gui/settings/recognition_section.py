"""Settings of the recognizer: which model makes transcripts, and which one suits the person."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.domain.errors import InterviewAppError
from interview_app.gui.settings import model_texts as texts
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.model_comparison import ModelComparisonPanel
from interview_app.gui.settings.model_rows import ModelRows
from interview_app.gui.settings.section import SettingsSection
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Role, Theme
from interview_app.gui.widgets.controls import make_label
from interview_app.gui.widgets.notice import Notice
from interview_app.services.jobs import JobContext, Lane
from interview_app.services.recognition.models import ModelState, next_smaller


@dataclass(frozen=True, slots=True)
class _ModelShelf:
    """The models as they stand, and what was measured."""

    states: tuple[ModelState, ...]
    figures: tuple[ModelFigures, ...]
    has_reading: bool


class RecognitionSection(SettingsSection):
    """The models, the installed ones to choose from, and a paragraph to compare them by.

    Signals:
        listed: other choices are there now.
        microphone_free: the microphone is not recorded any more.
    """

    listed = Signal()
    microphone_free = Signal()

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Recognition"))
        self._context = context
        self._catalog = _ModelShelf((), (), has_reading=False)
        self._trial: JobContext | None = None
        self._broken: dict[str, str] = {}
        """What went wrong with models when they were tried, by name."""
        self.models = ModelRows(theme, context)
        self.paragraph = ModelComparisonPanel(theme, context)
        self.notice = Notice(theme)
        self.body.addWidget(
            make_label(
                self.tr("Writes down what you say, on this machine."), Role.MUTED, wraps=True
            )
        )
        for widget in (self.notice, self.models, self.paragraph):
            self.body.addWidget(widget)
        self.models.chosen.connect(self.choose)
        self.models.changed.connect(self.ask_for_models)
        self.paragraph.measured.connect(self.ask_for_models)
        self.paragraph.use_asked.connect(self._use)
        self.paragraph.microphone_free.connect(self.microphone_free)

    @property
    def choices(self) -> dict[str, QRadioButton]:
        """The radio button of each model."""
        return self.models.choices

    def controls(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [self.notice.button, *self.models.controls(), *self.paragraph.controls()]

    def ask_for_models(self) -> None:
        """Have the models of this machine listed."""
        model_manager, known, kept = (
            self._context.model_manager,
            self._context.known_figures,
            self._context.reading_file,
        )

        def look(_job: JobContext) -> _ModelShelf:
            return _ModelShelf(tuple(model_manager().states()), known(), kept.is_file())

        self._context.jobs.submit(Lane.FILES, look, self._show, self._failed)

    def choose(self, name: str) -> None:
        """Use a model from now on, and see at once whether it works here."""
        self._context.preferences.change(model=name)
        self._broken.pop(name, None)
        self._show_trouble()
        self._try_out(name)

    def close_section(self) -> None:
        """Stop what is under way."""
        if self._trial is not None:
            self._trial.cancel()
        self.paragraph.close_part()

    def _show(self, catalog: _ModelShelf) -> None:
        self._catalog = catalog
        latest = sorted(catalog.figures, key=lambda each: each.measured_at)
        figures = {each.model: each for each in latest}
        self.models.show_models(catalog.states, figures, self._context.preferences.settings.model)
        language = latest[-1].language if latest and catalog.has_reading else ""
        self.paragraph.show_kept(language)
        self._show_trouble()
        self.listed.emit()

    def _use(self, name: str) -> None:
        self.choose(name)
        self.ask_for_models()

    def _show_trouble(self) -> None:
        """Say it if the chosen model cannot work, and offer the next smaller one."""
        chosen = self._context.preferences.settings.model
        state = next((each for each in self._catalog.states if each.info.name == chosen), None)
        if state is None:
            self.notice.hide()
        elif not state.info.is_installed:
            self._show_failure(
                self.tr(
                    "“{0}” is chosen but not installed: choose another one. Recordings are "
                    "kept and can be transcribed later."
                ).format(chosen)
            )
        elif state.obstacle:
            self._show_failure(f"{chosen}: {texts.obstacle_text(state)}")
        elif chosen in self._broken:
            self._show_failure(self._broken[chosen])
        else:
            self.notice.hide()

    def _show_failure(self, text: str) -> None:
        models = tuple(state.info for state in self._catalog.states if not state.obstacle)
        chosen = self._context.preferences.settings.model
        own = tuple(s.info for s in self._catalog.states if s.info.name == chosen and s.obstacle)
        smaller = next_smaller((*models, *own), chosen, "en")
        if smaller is None:
            self.notice.show_message(text, icon_name="warning-circle")
            return
        name = smaller.name
        offer = self.tr("{0} is the next smaller one here.").format(name)
        self.notice.show_message(
            f"{text} {offer}",
            icon_name="warning-circle",
            action=self.tr("Use {0}").format(name),
            command=lambda: self._use(name),
        )

    def _try_out(self, name: str) -> None:
        """Load the model once; a processor too old for it, or a lack of memory, shows here."""
        if self._trial is not None:
            self._trial.cancel()
        try_out = self._context.try_out

        def failed(error: Exception) -> None:
            if isinstance(error, InterviewAppError):
                works_not = self.tr("{0} does not work on this machine.").format(name)
                self._broken[name] = f"{works_not} {error.message}"
                self._show_trouble()
            else:
                self._failed(error)

        self._trial = self._context.jobs.submit(
            Lane.RECOGNITION, lambda job: try_out(name, job), None, failed
        )

    def _failed(self, error: Exception) -> None:
        self.notice.show_message(sentence_of(error), icon_name="warning-circle")
