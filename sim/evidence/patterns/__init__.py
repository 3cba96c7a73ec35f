"""Stylised facts: patterns of real firms, looked for in simulated worlds, and what was found."""
