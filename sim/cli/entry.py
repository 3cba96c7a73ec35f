"""The first lines of the process: handlers of interrupts stand before any library loads."""

import os

from sim.cli import interrupts


def main() -> None:
    """Run the command line; exit 2 on bad input, 130 on an interrupt."""
    interrupts.heed()
    # Arrow's own pool keeps about 15 MB more of what figures have read.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    from sim.cli.app import main as carry_out

    try:
        carry_out()
    finally:
        interrupts.ignore()
