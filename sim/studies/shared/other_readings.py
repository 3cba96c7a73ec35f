"""What becomes of a difference of likelihoods where a count is read in its other way."""

from collections.abc import Iterator, Sequence

from sim.experiments.compare import Comparison, InOther
from sim.plan import READINGS
from sim.spec.table import Column, Table, Value, table, unread
from sim.studies.shared.compared import apart, levels, points
from sim.studies.shared.counts import NAMES
from sim.text.catalogue import worded
from sim.text.together import together

Line = tuple[Comparison, InOther]


def other_readings(found: Comparison) -> Iterator[Table]:
    """Yield a table of the counts whose likelihoods are others in their other reading, if any."""
    if rows := _lines([found]):
        yield table("", worded("compare.other_readings"), COLUMNS, rows)


def other_readings_file(found: Sequence[Comparison]) -> Iterator[Table]:
    """Yield what the file has of all comparisons, if anything."""
    if rows := _lines(found):
        of_packages: Column[Line] = Column(
            ("first", "second"), lambda row: (row[0].first.id, row[0].second.id)
        )
        told = [of_packages, *map(unread, COLUMNS)]
        yield table("readings", worded("compare.other_readings"), told, rows)


def _lines(found: Sequence[Comparison]) -> list[Line]:
    return [(each, count.other) for each in found for count in each.counts if count.other]


def _likelihoods(row: Line) -> Iterator[Value]:
    yield from (*row[1].likelihoods, *apart(row[1].likelihood))


def _about(row: Line) -> Iterator[Value]:
    yield from (*row[1].about_likelihoods, *apart(row[1].about))


def _strict_told(row: Line) -> str:
    rounded = together(*row[1].likelihoods, row[1].likelihood)
    return f"{levels(rounded)}, {points(rounded, row[1].likelihood)}"


def _about_told(row: Line) -> str:
    rounded = together(*row[1].about_likelihoods, row[1].about)
    return f"{levels(rounded)}, {points(rounded, row[1].about)}"


COLUMNS: Sequence[Column[Line]] = (
    Column(("count",), lambda row: (row[1].id,), worded("compare.count"),
           lambda row: NAMES[row[1].id], share=2.0, number=False),
    Column(("reading",), lambda row: (row[1].reading,), worded("compare.reading"),
           lambda row: READINGS[row[1].reading], share=1.5, number=False),
    Column(
        ("likelihood_first", "likelihood_second", "difference", "difference_low",
         "difference_high", "told_apart"),
        _likelihoods, worded("compare.other_strict"), _strict_told, share=2.0,
        quiet=lambda row: row[1].likelihood.tie,
    ),
    Column(
        ("about_first", "about_second", "about_difference", "about_low", "about_high",
         "about_told_apart"),
        _about, worded("compare.other_about"), _about_told, share=2.0,
        quiet=lambda row: row[1].about.tie,
    ),
)  # fmt: skip
"""``readings.csv``: fractions, as the same columns of ``comparison.csv``."""
