"""Tests of the embedded chat and the review page."""
