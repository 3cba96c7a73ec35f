"""Stylised facts: patterns of real firms, looked for in simulated ones, and what was found."""
