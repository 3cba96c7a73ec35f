"""Firms and talents as Mesa agents: every field of their tables is an attribute."""

from typing import Any

import numpy as np

from sim import interventions
from sim.adding import add_firm, add_talent, code_of, do, land_cell, number_of
from sim.model.world import codes
from sim.model.world.ledgers import FIRMS_HERE
from sim.model.world.tables import FIRM_FIELDS, NOBODY, TALENT_FIELDS
from sim.plan import PLAN
from sim.proxies import (
    EXISTS,
    IDENTITY,
    MADE_WITH,
    Proxy,
    check_values,
    name_in,
    plan_id,
    with_columns,
)


class Firm(Proxy):
    """A firm; ``cell`` is a cell of the model's space, ``patron`` and ``consortium`` are rows.

    Setting ``cell`` moves the firm, in the tables too.
    """

    table = "firms"
    added_by = "Firm.found"
    track_id = plan_id(PLAN.tracks, "track")
    cluster_id = plan_id(PLAN.clusters, "cluster")
    district_id = plan_id(PLAN.districts, "district")
    kind_name = name_in(codes.FIRM_KINDS, "kind")

    @classmethod
    def found(
        cls,
        model: Any,
        track: str | int | None = None,
        *,
        founder: "Talent | None" = None,
        district: str | int | None = None,
        cell: Any = None,
        level: int = 1,
        quality: float = 0.0,
        cash: float | None = None,
    ) -> "Firm":
        """Add a firm; it begins with the next month.

        Args:
            model: a ``ClusterModel``.
            track: id, name or number; by default the founder's.
            founder: who leaves the present post and founds it; without one it comes from outside.
            district: where; by default the firm chooses as the rules let it, near its founder.
            cell: of the model's space, instead of a district.
            level: readiness level, 1 to 9.
            quality: in standard deviations from the mean.
            cash: in ten thousand yuan; by default `seed_money`, or `moving_money` from outside.

        Raises:
            Problem: there is no such track or district.
            ValueError: a value is out of range, nobody says which track, it is not the founder's,
                somebody is another model's, or the cell has no land.
            LookupError: the founder is no more.
        """
        if track is None and founder is None:
            raise ValueError("a firm needs a track, or a founder whose track it has")
        usual = "moving_money" if founder is None else "seed_money"
        number = number_of("track", founder.track if founder and track is None else track)
        if founder is not None:
            founder.check_field(number)
        values = {
            "track": number,
            "level": level,
            "quality": quality,
            "cash": float(model.record[usual][0]) if cash is None else cash,
        }
        check_values(cls, values)
        row = NOBODY if founder is None else founder.row_in(model)
        place = number_of("district", district), land_cell(model, cell)
        firm: Firm = model.arrived(cls, add_firm(model, values, row, *place))
        return firm

    def remove(self, reason: str = "closed") -> None:
        """End the firm: its people search, its investors sell, the orders that it gave lapse.

        Args:
            reason: insolvent, closed, acquired or moved away; the last two pay investors.

        Raises:
            LookupError: the firm is no more.
            ValueError: there is no such reason.
        """
        number = code_of("a reason to end", codes.EXIT_REASONS, reason or "none")
        row, model = self.present_row, self.model
        do(model, interventions.end_firm, row, number)
        model.ended(self)

    def stand_on(self, cell: Any) -> None:
        """Move the firm to a cell, and keep the counts of firms.

        Raises:
            ValueError: the cell is none, another model's, or has no land in the city.
        """
        if cell is None:
            raise ValueError("a firm that is alive stands somewhere; remove() ends it")
        number = land_cell(self.model, cell)
        world, firm = self.model.world, self.model.world.firms[self.row]
        here = world.city[0]["tallies"][FIRMS_HERE]
        world.cells[firm["cell"]]["firms"] -= 1
        here[firm["cluster"], firm["district"]] -= 1.0
        firm["cell"] = number
        firm["district"], firm["place"] = world.cells[number][["district", "place"]]
        world.cells[number]["firms"] += 1
        here[firm["cluster"], firm["district"]] += 1.0

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
        """Return the firm whose open orders it holds, if any; setting it keeps both sides' books.

        Raises:
            LookupError: one of the two is no more.
            ValueError: the patron is the firm itself, of another cluster, or another model's.
        """
        return None if self.patron < 0 else self.model.agent(Firm, self.patron)

    @patron_firm.setter
    def patron_firm(self, patron: "Firm | None") -> None:
        row, old = NOBODY if patron is None else patron.row_in(self.model), self.patron
        if patron is not None and (patron is self or patron.cluster != self.cluster):
            raise ValueError(f"a patron is another firm of {self.cluster_id}, found {patron!r}")
        firms = self.model.world.firms
        for giver, number in ((old, -1), (row, 1)):
            if giver != NOBODY:
                firms["partners"][giver] += number
        firms["patron"][self.row] = row


