"""Tables of likelihoods: of a package, in both readings, over points, and side by side."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sim.estimate import CountSummary, Interval, Summary
from sim.language import Language, Text
from sim.plan import PLAN, READINGS
from sim.present.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.present.report.held import Held
from sim.present.report.studied import table_blocks
from sim.present.report.wording import NONE, columns, likely_cell, title_of
from sim.spec.table import table as declared
from sim.studies.shared.counts import COLUMNS, Line
from sim.text.catalogue import say, worded
from sim.text.joining import in_both


class At(NamedTuple):
    """A threshold, and what a table of it holds."""

    key: str
    name: Text
    of_count: Callable[[CountSummary], Cell]
    joint: Callable[[Summary], Cell]


def table(package: Held, language: Language) -> Iterator[Table]:
    """Yield the counts of a package, and all of them together, as a table or two."""
    title = worded("report.counts", name=in_both(package.called))
    lines: list[Line] = [*package.summary.counts, package.summary]
    told = declared("", title, COLUMNS, lines)
    return table_blocks(told, f"likelihood-{package.key}", package.source, language)


def about_cell(count: str, found: Interval) -> Cell:
    """Return a likelihood at the 左右 threshold; a dash where the plan does not say about."""
    says_about = next(entry.about for entry in PLAN.counts if entry.id == count)
    return likely_cell(found) if says_about else Cell(NONE, quiet=True)


def other_readings(package: Held, language: Language) -> list[Block]:
    """Return the counts whose likelihood is another one in their other reading, or that none is."""
    counts = [(count, count.other) for count in package.summary.counts if count.other is not None]
    if not counts:
        return [Paragraph(say("report.same_reading", language), "note")]
    reading = (("strict", True, 1.5), ("about", True, 1.5))
    first, second = ("read_as", False, 1.3), ("or_read_as", False, 1.3)
    heads = (("count", False, 1.8), first, *reading, second, *reading)
    rows = tuple(
        (
            Cell(title_of(count.id, language)),
            *(
                cell
                for each in (count, other)
                for cell in (
                    Cell(READINGS[each.reading].in_(language)),
                    likely_cell(each.likelihood),
                    about_cell(count.id, each.about),
                )
            ),
        )
        for count, other in counts
    )
    return [
        Table(
            f"readings-{package.key}",
            say("report.readings", language),
            columns(heads, language),
            rows,
            package.source,
        )
    ]


def side_by_side(packages: Sequence[Held], language: Language) -> list[Block]:
    """Return the likelihoods of several packages beside each other, at each threshold."""
    head = Heading(3, say("report.side_by_side", language), "side-by-side")
    return [head, *(_beside(packages, at, language) for at in AT)]


def _beside(packages: Sequence[Held], at: At, language: Language) -> Table:
    summaries = [each.summary for each in packages]
    rows = [
        (Cell(title_of(counts[0].id, language)), *map(at.of_count, counts))
        for counts in zip(*(each.counts for each in summaries), strict=True)
    ]
    together = (Cell(say("likelihood.joint", language)), *map(at.joint, summaries))
    return Table(
        at.key,
        say("report.beside", language, likelihoods=at.name),
        (
            *columns([("count", False, 1.6)], language),
            *(Column(each.called(language), True) for each in packages),
        ),
        (*rows, together),
        " · ".join(dict.fromkeys(each.source for each in packages)),
    )


AT = (
    At(
        "side-by-side",
        worded("report.beside_strict"),
        lambda count: likely_cell(count.likelihood),
        lambda summary: likely_cell(summary.joint),
    ),
    At(
        "side-by-side-about",
        worded("report.beside_about"),
        lambda count: about_cell(count.id, count.about),
        lambda summary: likely_cell(summary.joint_about),
    ),
)
