"""A firm's life, month by month, and firms whose lives can be traced."""

from sim.trace.life import Event, life_of
from sim.trace.listing import Listed, some_firms

__all__ = ["Event", "Listed", "life_of", "some_firms"]
