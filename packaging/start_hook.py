"""Runs first of all in the frozen program, ahead of PyInstaller's own hooks, which import Qt."""

import gc

# Nothing made on the way to the first picture is garbage. The program turns the search on again:
# the window once it is drawn, everything else at once.
gc.disable()
