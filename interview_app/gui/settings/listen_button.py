"""A button that says something with the chosen voice, and stops it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from interview_app.gui.settings.context import SettingsContext
from interview_app.gui.text.messages import sentence_of
from interview_app.gui.theme import Kind, Theme
from interview_app.gui.widgets.busy_line import BusyLine
from interview_app.gui.widgets.controls import Button
from interview_app.gui.widgets.notice import Notice
from interview_app.services.jobs import JobContext, Lane
from interview_app.services.ports.player import PlaybackEnded, PlaybackFailed, PlayerEvent
from interview_app.services.ports.voice import Speech


class PreviewVoiceButton(QObject):
    """Says what ``text`` answers; ``name`` tells its sound from others.

    ``notice`` tells what went wrong, or that another voice speaks instead; ``about`` is told to
    screen readers where a page has several such buttons.
    """

    def __init__(
        self,
        theme: Theme,
        context: SettingsContext,
        name: str,
        text: Callable[[], str],
        notice: Notice,
        about: str = "",
    ) -> None:
        super().__init__()
        self._context = context
        self._token = f"settings:{name}"
        self._text = text
        self._notice = notice
        self._about = about
        self._job: JobContext | None = None
        self._is_playing = False
        self._is_allowed = True
        self.button = Button(theme, self.tr("Hear it"), "speaker-high", Kind.PLAIN)
        self.busy = BusyLine(theme)
        self.button.clicked.connect(self._hear)
        self._show()
        self._unsubscribe = context.player.subscribe(self._player_said)

    def allow(self, *, is_allowed: bool) -> None:
        """Whether there is something to hear; what is being said may be stopped all the same."""
        self._is_allowed = is_allowed
        self._show()

    def silence(self) -> None:
        """Be silent."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.busy.stop()
        if self._is_playing:
            self._is_playing = False
            self._context.player.stop()
        self._show()

    def close(self) -> None:
        """Be silent, and stop listening to the player."""
        self.silence()
        self._unsubscribe()

    def _hear(self) -> None:
        if self._is_playing or self._job is not None:
            self.silence()
            return
        self._notice.hide()
        text = self._text()
        settings, voice = self._context.preferences.settings, self._context.voice
        self._job = self._context.jobs.submit(
            Lane.VOICE,
            lambda job: voice.render(text, settings.voice, settings.rate_wpm, job),
            self._rendered,
            self._not_rendered,
        )
        self.busy.start(self.tr("The voice gets ready…"), self.silence)
        self._show()

    def _rendered(self, speech: Speech) -> None:
        self._job = None
        self.busy.stop()
        self._is_playing = True
        if speech.instead:
            self._notice.show_message(speech.instead, icon_name="info")
        self._context.player.play(
            self._token, speech.sound, self._context.preferences.choices.speaker
        )
        self._show()

    def _not_rendered(self, error: Exception) -> None:
        self._job = None
        self.busy.stop()
        self._notice.show_message(sentence_of(error), icon_name="speaker-slash")
        self._show()

    def _player_said(self, event: PlayerEvent) -> None:
        if event.token != self._token or not isinstance(event, PlaybackEnded | PlaybackFailed):
            return
        self._is_playing = False
        self._show()
        if isinstance(event, PlaybackFailed):
            self._notice.show_message(
                f"{event.reason} {event.remedy}".strip(), icon_name="speaker-slash"
            )

    def _show(self) -> None:
        is_busy = self._is_playing or self._job is not None
        shown = self.tr("Stop") if is_busy else self.tr("Hear it")
        self.button.set_text(shown)
        if self._about:
            self.button.setAccessibleName(f"{shown}: {self._about}")
        self.button.set_icon("stop" if is_busy else "speaker-high")
        self.button.setEnabled(is_busy or self._is_allowed)
