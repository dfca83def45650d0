"""Law: the sources that findings rest on, and the legal test."""
