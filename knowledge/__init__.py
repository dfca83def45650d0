"""What the assistant knows: hearings, contract risks, the law's test, checks and letters; data first."""
