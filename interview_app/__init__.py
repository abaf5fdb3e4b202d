"""Mock Interview: rehearse an interview aloud, offline."""

__version__ = "0.1.0"
