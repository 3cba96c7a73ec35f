"""What each instrument was measured to move alone: ``instruments.csv``.

``sim instruments`` writes the table: each instrument switched on alone from business as usual, and
switched off alone from the plan as written, pair by pair. Screens read their words on an instrument
from the one in the city's pack, so that none claims an effect, or none, that nobody measured.
Percentages are changes as shares of the plan's targets; of outcomes without one, of their size.
"""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final, Literal, NamedTuple

from sim import city, csv_files
from sim.digest import priors_digest, rules_digest
from sim.experiments.costs import FORGONE
from sim.indicators import INDICATORS
from sim.language import Text
from sim.mechanisms import MECHANISMS
from sim.plan import PLAN
from sim.problems import Problem
from sim.text.catalogue import worded
from sim.text.joining import commas, semicolons

TABLE: Final = "evidence/instruments.csv"
HEADER: Final = (
    "instrument", "base", "outcome", "change", "low", "high", "ratio", "t", "p",
    "built_by_itself", "verdict", "replicates", "draws", "seed", "rules", "priors", "date",
)  # fmt: skip
BASES: Final = ("business-as-usual", "as-written")
"""From the first an instrument is switched on alone, from the second it is switched off alone."""
ERROR: Final = 0.05
"""How likely at least one of the changes looked at is called clear although there is none."""
SMALL: Final = 0.02
"""Share of a target below which an instrument's largest rise is called small."""
BARELY: Final = 0.05
"""Share of a target below which the largest rise of a count by one instrument is worth a remark."""
NAMED: Final = 4
"""Outcomes that a sentence names; of more it says how many."""
Settings = Mapping[str, Mapping[str, Any]]
Verdict = Literal["acts", "weak", "none"]
VERDICTS: Final[tuple[Verdict, ...]] = ("acts", "weak", "none")
MADE_BY: Final = worded("expected.instruments_table")
TARGETS: Final = {count.id: count.target for count in PLAN.counts}
COUNTS: Final = {count.id: count.name for count in PLAN.counts}
OUTCOMES: Final = COUNTS | {name: each.label for name, each in INDICATORS.items() if each.outcome}
"""Names of what instruments are measured to move: the counts, then the outcomes beside them."""
INSTRUMENTS: Final = {entry.id: entry.name for entry in PLAN.instruments}
MOVES: Final = {entry.id: MECHANISMS[entry.moves] for entry in PLAN.instruments}
MEASURE: Final = {count.id: count.measure for count in PLAN.counts}


