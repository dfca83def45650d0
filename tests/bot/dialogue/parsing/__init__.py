"""Tests of reading answers and commands."""
