"""What files hold of packages that were compared: a row for each count, and for each area."""

from collections.abc import Iterator, Mapping, Sequence

from sim.estimate.rates import CostDifference
from sim.experiments.compare import AreaDifference, Comparison
from sim.experiments.effect_rows import COST, columns, names_of
from sim.experiments.existing import Existing
from sim.language import Text
from sim.spec.stored import as_json
from sim.spec.table import Column, Table, Value, record, table, unread
from sim.studies.shared.compared import (
    BESIDE,
    EFFECTS,
    LIKELIHOODS,
    PER_COST,
    Count,
    apart,
)
from sim.studies.study import Basis

Line = tuple[Comparison, Count | None]
"""A count of a comparison, or all counts together."""
COSTS = ("cost_first", "cost_second", *names_of(CostDifference, COST))


def _of_count(column: Column[Count]) -> Column[Line]:
    """Return a column of counts as one of a file, empty for all counts together."""
    nothing = (None,) * len(column.fields)
    return unread(Column(
        column.fields, lambda line: nothing if line[1] is None else column.values(line[1])
    ))  # fmt: skip


FILE: Sequence[Column[Line]] = (
    Column(("first", "second"), lambda line: (line[0].first.id, line[0].second.id)),
    Column(("count",), lambda line: ("all" if line[1] is None else line[1].id,)),
    Column(
        ("likelihood_first", "likelihood_second"),
        lambda line: line[0].joint_likelihoods if line[1] is None else line[1][1:3],
    ),
    Column(
        LIKELIHOODS[1].fields,
        lambda line: apart(line[0].joint if line[1] is None else line[1].likelihood),
    ),
    Column(
        LIKELIHOODS[2].fields,
        lambda line: (line[0].joint_about_likelihoods if line[1] is None
                      else line[1].about_likelihoods),
    ),
    Column(
        LIKELIHOODS[3].fields,
        lambda line: apart(line[0].joint_about if line[1] is None else line[1].about),
    ),
    *map(_of_count, (*EFFECTS, *BESIDE[:-1])),
    Column(
        ("variance_reduction",),
        lambda line: (
            (line[0].joint if line[1] is None else line[1].likelihood).reduction,
        ),
    ),
    Column(COSTS, lambda line: (*line[0].costs, *columns(COST, line[0].more).values())),
    _of_count(PER_COST),
    Column(("baseline_replicates",), lambda line: (line[0].baseline,)),
)  # fmt: skip
"""``comparison.csv``: likelihoods and their differences are fractions; costs 亿元 until counts are
due; points per cost are percentage points for each 亿元 more; ``amount`` is in the count's unit.
Fields of effects are those of `sim.estimate.effects`, of rates those of `sim.estimate.rates`."""
FIELDS = [field for column in FILE for field in column.fields]
IN_AREAS: Sequence[Column[tuple[Comparison, AreaDifference]]] = (
    Column(
        ("first", "second", "quantity", "area", "difference", "low", "high", "told_apart"),
        lambda row: (row[0].first.id, row[0].second.id, *row[1], not row[1].tie),
    ),
)


def _lines(found: Sequence[Comparison]) -> tuple[list[Line], list[Line]]:
    """Return a line for every count, and one for all counts together."""
    return [(each, count) for each in found for count in each.counts], [(e, None) for e in found]


def file_tables(found: Sequence[Comparison], title: Text) -> Iterator[Table]:
    """Yield what files hold of comparisons: counts and all together, clusters and districts."""
    counts, joint = _lines(found)
    yield table("comparison", title, FILE, [*counts, *joint])
    yield table("areas", title, IN_AREAS, [(each, area) for each in found for area in each.areas])


def document_of(
    found: Sequence[Comparison], only: Sequence[Sequence[Existing]], basis: Basis
) -> tuple[str, str]:
    """Return ``comparison.json``, its name and its text.

    Args:
        found: each package against the first.
        only: what exists only under one of them, for each comparison; may be empty.
        basis: what they rest on.
    """
    counts, joint = _lines(found)
    told = {
        "model_hash": basis.model,
        "seed": basis.sample.seed,
        "replicates": basis.sample.replicates,
        "packages": [each.resolved() for each in basis.scenarios],
        "scenario_hashes": [each.hash() for each in basis.scenarios],
        "counts": [record(FILE, line) for line in counts],
        "joint": [_without_gaps(record(FILE, line)) for line in joint],
        "existing": [
            {"first": each.first.id, "second": each.second.id, **entry._asdict()}
            for each, rows in zip(found, only, strict=False)
            for entry in rows
        ],
    }
    return "comparison.json", as_json(told)


def _without_gaps(row: Mapping[str, Value]) -> dict[str, Value]:
    """Return what is known of all counts together."""
    return {field: value for field, value in row.items() if value is not None}
