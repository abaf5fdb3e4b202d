"""Export sessions and takes as documents, sound and JSON."""
