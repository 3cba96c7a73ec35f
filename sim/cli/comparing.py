"""``sim compare``: packages side by side on the terminal, and where the files are."""

from collections.abc import Sequence

from sim.cli.comparison_columns import (
    CHANCES,
    EFFECTS,
    SHORT_NOT_APART,
    all_together,
    chances,
    costs_told,
    effects_columns,
)
from sim.estimate.paired import Difference
from sim.evidence.instruments import differing, remarks
from sim.experiments.compare import Comparison
from sim.experiments.existing import Existing
from sim.language import Language, Text
from sim.mechanisms import PROGRAMME_KINDS
from sim.plan import PLAN
from sim.present.screen import (
    SEMICOLON,
    Column,
    print_groups,
    print_line,
    print_table,
    whole,
    with_ends,
)
from sim.studies.figures.headline import headline
from sim.views.by_chance import by_chance

NAMES = {count.id: count.name for count in PLAN.counts}
AREAS = {area.id: area.name for area in (*PLAN.clusters, *PLAN.districts)}
COUNT = Text("count", "目标")
NOT_APART = Text("cannot be told apart", "难分高下")
QUANTITIES = {
    "firms": Text("firms", "企业数"),
    "output": Text("output, 亿元", "产值（亿元）"),
    "talents": Text("talents", "人才数"),
}
KINDS = {
    "firm": Text("firms", "企业"),
    **dict(
        zip(
            PROGRAMME_KINDS,
            (
                Text("colleges", "未来技术学院"),
                Text("institutes", "研究机构"),
                Text("innovation centres", "创新中心"),
                Text("consortia", "创新联合体"),
                Text("transfer nodes", "海外转移节点"),
                Text("pilot zones", "先导区"),
                Text("accelerators", "加速器"),
                Text("test fields", "试验场"),
                Text("validation scenarios", "早期验证场景"),
                Text("integration scenarios", "融合试验场景"),
                Text("promotion scenarios", "综合推广场景"),
                Text("workstations", "工作站"),
            ),
            strict=True,
        )
    ),
}


