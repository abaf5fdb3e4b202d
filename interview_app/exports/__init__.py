"""A session as a file for people or programs."""
