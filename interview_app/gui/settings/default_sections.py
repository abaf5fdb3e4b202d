"""Settings of how it looks, and of the times a session begins with."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.settings.section import SettingsSection, make_form
from interview_app.gui.theme import Role, Scheme, Theme
from interview_app.gui.widgets.controls import make_label
from interview_app.gui.widgets.forms import (
    LIMITS_S,
    TARGETS_S,
    THINK_TIMES_S,
    fill_times,
    make_choice,
)


class LookSection(SettingsSection):
    """Light, dark, or as the system has it."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Appearance"))
        self._theme = theme
        self._context = context
        self.scheme = make_choice()
        for text, scheme in (
            (self.tr("As the system"), Scheme.SYSTEM),
            (self.tr("Light"), Scheme.LIGHT),
            (self.tr("Dark"), Scheme.DARK),
        ):
            self.scheme.addItem(text, str(scheme))
        form = make_form(theme)
        form.add(self.tr("Colours"), self.scheme)
        self.body.addLayout(form)
        self.body.addWidget(
            make_label(self.tr("The size of text follows the system."), Role.MUTED, wraps=True)
        )
        self.scheme.activated.connect(self._choose)
        self.show_settings()

    def show_settings(self) -> None:
        """Show what is chosen now."""
        self.scheme.setCurrentIndex(
            max(0, self.scheme.findData(self._context.preferences.settings.theme))
        )

    def _choose(self) -> None:
        chosen = self.scheme.currentData()
        self._theme.choose(Scheme(chosen))
        self._context.preferences.change(theme=chosen)


class TimesSection(SettingsSection):
    """The times a new session begins with; each session can have its own."""

    def __init__(self, theme: Theme, context: SettingsContext) -> None:
        super().__init__(self.tr("Times of a new session"))
        self._context = context
        self.think, self.target, self.limit = (make_choice() for _ in range(3))
        form = make_form(theme)
        form.add(
            self.tr("Time to think"),
            self.think,
            self.tr("In interview mode; then the recording starts by itself."),
        )
        form.add(
            self.tr("Target length"),
            self.target,
            self.tr("Shown beside the clock while you speak; it never ends an answer."),
        )
        form.add(
            self.tr("Hard limit"),
            self.limit,
            self.tr("In interview mode; ends an answer at this length."),
        )
        self.body.addLayout(form)
        for box, field in (
            (self.think, "think_s"),
            (self.target, "target_s"),
            (self.limit, "hard_limit_s"),
        ):
            box.activated.connect(lambda _index, box=box, field=field: self._choose(box, field))
        self.show_settings()

    def show_settings(self) -> None:
        """Show what is chosen now."""
        settings = self._context.preferences.settings
        fill_times(self.think, THINK_TIMES_S, self.tr("None"), settings.think_s)
        own = self.tr("As each question says")
        fill_times(self.target, TARGETS_S, own, settings.target_s)
        fill_times(self.limit, LIMITS_S, self.tr("None"), settings.hard_limit_s)

    def _choose(self, box: QComboBox, field: str) -> None:
        self._context.preferences.change(**{field: box.currentData()})
