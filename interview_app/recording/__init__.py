"""The microphone and the speaker, each owned by a helper process."""