class Talent(Proxy):
    """A talent; ``employer`` is a firm's row, or as `sim.model.world.codes` says.

    ``cell`` is where the talent works, else the middle of the home district.
    """

    table = "talents"
    added_by = "Talent.arrive"
    track_id = plan_id(PLAN.tracks, "track")
    home_id = plan_id(PLAN.districts, "home")
    level_name = name_in(codes.TALENT_LEVELS, "level")
    follows_from = (
        "a talent stands where it works, else at the middle of its home: set employer_firm or home"
    )

    @classmethod
    def arrive(
        cls,
        model: Any,
        track: str | int,
        home: str | int,
        *,
        level: str = "junior",
        skill: float = 0.0,
    ) -> "Talent":
        """Add a talent from outside the city, who searches for a post.

        Args:
            model: a ``ClusterModel``.
            track: id, name or number.
            home: the district.
            level: junior, senior, strategic scientist or entrepreneur.
            skill: in standard deviations from the mean.

        Raises:
            Problem: there is no such track or district.
            ValueError: the skill is no number, or there is no such level.
        """
        values = {
            "track": number_of("track", track),
            "level": code_of("a level", codes.TALENT_LEVELS, level),
            "skill": skill,
        }
        check_values(cls, values)
        row = add_talent(model, {**values, "home": number_of("district", home)})
        talent: Talent = model.arrived(cls, row)
        return talent

    def remove(self) -> None:
        """Let the person leave the employer, if any, and the city.

        Raises:
            LookupError: the person is no more.
        """
        do(self.model, interventions.end_talent, self.present_row)
        self.model.ended(self)

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
        number_of("district", district)
        old = self.home
        if self.employer == codes.SEARCHING:  # the city counts them where they live
            searching = self.model.world.city[0]["searching"][codes.CLUSTER_OF[self.track]]
            searching[old] -= 1.0
            searching[district] += 1.0
        self.column("home")[self.row] = district
        self.model.forget_places()

    @property
    def level(self) -> int:
        """Return the number of the person's level; setting it keeps the books of firm and city.

        Raises:
            LookupError: the person is no more.
            ValueError: there is no such level.
        """
        return int(self.column("level")[self.row])

    @level.setter
    def level(self, level: int) -> None:
        if level not in range(len(codes.TALENT_LEVELS)):
            raise ValueError(f"levels are 0 to {len(codes.TALENT_LEVELS) - 1}, found {level!r}")
        do(self.model, interventions.set_level, self.present_row, int(level))

    @property
    def employer_firm(self) -> Firm | None:
        """Return the firm that employs the person; None for who searches or is at an institute.

        Setting it lets the person leave the present post and take up one there, or search.
        """
        return None if self.employer < 0 else self.model.agent(Firm, self.employer)

    @employer_firm.setter
    def employer_firm(self, firm: Firm | None) -> None:
        employer = codes.SEARCHING if firm is None else firm.row_in(self.model)
        if firm is not None:
            self.check_field(firm.track)
        if employer != self.employer:
            do(self.model, interventions.employ, self.present_row, employer)
            self.model.forget_places()

    def check_field(self, track: int) -> None:
        """Make sure that the person can work for a firm of a track.

        Raises:
            ValueError: it is not the person's.
        """
        if track != self.track:
            raise ValueError(f"{self!r} works in its own field, {self.track_id}")


PEOPLE = "it counts the people on the firm's books: set their employer_firm or level"
# What other tables count, point at or take as a bound would no longer agree if it were overwritten
# here alone.
with_columns(
    Firm,
    FIRM_FIELDS,
    {
        "id": IDENTITY,
        "alive": EXISTS,
        "track": MADE_WITH,
        "cluster": MADE_WITH,
        **dict.fromkeys(("district", "place"), "set cell, which moves the firm"),
        **dict.fromkeys(("talents", "seniors", "scientists"), PEOPLE),
        "patron": "set patron_firm",
        "partners": "it counts who holds the firm's orders: set their patron_firm",
        "consortium": "members are counted by the programme: only linkage lets a firm join",
        "first_deal": "stakes come with money: Fund.open, and let finance bring them together",
        "spillover": "it follows from the knowledge around the firm",
    },
    {"kind": len(codes.FIRM_KINDS) - 1, "exit_reason": len(codes.EXIT_REASONS) - 1},
)
with_columns(
    Talent,
    TALENT_FIELDS,
    {
        "id": IDENTITY,
        "alive": EXISTS,
        "track": MADE_WITH,
        "origin": MADE_WITH,
        "employer": "set employer_firm",
    },
    {},
)
