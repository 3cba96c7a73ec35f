"""The world as compiled rules see it: one reference, so that passing it on costs nothing.

A named tuple of twenty tables would be passed as some two hundred values at every call, which
makes calls slow and compiling slower. Python keeps the named tuple (``World``); a kernel turns it
into a reference once.
"""

from typing import Any

import numpy as np
from numba.core import cgutils, types
from numba.experimental import structref
from numba.extending import intrinsic

from sim.compiled import helper
from sim.world.tables import Talents
from sim.world.world import World


@structref.register
class StateType(types.StructRef):  # type: ignore[misc]
    """Numba's type of a state: one field for each table of ``World``."""

    def preprocess_fields(self, fields: Any) -> Any:
        """Forget literal values in the fields' types."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class State(structref.StructRefProxy):  # type: ignore[misc]
    """A reference to the tables of one world; rules call it ``world``.

    ``eights`` is the talents' ``alive`` once more, eight rows as one number.
    """


structref.define_proxy(State, StateType, [*World._fields, "eights"])


@intrinsic
def borrowed(typing_context, array):  # type: ignore[no-untyped-def]
    """Return an array without an owner, so that compiled code never counts references to it.

    Counting is atomic and makes a processor wait for its caches. Whoever calls a kernel keeps the
    arrays alive until it returns.
    """
    del typing_context

    def build(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        view = context.make_array(signature.args[0])(context, builder, arguments[0])
        view.meminfo = cgutils.get_null_value(view.meminfo.type)
        view.parent = cgutils.get_null_value(view.parent.type)
        return view._getvalue()

    return array(array), build


@helper
def talents_of(people):  # type: ignore[no-untyped-def]
    """Return the talents' columns, borrowed."""
    return Talents(
        borrowed(people.id),
        borrowed(people.alive),
        borrowed(people.track),
        borrowed(people.level),
        borrowed(people.origin),
        borrowed(people.home),
        borrowed(people.failures),
        borrowed(people.since),
        borrowed(people.employer),
        borrowed(people.skill),
    )


@helper
def eights_of(flags):  # type: ignore[no-untyped-def]
    """Return flags of one byte eight at a time, each eight as one number; what is over is left."""
    return flags[: len(flags) // 8 * 8].view(np.uint64)


@helper
def state_of(world):  # type: ignore[no-untyped-def]
    """Return a reference to the tables of a ``World``, valid while the caller holds the world."""
    return State(
        borrowed(world.city),
        borrowed(world.cells),
        borrowed(world.land_cells),
        borrowed(world.knowledge),
        borrowed(world.exposure),
        borrowed(world.tracks),
        borrowed(world.firms),
        talents_of(world.talents),
        borrowed(world.glances),
        borrowed(world.funds),
        borrowed(world.deals),
        borrowed(world.programmes),
        borrowed(world.breakthroughs),
        borrowed(world.words),
        borrowed(world.ids),
        borrowed(world.rows),
        borrowed(world.hubs),
        borrowed(world.ended),
        borrowed(world.struck),
        borrowed(world.firm_glances),
        borrowed(world.new_firms),
        borrowed(world.sellers),
        borrowed(world.news),
        borrowed(world.flags),
        borrowed(world.who),
        borrowed(world.seekers),
        borrowed(world.founders),
        borrowed(world.newcomers),
        borrowed(world.offers),
        borrowed(world.field),
        borrowed(world.partial),
        borrowed(eights_of(world.talents.alive)),
    )
