"""The main window, and what it does besides its pages."""
