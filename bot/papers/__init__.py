"""What goes with the letter: marks in its draft, the cover sheet, what changed, the whole reply in one."""
