"""What changes between packages: charts and tables of paired differences."""

from collections.abc import Sequence
from functools import partial

from sim.experiments.compare import CONFIDENCE
from sim.language import Language, Text
from sim.views.numbers import percent, plain
from sim.views.report.compared import Compared, figures
from sim.views.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.views.report.drawing import picture
from sim.views.report.wording import amount_cell, apart, apart_cell, title_of, user_name
from sim.views.words import say

HEADS = (
    (Text("Count", "目标"), False, 2.2),
    (Text("First", "前者"), True, 0.8),
    (Text("Second", "后者"), True, 0.8),
    (Text("Points, strict", "百分点（严格）"), True, 2.0),
    (Text("Points, 左右", "百分点（左右）"), True, 2.0),
    (Text("Median, in the count's unit", "中位数（计数单位）"), True, 2.4),
)


def changes(found: Sequence[Compared], unpaired: int, language: Language) -> list[Block]:
    """Return the section on differences.

    Args:
        found: comparisons.
        unpaired: runs that are no pairs of the first one, and thus cannot be compared so.
        language: of all words.
    """
    blocks: list[Block] = [
        Heading(2, Text("What changes", "有何变化").in_(language), "changes"),
        Paragraph(
            Text(
                "Each difference is the second package minus the first, between replicates with the"
                f" same luck and the same parameters, with its {percent(CONFIDENCE)} interval."
                " Where"
                " the interval holds nought, it is a tie and set in grey.",
                f"差异为后者减前者，在运气与参数相同的模拟之间成对计算，附{percent(CONFIDENCE)}区间；"
                "区间含零者为平手，以灰色显示。",
            ).in_(language),
            "note",
        ),
    ]
    if unpaired:
        blocks.append(
            Paragraph(
                Text(
                    f"{unpaired} of the runs given differ from the first in seed, number of"
                    " replicates or horizon: they stand beside it above, and are not compared pair"
                    " by pair.",
                    f"所给运行中有 {unpaired} 个与第一个的种子、模拟次数或终点不同：仅在上文并列，"
                    "不作成对比较。",
                ).in_(language),
                "warning",
            )
        )
    for number, each in enumerate(found, start=1):
        blocks += _one(each, number, language)
    return blocks


def _one(found: Compared, number: int, language: Language) -> list[Block]:
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = Text(f"{second} against {first}", f"{second}，对比{first}").in_(language)
    costs = [plain(cost) for cost in found.costs]
    blocks: list[Block] = [
        Heading(3, against, f"changes-{number}"),
        Paragraph(
            Text(
                f"All thirteen together: {apart(found.joint, 'en')} points. Public cost to the end"
                " of"
                f" 2030: {costs[0]} under the first, {costs[1]} 亿元 under the second.",
                f"十三项同时实现：{apart(found.joint, 'zh')}个百分点。至2030年底的公共成本：前者"
                f"{costs[0]}亿元，后者{costs[1]}亿元。",
            ).in_(language)
        ),
    ]
    told = _spoken(found, language)
    colon = Text(": ", "：").in_(language)
    for each in figures(found):
        caption = f"{each.caption.in_(language)}{colon}{against}"
        draw = partial(each.draw, language)
        key = f"{each.key}-{number}"
        blocks.append(picture(key, draw, caption, told, each.source, vectors=each.vectors))
    blocks.append(table(found, number, language))
    return blocks


def table(found: Compared, number: int, language: Language) -> Table:
    """Return the differences of all counts as a table."""
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = Text(f"{second} against {first}", f"{second}，对比{first}").in_(language)
    rows = [
        (
            Cell(title_of(row.id, language)),
            Cell(percent(row.first), (row.first,)),
            Cell(percent(row.second), (row.second,)),
            apart_cell(row.likelihood),
            apart_cell(row.about),
            amount_cell(row.median),
        )
        for row in found.rows
    ]
    joint = (
        Cell(say("likelihood.joint", language)),
        Cell(""),
        Cell(""),
        apart_cell(found.joint),
        Cell(""),
        Cell(""),
    )
    return Table(
        f"changes-{number}",
        against,
        tuple(Column(head.in_(language), right, share) for head, right, share in HEADS),
        (*rows, joint),
        found.source,
    )


def _spoken(found: Compared, language: Language) -> str:
    clear = [row for row in found.rows if not row.likelihood.tie]
    told = "; ".join(
        f"{title_of(row.id, language)} {apart(row.likelihood, language)}" for row in clear
    )
    if not told:
        return Text("All counts are ties.", "各项均为平手。").in_(language)
    return Text(f"Clear differences in points: {told}.", f"明显差异（百分点）：{told}。").in_(
        language
    )
