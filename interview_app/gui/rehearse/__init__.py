"""The Rehearse page: set-up, live question, review and summary."""
