"""What the tables of a comparison on the terminal say, column by column."""

from collections.abc import Callable, Sequence
from math import isfinite

from sim.estimate.effects import Effect, OverDraws, Signs, Size
from sim.estimate.paired import Difference
from sim.estimate.rates import Rate
from sim.experiments.compare import Comparison, CountDifference
from sim.language import Text
from sim.present.screen import with_ends
from sim.text.multiples import plain_ratio
from sim.text.numbers import MINUS, signed
from sim.text.together import OPEN, Rounded, together

LIKELIHOOD = Text("likelihood", "可能性")
POINTS = Text("points (95 %)", "百分点（95%）")
ABOUT = Text("左右, points (95 %)", "左右：百分点（95%）")
AMOUNT = Text("change (95 %)", "变化量（95%）")
RATIO = Text("ratio (95 %)", "倍数（95%）")
MIDDLE = Text("80 % of pairs", "80%的配对")
MONTHS = Text("months later (95 %)", "推迟月数（95%）")
PAIRS = Text("up / down, % of pairs", "增 / 减，配对%")
DRAWS = Text("% of draws", "抽样%")
DRAWN = Text("over parameters 10 · 50 · 90 %", "随参数变动 10 · 50 · 90%")
DRAWN_RATIO = Text("as ratio", "倍数")
DECIDES = Text("decides, % of draws", "决定成败，抽样%")
ONLY = Text("only one", "仅一方")
REDUCTION = Text("pairing", "配对增益")
PER_COST = Text("per 亿元 (95 %)", "每亿元（95%）")
SHORT_NOT_APART = "≈"
"""The same where there is no room; explained below the table."""

EFFECTS = Text(
    "The counts themselves at the end of 2030, pair by pair", "2030年底各项数量，逐对比较"
)
CHANCES = Text("Likelihood of the targets, strict and 左右", "达标可能性：严格与左右")
Cells = tuple[Text, list[str]]


def effects_columns(counts: Sequence[CountDifference]) -> list[list[Cells]]:
    """Return the columns on the counts themselves, in groups that stay together."""
    found = [each.effect for each in counts]
    return [
        [
            (AMOUNT, [_sized(each.amount, amount) for each in found]),
            (MIDDLE, [_range(each.amount.p10, each.amount.p90, amount) for each in found]),
        ],
        [
            (RATIO, [f"×{_sized(each.ratio, plain_ratio)}" for each in found]),
            (MIDDLE, [_range(each.ratio.p10, each.ratio.p90, plain_ratio) for each in found]),
        ],
        [
            (PAIRS, [f"{_sign(each)}{_signs(each.pairs)}" for each in found]),
            (DRAWS, [_signs(each.draws) for each in found]),
        ],
        [
            (DRAWN, [_drawn(each.amount_over_draws, amount) for each in found]),
            (DRAWN_RATIO, [_drawn(each.ratio_over_draws, plain_ratio) for each in found]),
        ],
    ]


def chances(counts: Sequence[CountDifference]) -> list[list[Cells]]:
    """Return the columns on likelihoods, in groups that stay together."""
    strict = [together(c.first, c.second, c.likelihood) for c in counts]
    about = [together(*c.about_likelihoods, c.about) for c in counts]
    decided = [(each.effect.decided.share.value, each.effect.decided_about.share.value)
               for each in counts]  # fmt: skip
    return [
        [
            (LIKELIHOOD, [_levels(each) for each in strict]),
            (POINTS, [_told(r, c.likelihood) for r, c in zip(strict, counts, strict=True)]),
        ],
        [
            (LIKELIHOOD, [_levels(each) for each in about]),
            (ABOUT, [_told(r, c.about) for r, c in zip(about, counts, strict=True)]),
        ],
        [
            (DECIDES, [f"{100 * one:.0f} / {100 * other:.0f}" for one, other in decided]),
            (MONTHS, [with_ends(*c.months[:3]) if c.months else "—" for c in counts]),
        ],
        [
            (ONLY, [f"{c.joint[0]} / {c.joint[1]}" for c in counts]),
            (REDUCTION, [_times(c.likelihood) for c in counts]),
            (PER_COST, [_rate(c.rate) for c in counts]),
        ],
    ]


def costs_told(comparison: Comparison) -> Text:
    """Return a sentence on what both packages cost, and how sure their difference is."""
    costs, more = comparison.costs, comparison.more
    ends = f"{amount(more.low)} … {amount(more.high)}"
    told = Text("", "")
    if not more.told_apart:
        told = Text(
            ": which one spends more cannot be told, so there are no points per 亿元",
            "：支出难分高下，故不列每亿元百分点",
        )
    return Text(
        f"Public cost to the end of 2030: {costs[0]:.0f} and {costs[1]:.0f} 亿元 at default unit"
        f" costs. The second's less the first's, over the draws of unit costs and without tax"
        f" forgone: {amount(more.mean)} on average ({ends} in 95 % of the draws){told.en}.",
        f"至2030年底公共成本：按默认单位成本为 {costs[0]:.0f} 与 {costs[1]:.0f} 亿元。后者减前者"
        f"（按单位成本的各次抽样，少征的税收不计）：平均"
        f" {amount(more.mean)}（95%的抽样：{ends}）{told.zh}。",
    )


def all_together(comparison: Comparison) -> Text:
    """Return a sentence on the likelihood of all thirteen together, strict and 左右."""
    strict = together(*comparison.joint_likelihoods, comparison.joint)
    about = together(*comparison.joint_about_likelihoods, comparison.joint_about)
    both = ((strict, comparison.joint), (about, comparison.joint_about))
    one, other = (f"{_levels(each)}, {_told(each, found)}" for each, found in both)
    return Text(
        f"All thirteen together, in points: strict {one}; 左右 {other}.",
        f"十三项同时实现（百分点）：严格 {one}；左右 {other}。",
    )


def _levels(found: Rounded) -> str:
    return f"{found.first.removesuffix('%')} → {found.second}"


def _told(rounded: Rounded, found: Difference) -> str:
    """Return points with their interval, marked where they cannot be told from none."""
    value, low, high = (hyphened(text) for text in rounded[2:])
    return f"{f'{SHORT_NOT_APART} ' if found.tie else ''}{value} ({low} … {high})"


def _sign(effect: Effect) -> str:
    return "" if effect.told_apart else f"{SHORT_NOT_APART} "


def _signs(found: Signs) -> str:
    return f"{100 * found.up:.0f} / {100 * found.down:.0f}"


def _sized(size: Size, write: Callable[[float], str]) -> str:
    return f"{write(size.value)} ({_range(size.low, size.high, write)})"


def _range(low: float, high: float, write: Callable[[float], str]) -> str:
    return f"{write(low)} … {write(high)}"


def _drawn(found: OverDraws, write: Callable[[float], str]) -> str:
    if found.all_luck:
        return f"{SHORT_NOT_APART} {write(found.p50)}"
    return " · ".join(write(each) for each in found[:3])


def amount(value: float) -> str:
    """Return a difference in a count's unit with its sign, with a decimal below ten."""
    return hyphened(signed(value)) if isfinite(value) else OPEN


def hyphened(text: str) -> str:
    """Return a text of a figure as a terminal has it: with a minus that can be copied."""
    return text.replace(MINUS, "-")


def _times(found: Difference) -> str:
    return "—" if found.reduction is None else f"×{found.reduction:.1f}"


def _rate(found: Rate | None) -> str:
    return "—" if found is None else f"{found.value:+.3f} ({found.low:+.3f} … {found.high:+.3f})"
