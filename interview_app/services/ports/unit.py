"""One transaction, whatever it sees."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self


class Unit(Protocol):
    """One transaction: rolls back unless committed."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything of this unit last."""
        ...
