"""A Bot API server of our own that refuses what Telegram refuses, for tests and measurements."""
