"""Everything that talks: the desk, the dialogue, the front ends, the command line."""
