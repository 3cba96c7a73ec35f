"""``sim search``: printing."""

from collections.abc import Sequence

from sim.calendar import month_label
from sim.estimate import Interval
from sim.estimate.paired import Difference
from sim.experiments.reached import JOINT
from sim.experiments.search import Candidate, Searched
from sim.language import Language, Text
from sim.model.world.layout import DUE
from sim.plan import COUNTS, PLAN
from sim.present.screen import print_line, print_table
from sim.studies.shared.counts import NAMES
from sim.text.numbers import with_ends

LEVERS = {lever.id: lever.name for lever in PLAN.levers}
GAIN = Text("against as given (95 %)", "较原组合（95%）")
ALL = Text(f"all {COUNTS.en} together", f"{COUNTS.zh}项同时实现")


def name_of(count: str, language: Language) -> str:
    """Return a count's name; of ``all``, that of the counts together."""
    return (ALL if count == JOINT else NAMES[count]).in_(language)


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


NOT_APART = Text("cannot be told apart", "难分高下")


def _in_points(found: Difference, not_apart: str) -> str:
    """Return a difference of likelihoods in points, with its interval, and whether it is open."""
    value = with_ends(100 * found.value, 100 * found.low, 100 * found.high)
    return f"{value} {not_apart}" if found.tie else value
