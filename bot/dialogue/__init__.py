"""The conversation, pure: (definition, case, message) -> (events, replies); no I/O, no clock of its own."""
