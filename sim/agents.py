"""Firms, talents and funds as Mesa agents: every field of their tables is an attribute."""

from typing import Any

import numpy as np

from sim.plan import PLAN
from sim.proxies import Proxy, with_columns
from sim.world import codes
from sim.world.grid import OUTSIDE
from sim.world.tables import FIRM_FIELDS, FIRMS_HERE, FUND_FIELDS, TALENT_FIELDS


class Firm(Proxy):
    """A firm; ``cell`` is a cell of the model's space, ``patron`` and ``consortium`` are rows.

    Setting ``cell`` moves the firm, in the tables too.
    """

    table = "firms"

    def stand_on(self, cell: Any) -> None:
        """Move the firm to a cell, and keep the counts of firms.

        Raises:
            ValueError: the cell is none, another model's, or has no land in Shanghai.
        """
        if cell is None:
            raise ValueError("a firm that is alive stands somewhere")
        number = self.model.cell_number(cell)
        world, firm = self.model.world, self.model.world.firms[self.row]
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
        return [self.model.agent(Talent, row) for row in rows.tolist()]

    @property
    def patron_firm(self) -> "Firm | None":
        """Return the firm whose open orders it holds, if any."""
        return None if self.patron < 0 else self.model.agent(Firm, self.patron)


class Fund(Proxy):
    """A fund; ``focus`` and ``district`` are numbers of the plan's clusters and districts.

    Its office is at the middle of its district; of a fund that is bound to none, of Huangpu.
    """

    table = "funds"
    follows_from = "a fund's office is at the middle of its district: set district"

    @property
    def kind_name(self) -> str:
        """Return what kind of fund it is."""
        return codes.FUND_KINDS[self.kind]


class Talent(Proxy):
    """A talent; ``employer`` is a firm's row, or as `sim.world.codes` says.

    ``cell`` is where the talent works, else the middle of the home district.
    """

    table = "talents"
    follows_from = "a talent stands where it works, else at the middle of its home: set home"

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
        self.model.forget_places()

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
        return None if self.employer < 0 else self.model.agent(Firm, self.employer)


IDENTITY = "it is what the agent's luck is drawn by"
MADE_WITH = "it is fixed when the agent comes"
RULES_ONLY = "only the rules change it, with what other tables say about it"
PEOPLE = "it counts the people on the firm's books"
# What other tables count, point at or take as a bound would no longer agree if it were overwritten
# here alone.
with_columns(
    Firm,
    FIRM_FIELDS,
    {
        "id": IDENTITY,
        "alive": RULES_ONLY,
        "track": MADE_WITH,
        "cluster": MADE_WITH,
        "district": "move the firm by setting its cell",
        **dict.fromkeys(("talents", "seniors", "scientists"), PEOPLE),
        **dict.fromkeys(("partners", "patron", "consortium", "first_deal"), RULES_ONLY),
        "spillover": "it follows from the knowledge around the firm",
    },
)
with_columns(
    Fund, FUND_FIELDS, {"id": IDENTITY, "alive": RULES_ONLY, "portfolio": "it counts stakes held"}
)
with_columns(
    Talent,
    TALENT_FIELDS,
    {
        "id": IDENTITY,
        "alive": RULES_ONLY,
        "track": MADE_WITH,
        "origin": MADE_WITH,
        "level": RULES_ONLY,
        "employer": RULES_ONLY,
    },
)
