"""Tables of likelihoods: of a package, in both readings, over points, and side by side."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sim.estimate import CountSummary, Interval, Summary
from sim.language import Language, Text
from sim.plan import COUNTS, PLAN, READINGS, YEAR
from sim.present.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.present.report.held import Held
from sim.present.report.studied import table_blocks
from sim.present.report.wording import NONE, likely_cell, title_of
from sim.spec.table import table as declared
from sim.studies.shared.counts import COLUMNS, Line
from sim.text.catalogue import capital, say


class At(NamedTuple):
    """A threshold, and what a table of it holds."""

    key: str
    name: Text
    of_count: Callable[[CountSummary], Cell]
    joint: Callable[[Summary], Cell]


def table(package: Held, language: Language) -> Iterator[Table]:
    """Yield the counts of a package, and all of them together, as a table or two."""
    title = Text(
        f"{capital(COUNTS.en)} counts at the end of {YEAR}, {package.called('en')}",
        f"{YEAR}年底的{COUNTS.zh}项目标，{package.called('zh')}",
    )
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
        none = Text(
            "Where the plan's wording can be read in two ways, the other reading gives the same"
            " likelihoods here.",
            "方案措辞可作两种理解之处，换用另一口径，可能性在此并无不同。",
        )
        return [Paragraph(none.in_(language), "note")]
    strict, about = Text("Strict", "严格"), Text("左右", "左右")
    heads = (
        (Text("Count", "目标"), 1.8), (Text("Read as", "口径"), 1.3), (strict, 1.5), (about, 1.5),
        (Text("Or read as", "另一口径"), 1.3), (strict, 1.5), (about, 1.5),
    )  # fmt: skip
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
            Text(
                "Where the plan's wording can be read in two ways and the likelihood differs",
                "方案措辞可作两种理解且可能性因此不同的目标",
            ).in_(language),
            tuple(
                Column(head.in_(language), head in (strict, about), share) for head, share in heads
            ),
            rows,
            package.source,
        )
    ]


def side_by_side(packages: Sequence[Held], language: Language) -> list[Block]:
    """Return the likelihoods of several packages beside each other, at each threshold."""
    head = Text("Side by side", "并列比较").in_(language)
    return [Heading(3, head, "side-by-side"), *(_beside(packages, at, language) for at in AT)]


def _beside(packages: Sequence[Held], at: At, language: Language) -> Table:
    summaries = [each.summary for each in packages]
    caption = Text(
        f"{at.name.en}, package by package. Intervals of single likelihoods do not use that"
        " replicates may be paired",
        f"各组合{at.name.zh}。单个可能性的区间未利用成对信息",
    )
    rows = [
        (Cell(title_of(counts[0].id, language)), *map(at.of_count, counts))
        for counts in zip(*(each.counts for each in summaries), strict=True)
    ]
    together = (Cell(say("likelihood.joint", language)), *map(at.joint, summaries))
    return Table(
        at.key,
        caption.in_(language),
        (
            Column(Text("Count", "目标").in_(language), share=1.6),
            *(Column(each.called(language), True) for each in packages),
        ),
        (*rows, together),
        " · ".join(dict.fromkeys(each.source for each in packages)),
    )


AT = (
    At(
        "side-by-side",
        Text("Strict likelihoods", "的严格可能性"),
        lambda count: likely_cell(count.likelihood),
        lambda summary: likely_cell(summary.joint),
    ),
    At(
        "side-by-side-about",
        Text("Likelihoods where about (左右) is enough", "按“左右”判定的可能性"),
        lambda count: about_cell(count.id, count.about),
        lambda summary: likely_cell(summary.joint_about),
    ),
)
