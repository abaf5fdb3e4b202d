"""Text to sound files in a helper process, kept in a cache, with word times."""
