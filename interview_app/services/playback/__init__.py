"""Play takes, sessions and spoken text."""
