"""Contract terms: the risk catalogue, the reader of uploaded contracts, and the detector."""
