"""How ranked levers are shown: declared columns, and a figure on one axis."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sim.estimate.effects import Effect, Signs
from sim.estimate.objectives import Objective
from sim.estimate.rates import CostDifference, Price, Rate
from sim.estimate.records import Decisions
from sim.experiments.baseline import Stored
from sim.experiments.effect_rows import COST, RATE, columns, names_of
from sim.experiments.ranking import Ranked
from sim.experiments.turns import DOWN, UP
from sim.language import Text
from sim.scenario import Scenario
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Beside, Interval, Row, Rows, Series, Told
from sim.spec.table import Column, Value, read, unread
from sim.studies.shared.compared import EFFECTS
from sim.studies.shared.counts import NONE
from sim.studies.shared.turning import Turning
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import plain
from sim.text.together import amount, in_points
from sim.views.by_chance import by_chance

WAYS: Final[Mapping[str, Sequence[str]]] = {"up": (UP,), "down": (DOWN,), "both": (UP, DOWN)}
COLOURS: Final[Mapping[str, str]] = {UP: palette.BLUE, DOWN: palette.ORANGE}
WIDTH, AROUND, ROW = 13.6, 3.0, 0.36
"""Inches: of the sheet, around the rows, for one row."""
PRICE = "price"
FINE = (1, 2, 3)
"""Decimals of points."""


class Found(NamedTuple):
    """What the turns do."""

    objective: Objective
    turns: Sequence[Ranked]
    """The best first, way by way."""
    options: Mapping[str, Any]
    """As asked for, with ``forgotten`` as a comparison has it."""
    kept: float
    """Share of pairs that have the same luck."""
    variants: int
    """How many forms of the model were looked at besides."""
    likelihoods: tuple[str, str]
    """The file on the likelihoods of the base."""
    known: Stored
    """The stored baseline by which likelihoods are adjusted, or why they are not."""
    turning: Sequence[Decisions]
    """What turns the effects of each turn, in their order."""

    def turning_of(self, base: Scenario) -> list[Turning]:
        """Return what turns the effects of each turn, the best first, way by way."""
        counts = [aim.count.id for aim in self.objective.aims]
        return [
            Turning(
                (base.id, each.turn.package.id),
                each.turn.package.name,
                [
                    count
                    for count, effect in zip(counts, each.effects, strict=True)
                    if effect.told_apart
                ],
                by,
            )
            for each, by in zip(self.turns, self.turning, strict=True)
        ]


def what(found: Found) -> Text:
    """Return what turns are ranked by."""
    return worded(f"rank.of_{found.options['by']}")


def points(each: Ranked) -> str:
    """Return the points that a turn gains, with the decimals that show whether it is clear."""
    found = each.gain
    near = min(abs(found.low), abs(found.high))
    decimals = next((n for n in FINE if found.tie or round(100 * near, n)), FINE[-1])
    value, low, high = (in_points(end, decimals) for end in found[:3])
    return f"{'≈ ' if found.tie else ''}{value} ({low} … {high})"


def place(each: Ranked) -> str:
    """Return a rank with its range."""
    if each.rank is None:
        return NONE
    value, low, high = each.rank
    return f"{value}" if low == high else f"{value} ({low}–{high})"


def price(each: Ranked) -> Price | None:
    """Return what a point costs."""
    return each.rate.price if each.rate else None


def priced(each: Ranked) -> str:
    """Return it with its interval."""
    own = price(each)
    return NONE if own is None else "{} ({} … {})".format(*map(plain, own[:3]))


def _more(each: Ranked) -> str:
    found = each.more
    text = f"{amount(found.mean)} ({amount(found.low)} … {amount(found.high)})"
    return text if found.told_apart else f"≈ {text}"


def _signs(each: Ranked) -> str:
    return _shares(each.pairs, each.draws)


def _shares(*found: Signs) -> str:
    return " · ".join(f"{100 * own.up:.0f} / {100 * own.down:.0f}" for own in found)


def _holds(each: Ranked, of: int) -> str:
    return NONE if each.holds is None else f"{each.holds} / {of}"


def _tie(each: Ranked) -> bool:
    return each.gain.tie


def _values(each: Ranked) -> tuple[Value, ...]:
    return (*each.likelihoods, *each.likelihood[:3], *each.gain[:3], not each.gain.tie)


def columns_of(found: Found) -> list[Column[Ranked]]:
    """Return the columns of ``rank.csv``: likelihoods and differences are fractions, costs 亿元."""
    holds: Column[Ranked] = Column(
        ("holds", "variants"),
        lambda each: (each.holds, found.variants or None),
        worded("rank.holds"), lambda each: _holds(each, found.variants), 1,
    )  # fmt: skip
    aims = enumerate(found.objective.aims)
    return [
        *COLUMNS,
        holds if found.variants else unread(holds),
        *(column for at, aim in aims for column in _aim(at, aim.count.short)),
    ]


NO_RATE = (None,) * len(names_of(Rate, RATE))
NO_PRICE = (None,) * len(names_of(Price, PRICE))
COLUMNS: Sequence[Column[Ranked]] = (
    Column(
        ("lever", "way"), lambda each: (each.turn.lever, each.turn.way), worded("rank.lever"),
        lambda each: each.turn.package.name, share=2.0, number=False,
    ),
    Column(
        ("rank", "rank_low", "rank_high"), lambda each: each.rank or (None,) * 3,
        worded("rank.rank"), place,
    ),
    Column(
        ("likelihood_first", "likelihood_second", "difference", "difference_low",
         "difference_high", "gain", "gain_low", "gain_high", "told_apart"),
        _values, worded("rank.points"), points, share=1.6, quiet=_tie,
    ),
    Column(
        ("pairs_up", "pairs_down", "draws_up", "draws_down"),
        lambda each: (*each.pairs, *each.draws), worded("rank.signs"), _signs, share=1.4,
        quiet=_tie,
    ),
    Column(
        tuple(names_of(CostDifference, COST)), lambda each: columns(COST, each.more).values(),
        worded("rank.more"), _more, 1, share=1.6,
    ),
    Column(
        tuple(names_of(Rate, RATE)),
        lambda each: columns(RATE, each.rate).values() if each.rate else NO_RATE,
    ),
    Column(
        tuple(names_of(Price, PRICE)),
        lambda each: columns(PRICE, own).values() if (own := price(each)) else NO_PRICE,
        worded("rank.price"), priced, 1, share=1.6,
    ),
)  # fmt: skip
AMOUNT, SPREAD, RATIO = [each for each in EFFECTS if each.shown is not None][:3]
"""Of a count's effect: change, 80 % of pairs, ratio."""


