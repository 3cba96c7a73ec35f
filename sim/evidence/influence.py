"""Which parameters the counts hang on, and what these rest on: a register of influence.

``sim influence`` writes it as a table; the one in the city's pack, ``evidence/influence.csv``,
tells what small runs rest on. A share is that of `sim.estimate.rank_regression`: of the variance
of a count's ranks. Definitions are never drawn; theirs is what choosing among their two ends and
the value in use would add to that variance, so that they stay in the sum that shares are taken of.
"""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Final, Literal, NamedTuple, get_args

from sim import city, csv_files
from sim.digest import priors_digest, rules_digest
from sim.estimate.records import Decisions, Interval
from sim.parameters import DEFINITIONS, PARAMETERS, UNCERTAIN
from sim.problems import Problem
from sim.text.catalogue import worded

TABLE: Final = "evidence/influence.csv"
Status = Literal["counted", "estimated", "elicited", "assumed", "definition"]
"""What a number rests on: a statistic, a study, experts, nothing; or it is a choice."""
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
KINDS: Final = ("level", "effect")
"""Of what a count hangs: what it comes to, and what one package adds to it over another."""
ELICITED: Final = "elicited"
COUNTED: Final = ("F", "G")
"""First letters of figures of the public record and of rows of the ledger, before a digit."""
DIRECTIONS: Final = {"rises": True, "falls": False, "": None}
MADE_BY: Final = worded("expected.influence_table")
HEADER: Final = (
    "kind", "count", "explained", "parameter", "status", "share", "share_low", "share_high",
    "direction", "scenario", "against", "replicates", "draws", "seed", "rules", "priors",
)  # fmt: skip


def status_of(name: str) -> Status:
    """Return what a parameter rests on; one of another version passes for assumed."""
    entry = PARAMETERS.get(name)
    if entry is None:
        return "assumed"
    if entry.prior.kind == "definition":
        return "definition"
    if entry.assumed:
        return "assumed"
    if entry.source.startswith(ELICITED):
        return "elicited"
    return "counted" if entry.source[:1] in COUNTED and entry.source[1:2].isdigit() else "estimated"


class Share(NamedTuple):
    """How much of an outcome's rank variance goes with a parameter."""

    parameter: str
    share: Interval
    rises: bool | None
    """Whether the outcome rises with it; None: a definition, which has no one direction."""

    @property
    def status(self) -> Status:
        """What the parameter rests on now."""
        return status_of(self.parameter)


class Hanging(NamedTuple):
    """What one outcome hangs on."""

    kind: str
    id: str
    """Of the count."""
    explained: float | None
    """Share of its rank variance that drawn parameters foretell; None if draws are too few."""
    shares: tuple[Share, ...]
    """The largest first."""


class Origin(NamedTuple):
    """What a register was worked out from."""

    scenario: str
    against: str
    replicates: int
    draws: int
    seed: int
    rules: str
    priors: str

    @property
    def older(self) -> bool:
        """Whether rules or priors are others now."""
        return (self.rules, self.priors) != (rules_digest(), priors_digest())


class Register(NamedTuple):
    """Every outcome with what it hangs on."""

    outcomes: tuple[Hanging, ...]
    origin: Origin

    def of(self, kind: str) -> tuple[Hanging, ...]:
        """Return the outcomes of a kind, in the order of the plan."""
        return tuple(each for each in self.outcomes if each.kind == kind)

    @property
    def known(self) -> bool:
        """Whether there were draws enough to tell."""
        return any(each.explained is not None for each in self.outcomes)

    @property
    def idle(self) -> tuple[str, ...]:
        """Parameters that stand clear of chance nowhere, in the order of their table."""
        named = {share.parameter for each in self.outcomes for share in each.shares}
        return tuple(name for name in _every() if name not in named)


def _every() -> Iterable[str]:
    return chain(UNCERTAIN, (each.name for each in DEFINITIONS))


def hanging(kind: str, found: Decisions) -> list[Hanging]:
    """Return what the outcomes of some replicates hang on, from what decides them."""
    return [
        Hanging(
            kind,
            each.count,
            each.explained,
            tuple(Share(one.parameter, one.share, one.rises) for one in each.deciders),
        )
        for each in found.counts
    ]


