"""The recognizer models in Settings: one row each, to choose, fetch, check and remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from interview_app.domain.analysis.model_figures import ModelFigures
from interview_app.gui.settings import model_texts as texts
from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.text.untrusted import set_tool_tip
from interview_app.gui.theme import Space, Theme
from interview_app.gui.widgets.controls import column
from interview_app.gui.widgets.download_row import DownloadRow
from interview_app.services.jobs import JobContext, Lane, Progress
from interview_app.services.recognition.models import FetchPlan, ModelState


class InstalledRow(DownloadRow):
    """Something a keeper fetches, checks and removes, by the keeper's name for it."""

    def __init__(self, theme: Theme, name: str, lead: QWidget | None = None) -> None:
        super().__init__(theme, name, lead)
        self.model = name
        self.state: ModelState | None = None


class ModelRow(InstalledRow):
    """One model; its radio button chooses it."""

    def __init__(self, theme: Theme, name: str, zone: tzinfo) -> None:
        self._zone = zone
        self.choice = QRadioButton(name)
        self.choice.setProperty("model", name)
        super().__init__(theme, name, self.choice)

    def show_model(
        self, state: ModelState, figures: ModelFigures | None, *, is_chosen: bool
    ) -> None:
        """Show how things stand; what is under way goes on."""
        self.state = state
        info = state.info
        facts = texts.facts_of(info)
        self.choice.setEnabled(info.is_installed)
        self.choice.setAccessibleName(f"{info.name} · {facts}")
        set_tool_tip(self.choice, info.source if info.is_installed else "")
        told = texts.measured_text(figures, self._zone) if figures is not None else ""
        has_failed = figures is not None and bool(figures.problem)
        attention = [texts.obstacle_text(state), told if has_failed else ""]
        known = [facts, "" if has_failed else told]
        self.set_facts("\n".join(filter(None, known)), "\n".join(filter(None, attention)))
        if self.is_working:
            return
        if info.is_installed:
            removal = texts.removal_text(info, is_chosen=is_chosen) if state.is_removable else ""
            self.show_here(removal)
            self.check.setVisible(info.size_bytes > 0)
        else:
            self.show_absent(texts.kept_text(state))


class ModelRows(QWidget):
    """All models, smallest first.

    Signals:
        chosen(str): this model is to make transcripts.
        changed: a model came or went.
    """

    chosen = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__()
        self._zone = context.clock.zone
        self._theme = theme
        self.rows: dict[str, ModelRow] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self._layout = column(self, spacing=Space.S)
        self._commands = ModelActions(context, self.changed.emit)

    @property
    def choices(self) -> dict[str, QRadioButton]:
        """The radio button of each model."""
        return {name: row.choice for name, row in self.rows.items()}

    def show_models(
        self, states: tuple[ModelState, ...], figures: Mapping[str, ModelFigures], chosen: str
    ) -> None:
        """Show these models; those that are not installed cannot be chosen."""
        for state in states:
            name = state.info.name
            if name not in self.rows:
                self._add(name)
            self.rows[name].show_model(state, figures.get(name), is_chosen=name == chosen)
        self._show_chosen(chosen)

    def controls(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [
            control
            for row in self.rows.values()
            for control in (row.choice, row.download, row.check, row.remove, row.cancel)
        ]

    def _add(self, name: str) -> None:
        row = ModelRow(self._theme, name, self._zone)
        self.rows[name] = row
        self._group.addButton(row.choice)
        self._layout.addWidget(row)
        self._commands.serve(row)

    def _show_chosen(self, chosen: str) -> None:
        row = self.rows.get(chosen)
        self._group.setExclusive(False)
        for each in self.rows.values():
            each.choice.setChecked(each is row and each.choice.isEnabled())
        self._group.setExclusive(True)
        front = self._group.checkedButton()
        # Tab reaches the chosen one; without this Qt would go to the first of the group.
        for each in self.rows.values():
            is_reached = front is None or each.choice is front
            policy = Qt.FocusPolicy.StrongFocus if is_reached else Qt.FocusPolicy.ClickFocus
            each.choice.setFocusPolicy(policy)

    def _choose(self, button: QRadioButton) -> None:
        name = str(button.property("model"))
        self._show_chosen(name)
        self.chosen.emit(name)


class ModelActions(QObject):
    """Does what rows ask for, in jobs; ``changed`` is called when a model came or went."""

    def __init__(self, context: SettingsContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._changed = changed
        self._jobs: dict[str, JobContext] = {}

    def serve(self, row: InstalledRow) -> None:
        """Answer this row from now on."""
        row.begin_asked.connect(partial(self._plan, row))
        row.download_asked.connect(partial(self._fetch, row))
        row.folder_given.connect(partial(self._copy, row))
        row.check_asked.connect(partial(self._check, row))
        row.remove_asked.connect(partial(self._remove, row))
        row.cancel_asked.connect(partial(self._cancel, row))

    def _plan(self, row: InstalledRow) -> None:
        model_manager = self._context.model_manager

        def planned(plan: FetchPlan) -> None:
            obstacle = texts.obstacle_text(row.state) if row.state else ""
            row.ask(texts.plan_text(plan, obstacle), plan.address)

        self._context.jobs.submit(
            Lane.FILES,
            lambda _job: model_manager().plan(row.model),
            planned,
            partial(self._failed, row),
        )

    def _fetch(self, row: InstalledRow, address: str) -> None:
        model_manager = self._context.model_manager
        self._work(
            row,
            Lane.DOWNLOAD,
            lambda job: model_manager().fetch(row.model, address, job),
            self.tr("Every file of {0} is here, as published.").format(row.model),
        )

    def _copy(self, row: InstalledRow, folder: str) -> None:
        model_manager, source = self._context.model_manager, Path(folder)
        self._work(
            row,
            Lane.DOWNLOAD,
            lambda job: model_manager().copy(row.model, source, job),
            texts.folder_text(row.model, source),
        )

    def _check(self, row: InstalledRow) -> None:
        model_manager = self._context.model_manager
        self._work(
            row,
            Lane.DOWNLOAD,
            lambda job: model_manager().verify(row.model, job),
            self.tr("Every file of {0} is as published.").format(row.model),
        )

    def _remove(self, row: InstalledRow) -> None:
        model_manager = self._context.model_manager
        self._work(
            row,
            Lane.DOWNLOAD,
            lambda _job: model_manager().remove(row.model),
            self.tr("{0} was removed.").format(row.model),
            can_cancel=False,
        )

    def _work(
        self,
        row: InstalledRow,
        lane: Lane,
        work: Callable[[JobContext], object],
        done: str,
        *,
        can_cancel: bool = True,
    ) -> None:
        def went_on(progress: Progress) -> None:
            if row.model in self._jobs:
                row.show_working(progress.message, progress.fraction, can_cancel=can_cancel)

        def over(_result: object) -> None:
            self._end(row)
            row.show_message(done, "check")

        row.show_working(self.tr("Getting ready…"), can_cancel=can_cancel)
        failed = partial(self._failed, row)
        self._jobs[row.model] = self._context.jobs.submit(lane, work, over, failed, went_on)

    def _failed(self, row: InstalledRow, error: Exception) -> None:
        self._end(row)
        row.show_message(texts.failure_text(error), "warning-circle")

    def _cancel(self, row: InstalledRow) -> None:
        job = self._jobs.get(row.model)
        if job is not None:
            job.cancel()
        self._end(row)

    def _end(self, row: InstalledRow) -> None:
        self._jobs.pop(row.model, None)
        row.stop_working()
        self._changed()
