"""Measurements that `make bench` prints: ratios to a plain alternative in one run."""
