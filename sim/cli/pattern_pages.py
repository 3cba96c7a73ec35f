"""The table of patterns on the terminal, and what it means."""

import math
from collections.abc import Sequence

from sim.evidence.patterns.bands import IN_VIEW, RULES
from sim.evidence.patterns.verdict import VERDICTS, Finding
from sim.language import Language, Text
from sim.present.screen import Column, print_groups, print_line
from sim.scenario import Scenario

PATTERN = Text("pattern", "规律")
MEDIAN = Text("median", "中位数")
SPREAD = Text("80 % of replicates", "80%的模拟")
BAND = Text("band", "区间")
PASS = Text("replicates that pass (95 %)", "通过的模拟（95%）")
VERDICT = Text("verdict", "结论")
SEEN = Text("band in view before", "区间事先已知")
UNKNOWN = "—"


def print_patterns(
    findings: Sequence[Finding], scenario: Scenario, replicates: int, language: Language
) -> None:
    """Print every pattern's value, band and verdict, where the bands come from, and the rest."""

    def column(head: Text, cells: list[str]) -> Column:
        return Column(head.in_(language), cells)

    print_groups(
        f"{scenario.name.in_(language)} · N = {replicates}",
        column(PATTERN, [each.pattern.name.in_(language) for each in findings]),
        [
            [
                column(MEDIAN, [number(each.median) for each in findings]),
                column(SPREAD, [f"{number(each.low)} … {number(each.high)}" for each in findings]),
                column(BAND, [band(each) for each in findings]),
            ],
            [
                column(PASS, [_rate(each) for each in findings]),
                column(VERDICT, [VERDICTS[each.verdict].in_(language) for each in findings]),
            ],
            [column(SEEN, [IN_VIEW[each.pattern.in_view].in_(language) for each in findings])],
        ],
    )
    print_line(_summary(findings).in_(language))
    print_line(_legend().in_(language))
    print_line(
        Text("What is measured, the band and its source:", "测量内容、区间及来源：").in_(language)
    )
    for each in findings:
        for line in _told(each).in_(language).split("\n"):
            print_line(line, indent=2)


def number(value: float) -> str:
    """Write a value with three digits, infinity as a sign, and no number as a dash."""
    if math.isnan(value):
        return UNKNOWN
    return f"{value:.3g}" if math.isfinite(value) else "∞"


def band(finding: Finding) -> str:
    """Write a band: two ends, or the one that it has."""
    low, high = finding.pattern.low, finding.pattern.high
    if math.isinf(high):
        return f"> {low:g}"
    return f"{low:g} … {high:g}"


def _rate(finding: Finding) -> str:
    rate = finding.pass_rate
    return f"{100 * rate.value:.0f}% ({100 * rate.low:.0f} - {100 * rate.high:.0f}%)"


def _summary(findings: Sequence[Finding]) -> Text:
    """Return how many patterns hold, how many of them would validate, and which fail."""
    held = [each for each in findings if each.verdict == "holds"]
    proper = [each for each in held if each.pattern.validates]
    failed = [each.pattern.name for each in findings if each.verdict == "fails"]
    open_ = len(findings) - len(held) - len(failed)
    return Text(
        f"{len(held)} of {len(findings)} hold, {len(proper)} of them on bands that were not in view"
        f" before; {len(failed)} fail and {open_} are undecided. Failing:"
        f" {'; '.join(name.en for name in failed) or 'none'}.",
        f"{len(findings)} 项中 {len(held)} 项成立（其中 {len(proper)} 项的区间事先未知），"
        f"{len(failed)} 项不成立，{open_} 项未定。不成立者："
        f"{'；'.join(name.zh for name in failed) or '无'}。",
    )


def _legend() -> Text:
    return Text(
        "A pattern holds where more than half of the replicates pass, beyond the 95 % interval of"
        " that share, and fails where fewer do; parameters are drawn from the prior. The 80 % range"
        " is the spread over replicates. Where the band was in view before, or sets a prior,"
        " agreement is no validation.",
        "从先验抽取的模拟中通过者超过半数且超出95%区间，即为成立；少于半数且超出区间，即为不成立。"
        "80%范围为各次模拟的散布。若区间在手工设定默认值时已知，或用于设定先验，则吻合不构成验证。",
    )


def _told(finding: Finding) -> Text:
    pattern = finding.pattern
    rule = RULES[pattern.rule]
    return Text(
        f"{pattern.name.en}: {pattern.measure.en}. Band: {pattern.band.en}; a replicate passes"
        f" where {rule.en}.\n{pattern.source}",
        f"{pattern.name.zh}：{pattern.measure.zh}。区间：{pattern.band.zh}；{rule.zh}即为通过。"
        f"\n{pattern.source}",
    )
