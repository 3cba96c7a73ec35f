"""Firms, talents and funds as Mesa agents: every field of their tables is an attribute."""

from typing import Any

import numpy as np
from mesa.discrete_space import CellAgent

from sim.plan import PLAN
from sim.windows import Window, with_columns
from sim.world import codes
from sim.world.grid import OUTSIDE
from sim.world.tables import FIRM_FIELDS, FIRMS_HERE, FUND_FIELDS, TALENT_FIELDS


class Firm(Window, CellAgent):
    """A firm; it stands on a cell of the model's space.

    ``cell`` is that cell, not its number as in the table; ``patron`` and ``consortium`` are rows.
    """

    table = "firms"

    @property
    def cell(self) -> Any:
        """Return the cell that the firm stands on; setting it moves the firm, in the tables too.

        Raises:
            LookupError: the firm to be moved is no more.
            ValueError: the new cell has no land in Shanghai, is another model's, or is none while
                the firm is alive.
        """
        return self._mesa_cell

    @cell.setter
    def cell(self, cell: Any) -> None:
        if cell is self.cell:
            return
        if cell is not None:
            if self.model.space[cell.coordinate] is not cell:
                raise ValueError("the cell is another model's")
            self._stand_on(self.model.cell_number(cell))
        elif self.model.follows(self):
            raise ValueError("a firm that is alive stands somewhere")
        if self.cell is not None:
            self.cell.remove_agent(self)
        self._mesa_cell: Any = cell
        if cell is not None:
            cell.add_agent(self)

    def _stand_on(self, number: int) -> None:
        """Write a cell into the tables, and keep their counts of firms."""
        world, firm = self.model.world, self.model.world.firms[self.row]
        if self.column("cell")[self.row] == number:
            return
        if world.cells[number]["district"] == OUTSIDE or world.cells[number]["land"] <= 0.0:
            raise ValueError(f"cell {number} has no land in Shanghai")
        here = world.city[0]["tallies"][FIRMS_HERE]
        world.cells[firm["cell"]]["firms"] -= 1
        here[firm["cluster"], firm["district"]] -= 1.0
        firm["cell"], firm["district"] = number, world.cells[number]["district"]
        world.cells[number]["firms"] += 1
        here[firm["cluster"], firm["district"]] += 1.0

    @property
    def track_id(self) -> str:
        """Return the plan's id of its track."""
        return PLAN.tracks[self.track].id

    @property
    def cluster_id(self) -> str:
        """Return the plan's id of its cluster."""
        return PLAN.clusters[self.cluster].id

    @property
    def district_id(self) -> str:
        """Return the plan's id of its district."""
        return PLAN.districts[self.district].id

    @property
    def kind_name(self) -> str:
        """Return what kind of firm it is."""
        return codes.FIRM_KINDS[self.kind]

    @property
    def employees(self) -> "list[Talent]":
        """Return the talents on its books."""
        if self.talents == 0:
            return []
        people = self.model.world.talents
        rows = np.flatnonzero((people.employer == self.row) & (people.alive == 1))
        return [self.model.window(Talent, row) for row in rows.tolist()]

    @property
    def patron_firm(self) -> "Firm | None":
        """Return the firm whose open orders it holds, if any."""
        return None if self.patron < 0 else self.model.window(Firm, self.patron)


class Fund(Window):
    """A fund; ``focus`` and ``district`` are numbers of the plan's clusters and districts."""

    table = "funds"

    @property
    def kind_name(self) -> str:
        """Return what kind of fund it is."""
        return codes.FUND_KINDS[self.kind]


class Talent(Window):
    """A talent; ``employer`` is a firm's row, or as `sim.world.codes` says."""

    table = "talents"

    @property
    def home(self) -> int:
        """Return the number of the district where the person lives; setting it moves them.

        Raises:
            LookupError: the person is no more.
            ValueError: there is no such district.
        """
        return int(self.column("home")[self.row])

    @home.setter
    def home(self, district: int) -> None:
        if not 0 <= district < len(PLAN.districts):
            raise ValueError(f"there is no district {district!r}")
        old = self.home
        if self.employer == codes.SEARCHING:  # the city counts them where they live
            searching = self.model.world.city[0]["searching"][codes.CLUSTER_OF[self.track]]
            searching[old] -= 1.0
            searching[district] += 1.0
        self.column("home")[self.row] = district

    @property
    def track_id(self) -> str:
        """Return the plan's id of the person's track."""
        return PLAN.tracks[self.track].id

    @property
    def home_id(self) -> str:
        """Return the plan's id of the district where the person lives."""
        return PLAN.districts[self.home].id

    @property
    def level_name(self) -> str:
        """Return the person's level."""
        return codes.TALENT_LEVELS[self.level]

    @property
    def employer_firm(self) -> Firm | None:
        """Return the firm that employs the person; None for who searches or is at an institute."""
        return None if self.employer < 0 else self.model.window(Firm, self.employer)


# What other tables count, point at or take as a bound would no longer agree if it were overwritten
# here alone.
with_columns(
    Firm,
    FIRM_FIELDS,
    {"id", "alive", "track", "cluster", "district", "talents", "seniors", "scientists"}
    | {"partners", "patron", "consortium", "first_deal", "spillover"},
)
with_columns(Fund, FUND_FIELDS, {"id", "alive", "portfolio"})
with_columns(Talent, TALENT_FIELDS, {"id", "alive", "track", "level", "origin", "employer"})
