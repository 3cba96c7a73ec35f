"""What changes between packages: charts and tables of paired differences."""

from collections.abc import Sequence
from functools import partial

from sim.experiments.compare import CONFIDENCE
from sim.language import Language, Text
from sim.present.figure import drawn
from sim.present.report.change_tables import tables
from sim.present.report.compared import Compared, Joint, figures
from sim.present.report.document import Block, Heading, Paragraph
from sim.present.report.drawing import picture
from sim.present.report.wording import bracketed, signed_end, user_name
from sim.studies.figures.headline import headline
from sim.text.numbers import percent, plain, signed
from sim.text.together import together
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
    told = headline(found.rows, language)
    blocks: list[Block] = [
        Heading(3, against, f"changes-{number}"),
        Paragraph(told),
        Paragraph(_together(found, language)),
        Paragraph(_money(found, language)),
    ]
    colon = Text(": ", "：").in_(language)
    for each in figures(found):
        caption = f"{each.caption.in_(language)}{colon}{against}"
        draw = partial(drawn, each.figure, language)
        key = f"{each.figure.name}-{number}"
        blocks.append(picture(key, draw, caption, told, each.source, vectors=each.vectors))
    return [*blocks, *tables(found, number, language)]


def _together(found: Compared, language: Language) -> str:
    strict, about = (_all(each, language) for each in (found.joint, found.joint_about))
    return Text(
        f"All thirteen together: strict {strict}; 左右 {about} points.",
        f"十三项同时实现：严格{strict}；左右{about}个百分点。",
    ).in_(language)


def _all(found: Joint, language: Language) -> str:
    told = together(found.first, found.second, found.difference)
    to = Text(" to ", "至").in_(language)
    levels = (
        f"{told.first} → {told.second}, "
        if language == "en"
        else (f"{told.first} → {told.second}，")
    )
    return levels + told.value + bracketed(f"{told.low}{to}{told.high}", language)


def _money(found: Compared, language: Language) -> str:
    first, second = (plain(cost) for cost in found.costs)
    low, high = (signed_end(end) for end in (found.more.low, found.more.high))
    mean = signed(found.more.mean)
    open_ = Text("", "")
    if not found.more.told_apart:
        open_ = Text(
            " Which of the two spends more cannot be told, so no points per 亿元 are given.",
            "两者支出难分高下，故不列每亿元百分点。",
        )
    return Text(
        f"Public cost to the end of 2030 at default unit costs: {first} 亿元 under the first,"
        f" {second} under the second. Over the draws of unit costs the second's less the"
        f" first's, without tax forgone, is {mean} on average ({low} to {high} in 95% of them)."
        f"{open_.en}",
        f"至2030年底的公共成本（默认单位成本）：前者{first}亿元，后者{second}亿元。按单位成本的各次抽样"
        f"（少征的税收不计），后者减前者平均为{mean}亿元（95%的抽样为{low}至{high}）。{open_.zh}",
    ).in_(language)