class Change(NamedTuple):
    """How one outcome changed when one instrument was switched, in pairs of replicates."""

    instrument: str
    base: str
    outcome: str
    change: float
    """Mean of the pairs when counts are due, in the outcome's unit."""
    low: float
    high: float
    """Ends of its 95 % interval by Student's t over the parameter draws."""
    ratio: float
    """Mean with the instrument switched over mean without; 1 where both are nothing."""
    t: float
    p: float
    """How often chance alone gives a t as far from nought."""

    @property
    def effect(self) -> float:
        """What the instrument adds, on minus off: a share of the target, or of the outcome."""
        sign = 1.0 if self.base == BASES[0] else -1.0
        if self.outcome in TARGETS:
            return sign * self.change / TARGETS[self.outcome]
        return sign * (self.ratio - 1.0)

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the interval of `effect`."""
        scale = self.effect / self.change if self.change else 0.0
        low, high = sorted((scale * self.low, scale * self.high))
        return low, high

    @property
    def built(self) -> bool:
        """Whether the instrument builds or pays for the outcome itself."""
        return MEASURE.get(self.outcome, self.outcome) in MOVES[self.instrument].builds


@dataclass(frozen=True)
class Measured:
    """All changes, and how they were measured."""

    changes: tuple[Change, ...]
    replicates: int
    draws: int
    seed: int
    rules: str
    """Digest of the rules (`sim.digest`): other changes of the program leave what was measured."""
    priors: str
    date: str

    @property
    def instruments(self) -> tuple[str, ...]:
        """Ids of those that were measured, in the order of the plan: later ones are not there."""
        held = {each.instrument for each in self.changes}
        return tuple(name for name in INSTRUMENTS if name in held)

    def of_instrument(self, name: str) -> tuple[Change, ...]:
        """Return the changes of every outcome when one instrument was switched."""
        return self._by_instrument.get(name, ())

    @cached_property
    def _by_instrument(self) -> Mapping[str, tuple[Change, ...]]:
        """Every row by its instrument: screens ask for all of them whenever a lever moves."""
        found: dict[str, list[Change]] = {}
        for each in self.changes:
            found.setdefault(each.instrument, []).append(each)
        return {name: tuple(changes) for name, changes in found.items()}

    def of_outcome(self, name: str) -> tuple[Change, ...]:
        """Return the changes of one outcome, by every instrument."""
        return tuple(each for each in self.changes if each.outcome == name)

    def clear(self, changes: Sequence[Change]) -> list[Change]:
        """Return those that would stand out among all that were measured (Bonferroni's bound)."""
        return [each for each in changes if each.p < ERROR / len(self.changes)]

    def judge(self, change: Change) -> Verdict:
        """Return whether an instrument moves an outcome.

        Returns:
            ``acts`` if the change is clear and not small; ``weak`` if it is clear and small, or
            stands out among the changes of this instrument alone; else ``none``.
        """
        if change.p < ERROR / len(self.changes):
            return "acts" if abs(change.effect) >= SMALL else "weak"
        return "weak" if change.p < ERROR / len(self.of_instrument(change.instrument)) else "none"

    def verdict(self, instrument: str) -> Verdict:
        """Return the most that is to be said of what an instrument moves alone."""
        found = {self.judge(each) for each in self.of_instrument(instrument)}
        return next(each for each in VERDICTS if each in found)

    def reach(self, instrument: str) -> Verdict:
        """Return the same of what it does not build or pay for itself."""
        changes = [each for each in self.of_instrument(instrument) if not each.built]
        found = {self.judge(each) for each in changes}
        return next((each for each in VERDICTS if each in found), "none")

    def most(self, instrument: str) -> Change:
        """Return the clearest change of what an instrument does not build itself."""
        changes = self.of_instrument(instrument)
        reached = [each for each in changes if not each.built]
        return max(reached or changes, key=lambda each: abs(each.t))

    def highest(self, outcome: str) -> Change | None:
        """Return the largest clear rise of an outcome by one instrument, None if none is clear."""
        rises = [each for each in self.clear(self.of_outcome(outcome)) if each.effect > 0.0]
        return max(rises, key=lambda each: each.effect, default=None)


@cache
def measured() -> Measured | None:
    """Return the measurement in the city's pack; None if it has none.

    Raises:
        Problem: the table is no such table, or lacks a change.
    """
    file = city.file(TABLE)
    return parse(csv_files.words_of(file)) if file.is_file() else None


def parse(text: str) -> Measured:
    """Return the measurement that a table holds.

    Raises:
        Problem: it is no such table, or lacks a change of what it holds.
    """
    try:
        rows = list(csv.DictReader(text.splitlines(), strict=True))
        changes = tuple(
            Change(
                row["instrument"], row["base"], row["outcome"],
                *(float(row[key]) for key in ("change", "low", "high", "ratio", "t", "p")),
            )
            for row in rows
        )  # fmt: skip
        same = {tuple(row[key] for key in HEADER[-6:]) for row in rows}
        ((replicates, draws, seed, rules, priors, date),) = same
        found = Measured(changes, int(replicates), int(draws), int(seed), rules, priors, date)
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise Problem(TABLE, "", repr(error), MADE_BY) from error
    names, outcomes = ({each[k] for each in changes} for k in (0, 2))
    known = names <= set(INSTRUMENTS) and set(COUNTS) <= outcomes <= set(OUTCOMES)
    wanted = {(base, one, name) for base in BASES for one in names for name in outcomes}
    held = {(each.base, each.instrument, each.outcome) for each in changes}
    if not known or held != wanted or len(changes) != len(wanted):
        raise Problem(TABLE, "", f"{len(held & wanted)} / {len(wanted)}", MADE_BY)
    return found


def judged(verdict: Verdict, among: Collection[str] | None = None) -> tuple[str, ...]:
    """Return the instruments with a verdict, in the order of the plan.

    Args:
        verdict: on what they raise alone.
        among: ids to look at; None: all of them.
    """
    found = measured()
    return tuple(
        name
        for name in (found.instruments if found else ())
        if found and (among is None or name in among) and found.verdict(name) == verdict
    )


def said_of_instrument(name: str, found: Measured | None = None) -> Text:
    """Return what was measured of one instrument, as a sentence without a full stop.

    Args:
        name: its id.
        found: the measurement; None: the one in the city's pack.
    """
    found = found or measured()
    if found is None or name not in found.instruments:
        return worded("measured.not_measured")
    clear = found.clear(found.of_instrument(name))
    up, down = (
        _sized([each for each in clear if sign * each.effect > 0.0]) for sign in (1.0, -1.0)
    )
    told = worded(f"measured.{found.verdict(name)}", up=up or worded("measured.no_rise"))
    if down is not None:
        told = worded("measured.lowers", told=told, down=down)
    return worded("measured.with_trust", told=told, trust=basis(found))


def said_of_instruments(among: Collection[str] | None = None) -> Text | None:
    """Return which instruments raise no count, or little, in a sentence; None if all act.

    Args:
        among: ids to look at, for example of those in which two packages differ; None: all.
    """
    parts = []
    for verdict in reversed(VERDICTS[1:]):
        names = [INSTRUMENTS[name] for name in judged(verdict, among)]
        if names:
            parts.append(worded(f"measured.moved_{verdict}", share=SMALL, row=_row(names)))
    if not parts or (found := measured()) is None:
        return None
    return worded("measured.together", parts=semicolons(parts), trust=basis(found))


def said_of_counts() -> Text | None:
    """Return which counts no single instrument raises by much; None if there is none."""
    found, told = measured(), []
    if found is None:
        return None
    for count, name in COUNTS.items():
        most = found.highest(count)
        if most is None:
            told.append(name)
        elif most.effect < BARELY:
            by, size = INSTRUMENTS[most.instrument], f"{most.effect:.1%}"
            told.append(worded("measured.at_most", name=name, size=size, by=by))
    if not told:
        return None
    row, trust = _row(told), basis(found)
    return worded("measured.barely", barely=BARELY, row=row, trust=trust)


def remarks(among: Collection[str]) -> list[Text]:
    """Return what must be known of some instruments wherever a difference is made of them.

    Args:
        among: ids, for example of those in which two packages differ.
    """
    told = [said_of_instruments(among)]
    for entry in PLAN.instruments:
        if entry.id in among and entry.id in FORGONE:
            meant = FORGONE[entry.id]
            told.append(worded("measured.cost", name=entry.name, meaning=meant))
    return [each for each in told if each is not None]


def differing(first: Settings, second: Settings) -> tuple[str, ...]:
    """Return the instruments that two scenarios use differently, in the order of the plan.

    Args:
        first: settings by instrument, as a resolved scenario has them.
        second: those of the other scenario.
    """
    return tuple(
        each.id
        for each in PLAN.instruments
        if (first[each.id]["on"] or second[each.id]["on"]) and first[each.id] != second[each.id]
    )


def basis(found: Measured) -> Text:
    """Return, in brackets, in how many pairs and with which rules it was measured."""
    other = (found.rules, found.priors) != (rules_digest(), priors_digest())
    told = {"replicates": found.replicates, "draws": found.draws, "rules": found.rules[:8]}
    return worded(f"measured.basis{'_then' if other else ''}", **told)


def _sized(changes: Sequence[Change]) -> Text | None:
    """Return the outcomes of changes with the largest change of each; None if there is none."""
    largest: dict[str, float] = {}
    for each in sorted(changes, key=lambda each: -abs(each.effect)):
        largest.setdefault(each.outcome, abs(each.effect))
    if not largest:
        return None
    told = [
        worded(f"measured.{'of_target' if name in TARGETS else 'change'}",
               outcome=OUTCOMES[name], size=size)
        for name, size in largest.items()
    ]  # fmt: skip
    row = _row(told[:NAMED])
    if len(told) <= NAMED:
        return row
    # English says how many more there are, Chinese how many in all.
    return worded("measured.more", row=row, more=Text(str(len(told) - NAMED), str(len(told))))


def _row(names: Sequence[Text]) -> Text:
    # A name that holds the mark between names is set in quotation marks.
    return commas(
        each._replace(zh=f"“{each.zh}”") if "、" in each.zh and "“" not in each.zh else each
        for each in names
    )
