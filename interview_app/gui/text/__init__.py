"""Text as the window writes it: messages, plurals, durations, dates."""
