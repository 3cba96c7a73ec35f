"""Which parameters and which luck a replicate has: many parameter draws, a second luck for some.

Likelihoods hang on parameters far more than on luck, so a replicate is worth most if its parameters
are its own. Only so many draws have a second luck as it takes to tell luck from parameters:

- replicates 0 to 127 have the draws 0 to 127, one hypercube (`sim.hypercubes`), with one luck each;
- replicates 128 to 191 give the draws 0 to 63 their second luck;
- from replicate 192 on each has a draw of its own: 128, 129 and so on.

So the first replicates are the same however many are run. What hands its draws out in order, to
weigh each by how it does (`Draws.in_order`), gives every draw `LUCKS_A_DRAW` lucks in a row.
"""

from typing import Final, NamedTuple

ONCE: Final = 128
"""Draws that are run with one luck before any is with a second: one hypercube."""
TWICE: Final = 64
"""Draws that have a second luck."""
LUCKS_A_DRAW: Final = 2
"""Replicates in a row that share a draw where draws are handed out in order."""


class Sampled(NamedTuple):
    """What a replicate has."""

    draw: int
    """Number of its parameter draw."""
    luck: int
    """0 or 1: first or second luck of this draw."""


def sampled(replicate: int) -> Sampled:
    """Return which parameter draw a replicate has, and which of that draw's lucks."""
    if replicate < ONCE:
        return Sampled(replicate, 0)
    if replicate < ONCE + TWICE:
        return Sampled(replicate - ONCE, 1)
    return Sampled(replicate - TWICE, 0)


def draw_of(replicate: int) -> int:
    """Return the parameter draw that a replicate has."""
    return sampled(replicate).draw


def second_lucks(replicates: int) -> int:
    """Return how many of the draws among the first replicates have two lucks."""
    return min(max(replicates - ONCE, 0), TWICE)


def draws_among(replicates: int) -> int:
    """Return how many parameter draws the first replicates have."""
    return replicates - second_lucks(replicates)


def replicates_for(draws: int) -> int:
    """Return how many replicates it takes to have so many parameter draws."""
    return draws if draws <= ONCE else draws + TWICE
