"""Texts with a number in them, where no object with ``tr`` is at hand or English needs its s."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def settled(text: str, count: int) -> str:
    """A text whose ``(s)`` is settled in English, where no translation has settled it already."""
    return text.replace("(s)", "" if count == 1 else "s")
