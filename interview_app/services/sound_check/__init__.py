"""Check microphone and speaker, and name what is wrong."""
