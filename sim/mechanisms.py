"""What a city's plan can move: the mechanisms of the model, each with its dose in every month.

An instrument of a pack names the mechanism that it moves. Several may move the same one: what their
doses are worth adds up. One that no instrument moves has dose 0 throughout. None adds to a count. A
rule reads the dose of a mechanism that it asks for by name (`sim.model.world.codes.mechanism`).
"""

import tomllib
from pathlib import Path
from typing import Final, NamedTuple

from sim.language import Text

PROGRAMME_KINDS: Final = (
    "college",
    "institute",
    "innovation_centre",
    "consortium",
    "transfer_node",
    "pilot_zone",
    "accelerator",
    "test_field",
    "validation",
    "integration",
    "promotion",
    "workstation",
)
"""Kinds of programme that districts propose and the city builds."""


class Mechanism(NamedTuple):
    """Something in the model that policy can move."""

    acts_on: Text
    """What it moves."""
    programme: str | None = None
    """Kind of programme that it calls for, if any."""
    builds: tuple[str, ...] = ()
    """Indicators of what it builds or pays for itself: moving them is no reach."""


def _read() -> dict[str, Mechanism]:
    text = Path(__file__).with_name("mechanisms.toml").read_text(encoding="utf-8")
    return {
        name: Mechanism(
            Text(said["en"], said["zh"]), said.get("programme"), tuple(said.get("builds", ()))
        )
        for name, said in tomllib.loads(text).items()
    }


MECHANISMS: Final = _read()
"""Every mechanism by its name."""
