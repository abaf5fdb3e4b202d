"""The Qt in use can carry a level meter: some releases lose a reference with every signal."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class _Sender(QObject):
    sent = Signal(float)


def test_a_thousand_signals_cost_no_reference_to_true() -> None:
    # PySide6 6.12.0 on Python 3.10 and 3.11 loses one each, and aborts at none left.
    sender = _Sender()
    received: list[float] = []
    sender.sent.connect(received.append)
    before = sys.getrefcount(True)
    for number in range(1_000):
        sender.sent.emit(float(number))
    assert len(received) == 1_000
    assert abs(sys.getrefcount(True) - before) < 100
