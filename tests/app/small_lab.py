"""The lab as `sim app` starts it, with fewer replicates than people get.

Tests look at what is shown, linked and saved; how sure it is they need not wait for.
"""

from sim.app import compare_work, gates_work, growth, server, session
from sim.cli import main

OF_PACKAGE = 160
"""Replicates of a package: the fewest that tell what decides a count, and luck from parameters."""
OF_GATES = 16
OF_COMPARISON = 32
FORGOTTEN = 5.0
"""Seconds after which the server forgets a page that is away."""

if __name__ == "__main__":
    session.WANTED = OF_PACKAGE
    gates_work.REPLICATES, gates_work.STEPS = OF_GATES, (OF_GATES // 2, OF_GATES)
    compare_work.REPLICATES, compare_work.STEPS = OF_COMPARISON, (OF_COMPARISON // 2, OF_COMPARISON)
    growth.KEPT = 40  # what one test has run, another finds
    server.RECONNECT = FORGOTTEN
    main()
