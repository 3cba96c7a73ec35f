"""The lab as `sim app` starts it, with fewer replicates of a smaller city than people get.

Tests look at what is shown, linked and saved; how sure it is they need not wait for.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nicegui import app, core

from sim import parameters
from sim.app import growth, pooled, server, session
from sim.cli import main
from sim.store import work

OF_PACKAGE = 160
"""Replicates of a package: the fewest that tell what decides a count, and luck from parameters."""
OF_GATES = 16
OF_COMPARISON = 32
FORGOTTEN = 5.0
"""Seconds after which the server forgets a page that is away."""
PATIENT = 60.0
"""Seconds in which a browser answers that it is there. NiceGUI makes it two fifths of the time
after which a page is forgotten: too few for a browser that draws on a busy machine."""
SMALLER = 0.25
"""Size of the city: each of these parameters is multiplied by it."""
SIZES = (
    *("firms_2022", "talents_2022", "funds_2022", "output_2022", "land_capacity"),
    *("graduates", "arrivals", "moving_in", "institute_posts", "private_inflow"),
)
drawn = parameters.draw
BRAKE = Path("brake")
"""Where it lies in the lab's folder, replicates take their time: a test wants to stop them."""
SLOW = 0.5
"""Seconds more for each replicate, or block of them."""


def braked(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return what runs as usual, or slowly where a test asks for it."""

    def runs(*given: Any, **named: Any) -> Any:
        if BRAKE.exists():
            time.sleep(SLOW)
        return run(*given, **named)

    return runs


def of_a_smaller_city(*given: Any, **named: Any) -> dict[str, float]:
    """Return a parameter draw, of the same scenario and so under the same links and hashes."""
    values = drawn(*given, **named)
    return values | {name: SMALLER * values[name] for name in SIZES}


def wait_for_browsers() -> None:
    """Take no page for lost because its browser is busy; one that closes its line is."""
    core.sio.eio.ping_timeout = PATIENT


if __name__ == "__main__":
    app.on_startup(wait_for_browsers)
    parameters.draw = of_a_smaller_city
    for module, name in ((growth, "run_one"), (work, "run_block")):
        vars(module)[name] = braked(vars(module)[name])
    session.WANTED = OF_PACKAGE
    for study, most in (("gates", OF_GATES), ("compare", OF_COMPARISON)):
        pooled.STEPS[study] = (most // 2, most)
    growth.KEPT = 40  # what one test has run, another finds
    server.RECONNECT = FORGOTTEN
    main()
