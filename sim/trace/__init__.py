"""A firm's life, month by month, and what each process changes of an agent or by an instrument."""

from sim.trace.life import Event, life_of
from sim.trace.listing import Listed, some_firms

__all__ = ["Event", "Listed", "life_of", "some_firms"]
