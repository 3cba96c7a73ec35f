"""Experiments: many scenarios under the same luck, kept block by block, compared and explained."""