def by_number(rows: Sequence[Sequence[str]], language: Language) -> list[list[Column]]:
    """Return the columns of the counts, headed by their numbers, and of all thirteen together.

    Args:
        rows: fourteen cells each.
        language: of the last heading.
    """
    heads = [*(str(n + 1) for n in range(len(PLAN.counts))), Text("all", "合").in_(language)]
    found = [Column(head, [row[n] for row in rows]) for n, head in enumerate(heads)]
    return [found[: len(found) // 2], found[len(found) // 2 :]]


def numbered_counts(language: Language) -> str:
    """Return the key to tables in which counts stand by their numbers."""
    names = (f"{number + 1} {count.name.in_(language)}" for number, count in enumerate(PLAN.counts))
    return SEMICOLON.in_(language).join(names)


def print_comparison(
    comparison: Comparison, existing: Sequence[Existing], areas: bool, language: Language
) -> None:
    """Print how the second package differs from the first: in a few sentences, then in numbers."""
    first, second = (each.name.in_(language) for each in (comparison.first, comparison.second))
    print_line(f"{first} → {second}")
    print_line(headline(comparison.counts, language))
    print_line(costs_told(comparison).in_(language))
    counts = comparison.counts
    names = Column(COUNT.in_(language), [NAMES[c.id].in_(language) for c in counts])
    for title, groups in ((EFFECTS, effects_columns(counts)), (CHANCES, chances(counts))):
        print_line()
        print_groups(
            title.in_(language),
            names,
            [[Column(head.in_(language), cells) for head, cells in group] for group in groups],
        )
    print_line(all_together(comparison).in_(language))
    warning = by_chance(_intervals(comparison) + (len(comparison.areas) if areas else 0))
    if warning is not None:
        print_line(warning.in_(language))
    _print_remarks([comparison], language)
    if existing:
        _print_existing(existing, language)
    if areas:
        _print_areas(comparison, language)


def _intervals(comparison: Comparison) -> int:
    """Return how many intervals the two tables and the line below them hold."""
    counts = comparison.counts
    some = sum((each.months is not None) + (each.rate is not None) for each in counts)
    return ALWAYS * len(counts) + 2 + some


ALWAYS = 4
"""Intervals of every count: change, ratio, points strict and 左右."""


def print_levers(found: Sequence[Comparison], language: Language) -> None:
    """Print what leaving out each lever does to every count, a row for each lever."""
    first, price = found[0].first.name.in_(language), found[0].costs[0]
    costs = Column(Text("cost", "成本").in_(language), [f"{each.costs[1]:.0f}" for each in found])
    changes = [[*(count.likelihood for count in each.counts), each.joint] for each in found]
    print_groups(
        f"{first} · {price:.0f} 亿元",
        Column(
            Text("left out", "去掉").in_(language),
            [each.second.name.in_(language) for each in found],
        ),
        [[costs], *by_number([[_short(each) for each in row] for row in changes], language)],
    )
    print_line(numbered_counts(language))
    print_line(
        Text(
            "Points of likelihood by the end of 2030, against the first line's package and paired"
            " with it; a dot: cannot be told apart, there may be no difference (95 %). Cost in 亿元"
            " by then. Intervals, amounts, ratios, dates and points per 亿元: comparison.csv.",
            "2030年底达标可能性与首行组合之差（百分点，成对比较）；带点者难分高下（95%）。成本"
            "单位为亿元（至2030年底）。区间、变化量、倍数、达标时间、每亿元百分点：comparison.csv。",
        ).in_(language)
    )
    warning = by_chance(sum(len(row) for row in changes))
    if warning is not None:
        print_line(warning.in_(language))
    _print_remarks(found, language)


def _print_remarks(found: Sequence[Comparison], language: Language) -> None:
    """Print what must be known of the instruments in which packages differ from the first."""
    settings = [
        [package.resolved()["settings"] for package in (each.first, each.second)] for each in found
    ]
    for said in remarks({name for both in settings for name in differing(*both)}):
        print_line(said.in_(language))


def _short(found: Difference) -> str:
    return f"{whole(100 * found.value)}{'·' if found.tie else ''}"


def print_explanation(language: Language) -> None:
    """Explain the tables once."""
    for line in EXPLAINED:
        print_line(line.in_(language))


EXPLAINED = (
    Text(
        "Paired by luck and parameter draws: every difference is taken within a pair. In brackets:"
        " 95 % interval of the estimate. ≈: cannot be told apart, there may be no difference.",
        "各次模拟按相同运气与参数抽样配对，差异均在对内计算。括号内为估计的95%区间。≈：难分高下，"
        "可能并无差异。",
    ),
    Text(
        "Change and ratio: medians over pairs of second less first, and of second over first (1"
        " where both have none, ∞ where only the first has none). 80 % of pairs: how far pairs"
        " spread, over luck and parameters. Up / down: the shares that rise and that fall; the rest"
        " does not change. Over parameters: 10, 50 and 90 % of the draws' mean effects, with the"
        " spread that two lucks a draw leave in them taken out; one value after ≈: they spread no"
        " further than luck alone may.",
        "变化量与倍数：逐对之差（后者减前者）与逐对之比（后者除以前者；两者皆无为 1，仅前者无为 ∞）"
        "的中位数。80%的配对：各对在运气与参数上的散布。增 / 减：增加与减少者所占比例，其余不变。"
        "随参数变动：各参数抽样平均效果的 10%、50%、90% 分位，已扣除每组抽样仅两次运气"
        "所带来的散布；≈ 后仅一个值：其散布不超出偶然。",
    ),
    Text(
        "Decides: draws (strict / 左右) whose mean is at the target under one package only. Only"
        " one: replicates that reach the target under the first or the second package only."
        " Pairing: how many times the replicates independent runs would need. Last: likelihood"
        " points for each 亿元 that the second spends more, without tax forgone; none where the"
        " likelihoods or what is spent cannot be told apart.",
        "决定成败：平均值仅在一个组合下达标的参数抽样比例（严格 / 左右）。仅一方：仅在前者或仅在"
        "后者下达标的模拟次数。配对增益：独立模拟达到同样精度所需次数的倍数。每亿元：后者每多支出1亿元"
        "（少征的税收不计）对应的可能性百分点变化；可能性或支出难分高下者不列。",
    ),
)


def in_points(found: Difference, not_apart: str) -> str:
    """Return a difference of likelihoods in points, with its interval, and whether it is open."""
    value = with_ends(100 * found.value, 100 * found.low, 100 * found.high)
    return f"{value} {not_apart}" if found.tie else value


def _print_existing(existing: Sequence[Existing], language: Language) -> None:
    heads = (
        Text(
            f"at the end of 2030, mean of {existing[0].replicates} replicates",
            f"2030年底，{existing[0].replicates} 次模拟的均值",
        ),
        Text("under both", "两者皆有"),
        Text("first only", "仅前者"),
        Text("second only", "仅后者"),
    )
    print_table(
        [head.in_(language) for head in heads],
        [
            [
                KINDS[entry.kind].in_(language),
                f"{entry.both:.1f}",
                f"{entry.only_first:.1f}",
                f"{entry.only_second:.1f}",
            ]
            for entry in existing
        ],
        numbers=(1, 2, 3),
    )


def _print_areas(comparison: Comparison, language: Language) -> None:
    quantities = list(QUANTITIES)
    cells = {(area.quantity, area.area): area for area in comparison.areas}
    rows = []
    for area, name in AREAS.items():
        found = [cells[quantity, area] for quantity in quantities]
        rows.append(
            [
                name.in_(language),
                *(
                    with_ends(each.value, each.low, each.high)
                    + (f" {SHORT_NOT_APART}" if each.tie else "")
                    for each in found
                ),
            ]
        )
    head = Text("cluster or district", "集群或区").in_(language)
    print_table(
        [head, *(QUANTITIES[quantity].in_(language) for quantity in quantities)],
        rows,
        numbers=(1, 2, 3),
    )
