"""The command line."""

from sim.cli.entry import main

__all__ = ["main"]
