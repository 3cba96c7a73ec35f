"""What a factor changes: a plan, a safeguard, an instrument or a parameter."""

from typing import Any, NamedTuple

from sim.plan import PLAN
from sim.scenario.levers import TABLES

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
LEVER_OF = {instrument.id: instrument.lever for instrument in PLAN.instruments}


class Target(NamedTuple):
    """What one factor changes."""

    kind: str
    """lever, instrument or parameter."""
    id: str
    field: str
    """Which setting of it; "" for a parameter."""

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

    def changes(self, value: Any) -> dict[str, Any]:
        """Return what a scenario file would say to give the target this value."""
        if self.kind == "parameter":
            return {"parameters": {self.id: value}}
        said: dict[str, Any] = {self.field: list(value) if isinstance(value, tuple) else value}
        if self.field != "on":
            said["on"] = True
        lever = self.id
        if self.kind == "instrument":
            lever, said = LEVER_OF[self.id], {self.id: said}
        return {TABLE_OF[lever]: {lever: said}}
