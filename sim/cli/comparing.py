"""``sim compare``: packages side by side on the terminal, and where the files are."""

from collections.abc import Sequence

from sim.cli.screen import Column, print_groups, print_line, print_table
from sim.estimate.paired import Difference
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
MONTHS = Text("months later", "推迟月数")
ONLY = Text("only one", "仅一方")
REDUCTION = Text("pairing", "配对增益")
PER_COST = Text("per 亿元", "每亿元")
TIE = Text("tie", "无法区分")
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
            column(POINTS, [_points(c.likelihood, tie) for c in counts]),
        ],
        [
            column(MEDIAN, [_plain(c.median) for c in counts]),
            column(MONTHS, [f"{c.months.value:+.0f}" if c.months else "—" for c in counts]),
        ],
        [
            column(ONLY, [f"{c.joint[0]} / {c.joint[1]}" for c in counts]),
            column(REDUCTION, [_times(c.likelihood) for c in counts]),
            column(PER_COST, [_rate(comparison.points_per_cost(n)) for n in range(len(counts))]),
        ],
    ]
    names = Column(COUNT.in_(language), [NAMES[c.id].in_(language) for c in counts])
    print_groups(f"{first} → {second} · {cost}", names, groups)
    joint = comparison.joint
    print_line(
        Text(
            f"All thirteen together: {_points(joint, tie)} points.",
            f"十三项同时实现：相差 {_points(joint, tie)} 个百分点。",
        ).in_(language)
    )
    if existing:
        _print_existing(existing, language)
    if areas:
        _print_areas(comparison, language)


def print_explanation(language: Language) -> None:
    """Explain the tables once."""
    print_line(
        Text(
            "Paired by luck and parameter draws. In brackets: 95 % interval; a tie may be no"
            " difference at all. Only one: replicates that reach the target under the first or the"
            " second package only. Pairing: how many times the replicates independent runs would"
            " need. Last: likelihood points for each 亿元 that the second costs more.",
            "各次模拟按相同运气与参数抽样配对。括号内为95%区间；“无法区分”表示可能并无差异。"
            "仅一方：仅在前者或仅在后者下达标的模拟次数。配对增益：独立模拟达到同样精度所需次数的倍数。"
            "每亿元：后者每多花1亿元对应的可能性百分点变化。",
        ).in_(language)
    )


def _points(found: Difference, tie: str) -> str:
    value = f"{100 * found.value:+.0f} ({100 * found.low:+.0f} … {100 * found.high:+.0f})"
    return f"{value} {tie}" if found.tie else value


def _plain(found: Difference) -> str:
    return f"{found.value:+.0f} ({found.low:+.0f} … {found.high:+.0f})"


def _times(found: Difference) -> str:
    return "—" if found.reduction is None else f"×{found.reduction:.1f}"


def _rate(value: float | None) -> str:
    return "—" if value is None else f"{value:+.3f}"


def _print_existing(existing: Sequence[Existing], language: Language) -> None:
    heads = (
        Text("at the end of 2030", "2030年底"),
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
                    f"{each.value:+.0f} ({each.low:+.0f} … {each.high:+.0f})"
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