class _OfCount(NamedTuple):
    """What the columns of a comparison read."""

    effect: Effect


def _aim(at: int, name: Text) -> list[Column[Ranked]]:
    """Return columns on one of the counts, as a comparison has them: two and two together."""
    first = 2 + 2 * at

    def column(of: Column[Any], group: int) -> Column[Ranked]:
        def shown(each: Ranked) -> Text | str:
            assert of.shown is not None
            return of.shown(_OfCount(each.effects[at]))

        head = worded("rank.of_count", count=name, what=of.head)
        return read(head, shown, group, of.share)._replace(quiet=quiet)

    def quiet(each: Ranked) -> bool:
        return not each.effects[at].told_apart

    def both(each: Ranked) -> str:
        found = each.effects[at]
        text = _shares(found.pairs, found.draws)
        return text if found.told_apart else f"≈ {text}"

    return [
        column(AMOUNT, first),
        column(SPREAD, first),
        column(RATIO, first + 1),
        read(worded("rank.rises"), both, first + 1, 1.4)._replace(quiet=quiet),
    ]


Line = tuple[Objective, Ranked, int]
"""A turn, and the number of one of the objective's aims."""
IN_FILE: Sequence[Column[Line]] = (
    Column(
        ("lever", "way", "count", "year"),
        lambda line: (
            line[1].turn.lever, line[1].turn.way,
            line[0].aims[line[2]].count.id, line[0].aims[line[2]].year,
        ),
    ),
    Column(tuple(names_of(Effect)), lambda line: columns("", line[1].effects[line[2]]).values()),
)  # fmt: skip
"""``rank_counts.csv``: what each turn does to each count, as ``comparison.csv`` has it."""


def figure(found: Found, basis: Basis) -> Figure:
    """Return what each turn adds to the objective, on one axis, with rank, cost and price."""
    ways = WAYS[found.options["way"]]
    ends = [100 * end for each in found.turns for end in each.gain[:3]]
    low, high = scales.around((0.0, *ends))
    heads = ["points", "rank", "more", "price"] + (["holds"] if found.variants else [])
    mark = Rows(
        scales.differing(low, high),
        tuple(Series(worded(f"rank.{way}"), COLOURS[way], "o", 6.0) for way in ways),
        (
            Beside(worded("rank.lever"), flush="left", after=False),
            *(Beside(worded(f"rank.{head}")) for head in heads),
        ),
        tuple(_row(at, each, found, ways) for at, each in enumerate(found.turns)),
        (WIDTH, AROUND + ROW * len(found.turns)),
        zero=0.0,
    )
    base, objective = basis.scenarios[0], found.objective
    title = _title(found.turns[0], unquoted(objective.name))
    subtitle = worded("rank.subtitle", base=unquoted(base.name), what=what(found))
    notes = [worded("rank.figure_note")]
    notes += by_chance(len(found.turns))
    return basis.figure("rank", title, subtitle, mark, *notes, alternative=title)


def _title(first: Ranked, objective: Text) -> Text:
    """Return what stands first, if it surely does what it is ranked for."""
    way, found = first.turn.way, first.gain
    clear = first.rank is not None and (found.low > 0.0 if way == UP else found.high < 0.0)
    key = f"rank.title_{way}" if clear else "rank.title_none"
    return worded(key, name=unquoted(first.turn.package.name), objective=objective)


def _row(at: int, each: Ranked, found: Found, ways: Sequence[str]) -> Row:
    ink = palette.GREY if _tie(each) else palette.INK
    texts = [points(each), place(each), _more(each), priced(each)]
    if found.variants:
        texts.append(_holds(each, found.variants))
    value, low, high = (100 * end for end in each.gain[:3])
    return Row(
        float(at),
        (
            (Told(each.turn.package.name),),
            *((Told(Text(text, text), ink),) for text in texts),
        ),
        (Interval(value, low, high, ways.index(each.turn.way), hollow=_tie(each)),),
    )
