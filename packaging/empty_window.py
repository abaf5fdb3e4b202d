"""An empty window of Qt, frozen the same way as the application: what its start is measured by.

F1 opens an empty dialog, so that both can be asked how soon they answer a key.
"""

from __future__ import annotations

import sys

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow


def main() -> int:
    """Show the window until it is closed; the exit status."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.setWindowTitle("Mock Interview")
    window.resize(1200, 760)
    keys = QDialog(window)
    keys.setWindowTitle("Keys")
    QShortcut("F1", window, keys.open)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
