"""``sim attribute``, ``sim gates``, ``sim futures``, ``sim deadline``, ``sim search``: printing."""

from collections.abc import Sequence

from sim.calendar import month_label
from sim.estimate import Interval
from sim.estimate.discovery import Rule
from sim.estimate.paired import Difference
from sim.estimate.shapley import Share
from sim.experiments.attribution import PLANS, CountAttribution
from sim.experiments.reached import JOINT
from sim.experiments.search import Candidate, Searched
from sim.language import Language, Text
from sim.model.world.layout import DUE
from sim.parameters import find
from sim.plan import COUNTS, PLAN, SIX, YEAR
from sim.present.screen import Column, print_groups, print_line, print_table
from sim.studies.shared.counts import NAMES
from sim.text.numbers import points, whole, with_ends
from sim.views.by_chance import by_chance
from sim.views.parameter_names import parameter_meaning

LEVERS = {lever.id: lever.name for lever in PLAN.levers}
COUNT = Text("count", "目标")
NONE_OF = Text(f"none of the {SIX.en}", f"{SIX.zh}项皆无")
ALL_OF = Text(f"all {SIX.en}", f"{SIX.zh}项皆有")
GAIN = Text("against as given (95 %)", "较原组合（95%）")
ALL = Text(f"all {COUNTS.en} together", f"{COUNTS.zh}项同时实现")


def name_of(count: str, language: Language) -> str:
    """Return a count's name; of ``all``, that of the counts together."""
    return (ALL if count == JOINT else NAMES[count]).in_(language)


def print_attribution(found: Sequence[CountAttribution], language: Language) -> None:
    """Print each plan's share of each count's likelihood, in points, and of its median."""
    names = Column(COUNT.in_(language), [NAMES[each.id].in_(language) for each in found])
    ends = [
        Column(NONE_OF.in_(language), [f"{100 * each.without:.1f}%" for each in found]),
        Column(ALL_OF.in_(language), [f"{100 * each.with_all:.1f}%" for each in found]),
    ]
    print_groups(
        Text("Likelihood, points", "可能性，百分点").in_(language),
        names,
        [ends, _columns([[_share(own) for own in each.likelihood.players] for each in found])],
    )
    print_groups(
        Text(
            f"Median at the end of {YEAR}, in the count's unit", f"{YEAR}年底中位数，按目标单位"
        ).in_(language),
        names,
        [_columns([[_amount(own) for own in each.median.players] for each in found])],
    )
    print_line(
        Text(
            f"Shapley values, exact over the {2 ** len(PLAN.plans)} combinations; a dot: may be"
            f" nothing (95 %); intervals are in attribution.csv. They add up to all {SIX.en} less"
            " none.",
            f"沙普利值，对{2 ** len(PLAN.plans)}种组合精确计算；带点者可能为零（95%），"
            "区间见 attribution.csv。"
            f"各值之和等于{SIX.zh}项皆有与皆无之差。",
        ).in_(language)
    )
    _warn(len(PLANS) * len(found), language)
    _print_pairs(found, language)


def _warn(intervals: int, language: Language) -> None:
    """Say how many of a table's intervals miss by chance, if they are many."""
    warning = by_chance(intervals)
    if warning is not None:
        print_line(warning.in_(language))


def _columns(rows: Sequence[Sequence[str]]) -> list[Column]:
    """Return a column for each plan."""
    return [Column(plan, [row[number] for row in rows]) for number, plan in enumerate(PLANS)]


def _print_pairs(found: Sequence[CountAttribution], language: Language) -> None:
    """Print the pairs of plans that clearly need each other, or clearly do the same."""
    clear = [
        (each.id, PLANS[i], PLANS[j], share)
        for each in found
        for (i, j), share in each.likelihood.pairs.items()
        if not share.tie
    ]
    clear.sort(key=lambda row: -abs(row[3].value))
    heads = (
        COUNT,
        Text("plans", "计划"),
        Text("interaction, points (95 %)", "交互作用，百分点（95%）"),
    )
    print_table(
        [head.in_(language) for head in heads],
        [
            [NAMES[count].in_(language), f"{one} × {other}", _points(share)]
            for count, one, other, share in clear[:12]
        ],
        numbers=(2,),
    )
    verb = "is" if len(clear) == 1 else "are"
    print_line(
        Text(
            "Above nought two plans need each other; below, one does what the other does."
            f" {len(clear)} of {15 * len(found)} pairs {verb} clear of nought; the largest are"
            " shown.",
            "正值表示两项计划互相依赖，负值表示互相替代。"
            f"{15 * len(found)} 对中有 {len(clear)} 对显著异于零，此处列出最大者。",
        ).in_(language)
    )
    _warn(15 * len(found), language)


