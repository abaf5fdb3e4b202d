"""Widgets that show one answer: transcript, waveform, figures, notes beside it."""
