"""Funds as Mesa agents: every field of their table is an attribute."""

from typing import Any

from sim import interventions
from sim.adding import add_fund, code_of, number_of
from sim.model.world import codes
from sim.model.world.tables import FUND_FIELDS
from sim.plan import PLAN
from sim.proxies import EXISTS, IDENTITY, MADE_WITH, Proxy, check_values, name_in, with_columns

GUIDANCE_ROW = 0


class Fund(Proxy):
    """A fund; ``focus`` and ``district`` are numbers of the plan's clusters and districts.

    Its office is at the middle of its district; of a fund that is bound to none, of Huangpu.
    """

    table = "funds"
    added_by = "Fund.open"
    kind_name = name_in(codes.FUND_KINDS, "kind")
    follows_from = "a fund's office is at the middle of its district: set district"

    @classmethod
    def open(
        cls,
        model: Any,
        money: float,
        *,
        kind: str = "market",
        focus: str | int | None = None,
        district: str | int | None = None,
        levels: tuple[int, int] = (1, 9),
        accuracy: float | None = None,
    ) -> "Fund":
        """Add a fund; like the others it then gets its part of the private money that comes in.

        Args:
            model: a ``ClusterModel``.
            money: that it has to invest, in ten thousand yuan.
            kind: market, corporate or district.
            focus: the cluster that it backs; None: all.
            district: that it is bound to; None: to none.
            levels: lowest and highest readiness level that it backs.
            accuracy: how well it tells firms apart, 0 to 1; by default `screening_skill`.

        Raises:
            Problem: there is no such cluster or district.
            ValueError: a value is out of range, or there is no such kind.
        """
        if levels[0] > levels[1]:
            raise ValueError(f"levels are the lowest and the highest, found {levels}")
        skill = float(model.record["screening_skill"][0])
        values = {
            "kind": code_of("a fund", ("", *codes.FUND_KINDS[1:]), kind),
            "focus": number_of("cluster", focus),
            "district": number_of("district", district),
            "lowest_level": levels[0],
            "highest_level": levels[1],
            "accuracy": min(1.0, skill) if accuracy is None else accuracy,
            "dry_powder": money,
        }
        check_values(cls, values)
        fund: Fund = model.arrived(cls, add_fund(model, values))
        return fund

    def remove(self) -> None:
        """Close the fund: its stakes lapse, and what it has left goes back to its investors.

        Raises:
            LookupError: the fund is no more.
            ValueError: it is the guidance fund.
        """
        row, model = self.present_row, self.model
        if row == GUIDANCE_ROW:
            raise ValueError("the guidance fund belongs to the plan: set the dose of guidance_fund")
        last = interventions.close_fund(model.world, row)
        model.ended(self, last)


# Stakes are counted, and what a fund is decides how it is paid in.
with_columns(
    Fund,
    FUND_FIELDS,
    {"id": IDENTITY, "alive": EXISTS, "kind": MADE_WITH, "portfolio": "it counts stakes held"},
    {"focus": len(PLAN.clusters) - 1, "district": len(PLAN.districts) - 1},
)