def beside(of: Hanging, chosen: Sequence[Share]) -> Hanging:
    """Return an outcome with definitions in the sum: all shares are of the variance with them.

    Args:
        of: the outcome with drawn parameters alone.
        chosen: what choosing among each definition's values adds, as a share of the variance
            without.
    """
    whole = 1.0 + sum(one.share.value for one in chosen)
    shares = [
        one._replace(share=Interval(*(round(each / whole, 6) for each in one.share)))
        for one in (*of.shares, *chosen)
    ]
    return of._replace(
        shares=tuple(sorted(shares, key=lambda one: (-one.share.value, one.parameter)))
    )


def with_definitions_of(own: Sequence[Hanging], register: Register) -> list[Hanging]:
    """Return outcomes with the definitions that a register has beside the same ones."""
    held = {(each.kind, each.id): each for each in register.outcomes}
    found = []
    for each in own:
        known = held.get((each.kind, each.id))
        chosen = [one for one in (known.shares if known else ()) if one.status == "definition"]
        rest = max(1.0 - sum(one.share.value for one in chosen), 1e-6)
        added = [
            one._replace(share=Interval(*(part / rest for part in one.share))) for one in chosen
        ]
        found.append(beside(each, added))
    return found


def drawn_only(outcomes: Iterable[Hanging]) -> list[Hanging]:
    """Return outcomes without definitions."""
    return [
        each._replace(shares=tuple(one for one in each.shares if one.status != "definition"))
        for each in outcomes
    ]


def by_status(outcomes: Iterable[Hanging]) -> dict[Status, float]:
    """Return how much of what is explained of some outcomes goes with each status; sums to 1.

    Empty if nothing is explained. Every outcome counts by as much as is explained of it.
    """
    sums = dict.fromkeys(STATUSES, 0.0)
    for share in (share for each in outcomes for share in each.shares):
        sums[share.status] += share.share.value
    whole = sum(sums.values())
    return {status: part / whole for status, part in sums.items()} if whole > 0.0 else {}


def by_parameter(outcomes: Sequence[Hanging]) -> dict[str, float]:
    """Return the same by parameter, the largest share first."""
    sums: dict[str, float] = {}
    for share in (share for each in outcomes for share in each.shares):
        sums[share.parameter] = sums.get(share.parameter, 0.0) + share.share.value
    whole = sum(sums.values())
    ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return {name: part / whole for name, part in ordered}


def explained(outcomes: Sequence[Hanging]) -> float:
    """Return how much of the rank variance drawn parameters foretell, the mean over outcomes."""
    return sum(each.explained or 0.0 for each in outcomes) / len(outcomes)


@cache
def shipped() -> Register | None:
    """Return the register in the city's pack; None if it has none.

    Raises:
        Problem: the table is no such table.
    """
    file = city.file(TABLE)
    return parse(csv_files.words_of(file)) if file.is_file() else None


def parse(text: str) -> Register:
    """Return the register that a table holds.

    Raises:
        Problem: it is no such table.
    """
    found: dict[tuple[str, str], Hanging] = {}
    try:
        rows = list(csv.DictReader(text.splitlines(), strict=True))
        ((*names, replicates, draws, seed, rules, priors),) = {
            tuple(row[key] for key in HEADER[9:]) for row in rows
        }
        for row in rows:
            key = (row["kind"], row["count"])
            told = float(row["explained"]) if row["explained"] else None
            held = found.get(key, Hanging(*key, told, ()))
            found[key] = held._replace(shares=(*held.shares, *_share(row)))
        scenario, against = names
        numbers = (int(replicates), int(draws), int(seed))
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise Problem(TABLE, "", repr(error), MADE_BY) from error
    if {each.kind for each in found.values()} != set(KINDS):
        raise Problem(TABLE, "kind", "—", MADE_BY)
    return Register(tuple(found.values()), Origin(scenario, against, *numbers, rules, priors))


def _share(row: dict[str, str]) -> list[Share]:
    if not row["parameter"]:
        return []
    value = Interval(*(float(row[key]) for key in ("share", "share_low", "share_high")))
    return [Share(row["parameter"], value, DIRECTIONS[row["direction"]])]
