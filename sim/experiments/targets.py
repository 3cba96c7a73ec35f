"""What a factor changes: a plan, a safeguard, an instrument, a parameter, a form, or a move."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sim.plan import PLAN
from sim.scenario.levers import TABLES
from sim.scenario.money import TABLE as MOVES

SETTABLE = ("on", "dose", "start", "end", "ramp_months", "districts", "clusters")
GROUPS = {
    "plan": tuple(lever.id for lever in PLAN.levers if lever.kind == "plan"),
    "safeguard": tuple(lever.id for lever in PLAN.levers if lever.kind == "safeguard"),
    "lever": tuple(lever.id for lever in PLAN.levers),
    "instrument": tuple(instrument.id for instrument in PLAN.instruments),
}
"""What ``each`` may say: one factor for each of these."""
TABLE_OF = {
    lever.id: key for lever in PLAN.levers for key, kind in TABLES.items() if lever.kind == kind
}
WHOLE = {"parameter": "parameters", "variant": "variants"}
"""Kinds of target that are a value and have no settings, and the table of each."""
MOVED = "share"
"""What a move of money sets: the part of the giver's money that goes."""
LEVER_OF = {instrument.id: instrument.lever for instrument in PLAN.instruments}


class Target(NamedTuple):
    """What one factor changes."""

    kind: str
    """lever, instrument, parameter, variant or move."""
    id: str
    """Of a move the giver and the receiver, ``guidance_fund>global_talents``."""
    field: str
    """Which setting of it; "" for a parameter or a variant."""
    start: str = ""
    """First month of a move."""

    @property
    def name(self) -> str:
        """Return the factor's name."""
        return f"{self.id}.{self.field}" if self.field else self.id

    def touches(self) -> set[tuple[str, str]]:
        """Return what it changes, one by one, to see whether two factors collide."""
        if self.kind == "lever":
            own = (entry.id for entry in PLAN.instruments if entry.lever == self.id)
            return {(instrument, self.field) for instrument in own}
        return {(self.id, self.field)}

    @property
    def lever(self) -> str:
        """Return the plan or safeguard that it is or belongs to."""
        return LEVER_OF[self.id] if self.kind == "instrument" else self.id

    def switched_by(self, other: "Target") -> bool:
        """Return whether another factor says if this target is on."""
        return other.field == "on" and other.id in (self.id, self.lever)


def name_of(targets: Sequence[Target]) -> str:
    """Return the name of a factor that changes these: ``guidance_fund+global_talents.dose``."""
    first = targets[0]
    joined = "+".join(target.id for target in targets)
    return f"{joined}.{first.field}" if first.field else joined


Said = dict[str, Any]


def changes(pairs: Iterable[tuple[Target, Any]]) -> Said:
    """Return what a scenario file would say to give some targets a value each; no share, no move.

    Setting something for what may be off switches it on, unless another of the targets is just
    whether it is on.
    """
    told = list(pairs)
    said: Said = {}
    for target, value in told:
        if target.kind in WHOLE:
            said.setdefault(WHOLE[target.kind], {})[target.id] = value
            continue
        if target.kind == "move":
            giver, _, receiver = target.id.partition(">")
            move = {"of": giver, "to": receiver, "from": target.start, MOVED: value}
            said.setdefault(MOVES, []).extend([move] if value else [])
            continue
        entry = said.setdefault(TABLE_OF[target.lever], {}).setdefault(target.lever, {})
        if target.kind == "instrument":
            entry = entry.setdefault(target.id, {})
        entry[target.field] = list(value) if isinstance(value, tuple) else value
        if not any(target.switched_by(other) for other, _ in told):
            entry["on"] = True
    return said
