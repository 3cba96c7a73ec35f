"""Measurements: speed as ratios within one run, and the sanity of what the model produces."""
