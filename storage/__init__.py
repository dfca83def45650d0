"""What the assistant remembers: cases as lists of events, people and their invitations, uploaded files."""
