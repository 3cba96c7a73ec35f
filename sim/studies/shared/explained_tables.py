"""The tables of an explained difference: what passes each way, and what lies beside it."""

from collections.abc import Iterator, Sequence

from sim.calendar import month_label
from sim.estimate.channels import Decomposed
from sim.estimate.records import Interval
from sim.experiments.compare import AreaDifference
from sim.experiments.touched import Firms, Touched
from sim.language import Text
from sim.model.world.layout import CITY_MEASURES
from sim.plan import PLAN
from sim.spec.table import Column, Value, read
from sim.studies.shared.counts import NONE
from sim.studies.shared.explained import (
    AREA_NAMES,
    CLUSTERS,
    FIELDS_SHOWN,
    INSTRUMENTS,
    Found,
    Line,
    interval,
    lines,
    month,
    number,
    process_name,
    share,
)
from sim.text.catalogue import worded
from sim.text.joining import series


def _signs(line: Line) -> str:
    pairs, draws = line.amount.pairs, line.amount.draws
    return " · ".join(f"{100 * each.up:.0f} / {100 * each.down:.0f}" for each in (pairs, draws))


def _tie(line: Line) -> bool:
    return line.amount.tie


def _ends(found: Interval | None) -> Sequence[Value]:
    return (None,) * 3 if found is None else found


def columns_of(effect: Decomposed) -> list[Column[Line]]:
    """Return the columns that are read of channels, rest and links."""
    of = effect.whole.mean.value

    def amount(line: Line) -> str:
        return f"{'≈ ' if line.amount.tie else ''}{interval(line.amount.mean, of)}"

    return [
        read(worded("explain.way"), lambda line: line.name, share=2.4, number=False),
        read(worded("explain.amount"), amount, share=1.5)._replace(quiet=_tie),
        read(worded("explain.share"), lambda line: share(line.amount.share), share=1.2),
        read(worded("explain.signs"), _signs, 1, 1.3),
    ]


IN_FILE: Sequence[Column[tuple[str, Line]]] = (
    Column(
        ("count", "kind", "mechanism", "process"),
        lambda row: (row[0], row[1].kind, row[1].mechanism, row[1].process),
    ),
    Column(("amount", "amount_low", "amount_high"), lambda row: row[1].amount.mean),
    Column(("share", "share_low", "share_high"), lambda row: _ends(row[1].amount.share)),
    Column(("alone", "alone_low", "alone_high"), lambda row: _ends(row[1].alone)),
    Column(("last", "last_low", "last_high"), lambda row: _ends(row[1].last)),
    Column(
        ("pairs_up", "pairs_down", "draws_up", "draws_down"),
        lambda row: (*row[1].amount.pairs, *row[1].amount.draws),
    ),
)
"""``explain.csv``: amounts in the unit of what is explained, shares as fractions of the whole; of
channels also what they add alone, and last."""


def of_counts(found: Found) -> Iterator[tuple[str, Line]]:
    """Yield what passes each way of every count."""
    for count, effect in zip(PLAN.counts, found.counts, strict=True):
        yield from ((count.id, line) for line in lines(found.ways, effect))


def _touches(row: Touched) -> Text | str:
    if not row.by:
        return NONE
    process, fields = row.by[0]
    some, left = fields[:FIELDS_SHOWN], len(fields) - FIELDS_SHOWN
    told = series(some)
    told = worded("rank.and_others", names=told, number=left) if left > 0 else told
    return worded("explain.touches", process=process_name(process), fields=told)


TOUCHED: Sequence[Column[Touched]] = (
    Column(
        ("instrument",), lambda row: (row.instrument,), worded("explain.instrument"),
        lambda row: INSTRUMENTS[row.instrument], share=1.4, number=False,
    ),
    Column(
        ("given", "month"),
        lambda row: (
            month_label(row.given), None if row.month is None else month_label(row.month)
        ),
        worded("explain.month"), lambda row: month(row.month), share=0.8,
    ),
    Column(
        ("process", "fields", "others"),
        lambda row: (
            row.by[0][0] if row.by else None,
            " ".join(row.by[0][1]) if row.by else None,
            " ".join(process for process, _ in row.by[1:]) or None,
        ),
        worded("explain.touched"), _touches, share=3.0, number=False,
    ),
)  # fmt: skip
"""``touched.csv``: the first month in which a dose differs, and in which anything else does."""


def _by(quantity: str) -> Column[Sequence[AreaDifference]]:
    def own(row: Sequence[AreaDifference]) -> AreaDifference:
        return next(each for each in row if each.quantity == quantity)

    def told(row: Sequence[AreaDifference]) -> str:
        found = own(row)
        text = interval(Interval(found.value, found.low, found.high), found.value)
        return f"≈ {text}" if found.tie else text

    return Column(
        (quantity, f"{quantity}_low", f"{quantity}_high"),
        lambda row: own(row)[2:],
        worded(f"compare.quantity_{quantity}"), told, share=1.4,
    )  # fmt: skip


AREAS: Sequence[Column[Sequence[AreaDifference]]] = (
    Column(
        ("area",), lambda row: (row[0].area,), worded("compare.area"),
        lambda row: AREA_NAMES[row[0].area], number=False,
    ),
    _by("firms"), _by("output"), _by("talents"),
)  # fmt: skip
"""``areas.csv``: the mean difference by cluster and district when counts are due."""


def by_area(found: Sequence[AreaDifference]) -> list[Sequence[AreaDifference]]:
    """Return a row for each cluster and district, clusters first, the largest in output first."""
    rows: list[Sequence[AreaDifference]] = [
        [each for each in found if each.area == area] for area in AREA_NAMES
    ]
    return sorted(rows, key=lambda row: (row[0].area not in CLUSTERS, -abs(_output(row))))


def clear(rows: Sequence[Sequence[AreaDifference]]) -> list[Sequence[AreaDifference]]:
    """Return the rows in which something can be told apart."""
    return [row for row in rows if not all(each.tie for each in row)]


def _output(row: Sequence[AreaDifference]) -> float:
    return next(each.value for each in row if each.quantity == "output")


FIRMS: Sequence[Column[Firms]] = (
    Column(
        ("group",), lambda row: (row.group,), worded("explain.group"),
        lambda row: worded(f"explain.{row.group}"), share=2.0, number=False,
    ),
    Column(("firms",), lambda row: (row.firms,), worded("explain.firms"),
           lambda row: f"{row.firms:,.0f}"),
    Column(("sales",), lambda row: (row.sales,), worded("explain.sales"),
           lambda row: number(row.sales, 10.0)),
    Column(("talents",), lambda row: (row.talents,), worded("explain.talents"),
           lambda row: number(row.talents, 100.0)),
    Column(("replicates",), lambda row: (row.replicates,)),
)  # fmt: skip
"""``firms.csv``: firms matched by identity when counts are due, second less first."""
Measure = tuple[str, Interval]
MEASURES: Sequence[Column[Measure]] = (
    Column(
        ("measure",), lambda row: row[:1], worded("explain.measure"),
        lambda row: CITY_MEASURES[row[0]][1], share=2.0, number=False,
    ),
    Column(
        ("difference", "low", "high"), lambda row: row[1], worded("explain.change"),
        lambda row: interval(row[1], row[1].value), share=1.5,
    ),
    Column(("unit",), lambda row: (CITY_MEASURES[row[0]][0],), worded("explain.unit"),
           lambda row: CITY_MEASURES[row[0]][0], number=False),
)  # fmt: skip
"""``measures.csv``: what else differs in the city when counts are due, second less first."""
