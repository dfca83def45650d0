"""The Telegram front end: a thin adapter between the Bot API and the desk, with our own update loop."""
