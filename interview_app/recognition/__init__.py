"""Sound to words: SpeechRecognition over a resident Whisper in a helper process; models."""
