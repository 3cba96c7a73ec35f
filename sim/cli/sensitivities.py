"""``sim sensitivity``: how long it takes, and what the answer depends on."""

import sys
from collections.abc import Sequence

import typer

from sim.cli.asking import LARGE, minutes_of
from sim.cli.experiment_options import Asked
from sim.evidence.sensitivity.analysis import Sensitivity, Size
from sim.evidence.sensitivity.identify import LEVEL, Identified
from sim.evidence.sensitivity.indices import LUCK, OTHERS, Indices
from sim.evidence.sensitivity.shares import Shares
from sim.experiments.attribution import PLANS
from sim.language import Language, Text
from sim.plan import PLAN, SIX, YEAR
from sim.present.screen import print_line, print_table
from sim.problems import Problem
from sim.scenario import Scenario
from sim.store.work import threads
from sim.studies.study import Setting
from sim.text.numbers import many
from sim.views.parameter_names import parameter_name

NAMES = [count.name for count in PLAN.counts]
EXPECTED = Text("targets reached", "达成目标数")
COUNT = Text("count", "目标")
FACTORS = {OTHERS: Text("other parameters", "其余参数"), LUCK: Text("luck", "偶然")}
LISTED = 12
"""Parameters named of those that can be learnt."""
TIE = Text("none is clear of the others", "无法区分")
SHOWN = 3
"""Factors named for each count."""
PAIRS = len(PLANS) * (len(PLANS) - 1) // 2


def say_size(size: Size, scenario: Scenario, here: Setting, asked: Asked) -> None:
    """Say how many runs it takes and how long; ask first if it is long.

    Raises:
        Problem: the cluster is not there or has no workers, or it is long and there is nobody to
            ask.
        typer.Abort: the answer is no.
    """
    running = threads(here.where)
    minutes = minutes_of(size.runs, scenario, here, running)
    said = Text(
        f"{size.runs} replicates, less what the store holds: about"
        f" {many(round(minutes), 'minute')} on {many(running, 'thread')}",
        f"{size.runs} 次模拟（已入库者除外）：{running} 线程约需 {minutes:.0f} 分钟",
    )
    print(said.in_(asked.language), file=sys.stderr)
    if asked.yes or size.runs < LARGE:
        return
    if not sys.stdin.isatty():
        expected = Text(f"fewer than {LARGE} replicates, or --yes", f"少于 {LARGE} 次，或加 --yes")
        raise Problem("--base", "", str(size.runs), expected)
    typer.confirm("?", abort=True, err=True)


def print_sensitivity(found: Sensitivity, language: Language) -> None:
    """Print what carries each count, where its variance lies, how plans rank, what is learnt."""
    _print_indices(found.values, language)
    _print_shares(found.value_shares, found.reached_shares, language)
    _print_rankings(found, language)
    _print_identified(found.identified, language)


def _print_indices(found: Indices, language: Language) -> None:
    heads = (
        COUNT,
        Text("largest total indices (± 95 %)", "最大的总效应指数（±95%）"),
        Text("sum of first-order", "一阶指数之和"),
    )
    rows = []
    for number, name in enumerate(NAMES):
        order = (-found.total[number]).argsort(kind="stable")[:SHOWN]
        told = [
            f"{_factor(found.factors[k], language)} {found.total[number, k]:.2f}"
            f" ± {found.total_error[number, k]:.2f}"
            for k in order
        ]
        rows.append([name.in_(language), "; ".join(told), f"{found.first[number].sum():.2f}"])
    print_table([head.in_(language) for head in heads], rows, numbers=(2,))


def _factor(name: str, language: Language) -> str:
    return FACTORS[name].in_(language) if name in FACTORS else parameter_name(name, language)


def _print_shares(
    values: Sequence[Shares | None], reached: Sequence[Shares | None], language: Language
) -> None:
    parts = (
        Text("levers", "政策"),
        Text("parameters", "参数"),
        Text("luck", "偶然"),
        Text("together", "交互"),
    )
    print_table(
        [
            COUNT.in_(language),
            *(part.in_(language) for part in parts),
            *(f"({part.in_(language)})" for part in parts),
        ],
        [
            [name.in_(language), *_cells(value), *_cells(reach)]
            for name, value, reach in zip(NAMES, values, reached, strict=True)
        ],
        numbers=range(1, 9),
    )
    print_line(
        Text(
            f"Parts of the variance of the {YEAR} value and, in brackets, of reaching the target;"
            f" the levers are the {SIX.en} plans, each on or off with the same chance.",
            f"{YEAR}年数值方差的构成；括号内为是否达标的方差构成。政策指{SIX.zh}大计划，各以同等机会开或关。",
        ).in_(language)
    )


def _cells(share: Shares | None) -> list[str]:
    return ["—"] * 4 if share is None else [f"{100 * part:.0f}%" for part in share]


def _print_rankings(found: Sensitivity, language: Language) -> None:
    heads = (
        COUNT,
        Text(f"first of the {SIX.en} plans", f"{SIX.zh}项计划之首"),
        Text("in resamples", "重抽样占比"),
        Text("pairs in clear order", "次序明确的计划对"),
        Text("reordered by", "使次序改变的参数"),
    )
    rows = []
    for name, each in zip((*NAMES, EXPECTED), found.rankings, strict=True):
        told = [name.in_(language), TIE.in_(language), "—"]
        if each.first:
            points = [f"{PLANS[plan]} ({100 * each.effects[plan]:+.0f})" for plan in each.first]
            told[1:] = ["; ".join(points), f"{each.ranks[each.first, 0].sum():.0%}"]
        upset = [
            parameter_name(split.parameter, language) for split in each.splits if split.reorders
        ]
        rows.append([*told, f"{each.clear}/{PAIRS}", "; ".join(upset) or "—"])
    print_table([head.in_(language) for head in heads], rows, numbers=(2, 3))
    print_line(
        Text(
            "In brackets, what leaving the plan out costs, in points. Plans listed together cannot"
            " be told apart. All orders that are called clear are so in 95 % of cases; a parameter"
            " reorders plans if two of them change places, each time clearly, between the half of"
            " the draws where it is low and that where it is high.",
            "括号内为去掉该计划的损失（百分点）。并列者无法区分。全部“次序明确”的判断合计有95%的把握；"
            "若某参数低半与高半之间有两项计划次序互换，且两边均明确，则称其改变次序。",
        ).in_(language)
    )


def _print_identified(found: Identified, language: Language) -> None:
    heads = (
        Text("parameter that the data can pin down", "数据可识别的参数"),
        Text("variance explained", "可解释的方差"),
        Text("p", "p值"),
    )
    rows = [
        [
            parameter_name(found.names[k], language),
            f"{found.explained[k]:.0%}",
            f"{found.p_value[k]:.2f}",
        ]
        for k in found.found[:LISTED]
    ]
    if rows:
        print_table([head.in_(language) for head in heads], rows, numbers=(1, 2))
    many, of = len(found.found), len(found.names)
    print_line(
        Text(
            f"All counts and city measures up to {found.until} tell something of {many} of {of}"
            f" uncertain parameters, in {found.draws} draws from the prior left out in turn; by"
            f" chance alone any would be listed in {LEVEL:.0%} of cases.",
            f"截至 {found.until} 的全部目标与全市测量，对 {of} 个不确定参数中的 {many} 个"
            f"有所揭示（先验抽样 {found.draws} 次，交叉验证）；"
            f"若仅凭偶然，列出任何一个的概率为 {LEVEL:.0%}。",
        ).in_(language)
    )
