"""The embedded chat driven in a real browser."""
