"""A page that is built when it is first shown, or when the window has nothing else to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from interview_app.gui.widgets.keys import KeyHelp


class PageWidget(Protocol):
    """What a page offers its window."""

    def keys(self) -> Sequence[KeyHelp]:
        """The keys that work on the page."""
        ...

    def close_page(self) -> None:
        """Let go of everything; the window is about to go."""
        ...


P = TypeVar("P", bound=PageWidget)


class LazyPage(QWidget, Generic[P]):
    """Stands in the window for a page; ``build`` makes it, and imports what it needs."""

    def __init__(self, build: Callable[[], P]) -> None:
        super().__init__()
        self._build = build
        self._page: P | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def is_built(self) -> bool:
        """Whether the page is there yet."""
        return self._page is not None

    @property
    def page(self) -> P:
        """The page, built now if it is not yet."""
        if self._page is None:
            self._page = page = self._build()
            if isinstance(page, QWidget):
                self.layout().addWidget(page)
                self.setFocusProxy(page)
        return self._page

    def keys(self) -> Sequence[KeyHelp]:
        """The keys of the page; none before it is built."""
        return () if self._page is None else self._page.keys()

    def close_page(self) -> None:
        """Let go of everything, if there is anything."""
        if self._page is not None:
            self._page.close_page()

    def showEvent(self, event: QShowEvent) -> None:
        had_focus = self._page is not None
        page = self.page
        super().showEvent(event)
        if not had_focus and isinstance(page, QWidget):
            page.setFocus()
