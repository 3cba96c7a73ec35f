"""The world as compiled rules see it: one reference, so that passing it on costs nothing.

A named tuple of twenty tables would be passed as some two hundred values at every call, which
makes calls slow and compiling slower. Python keeps the named tuple (``World``); a kernel turns it
into a reference once.
"""

from typing import Any

from numba.core import types
from numba.experimental import structref

from sim.compiled import helper
from sim.world.world import World


@structref.register
class StateType(types.StructRef):  # type: ignore[misc]
    """Numba's type of a state: one field for each table of ``World``."""

    def preprocess_fields(self, fields: Any) -> Any:
        """Forget literal values in the fields' types."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class State(structref.StructRefProxy):  # type: ignore[misc]
    """A reference to the tables of one world; rules call it ``world``."""


structref.define_proxy(State, StateType, list(World._fields))


@helper
def state_of(world):  # type: ignore[no-untyped-def]
    """Return a reference to the tables of a ``World``."""
    return State(
        world.city,
        world.cells,
        world.land_cells,
        world.knowledge,
        world.exposure,
        world.tracks,
        world.firms,
        world.talents,
        world.funds,
        world.deals,
        world.programmes,
        world.breakthroughs,
        world.words,
        world.ids,
        world.rows,
        world.ended,
        world.seekers,
        world.founders,
        world.field,
        world.partial,
    )