def print_futures(count: str, found: Sequence[Rule], language: Language) -> None:
    """Print in which futures a count fails."""
    print_line(
        Text(
            f"Futures in which the target is missed — {name_of(count, language)}",
            f"未达标的未来情形：{name_of(count, language)}",
        ).in_(language)
    )
    for rule in found:
        print_line(rule.text(language), indent=2)
    if not found:
        nothing = Text(
            "In no part of the prior are failures clearly denser: more replicates may find one.",
            "先验范围内没有失败明显更密集的区域；增加模拟次数或可发现。",
        )
        print_line(nothing.in_(language), indent=2)
    print_line(
        Text(
            "Found on half of the parameter draws and measured on the other half.",
            "规则由一半参数抽样得出，并在另一半上检验。",
        ).in_(language)
    )
    names = dict.fromkeys(each.name for rule in found for each in rule.conditions)
    rows = [[name, find(name).unit, parameter_meaning(name).in_(language)] for name in names]
    if rows:
        heads = (Text("parameter", "参数"), Text("unit", "单位"), Text("meaning", "含义"))
        print_table([head.in_(language) for head in heads], rows, whole=(0,))


def print_search(found: Searched, language: Language) -> None:
    """Print the finalists, and the front of cost against likelihood."""
    heads: tuple[Text, ...] = (
        Text("package", "组合"),
        Text("cost, 亿元", "成本（亿元）"),
        Text("in the search", "搜索所得"),
        Text("fresh replicates (95 %)", "新模拟（95%）"),
        GAIN,
    )
    print_line(
        Text(
            f"Goal: {name_of(found.count_id, language)}; budget {found.budget:g} 亿元 to"
            f" {month_label(DUE)}; {len(found.tried)} packages tried",
            f"目标：{name_of(found.count_id, language)}；预算 {found.budget:g} 亿元（至"
            f"{month_label(DUE)}）；试验 {len(found.tried)} 个组合",
        ).in_(language)
    )
    base = Text("as given", "原组合").in_(language)
    print_table(
        [head.in_(language) for head in heads],
        [
            _row(base, found.base, language),
            *(_row(f"#{k + 1}", each, language) for k, each in enumerate(found.best)),
        ],
        numbers=(1, 2, 3, 4),
    )
    heads = (
        Text("package", "组合"),
        Text("lever", "计划或措施"),
        Text("dose", "力度"),
        Text("start", "启动"),
    )
    print_table(
        [head.in_(language) for head in heads],
        [
            ["#1", LEVERS[lever].in_(language), f"{dose:.2f}", start if dose > 0 else "—"]
            for lever, dose, start in zip(
                LEVERS, found.best[0].doses, found.best[0].starts, strict=True
            )
        ],
        numbers=(2,),
    )
    heads = (
        Text("front of cost and likelihood", "成本与可能性前沿"),
        Text("cost, 亿元", "成本（亿元）"),
        Text("in the search", "搜索所得"),
        Text("fresh replicates (95 %)", "新模拟（95%）"),
        GAIN,
    )
    print_table(
        [head.in_(language) for head in heads],
        [_row(f"F{k + 1}", each, language) for k, each in enumerate(found.front)],
        numbers=(1, 2, 3, 4),
    )
    print_line(
        Text(
            "What is found in a search is flattered by the luck it was chosen by; the fresh"
            " replicates were not seen by it. Gains are points of likelihood on these, paired by"
            " luck; what cannot be told apart may be no gain at all.",
            "搜索所得数值因挑选而偏高；新模拟未参与搜索。增益为新模拟上可能性的百分点之差（按运气"
            "配对）；“难分高下”：可能并无增益。",
        ).in_(language)
    )
    print_line(search_verdict(found.best).in_(language))


def search_verdict(best: Sequence[Candidate]) -> Text:
    """Return whether a search found anything better than the package that it started from.

    Args:
        best: the finalists on fresh replicates, the likeliest first.
    """
    better = [f"#{k}" for k, each in enumerate(best, start=1) if each.gain and each.gain.low > 0.0]
    if not better:
        return Text(
            "No finalist can be told to be better than the package given.",
            "没有入围组合可判定优于原组合。",
        )
    order = Text(
        " Their order is that of their likelihoods; packages whose intervals overlap may stand in"
        " any order.",
        "名次按可能性排列；区间重叠者先后难定。",
    )
    return Text(
        f"Better than the package given: {', '.join(better)}.{order.en}",
        f"优于原组合者：{'、'.join(better)}。{order.zh}",
    )


def _row(name: str, candidate: Candidate, language: Language) -> list[str]:
    fresh = "—" if candidate.fresh is None else _interval(candidate.fresh)
    tie = NOT_APART.in_(language)
    gain = "—" if candidate.gain is None else _in_points(candidate.gain, tie)
    return [name, f"{candidate.cost:.0f}", f"{candidate.found:.0%}", fresh, gain]


def _interval(found: Interval) -> str:
    return f"{100 * found.value:.0f}% ({100 * found.low:.0f} - {100 * found.high:.0f}%)"


def _share(share: Share) -> str:
    return f"{points(share.value)}{'·' if share.tie else ''}"


def _amount(share: Share) -> str:
    return f"{whole(share.value)}{'·' if share.tie else ''}"


def _points(share: Share) -> str:
    return with_ends(100 * share.value, 100 * share.low, 100 * share.high)


NOT_APART = Text("cannot be told apart", "难分高下")


def _in_points(found: Difference, not_apart: str) -> str:
    """Return a difference of likelihoods in points, with its interval, and whether it is open."""
    value = with_ends(100 * found.value, 100 * found.low, 100 * found.high)
    return f"{value} {not_apart}" if found.tie else value
