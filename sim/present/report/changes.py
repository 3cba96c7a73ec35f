"""What changes between packages: charts and tables of paired differences."""

from collections.abc import Sequence
from functools import partial

from sim.estimate.intervals import CONFIDENCE
from sim.language import Language, Text
from sim.present.figure import drawn
from sim.present.report.compared import Compared, figures
from sim.present.report.document import Block, Heading, Paragraph, Table
from sim.present.report.drawing import picture
from sim.present.report.studied import table_blocks
from sim.present.report.wording import user_name
from sim.spec.findings import Sentence
from sim.studies.shared.compared import all_together, sentences, tables
from sim.studies.shared.headline import headline
from sim.text.numbers import percent
from sim.views.by_chance import by_chance

INTERVALS = 4
"""Told of every count: likelihood strict and 左右, amount and ratio."""


def changes(found: Sequence[Compared], unpaired: int, language: Language) -> list[Block]:
    """Return the section on differences.

    Args:
        found: comparisons.
        unpaired: runs that are no pairs of the first one, and thus cannot be compared so.
        language: of all words.
    """
    blocks: list[Block] = [Heading(2, Text("What changes", "有何变化").in_(language), "changes")]
    if found:
        blocks.append(Paragraph(_how_to_read().in_(language), "note"))
    warning = by_chance(len(found) * INTERVALS * 13)
    if warning is not None:
        blocks.append(Paragraph(warning.in_(language), "note"))
    if unpaired:
        blocks.append(
            Paragraph(
                Text(
                    f"{unpaired} of the runs given differ from the first in seed, number of"
                    " replicates, horizon, the source of parameters or the month up to which facts"
                    " are known: they stand beside it above, and are not compared pair by pair.",
                    f"所给运行中有 {unpaired} 个与第一个的种子、模拟次数、终点、参数来源或已知事实"
                    "的截止月份不同：仅在上文并列，不作成对比较。",
                ).in_(language),
                "warning",
            )
        )
    for number, each in enumerate(found, start=1):
        blocks += _one(each, number, language)
    return blocks


def _how_to_read() -> Text:
    return Text(
        "Each difference is the second package minus the first, between replicates with the same"
        f" luck and the same parameters, with its {percent(CONFIDENCE)} interval. Where the"
        " interval holds nought, the two cannot be told apart, and the numbers are set in grey.",
        f"差异为后者减前者，在运气与参数相同的模拟之间成对计算，附{percent(CONFIDENCE)}区间；"
        "区间含零者难分高下，以灰色显示。",
    )


def _one(found: Compared, number: int, language: Language) -> list[Block]:
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = Text(f"{second} against {first}", f"{second}，对比{first}").in_(language)
    colon = Text(": ", "：").in_(language)
    told = headline(found.counts, language)
    blocks: list[Block] = [Heading(3, against, f"changes-{number}")]
    said = (*sentences(found), Sentence(all_together(found)))
    blocks += [Paragraph(each.text.in_(language)) for each in said]
    for shown in figures(found):
        caption = f"{shown.caption.in_(language)}{colon}{against}"
        draw = partial(drawn, shown.figure, language)
        key = f"{shown.figure.name}-{number}"
        blocks.append(picture(key, draw, caption, told, shown.source, vectors=shown.vectors))
    return [*blocks, *change_tables(found, number, language)]


def change_tables(found: Compared, number: int, language: Language) -> list[Table]:
    """Return the tables on one comparison, the counts themselves first."""
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = Text(f"{second} against {first}", f"{second}，对比{first}").in_(language)
    return [
        block
        for key, each in zip(("effects", "changes"), tables(found), strict=True)
        for block in table_blocks(each, f"{key}-{number}", found.source, language, against)
    ]
