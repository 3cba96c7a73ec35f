"""Which futures fail: boxes in the space of parameters, found by a tree and tested on new draws.

Scenario discovery after Lempert, Bryant and Bankes (2008), with CART (Breiman and others 1984) as
they discuss it: a rule is a path to a leaf in which failures are dense.
"""

from typing import NamedTuple

import numpy as np

from sim.estimate.groups import Bools, Floats, Ints, folds, grouped
from sim.estimate.intervals import likelihood_interval

DEPTH = 3
"""Conditions of a rule at most: more cannot be remembered."""
LEAST = 0.08
"""Share of the replicates that a rule must cover."""
FEWEST = 16
"""Replicates that it must cover however few there are."""


def rounded(value: float) -> str:
    """Return a bound with three digits, without an exponent up to a million."""
    return f"{float(f'{value:.3g}'):g}"


class Condition(NamedTuple):
    """A range of a parameter; infinite where it is open."""

    name: str
    low: float
    high: float

    def text(self) -> str:
        """Return the condition as people write it."""
        if np.isinf(self.low):
            return f"{self.name} ≤ {rounded(self.high)}"
        if np.isinf(self.high):
            return f"{self.name} > {rounded(self.low)}"
        return f"{rounded(self.low)} < {self.name} ≤ {rounded(self.high)}"


class Rule(NamedTuple):
    """A box of parameters in which failures are dense; measured on draws it was not found on."""

    conditions: tuple[Condition, ...]
    mass: float
    """Share of the futures that lie in the box."""
    density: float
    """Share of the futures in the box that fail."""
    coverage: float
    """Share of all failures that lie in the box."""
    base: float
    """Share of all futures that fail."""
    found_density: float
    """The density on the draws that the rule was found on: usually flattered."""
    low: float
    """Lower end of the 95 % interval of the density."""
    high: float


def rules(
    parameters: Floats, names: tuple[str, ...], failed: Bools, draws: Ints, *, seed: int
) -> list[Rule]:
    """Return the boxes in which failures are dense, densest first.

    A tree is grown on half of the draws and every leaf measured on the other half; a leaf whose
    density there is not clear of that of all futures (95 %) is not a rule.

    Args:
        parameters: shape (R, P).
        names: of the parameters.
        failed: whether each replicate fails, shape (R,).
        draws: number of each replicate's parameter draw, shape (R,).
        seed: of the split and of ties in the tree.
    """
    from sklearn.tree import DecisionTreeClassifier  # as in `intervals`: not before it is needed

    if len(np.unique(draws)) < 4 or failed.all() or not failed.any():
        return []
    growing = ~held_out(draws, seed)
    if failed[growing].all() or not failed[growing].any():
        return []
    smallest = max(FEWEST, round(LEAST * int(growing.sum())))
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=smallest, random_state=seed)
    tree.fit(parameters[growing], failed[growing])
    leaves = tree.apply(parameters)
    base = float(failed[~growing].mean())
    found = []
    for leaf in np.unique(leaves[growing]):
        inside, tested = leaves == leaf, (leaves == leaf) & ~growing
        if not tested.any() or base == 0.0:
            continue
        density, low, high = likelihood_interval(failed[tested], grouped(draws[tested]))
        if low <= base:
            continue
        found.append(
            Rule(
                _conditions(tree.tree_, int(leaf), names),
                mass=float(tested.sum() / (~growing).sum()),
                density=density,
                coverage=float(failed[tested].sum() / failed[~growing].sum()),
                base=base,
                found_density=float(failed[inside & growing].mean()),
                low=low,
                high=high,
            )
        )
    return sorted(found, key=lambda rule: -rule.density)


def held_out(draws: Ints, seed: int) -> Bools:
    """Return which replicates rules are measured on, shape (R,): those of half of the draws."""
    return np.asarray(folds(draws, 2, seed) == 1)


def _conditions(tree: object, leaf: int, names: tuple[str, ...]) -> tuple[Condition, ...]:
    """Return what leads from a tree's root to one of its leaves, each parameter once."""
    left, right = tree.children_left, tree.children_right  # type: ignore[attr-defined]
    above = {int(child): node for node in range(len(left)) for child in (left[node], right[node])}
    ends: dict[str, list[float]] = {}
    node = leaf
    while node in above and node != 0:
        parent = above[node]
        bound = float(tree.threshold[parent])  # type: ignore[attr-defined]
        name = names[int(tree.feature[parent])]  # type: ignore[attr-defined]
        low_high = ends.setdefault(name, [-np.inf, np.inf])
        if left[parent] == node:
            low_high[1] = min(low_high[1], bound)
        else:
            low_high[0] = max(low_high[0], bound)
        node = parent
    return tuple(Condition(name, low, high) for name, (low, high) in ends.items())
