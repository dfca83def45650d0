"""Hearings as data: definitions (*.yaml), their model and conditions, and the test cases beside them."""
