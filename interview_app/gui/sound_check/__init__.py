"""The sound check dialog: microphone, sentence, result."""
