"""What one scenario makes likely: what is said of a run, from its result alone.

A run writes its folder while it runs, so its command is in `sim.cli.running`.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from sim.calendar import month_label
from sim.estimate import CountSummary, Interval, Summary
from sim.estimate.records import Decided, Decisions
from sim.language import Language, Text
from sim.parameters import assumption_share
from sim.plan import PLAN, READINGS
from sim.scenario.posterior import told_of_prior
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import Column, Value, table
from sim.store import Result
from sim.studies.shared.by_list import list_lines
from sim.text.catalogue import worded
from sim.text.joining import in_both
from sim.text.numbers import percent
from sim.views.deciding import (
    EXPLAINED,
    FIRST_HIGH,
    FIRST_LOW,
    QUESTION,
    deciders,
    explained,
    how_to_read,
    likelihood_in,
    too_few,
)

NAMES = {count.id: count.name for count in PLAN.counts}
NONE = "—"


def parts(result: Result) -> Iterator[Part]:
    """Yield likelihoods, what they vary with, what they rest on, and what decides each count.

    Its figures are those of `sim.studies.shared.of_run`.
    """
    summary, scenario = result.summary, result.manifest["scenario"]
    if scenario["posterior"] is None:
        yield Sentence(told_of_prior(scenario["draws"], scenario["as_of"]), "warning")
    title = worded(
        "run.table",
        scenario=Text(**scenario["name"]),
        month=month_label(summary.at),
        replicates=summary.replicates,
    )
    yield table("", title, COLUMNS, summary.counts)
    strict, about = (likelihood(each, 1) for each in (summary.joint, summary.joint_about))
    yield Sentence(worded("run.all_together", both=both(strict, about)))
    yield from _other_readings(summary)
    yield Sentence(worded("run.legend"), "note")
    yield from (Sentence(line, "note") for line in (*_given(result), _condition(result)))
    yield from decisions_told(result.decisions())
    yield from (Sentence(line, "note") for line in _precision(result))


def _nothing(_count: CountSummary) -> tuple[Value, ...]:
    """Return what files hold: they are written before anything is told (`sim.store`)."""
    return ()


_column = partial(Column[CountSummary], (), _nothing)
COLUMNS: Sequence[Column[CountSummary]] = (
    _column(worded("run.count"), lambda each: NAMES[each.id], share=3.0, number=False),
    _column(worded("run.target"), lambda each: f"{each.target}"),
    _column(worded("run.strict"), lambda each: likelihood(each.likelihood), share=1.7),
    _column(worded("run.about"), lambda each: likelihood(each.about), share=1.7),
    _column(worded("run.median"), lambda each: f"{each.median:.0f}", 1),
    _column(worded("run.range"), lambda each: f"{each.p10:.0f} - {each.p90:.0f}", 1),
    _column(worded("run.over"), lambda each: ends(*each.over_parameters), 2),
    _column(worded("run.year"), lambda each: _year(each.median_year), 3),
    _column(worded("run.luck"), lambda each: _share(each.luck_share), 4),
    _column(worded("run.parameters"), lambda each: _share(each.parameter_share), 4),
)
"""What was asked first, so that a narrow terminal begins with it."""


def likelihood(interval: Interval, digits: int = 0) -> str:
    """Write a likelihood with its interval."""
    value = percent(interval.value) if digits == 0 else f"{100 * interval.value:.{digits}f}%"
    return f"{value} ({ends(interval.low, interval.high, digits)})"


def ends(low: float, high: float, digits: int = 0) -> str:
    """Write the ends of an interval; one that rounds to none or all without being it says so."""
    least, most = f"{100 * low:.{digits}f}", f"{100 * high:.{digits}f}%"
    if digits == 0 and high < 0.5:
        most = percent(high)
    if digits == 0 and low > 0.5:
        least = percent(low).removesuffix("%")
    return f"{least} - {most}"


def _share(value: float | None) -> str:
    return NONE if value is None else f"{100 * value:.0f}%"


def _year(value: float | None) -> Text | str:
    return worded("run.never") if value is None else f"{value:.1f}"


def both(strict: str, about: str) -> Text:
    """Return likelihoods at both thresholds, for a sentence; in Chinese with its brackets."""
    one, two = (Text(each, each.replace(" (", "（").replace(")", "）")) for each in (strict, about))
    return worded("run.both", strict=one, about=two)


def _other_readings(summary: Summary) -> Iterator[Part]:
    """Yield the counts whose likelihood would be another one if they were read in the other way."""
    differing = [(count, count.other) for count in summary.counts if count.other is not None]
    if differing:
        yield Sentence(worded("run.other_readings"))
        yield Listing(
            tuple(
                worded(
                    "run.other_reading",
                    count=NAMES[count.id],
                    reading=READINGS[other.reading],
                    both=both(likelihood(other.likelihood), likelihood(other.about)),
                )
                for count, other in differing
            )
        )


def _given(result: Result) -> Iterator[Text]:
    """Yield what was known about the past, if the run was told."""
    scenario = result.manifest["scenario"]
    as_of = scenario["as_of"]
    if as_of is None:
        return
    known = sum(fact["date"] <= as_of for fact in scenario["facts"])
    facts = worded("run.one_fact" if known == 1 else "run.facts", number=known)
    agree = f"{result.replicates / result.manifest['tries']:.0%}"
    yield worded("run.given", as_of=as_of, facts=facts, agree=agree, replicates=result.replicates)
    for fact in scenario["facts"]:
        if fact["kind"] == "lever" and not scenario["settings"][fact["what"]]["on"]:
            yield worded("run.against", fact=fact["id"], lever=fact["what"])


def _condition(result: Result) -> Text:
    source = "prior" if result.manifest["scenario"]["posterior"] is None else "posterior"
    share = f"{assumption_share():.0%}"
    return worded("run.condition", source=worded(f"run.{source}"), share=share)


def _precision(result: Result) -> Iterator[Text]:
    """Yield how certain likelihoods are, and what a posterior that is a list adds to that."""
    asked, reached = result.manifest["precision"], result.manifest["precision_reached"]
    points = f"{100 * reached:.1f}"
    if asked is None or reached <= asked:
        yield worded("run.precise", points=points)
    else:
        wanted, many = f"{100 * asked:g}", result.replicates
        yield worded("run.not_precise", asked=wanted, replicates=many, points=points)
    yield from list_lines(result.summary.listed, result.summary.draws)


def decisions_told(found: Decisions | None) -> Iterator[Part]:
    """Yield which parameters decide each count, and its likelihood where the first is low and high.

    Where there are too few draws to tell, it is said how many it takes; of a result that was
    written before anybody asked, nothing.
    """
    if found is None:
        return
    if not found.known:
        yield Sentence(in_both(lambda language: too_few(found, language)), "note")
        return
    yield Sentence(QUESTION)
    yield Listing(tuple(in_both(partial(_decided, each)) for each in found.counts))
    yield Sentence(in_both(lambda language: how_to_read(found, language)), "note")


def _decided(found: Decided, language: Language) -> str:
    told = [NAMES[found.count].in_(language), f"{EXPLAINED.in_(language)} {explained(found)}"]
    if found.deciders:
        told += [
            f"{head.in_(language)} {likelihood_in(quarter)}"
            for head, quarter in ((FIRST_LOW, found.low), (FIRST_HIGH, found.high))
        ]
    between = Text("; ", "；").in_(language)
    return " · ".join(told) + "\n" + between.join(deciders(found, language))
