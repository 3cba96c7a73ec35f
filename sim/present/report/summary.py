"""The question, and the answer in one paragraph put together from the numbers."""

from collections.abc import Sequence

from sim.estimate import CountSummary
from sim.language import Language
from sim.plan import ISSUED
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
from sim.text.catalogue import say, worded
from sim.text.joining import SEMICOLON, ended, sentences
from sim.text.numbers import percent_range

EVEN = 0.5


def question(given: Sequence[Given], found: Sequence[Compared], language: Language) -> str:
    """Return what the report answers."""
    runs = [of_run(each) for each in given if each.result is not None]
    names = [each.called(language) for each in runs]
    names += [user_name(each, language) for one in found for each in (one.first, one.second)]
    names = list(dict.fromkeys(names))
    told = listed([quoted(name, language) for name in names], language)
    asked = worded("report.asked", issued=ISSUED)
    if not held(given):
        return say("report.asked_moves", language, issued=ISSUED)
    if not told:
        return say("report.and_moves", language, asked=asked)
    if len(names) > 1:
        return say("report.and_changes", language, asked=asked, names=told)
    return say("report.asked_under", language, asked=asked, name=told)


def summary(given: Sequence[Given], found: Sequence[Compared], language: Language) -> str:
    """Return the answer: likelihoods with intervals, both thresholds, and what it rests on."""
    packages = held(given)
    told = _of_package(packages[0], language) if packages else []
    for each in found:
        told += of_comparison(each, language)
    told += [_of_study(one, language) for one in given if one.kind == "study"]
    told += rests_on_assumptions(given, packages, language)
    told.append(say("report.conditional", language))
    return sentences(*told, language=language)


def _of_package(package: Held, language: Language) -> list[str]:
    summary = package.summary
    groups = (
        ("likely", [count for count in summary.counts if count.likelihood.low > EVEN]),
        ("unlikely", [count for count in summary.counts if count.likelihood.high < EVEN]),
    )
    parts: list[str] = []
    for key, counts in groups:
        if counts:
            which = key if parts else f"{key}_of_all"
            told = _all(counts, language)
            parts.append(say(f"report.{which}", language, number=len(counts), counts=told))
    open_ = [c for c in summary.counts if c.likelihood.low <= EVEN <= c.likelihood.high]
    if open_:
        values = sorted(count.likelihood.value for count in open_)
        told = listed([count_name(count.id, language) for count in open_], language)
        span = percent_range(values[0], values[-1])
        parts.append(say("report.even", language, number=len(open_), span=span, counts=told))
    joint = say(
        "report.together",
        language,
        strict=likely(summary.joint, language),
        about=likely(summary.joint_about, language),
    )
    whole = say(
        "report.under",
        language,
        name=quoted(package.called(language), language),
        replicates=summary.replicates,
        parts=SEMICOLON.in_(language).join(parts),
    )
    return [whole, *_likely_by_about(summary.counts, language), joint]


def _likely_by_about(counts: Sequence[CountSummary], language: Language) -> list[str]:
    """Return a sentence on the counts that stand otherwise where about is enough, if any does."""
    moved = [each for each in counts if each.about.low > EVEN >= each.likelihood.low]
    if not moved:
        return []
    told = listed(
        [f"{count_name(each.id, language)} {likely(each.about, language)}" for each in moved],
        language,
    )
    return [say("report.only_about", language, counts=told)]


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
