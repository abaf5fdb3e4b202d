"""The state machine of one session: its states, commands, events and effects."""
