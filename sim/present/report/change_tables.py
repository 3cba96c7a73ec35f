"""The tables of a comparison: likelihoods, the counts themselves, parameters and money."""

from collections.abc import Callable
from math import isfinite

from sim.estimate.effects import OverDraws, Size
from sim.estimate.rates import Rate
from sim.language import Language, Text
from sim.present.report.compared import Compared, Joint, Row
from sim.present.report.document import Cell, Column, Table
from sim.present.report.wording import NONE, share_cell, signed_end, title_of, user_name
from sim.text.catalogue import say
from sim.text.multiples import plain_ratio, times
from sim.text.together import Estimated, Rounded, is_tie, together

Heads = tuple[tuple[Text, float], ...]
COUNT = (Text("Count", "目标"), 2.0)
LIKELIHOODS: Heads = (
    COUNT,
    (Text("Strict", "严格"), 1.4),
    (Text("Points", "百分点"), 1.9),
    (Text("左右", "左右"), 1.4),
    (Text("Points", "百分点"), 1.9),
    (Text("Decides, strict", "决定成败（严格）"), 0.9),
    (Text("Decides, 左右", "决定成败（左右）"), 0.9),
)
EFFECTS: Heads = (
    COUNT,
    (Text("Change (95%)", "变化量（95%）"), 2.0),
    (Text("80% of pairs", "80%的配对"), 1.6),
    (Text("Ratio (95%)", "倍数（95%）"), 2.0),
    (Text("80% of pairs", "80%的配对"), 1.5),
    (Text("Up / down, % of pairs", "增 / 减，配对%"), 1.1),
    (Text("% of draws", "抽样%"), 1.0),
)
PARAMETERS: Heads = (
    COUNT,
    (Text("Change 10 · 50 · 90%", "变化量 10 · 50 · 90%"), 2.2),
    (Text("Luck taken out", "已扣除运气"), 0.9),
    (Text("Ratio 10 · 50 · 90%", "倍数 10 · 50 · 90%"), 2.2),
    (Text("Luck taken out", "已扣除运气"), 0.9),
    (Text("Points per 亿元 (95%)", "每亿元百分点（95%）"), 2.2),
)


def tables(found: Compared, number: int, language: Language) -> list[Table]:
    """Return the tables on one comparison, the counts themselves first."""
    first, second = (user_name(name, language) for name in (found.first, found.second))
    against = Text(f"{second} against {first}", f"{second}，对比{first}").in_(language)
    colon = Text(": ", "：").in_(language)
    captions = (
        Text(
            "the counts at the end of 2030, medians over pairs (ratio 1 where both packages have"
            " none, ∞ where only the first has none)",
            "2030年底各项数量，逐对中位数（两者皆无时倍数为 1，仅前者无时为 ∞）",
        ),
        Text(
            "likelihood of the targets; decides: share of parameter draws whose mean is at the"
            " target under one of the two only",
            "达标可能性；决定成败：平均值仅在其中一个组合下达标的参数抽样比例",
        ),
        Text(
            "the effect over the parameters (draws' means, the spread that luck adds taken out;"
            " ≈: no wider than luck alone may make it), and what a point costs",
            "效果随参数的变动（各抽样均值，已扣除运气所致散布；≈：不超出偶然所致）及每亿元的百分点",
        ),
    )
    parts = (("effects", EFFECTS, _effect), ("changes", LIKELIHOODS, _likelihood),
             ("parameters", PARAMETERS, _parameters))  # fmt: skip
    made = []
    for (key, heads, cells), caption in zip(parts, captions, strict=True):
        rows = [(Cell(title_of(row.id, language)), *cells(row)) for row in found.rows]
        if key == "changes":
            rows.append(_joint(found, language))
        columns = (
            Column(head.in_(language), at > 0, share) for at, (head, share) in enumerate(heads)
        )
        told = f"{against}{colon}{caption.in_(language)}"
        made.append(Table(f"{key}-{number}", told, tuple(columns), tuple(rows), found.source))
    return made


def _likelihood(row: Row) -> tuple[Cell, ...]:
    decided = (row.effect.decided.share, row.effect.decided_about.share)
    return (
        *_pair(row.first, row.second, row.likelihood),
        *_pair(*row.about_likelihoods, row.about),
        *(share_cell(each.value) for each in decided),
    )


def _joint(found: Compared, language: Language) -> tuple[Cell, ...]:
    readings: tuple[Joint, Joint] = (found.joint, found.joint_about)
    pairs = (cell for each in readings for cell in _pair(*each))
    return Cell(say("likelihood.joint", language)), *pairs, Cell(""), Cell("")


def _pair(first: float, second: float, found: Estimated) -> tuple[Cell, Cell]:
    told: Rounded = together(first, second, found)
    points = f"{told.value} ({told.low}, {told.high})"
    quiet = is_tie(found)
    values = _finite(found.value, found.low, found.high)
    return (
        Cell(f"{told.first} → {told.second}", (first, second)),
        Cell(points, values, quiet=quiet),
    )


def _effect(row: Row) -> tuple[Cell, ...]:
    effect, quiet = row.effect, not row.effect.told_apart
    return (
        *_size(effect.amount, signed_end, quiet=quiet),
        *_size(effect.ratio, plain_ratio, quiet=quiet, before="×"),
        *(
            Cell(f"{100 * each.up:.0f} / {100 * each.down:.0f}", tuple(each), quiet=quiet)
            for each in (effect.pairs, effect.draws)
        ),
    )


def _size(
    found: Size, write: Callable[[float], str], *, quiet: bool, before: str = ""
) -> tuple[Cell, Cell]:
    middle = f"{before}{write(found.value)} ({write(found.low)}, {write(found.high)})"
    spread = f"{write(found.p10)}, {write(found.p90)}"
    return (
        Cell(middle, _finite(*found[:3]), quiet=quiet),
        Cell(spread, _finite(*found[3:]), quiet=quiet),
    )


def _parameters(row: Row) -> tuple[Cell, ...]:
    return (
        *_draws(row.effect.amount_over_draws, signed_end),
        *_draws(row.effect.ratio_over_draws, times),
        _rate(row.rate),
    )


def _draws(found: OverDraws, write: Callable[[float], str]) -> tuple[Cell, Cell]:
    if found.all_luck:
        return Cell(f"≈ {write(found.p50)}", _finite(found.p50)), share_cell(found.luck)
    spread = " · ".join(write(each) for each in found[:3])
    return Cell(spread, _finite(*found[:3])), share_cell(found.luck)


def _rate(found: Rate | None) -> Cell:
    if found is None:
        return Cell(NONE, quiet=True)
    return Cell(f"{found.value:+.3f} ({found.low:+.3f}, {found.high:+.3f})", tuple(found[:3]))


def _finite(*values: float) -> tuple[float, ...]:
    return tuple(each for each in values if isfinite(each))
