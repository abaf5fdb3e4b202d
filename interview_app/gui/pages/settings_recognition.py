"""Settings of the recognizer: which model makes transcripts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from interview_app.gui.messages import sentence_of
from interview_app.gui.pages.settings_desk import SettingsDesk
from interview_app.gui.pages.settings_parts import Section
from interview_app.gui.theme import Role, Space, Theme
from interview_app.gui.widgets.controls import column, make_label
from interview_app.gui.widgets.notice import Notice
from interview_app.services.jobs import Lane
from interview_app.services.ports import ModelInfo

_NO_MODEL = "pocketsphinx"
_GIGABYTE = 1_000_000_000


class RecognitionSection(Section):
    """The models, the installed ones to choose from.

    Signals:
        listed: other choices are there now.
    """

    listed = Signal()

    def __init__(self, theme: Theme, desk: SettingsDesk) -> None:
        super().__init__(self.tr("Recognition"))
        self._desk = desk
        self.choices: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self._rows: QVBoxLayout = column(spacing=Space.XXS)
        self.missing = make_label(role=Role.MUTED, wraps=True)
        self.notice = Notice(theme)
        self.body.addWidget(
            make_label(
                self.tr("Writes down what you say, on this machine."), Role.MUTED, wraps=True
            )
        )
        self.body.addLayout(self._rows)
        self.body.addWidget(self.missing)
        self.body.addWidget(self.notice)

    def ask_for_models(self) -> None:
        """Have the models of this machine listed."""
        models = self._desk.models
        self._desk.jobs.submit(
            Lane.FILES, lambda _job: tuple(models()), self.show_models, self._failed
        )

    def show_models(self, models: Sequence[ModelInfo]) -> None:
        """Offer these models; those that are not installed cannot be chosen."""
        chosen = self._desk.preferences.settings.model
        for button in self.choices.values():
            self._group.removeButton(button)
            self._rows.removeWidget(button)
            button.deleteLater()
        self.choices.clear()
        for model in models:
            button = QRadioButton(self._label(model))
            button.setAccessibleName(button.text())
            button.setProperty("model", model.name)
            button.setEnabled(model.is_installed)
            if model.is_installed and model.source:
                button.setToolTip(model.source)
            self.choices[model.name] = button
            self._group.addButton(button)
            self._rows.addWidget(button)
        front = self.choices.get(chosen)
        if front is not None and front.isEnabled():
            front.setChecked(True)
            # Tab reaches the chosen one; without this Qt would go to the first of the group.
            for button in self.choices.values():
                if button is not front:
                    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._explain(models, chosen)
        self.listed.emit()

    def _label(self, model: ModelInfo) -> str:
        languages = self.tr("English") if model.languages == "en" else self.tr("many languages")
        parts = [model.name, languages]
        if model.size_bytes:
            digits = 1 if model.size_bytes >= _GIGABYTE else 0
            size = QLocale().formattedDataSize(model.size_bytes, digits, _decimal())
            parts.append(size)
        if model.name == _NO_MODEL:
            parts.append(self.tr("a last resort: often wrong"))
        if not model.is_installed:
            parts.append(self.tr("not installed"))
        return " · ".join(parts)

    def _explain(self, models: Sequence[ModelInfo], chosen: str) -> None:
        absent = [model for model in models if not model.is_installed]
        self.missing.setVisible(bool(absent))
        self.missing.setText(
            self.tr(
                "The grey ones are not on this machine and cannot be chosen. A model whose files "
                "lie in {0} is found when this page is opened again."
            ).format(self._desk.models_folder)
        )
        if chosen in {model.name for model in absent}:
            self.notice.tell(
                self.tr(
                    "“{0}” is chosen but not installed: choose another one. Recordings are "
                    "kept and can be transcribed later."
                ).format(chosen),
                icon_name="warning-circle",
            )
        else:
            self.notice.hide()

    def _choose(self, button: QRadioButton) -> None:
        self._desk.preferences.change(model=button.property("model"))
        self.notice.hide()

    def _failed(self, error: Exception) -> None:
        self.notice.tell(sentence_of(error), icon_name="warning-circle")


def _decimal() -> QLocale.DataSizeFormat:
    return QLocale.DataSizeFormat.DataSizeSIFormat
