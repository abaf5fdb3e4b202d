"""The Guides page: browse, search, hear, write, bring in and hand out guides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from interview_app.gui.guides.context import GuidesContext
from interview_app.gui.guides.controller import GuidesController
from interview_app.gui.theme import Theme
from interview_app.gui.widgets.keys import KeyHelp


class GuidesPage(QStackedWidget):
    """The front of the page, and the forms that come before it.

    Signals:
        rehearse_asked(Guide, tuple, tuple): rehearse these sections (titles) or questions (ids);
            all of the guide where both are empty.
    """

    rehearse_asked = Signal(object, object, object)

    def __init__(self, theme: Theme, context: GuidesContext) -> None:
        super().__init__()
        self.views = views = GuidesController(theme, context, self)
        self.addWidget(views.browse)
        self.setAcceptDrops(True)
        self.setFocusProxy(views.browse)
        views.front.connect(self._bring)
        views.rehearse_asked.connect(self.rehearse_asked)

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of what is in front."""
        return self.views.keys()

    def before_closing(self) -> str:
        """What would be lost if the window closed now; nothing where nothing is."""
        if not self.views.unsaved:
            return ""
        return self.tr("What you wrote to a guide is not saved. Close now, and it is lost.")

    def close_page(self) -> None:
        """Keep what is being written, be silent and stop listening; the window is about to go."""
        self.views.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.views.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.views.leave()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files or data.text().strip():
            event.acceptProposedAction()
            self.views.bring_in(files[0] if files else data.text())

    def _bring(self, view: QWidget) -> None:
        if self.indexOf(view) < 0:
            self.addWidget(view)
        self.setCurrentWidget(view)
        self.setFocusProxy(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)
