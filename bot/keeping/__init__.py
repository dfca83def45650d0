"""Keeping the store: backing it up, verifying, moving and exporting it, erasing what is past its time."""
