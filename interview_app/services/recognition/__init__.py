"""Transcribe takes, choose and measure recognizer models."""
