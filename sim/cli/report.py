"""What a run says on the terminal: the counts, the joint likelihood, and what it rests on."""

from sim.calendar import month_label
from sim.cli.deciding import print_decisions
from sim.ensemble import LUCKS_A_DRAW
from sim.estimate import CountSummary, Interval, Summary
from sim.language import Language, Text
from sim.parameters import assumption_share
from sim.plan import PLAN, READINGS
from sim.present.screen import Column, print_groups, print_line
from sim.scenario import Scenario
from sim.scenario.posterior import POSTERIOR, still_the_prior
from sim.store import Result
from sim.store.summaries import listed
from sim.studies.shared.by_list import list_lines
from sim.text.numbers import many, percent

NAMES = {count.id: count.name for count in PLAN.counts}

COUNT = Text("count", "目标")
TARGET = Text("target", "目标值")
MEDIAN = Text("median", "中位数")
RANGE = Text("80 % range", "80%区间")
STRICT = Text("strict (95 %)", "严格（95%）")
ABOUT = Text("左右 (95 %)", "左右（95%）")
OVER = Text("over parameters", "随参数变化")
YEAR = Text("year reached", "达成年份")
LUCK = Text("luck", "偶然")
PARAMETERS = Text("parameters", "参数")
SOURCES = {
    "prior": Text("the priors of its parameters", "参数先验"),
    "posterior": Text("its calibrated parameters", "校准后的参数"),
}
NEVER = Text("after the run", "模拟期后")


def print_result(result: Result, language: Language) -> None:
    """Print a result's likelihoods, what they vary with, and where the folder is."""
    summary = result.summary
    scenario = result.manifest["scenario"]
    name = Text(**scenario["name"]).in_(language)
    if scenario["draws"] == POSTERIOR and scenario["posterior"] is None:
        print_line(still_the_prior(scenario["as_of"]).in_(language))
    print_groups(
        f"{name} · {month_label(summary.at)} · N = {summary.replicates}",
        Column(COUNT.in_(language), [_name(count, language) for count in summary.counts]),
        _groups(summary, language),
    )
    print_line(_all_thirteen(summary).in_(language))
    _print_other_readings(summary, language)
    for line in (_legend(), *_given(result), _condition(result)):
        print_line(line.in_(language))
    print_decisions(result.decisions(), language)
    # Not through the screen, which would break a long path.
    print(Text(f"Result: {result.folder}", f"结果：{result.folder}").in_(language))


def _groups(summary: Summary, language: Language) -> list[list[Column]]:
    """Return the columns: what was asked first, so that a narrow terminal begins with it."""

    def column(head: Text, cells: list[str]) -> Column:
        return Column(head.in_(language), cells)

    counts = summary.counts
    never = NEVER.in_(language)
    return [
        [
            column(TARGET, [f"{count.target}" for count in counts]),
            column(STRICT, [_likelihood(count.likelihood) for count in counts]),
            column(ABOUT, [_likelihood(count.about) for count in counts]),
        ],
        [
            column(MEDIAN, [f"{count.median:.0f}" for count in counts]),
            column(RANGE, [f"{count.p10:.0f} - {count.p90:.0f}" for count in counts]),
        ],
        [column(OVER, [_ends(*count.over_parameters) for count in counts])],
        [column(YEAR, [_year(count.median_year) or never for count in counts])],
        [
            column(LUCK, [_share(count.luck_share) for count in counts]),
            column(PARAMETERS, [_share(count.parameter_share) for count in counts]),
        ],
    ]


def _all_thirteen(summary: Summary) -> Text:
    both = _both(summary.joint, summary.joint_about, 1)
    return Text(f"All thirteen together: {both.en}.", f"十三项同时实现：{both.zh}。")


