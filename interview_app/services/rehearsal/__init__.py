"""Run one session: speak, record, transcribe live, save."""
