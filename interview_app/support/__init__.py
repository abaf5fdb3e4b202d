"""Paths, settings, logs and helper processes; knows nothing of interviews."""
