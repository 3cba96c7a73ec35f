"""The question, and the answer in one paragraph put together from the numbers."""

from collections.abc import Sequence

from sim.estimate import CountSummary
from sim.language import Language, Text
from sim.plan import CITY, COUNTS, ISSUED, PLAN, YEAR
from sim.present.report.assumptions import rests_on_assumptions
from sim.present.report.compared import Compared
from sim.present.report.given import Given
from sim.present.report.held import Held, held, of_run
from sim.present.report.summary_changes import of_comparison
from sim.present.report.wording import (
    count_name,
    likely,
    listed,
    quoted,
    user_name,
)
from sim.spec.findings import Sentence
from sim.text.joining import ended, sentences
from sim.text.numbers import percent_range

EVEN = 0.5


def question(given: Sequence[Given], found: Sequence[Compared], language: Language) -> str:
    """Return what the report answers."""
    runs = [of_run(each) for each in given if each.result is not None]
    names = [each.called(language) for each in runs]
    if not names:
        names = [user_name(each, language) for one in found for each in (one.first, one.second)]
    names = list(dict.fromkeys(names))
    told = listed([quoted(name, language) for name in names], language)
    asked = Text(
        f"How likely is each of the {COUNTS.en} {YEAR} counts of {CITY.en}'s {ISSUED} action plan"
        " for future industries",
        f"{CITY.zh}{ISSUED}年未来产业行动方案提出的{YEAR}年{COUNTS.zh}项目标各有多大可能实现",
    )
    if not held(given):
        return Text(
            f"What moves the likelihoods of the {COUNTS.en} {YEAR} counts of {CITY.en}'s {ISSUED}"
            " action"
            " plan for future industries?",
            f"{CITY.zh}{ISSUED}年未来产业行动方案提出的{YEAR}年{COUNTS.zh}项目标，其可能性受什么影响？",
        ).in_(language)
    if not told:
        return Text(f"{asked.en}, and what moves that?", f"{asked.zh}，受什么影响？").in_(language)
    if len(names) > 1:
        return Text(
            f"{asked.en}, and what changes between {told}?", f"{asked.zh}，{told}之间有何不同？"
        ).in_(language)
    return Text(f"{asked.en} under {told}?", f"{asked.zh}（情景：{told}）？").in_(language)


def summary(given: Sequence[Given], found: Sequence[Compared], language: Language) -> str:
    """Return the answer: likelihoods with intervals, both thresholds, and what it rests on."""
    packages = held(given)
    told = _of_package(packages[0], language) if packages else []
    for each in found:
        told += of_comparison(each, language)
    told += [_of_study(one, language) for one in given if one.kind == "study"]
    told += rests_on_assumptions(given, packages, language)
    told.append(
        Text(
            "All of this is conditional on the model and its assumptions; it is no forecast.",
            "以上均以模型及其假设为条件，并非预测。",
        ).in_(language)
    )
    return sentences(*told, language=language)


def _of_package(package: Held, language: Language) -> list[str]:
    summary = package.summary
    name = quoted(package.called(language), language)
    groups = (
        (
            [count for count in summary.counts if count.likelihood.low > EVEN],
            Text("more likely than not", "实现的可能性大于不实现"),
        ),
        (
            [count for count in summary.counts if count.likelihood.high < EVEN],
            Text("less likely than not", "实现的可能性小于不实现"),
        ),
    )
    whole = Text(
        f"Under {name}, by {summary.replicates} replicates (strictly at the target at the end"
        f" of {YEAR};"
        " in brackets the 95% Monte-Carlo interval),",
        f"在{name}下，{summary.replicates} 次模拟给出（{YEAR}年底严格达标，"
        "括号内为95%蒙特卡洛区间）：",
    ).in_(language)
    parts: list[str] = []
    for counts, words in groups:
        if counts:
            many = len(counts)
            whom = (
                Text(f" of {len(PLAN.counts)} counts", f"{COUNTS.zh}项中有 ")
                if not parts
                else Text("", "")
            )
            of = Text(
                f"{many}{whom.en} {'is' if many == 1 else 'are'} {words.en}:"
                f" {_all(counts, language)}",
                f"{whom.zh}{many} 项{words.zh}，即{_all(counts, language)}",
            )
            parts.append(of.in_(language))
    open_ = [c for c in summary.counts if c.likelihood.low <= EVEN <= c.likelihood.high]
    if open_:
        values = sorted(count.likelihood.value for count in open_)
        told = listed([count_name(count.id, language) for count in open_], language)
        span = percent_range(values[0], values[-1])
        parts.append(
            Text(
                f"{len(open_)} cannot be told from even odds ({span}): {told}",
                f"{len(open_)} 项与一半可能无法区分（{span}），即{told}",
            ).in_(language)
        )
    body = Text("; ", "；").in_(language).join(parts) + Text(".", "。").in_(language)
    joint = Text(
        f"All {COUNTS.en} together: {likely(summary.joint, language)}, and"
        f" {likely(summary.joint_about, language)} where about (左右) is enough.",
        f"{COUNTS.zh}项同时实现：{likely(summary.joint, language)}；按“左右”判定为"
        f"{likely(summary.joint_about, language)}。",
    ).in_(language)
    space = Text(" ", "").in_(language)
    return [f"{whole}{space}{body}", *_likely_by_about(summary.counts, language), joint]


def _likely_by_about(counts: Sequence[CountSummary], language: Language) -> list[str]:
    """Return a sentence on the counts that stand otherwise where about is enough, if any does."""
    moved = [each for each in counts if each.about.low > EVEN >= each.likelihood.low]
    if not moved:
        return []
    told = listed(
        [f"{count_name(each.id, language)} {likely(each.about, language)}" for each in moved],
        language,
    )
    said = Text(
        f"Clearly more likely than not only where about (左右) is enough: {told}.",
        f"仅按“左右”判定时明显较可能实现：{told}。",
    )
    return [said.in_(language)]


def _all(counts: Sequence[CountSummary], language: Language) -> str:
    ordered = sorted(counts, key=lambda count: -count.likelihood.value)
    parts = [
        f"{count_name(count.id, language)} {likely(count.likelihood, language)}"
        for count in ordered
    ]
    return listed(parts, language)


def _of_study(given: Given, language: Language) -> str:
    """Return the sentence that a study's findings begin with, if they begin with one."""
    first = given.document["findings"].parts[0]
    if not (isinstance(first, Sentence) and first.tone == "lead"):
        return ""
    return ended(first.text).in_(language)
