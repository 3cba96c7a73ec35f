"""What a run says on the terminal: two tables, the joint likelihood, and what it rests on."""

from sim.calendar import month_label
from sim.cli.screen import print_line, print_table
from sim.estimate import CountSummary, Interval
from sim.language import Language, Text
from sim.parameters import assumption_share
from sim.plan import PLAN
from sim.store import Result

NAMES = {count.id: count.name for count in PLAN.counts}
LIKELIHOOD_HEADS = (
    Text("count", "目标"),
    Text("target", "目标值"),
    Text("median", "中位数"),
    Text("80 % range", "80%区间"),
    Text("strict", "严格"),
    Text("95 % interval", "95%区间"),
    Text("左右", "左右"),
    Text("95 % interval", "95%区间"),
)
MORE_HEADS = (
    Text("count", "目标"),
    Text("likelihood over parameters", "可能性随参数变化"),
    Text("year reached", "达成年份"),
    Text("luck", "偶然"),
    Text("parameters", "参数"),
)


def print_result(result: Result, language: Language) -> None:
    """Print a result's likelihoods, what they vary with, and where the folder is."""
    summary = result.summary
    at = month_label(summary.at)
    name = Text(**result.manifest["scenario"]["name"]).in_(language)
    print_table(
        [head.in_(language) for head in LIKELIHOOD_HEADS],
        [_likelihood_row(count, language) for count in summary.counts],
        numbers=(1, 2, 3, 4, 5, 6, 7),
        title=f"{name} · {at} · N = {summary.replicates}",
    )
    print_table(
        [head.in_(language) for head in MORE_HEADS],
        [_more_row(count, language) for count in summary.counts],
        numbers=(1, 2, 3, 4),
    )
    print_line(
        Text(
            f"All thirteen together: strict {_both(summary.joint)},"
            f" 左右 {_both(summary.joint_about)}.",
            f"十三项同时实现：严格 {_both(summary.joint)}，左右 {_both(summary.joint_about)}。",
        ).in_(language)
    )
    print_line(_condition().in_(language))
    print_line(Text(f"Result: {result.folder}", f"结果：{result.folder}").in_(language))


def _condition() -> Text:
    share = assumption_share()
    return Text(
        "All of this is conditional on the model and its priors;"
        f" {share:.0%} of its uncertain parameters are assumptions without a source.",
        f"以上结果以模型及其先验为条件；其中 {share:.0%} 的不确定参数为无来源的假设。",
    )


def _likelihood_row(count: CountSummary, language: Language) -> tuple[str, ...]:
    return (
        NAMES[count.id].in_(language),
        f"{count.target}",
        f"{count.median:.0f}",
        f"{count.p10:.0f} - {count.p90:.0f}",
        _percent(count.likelihood.value),
        _range(count.likelihood),
        _percent(count.about.value),
        _range(count.about),
    )


def _more_row(count: CountSummary, language: Language) -> tuple[str, ...]:
    low, high = count.over_parameters
    never = Text("after the run", "模拟期后").in_(language)
    return (
        NAMES[count.id].in_(language),
        f"{_percent(low)} - {_percent(high)}",
        never if count.median_year is None else f"{count.median_year:.1f}",
        "-" if count.luck_share is None else _percent(count.luck_share),
        "-" if count.parameter_share is None else _percent(count.parameter_share),
    )


def _percent(value: float) -> str:
    return f"{100 * value:.0f}%"


def _range(interval: Interval) -> str:
    return f"{_percent(interval.low)} - {_percent(interval.high)}"


def _both(interval: Interval) -> str:
    return f"{100 * interval.value:.1f}% ({_range(interval)})"
