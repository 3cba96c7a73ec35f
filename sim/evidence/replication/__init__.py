"""Published evaluations, simulated as they were made."""
