"""What becomes of a difference of likelihoods where a count is read in its other way."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.experiments.other_reading import InOther
from sim.language import Text
from sim.plan import READINGS
from sim.spec.table import Column, Table, Value, read, table, unread
from sim.studies.shared.compared import apart, levels, points
from sim.studies.shared.counts import NAMES
from sim.text.catalogue import worded
from sim.text.together import together


class Other(NamedTuple):
    """A count that differs otherwise in its other reading."""

    packages: tuple[str, str]
    """Ids of the one that a package is set against, and of itself."""
    name: Text
    """Its own."""
    of: InOther


def other_readings(found: Sequence[Other], *, several: bool = False) -> Iterator[Table]:
    """Yield a table of the counts whose likelihoods are others in their other reading, if any.

    Args:
        found: such counts.
        several: whether they are of several packages, whose names are then told.
    """
    if found:
        columns = (OF_PACKAGE, *COLUMNS) if several else COLUMNS
        yield table("", worded("compare.other_readings"), columns, found)


def other_readings_file(found: Sequence[Other]) -> Iterator[Table]:
    """Yield what the file has, if anything."""
    if found:
        of_packages: Column[Other] = Column(("first", "second"), lambda row: row.packages)
        told = [of_packages, *map(unread, COLUMNS)]
        yield table("readings", worded("compare.other_readings"), told, found)


def _likelihoods(row: Other) -> Iterator[Value]:
    yield from (*row.of.likelihoods, *apart(row.of.likelihood))


def _about(row: Other) -> Iterator[Value]:
    yield from (*row.of.about_likelihoods, *apart(row.of.about))


def _strict_told(row: Other) -> str:
    rounded = together(*row.of.likelihoods, row.of.likelihood)
    return f"{levels(rounded)}, {points(rounded, row.of.likelihood)}"


def _about_told(row: Other) -> str:
    rounded = together(*row.of.about_likelihoods, row.of.about)
    return f"{levels(rounded)}, {points(rounded, row.of.about)}"


OF_PACKAGE: Column[Other] = read(
    worded("turning.package"), lambda row: row.name, share=2.0, number=False
)
STRICT, ABOUT = (
    ("likelihood_first", "likelihood_second", "difference", "difference_low", "difference_high",
     "told_apart"),
    ("about_first", "about_second", "about_difference", "about_low", "about_high",
     "about_told_apart"),
)  # fmt: skip
COLUMNS: Sequence[Column[Other]] = (
    Column(("count",), lambda row: (row.of.id,), worded("compare.count"),
           lambda row: NAMES[row.of.id], share=2.0, number=False),
    Column(("reading",), lambda row: (row.of.reading,), worded("compare.reading"),
           lambda row: READINGS[row.of.reading], share=1.5, number=False),
    Column(STRICT, _likelihoods, worded("compare.other_strict"), _strict_told, share=2.0,
           quiet=lambda row: row.of.likelihood.tie),
    Column(ABOUT, _about, worded("compare.other_about"), _about_told, share=2.0,
           quiet=lambda row: row.of.about.tie),
)  # fmt: skip
"""``readings.csv``: fractions, as the same columns of ``comparison.csv``."""