def _print_other_readings(summary: Summary, language: Language) -> None:
    """Print the counts whose likelihood would be another one if they were read in the other way."""
    differing = [(count, count.other) for count in summary.counts if count.other is not None]
    if not differing:
        return
    print_line(Text("Likelihoods in the other reading:", "换用另一口径的可能性：").in_(language))
    for count, other in differing:
        name, reading = NAMES[count.id], READINGS[other.reading]
        both = _both(other.likelihood, other.about)
        line = Text(f"{name.en}, {reading.en}: {both.en}", f"{name.zh}，{reading.zh}：{both.zh}")
        print_line(line.in_(language), indent=2)


def _both(strict: Interval, about: Interval, digits: int = 0) -> Text:
    """Return the likelihoods at both thresholds, for a sentence."""
    one, two = _likelihood(strict, digits), _likelihood(about, digits)
    return Text(f"strict {one}, 左右 {two}", f"严格 {_wide(one)}，左右 {_wide(two)}")


def _wide(likelihood: str) -> str:
    """Return a likelihood with the brackets of a Chinese sentence."""
    return likelihood.replace(" (", "（").replace(")", "）")


def _legend() -> Text:
    return Text(
        "In brackets: 95 % Monte-Carlo interval. Over parameters: middle 80 % of the likelihood as"
        " the parameters vary. Luck and parameters: shares of the variance.",
        "括号内为95%蒙特卡洛区间；随参数变化：参数变动时可能性的中间80%；"
        "偶然与参数：各占方差的份额。",
    )


def _given(result: Result) -> list[Text]:
    """Return what was known about the past, if the run was told."""
    scenario = result.manifest["scenario"]
    as_of = scenario["as_of"]
    if as_of is None:
        return []
    known = sum(fact["date"] <= as_of for fact in scenario["facts"])
    lines = [
        Text(
            f"Given what had happened by {as_of}: {many(known, 'fact')}. Of the trajectories tried,"
            f" {result.replicates / result.manifest['tries']:.0%} agree with all observed counts;"
            f" effective sample size {result.replicates}.",
            f"以截至 {as_of} 的 {known} 条事实为条件。试算轨迹中"
            f" {result.replicates / result.manifest['tries']:.0%} 与全部观测数量相符；"
            f"有效样本量 {result.replicates}。",
        )
    ]
    for fact in scenario["facts"]:
        if fact["kind"] == "lever" and not scenario["settings"][fact["what"]]["on"]:
            lines.append(
                Text(
                    f"Against the fact {fact['id']}: the scenario never uses {fact['what']}.",
                    f"与事实 {fact['id']} 不符：该情景从不使用 {fact['what']}。",
                )
            )
    return lines


def _condition(result: Result) -> Text:
    share = assumption_share()
    scenario = result.manifest["scenario"]
    source = SOURCES["prior" if scenario["posterior"] is None else "posterior"]
    return Text(
        f"All of this is conditional on the model and {source.en};"
        f" {share:.0%} of its uncertain parameters are assumptions without a source.",
        f"以上结果以模型及{source.zh}为条件；其中 {share:.0%} 的不确定参数为无来源的假设。",
    )


def print_list_error(scenario: Scenario, replicates: int, language: Language) -> None:
    """Print what the list of draws adds to the error of an experiment's likelihoods."""
    for line in list_lines(listed(scenario), replicates // LUCKS_A_DRAW):
        print_line(line.in_(language))


def _name(count: CountSummary, language: Language) -> str:
    return NAMES[count.id].in_(language)


def _likelihood(interval: Interval, digits: int = 0) -> str:
    ends = _ends(interval.low, interval.high, digits)
    value = percent(interval.value) if digits == 0 else f"{100 * interval.value:.{digits}f}%"
    return f"{value} ({ends})"


def _ends(low: float, high: float, digits: int = 0) -> str:
    """Return the ends of an interval; one that rounds to none or all without being it says so."""
    least, most = f"{100 * low:.{digits}f}", f"{100 * high:.{digits}f}%"
    if digits == 0 and high < 0.5:
        most = percent(high)
    if digits == 0 and low > 0.5:
        least = percent(low).removesuffix("%")
    return f"{least} - {most}"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{100 * value:.0f}%"


def _year(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
