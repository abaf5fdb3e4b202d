"""Look through, correct and recover kept sessions."""
