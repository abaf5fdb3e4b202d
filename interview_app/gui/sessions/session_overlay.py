"""What stands in front of an open session for a while: a comparison, a difference."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from interview_app.gui.sessions.session_view import SessionView
from interview_app.services.playback.take_player import TakePlayer


class SessionNavigator:
    """Shows a part in place of the open ``session``, and the session again.

    ``replaying`` plays its takes; ``silence`` ends what plays the whole session.
    """

    def __init__(
        self,
        stack: QStackedWidget,
        session: SessionView,
        replaying: TakePlayer,
        silence: Callable[[], None] = lambda: None,
    ) -> None:
        self._stack = stack
        self._silence = silence
        self.session = session
        self.replaying = replaying

    @property
    def is_session_in_front(self) -> bool:
        """Whether the open session itself is what is shown."""
        return self._stack.currentWidget() is self.session

    def show(self, part: QWidget) -> None:
        """Have a part in front; what was playing falls silent."""
        self._silence()
        self.replaying.stop()
        if self._stack.indexOf(part) < 0:
            self._stack.addWidget(part)
        self._stack.setFocusProxy(part)
        self._stack.setCurrentWidget(part)
        part.setFocus()

    def leave(self, part: QWidget) -> None:
        """Have the session in front again, ready to be heard; unless the part is gone already."""
        if self._stack.currentWidget() is not part:
            return
        take = self.session.take
        if take is None or self.replaying.state.uid != take.uid:
            self.replaying.stop()
            if take is not None:
                self.session.show_take(take.uid)
        self._stack.setFocusProxy(self.session)
        self._stack.setCurrentWidget(self.session)
        self.session.setFocus()
