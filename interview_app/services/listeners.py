"""Those who want to hear of something: they come, are told, and leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Listeners(Generic[T]):
    """Tells each event to all who listen, in the order they came."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def __bool__(self) -> bool:
        return bool(self._listeners)

    def add(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Tell this one too; the answer ends it, and may be called twice."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def notify(self, event: T) -> None:
        """Tell everybody who listens now."""
        for listener in tuple(self._listeners):
            listener(event)

    def clear(self) -> None:
        """Tell nobody any more."""
        self._listeners.clear()


class StateListeners(Listeners[T]):
    """Tells states instead of events: of two, nobody hears the older one last."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = 0

    def notify(self, event: T) -> None:
        """Tell everybody, unless a listener leads on: then all were told what is so now."""
        self._turn += 1
        turn = self._turn
        for listener in tuple(self._listeners):
            if turn != self._turn:
                return
            listener(event)
