"""The Sessions page: history, one session, replay, comparison, export."""
