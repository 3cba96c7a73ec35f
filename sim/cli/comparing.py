"""``sim compare``: packages side by side on the terminal, and where the files are."""

from collections.abc import Sequence

from sim.cli.screen import (
    SEMICOLON,
    Column,
    print_groups,
    print_line,
    print_table,
    whole,
    with_ends,
)
from sim.estimate.paired import Difference
from sim.evidence.instruments import differing, remarks
from sim.experiments.compare import Comparison
from sim.experiments.existing import Existing
from sim.language import Language, Text
from sim.plan import PLAN
from sim.world.codes import PROGRAMME_KINDS

NAMES = {count.id: count.name for count in PLAN.counts}
AREAS = {area.id: area.name for area in (*PLAN.clusters, *PLAN.districts)}
COUNT = Text("count", "目标")
LIKELIHOOD = Text("likelihood", "可能性")
POINTS = Text("points (95 %)", "百分点（95%）")
MEDIAN = Text("median (95 %)", "中位数差（95%）")
MONTHS = Text("months later (95 %)", "推迟月数（95%）")
ONLY = Text("only one", "仅一方")
REDUCTION = Text("pairing", "配对增益")
PER_COST = Text("per 亿元", "每亿元")
TIE = Text("tie", "持平")
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
    """Print how the second package differs from the first."""
    first, second = (each.name.in_(language) for each in (comparison.first, comparison.second))
    cost = Text(
        f"cost {comparison.costs[0]:.0f} and {comparison.costs[1]:.0f} 亿元",
        f"公共成本 {comparison.costs[0]:.0f} 与 {comparison.costs[1]:.0f} 亿元",
    ).in_(language)
    counts = comparison.counts
    tie = TIE.in_(language)

    def column(head: Text, cells: list[str]) -> Column:
        return Column(head.in_(language), cells)

    groups = [
        [
            column(LIKELIHOOD, [f"{100 * c.first:.0f} → {100 * c.second:.0f}%" for c in counts]),
            column(POINTS, [in_points(c.likelihood, tie) for c in counts]),
        ],
        [
            column(MEDIAN, [with_ends(*c.median[:3]) for c in counts]),
            column(MONTHS, [with_ends(*c.months[:3]) if c.months else "—" for c in counts]),
        ],
        [
            column(ONLY, [f"{c.joint[0]} / {c.joint[1]}" for c in counts]),
            column(REDUCTION, [_times(c.likelihood) for c in counts]),
            column(
                PER_COST,
                [_rate(c.likelihood, comparison.points_per_cost(n)) for n, c in enumerate(counts)],
            ),
        ],
    ]
    names = Column(COUNT.in_(language), [NAMES[c.id].in_(language) for c in counts])
    print_groups(f"{first} → {second} · {cost}", names, groups)
    joint = comparison.joint
    print_line(
        Text(
            f"All thirteen together, points: {in_points(joint, tie)}.",
            f"十三项同时实现，百分点之差：{in_points(joint, tie)}。",
        ).in_(language)
    )
    for said in remarks(differing(*(each.resolved()["settings"] for each in comparison[:2]))):
        print_line(said.in_(language))
    if existing:
        _print_existing(existing, language)
    if areas:
        _print_areas(comparison, language)


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
            " with it; a dot: a tie, there may be no difference (95 %). Cost in 亿元 by then."
            " Intervals, medians, dates and points per 亿元 are in comparison.csv.",
            "2030年底达标可能性与首行组合之差（百分点，成对比较）；带点者持平（95%）。成本"
            "单位为亿元（至2030年底）。区间、中位数、达标时间与每亿元百分点见 comparison.csv。",
        ).in_(language)
    )


def _short(found: Difference) -> str:
    return f"{whole(100 * found.value)}{'·' if found.tie else ''}"


def print_explanation(language: Language) -> None:
    """Explain the tables once."""
    print_line(
        Text(
            "Paired by luck and parameter draws. In brackets: 95 % interval; a tie may be no"
            " difference at all. Only one: replicates that reach the target under the first or the"
            " second package only. Pairing: how many times the replicates independent runs would"
            " need. Last: likelihood points for each 亿元 that the second spends more, without tax"
            " forgone.",
            "各次模拟按相同运气与参数抽样配对。括号内为95%区间；“持平”：区间含零，可能并无差异。"
            "仅一方：仅在前者或仅在后者下达标的模拟次数。配对增益：独立模拟达到同样精度所需次数的倍数。"
            "每亿元：后者每多支出1亿元（少征的税收不计）对应的可能性百分点变化。",
        ).in_(language)
    )


def in_points(found: Difference, tie: str) -> str:
    """Return a difference of likelihoods in points, with its interval, called a tie if it is."""
    value = with_ends(100 * found.value, 100 * found.low, 100 * found.high)
    return f"{value} {tie}" if found.tie else value


def _times(found: Difference) -> str:
    return "—" if found.reduction is None else f"×{found.reduction:.1f}"


def _rate(found: Difference, value: float | None) -> str:
    """Return points per cost; what may be no difference at all buys nothing that can be told."""
    return "—" if value is None or found.tie else f"{value:+.3f}"


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
                    + (f" {TIE.in_(language)}" if each.tie else "")
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
