"""What each plan is owed."""

from functools import partial
from itertools import groupby

from sim.estimate import Interval
from sim.language import Language, Text
from sim.plan import PLAN, SIX
from sim.present.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.present.report.drawing import picture
from sim.present.report.given import Given, rests_on
from sim.present.report.wording import (
    apart,
    apart_cell,
    bracketed,
    count_name,
    listed,
    title_of,
    user_name,
)
from sim.text.joining import sentences
from sim.text.numbers import percent
from sim.views.attribution import Shares
from sim.views.attribution import attribution as chart
from sim.views.experiment import Experiment
from sim.views.interactions import interactions

Clear = tuple[str, str, Interval]
PLANS = tuple(lever for lever in PLAN.levers if lever.kind == "plan")


def clear_shares(given: Given) -> list[Clear]:
    """Return count, plan and share where the share is clear of nought, largest first."""
    found = [
        (count["count"], plan, Interval(**share))
        for count in given.document["counts"]
        for plan, share in count["likelihood"].items()
    ]
    clear = [entry for entry in found if not entry[2].low <= 0.0 <= entry[2].high]
    return sorted(clear, key=lambda entry: -abs(entry[2].value))


def attribution(given: Given, number: int, language: Language) -> list[Block]:
    """Return the section of one attribution."""
    said = given.document
    base = Text(**said["base"]["name"])
    rests = rests_on(given)
    counts = {count["count"]: count for count in said["counts"]}
    shares = [
        Shares(
            counts[count.id]["without_plans"],
            [Interval(**counts[count.id]["likelihood"][plan.id]) for plan in PLANS],
            counts[count.id]["with_all_plans"],
        )
        for count in PLAN.counts
    ]
    names = {plan.id: plan.name.in_(language) for plan in PLANS}
    told = listed(
        [
            f"{names[plan]} {apart(share, language)}"
            + bracketed(count_name(count, language), language)
            for count, plan, share in clear_shares(given)[:5]
        ],
        language,
    )
    name = user_name(base, language)
    blocks: list[Block] = [
        Heading(2, Text("What each plan is owed", "各计划的贡献").in_(language), f"plans-{number}"),
        *_legend(shares, said["replicates"], language),
        picture(
            f"attribution-{number}",
            partial(chart, rests, shares, language),
            Text(f"Shapley shares in points, {name}", f"沙普利份额（百分点），{name}").in_(
                language
            ),
            (
                Text(f"Largest clear shares: {told}.", f"最大的明显份额：{told}。")
                if told
                else Text("No share is clear of nought.", "没有份额明显不为零。")
            ).in_(language),
            given.cite("attribution.csv"),
        ),
        _table(given, shares, number, language),
    ]
    return [*blocks, *_pairs(given, rests, number, language)]


def _legend(shares: list[Shares], replicates: int, language: Language) -> list[Block]:
    """Say what shares are, and of grey ones if there are any."""
    whole = Text(
        f"The strict likelihood of each count is shared out among the {SIX.en} plans by their"
        f" Shapley values over all {2 ** len(PLAN.plans)} combinations of them, {replicates}"
        " replicates"
        " each. Shares add up to the difference between all plans and none.",
        f"依{SIX.zh}大计划全部{2 ** len(PLAN.plans)}种组合（各 {replicates} 次模拟）的沙普利值，"
        "把每项目标的严格可能性分给各计划；各份额相加等于全部实施与全不实施之差。",
    )
    grey = Text("A share in grey may be nothing.", "灰色份额可能为零。")
    unclear = any(share.low <= 0.0 <= share.high for row in shares for share in row.plans)
    told = (whole, grey) if unclear else (whole,)
    return [Paragraph(sentences(*(each.in_(language) for each in told), language=language), "note")]


def _table(given: Given, shares: list[Shares], number: int, language: Language) -> Table:
    columns = (
        Column(Text("Count", "目标").in_(language), share=1.7),
        Column(Text("None", "全无").in_(language), True, 0.6),
        *(Column(plan.name.in_(language), True, 1.5) for plan in PLANS),
        Column(Text("All", "全部").in_(language), True, 0.6),
    )
    rows = [
        (
            Cell(title_of(count.id, language)),
            Cell(percent(row.without), (row.without,)),
            *(apart_cell(share, stacked=True) for share in row.plans),
            Cell(percent(row.with_all), (row.with_all,)),
        )
        for count, row in zip(PLAN.counts, shares, strict=True)
    ]
    caption = Text(
        "Likelihood without plans, share of each plan in points with 95% interval, likelihood with"
        " all plans",
        "无计划时的可能性、各计划份额（百分点，附95%区间）、全部计划时的可能性",
    )
    return Table(
        f"attribution-{number}",
        caption.in_(language),
        columns,
        tuple(rows),
        given.cite("attribution.csv"),
    )


def _pairs(given: Given, rests: Experiment, number: int, language: Language) -> list[Block]:
    """Return the interactions of the count in which the clearest one was found, if any is clear."""
    rows = given.document["interactions"]
    clear = [row for row in rows if not row["low"] <= 0.0 <= row["high"]]
    if not clear:
        none = Text(
            f"No pair of plans clearly does more or less together than each alone, in any count"
            f" ({len(rows)} pairs looked at).",
            f"在任何一项目标上，均无两项计划合起来明显多于或少于各自单独之和（共查看 {len(rows)}"
            " 对）。",
        )
        return [Paragraph(none.in_(language))]
    strongest = max(clear, key=lambda row: abs(row["value"]))["count"]
    ids = [plan.id for plan in PLANS]
    by_count = {
        name: list(entries) for name, entries in groupby(rows, key=lambda entry: entry["count"])
    }
    pairs = {
        (ids.index(row["plan"]), ids.index(row["other"])): Interval(
            row["value"], row["low"], row["high"]
        )
        for row in by_count[strongest]
    }
    count = next(each for each in PLAN.counts if each.id == strongest)
    caption = Text(
        f"Which plans need each other: {count.name.en}, the count with the strongest of"
        f" {len(clear)} clear interactions",
        f"哪些计划相互依赖：{count.name.zh}（{len(clear)} 个明显交互中最强者所在的目标）",
    )
    return [
        picture(
            f"interactions-{number}",
            partial(interactions, rests, count, pairs, language),
            caption.in_(language),
            caption.in_(language),
            given.cite("interactions.csv"),
        )
    ]
