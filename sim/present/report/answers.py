"""What the results answer, in a sentence, a picture and three numbers: the core of the brief."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.estimate import CountSummary
from sim.language import Language
from sim.plan import PLAN
from sim.present.report.compared import Compared, figures
from sim.present.report.given import Given
from sim.present.report.held import Held, held, of_run
from sim.present.report.wording import (
    bracketed,
    count_name,
    end,
    listed,
    quoted,
    title_of,
    user_name,
)
from sim.spec.findings import Figure, Findings, Sentence
from sim.spec.table import Table
from sim.store.fill import Sample
from sim.studies.shared.likelihoods import likelihood
from sim.text.catalogue import capital, say
from sim.text.joining import COLON, ended
from sim.text.multiples import plain_ratio, times
from sim.text.numbers import percent, percent_range, points
from sim.text.together import Estimated

EVEN = 0.5
NUMBERS = 3
NAMED, SUREST = 5, 3
"""Counts that a sentence names: all of so many, else the surest."""
SURELESS = ("open", "alike")
"""Groups none of whose counts is surer than another."""
WITH_ENDS = re.compile(r"(?P<value>[^\s(（]+)\s*[(（](?P<ends>[^)）]*\d[^)）]*)[)）]")
"""A number with an interval in brackets, as tables write it."""

LISTED = re.compile(
    r"(?P<row>.+?)[:：] ?(?P<value>[+\u2013]\d[\d.]*) [(（](?P<ends>[^)）]+)[)）][,，] ?"
    r"(?P<count>[^.。]+)(?:[.。].*)?"
)
"""A difference with its interval and the count that it is of, as sentences list them."""

Scenario = Mapping[str, Any]
Group = tuple[str, Sequence[str]]
"""Key of its words, and the ids of its counts, the surest first."""


class Number(NamedTuple):
    """A number that carries the answer."""

    value: str
    interval: str
    about: str


class Answer(NamedTuple):
    """What is told on one page."""

    sentence: str
    figure: Figure | None
    numbers: tuple[Number, ...]
    how_to_read: str
    scenarios: tuple[Scenario, ...]
    """That it is about, as they were resolved."""
    source: str
    sample: Sample
    """The replicates of each scenario that it rests on."""


def answer(given: Sequence[Given], found: Sequence[Compared], language: Language) -> Answer:
    """Return the answer to what was asked.

    That is what the first result is about; of several runs in pairs, what differs.

    Args:
        given: the results.
        found: comparisons among them.
        language: of the words.
    """
    first = given[0]
    if first.kind == "study":
        return _of_study(first, language)
    if found:
        return _of_comparison(given, found[0], language)
    return _of_run(first, language)


def _parts(groups: Sequence[Group], language: Language) -> str:
    """Return how many counts are in each group, and which."""
    told = []
    for key, names in groups:
        if not names:
            continue
        form = "_all" if len(names) == len(PLAN.counts) else ""
        words = say(f"brief.{key}{form}", language, number=len(names))
        kept = listed([count_name(name, language) for name in names[: _shown(names)]], language)
        whole = _shown(names) == len(names)
        if form != "_all" and (whole or key not in SURELESS):
            inside = kept if whole else say("brief.most_surely", language, names=kept)
            words += bracketed(inside, language)
        told.append(words)
    return listed(told, language, "clause")


def _shown(names: Sequence[str]) -> int:
    return len(names) if len(names) <= NAMED else SUREST


def _of_run(run: Given, language: Language) -> Answer:
    assert run.result is not None
    package = of_run(run)
    counts = sorted(package.summary.counts, key=lambda each: -each.likelihood.value)
    likely = [each.id for each in counts if each.likelihood.low > EVEN]
    unlikely = [each.id for each in reversed(counts) if each.likelihood.high < EVEN]
    groups = (
        ("likely", likely),
        ("unlikely", unlikely),
        ("open", [each.id for each in counts if each.id not in (*likely, *unlikely)]),
    )
    name = quoted(package.called(language), language)
    return Answer(
        say("brief.under", language, name=name, parts=_parts(groups, language)),
        likelihood(run.result),
        tuple(_of_package(package, language)),
        say("brief.verdicts", language),
        (run.result.manifest["scenario"],),
        package.source,
        Sample(run.result.seed, run.result.replicates),
    )


def _of_package(package: Held, language: Language) -> Iterator[Number]:
    """Yield the most and the least likely count of a package, and all of them together."""
    counts = sorted(package.summary.counts, key=lambda each: -each.likelihood.value)
    for key, count in (("highest", counts[0]), ("lowest", counts[-1])):
        yield _likely(count, key, language)
    joint = package.summary.joint
    yield Number(percent(joint.value), _within(joint, language), say("brief.together", language))


def _likely(count: CountSummary, key: str, language: Language) -> Number:
    about = say(f"brief.{key}", language, count=count_name(count.id, language))
    return Number(percent(count.likelihood.value), _within(count.likelihood, language), about)


def _within(found: Estimated, language: Language) -> str:
    return say("brief.within", language, range=percent_range(found.low, found.high))


def _of_comparison(given: Sequence[Given], found: Compared, language: Language) -> Answer:
    ordered = sorted(found.counts, key=lambda each: -each.effect.certainty.up)
    clear = [each for each in ordered if each.effect.told_apart]
    groups = (
        ("up", [each.id for each in clear if each.effect.rises]),
        ("down", [each.id for each in clear if not each.effect.rises]),
        ("alike", [each.id for each in ordered if not each.effect.told_apart]),
    )
    names = {
        key: quoted(user_name(name, language), language)
        for key, name in (("first", found.first), ("second", found.second))
    }
    told = say("brief.none_apart", language, **names)
    if clear:
        told = say("brief.instead", language, **names, parts=_parts(groups, language))
    return Answer(
        told,
        next(each.figure for each in figures(found)),
        tuple(_of_changes(found, clear or ordered, language)),
        say("brief.clear", language),
        tuple(_compared(given, found)),
        found.source,
        found.rests.sample,
    )


def _of_changes(found: Compared, ordered: Sequence[Any], language: Language) -> Iterator[Number]:
    """Yield the surest effect, the surest of the other direction or the next, and of all counts."""
    first = ordered[0]
    others = [each for each in ordered[1:] if each.effect.rises != first.effect.rises]
    for each in (first, *(others or ordered[1:])[:1]):
        ratio, pairs = each.effect.ratio, percent(each.effect.certainty.up)
        ends = {
            key: plain_ratio(value) for key, value in (("low", ratio.low), ("high", ratio.high))
        }
        between = say("brief.between", language, **ends)
        yield Number(
            times(ratio.value),
            say("brief.pairs", language, between=between, pairs=pairs),
            say("brief.ratio", language, count=title_of(each.id, language)),
        )
    joint = found.joint
    ends = {"low": end(joint.low), "high": end(joint.high)}
    yield Number(
        points(joint.value),
        say("brief.between", language, **ends),
        say("brief.together_points", language),
    )


def _compared(given: Sequence[Given], found: Compared) -> Iterator[Scenario]:
    """Yield the scenarios of two packages that were compared."""
    runs = [each.result.manifest["scenario"] for each in given if each.result is not None]
    stored = [each.document["packages"] for each in given if each.kind == "comparison"]
    every = [*runs, *(package for packages in stored for package in packages)]
    for name in (found.first, found.second):
        yield next(each for each in every if each["name"] == name._asdict())


def _of_study(given: Given, language: Language) -> Answer:
    findings: Findings = given.document["findings"]
    sentences = [part for part in findings.parts if isinstance(part, Sentence)]
    lead = next((each for each in sentences if each.tone == "lead"), None)
    said = findings.name if lead is None else ended(lead.text)
    packages = held([given])
    numbers = [*_in_lead(said.in_(language), language)] or [*_in_tables(findings, language)]
    if packages and len(numbers) < NUMBERS:
        within = bracketed(packages[0].called(language), language)
        own = _of_package(packages[0], language)
        numbers += (each._replace(about=each.about + within) for each in own)
    return Answer(
        capital(user_name(said, language)),
        next((part for part in findings.parts if isinstance(part, Figure)), None),
        tuple(numbers[:NUMBERS]),
        "",
        tuple(each.scenario for each in given.packages[:1]),
        given.cite(given.stamps[0].name),
        Sample(given.document["seed"], given.document["replicates"]),
    )


def _in_lead(said: str, language: Language) -> Iterator[Number]:
    """Yield the differences of likelihoods that a sentence lists with their intervals."""
    _, _, after = said.partition(say("brief.in_points", language))
    _, _, told = after.partition(COLON.in_(language))
    for each in re.split("[;；]", told):
        if match := LISTED.fullmatch(each.strip()):
            words = {key: match[key] for key in ("row", "count")}
            about = say("brief.points_of", language, **words)
            yield Number(match["value"], f"({match['ends']})", capital(about))


def _in_tables(findings: Findings, language: Language) -> Iterator[Number]:
    """Yield the first number with an interval in each row of the first table that has any."""
    for table in findings.parts:
        if isinstance(table, Table) and table.read:
            found = [
                each for row in range(len(table.rows)) for each in _in_row(table, row, language)
            ]
            if found:
                yield from found
                return


def _in_row(table: Table, number: int, language: Language) -> list[Number]:
    shown = [
        (head.text.in_(language), cell.text.in_(language))
        for head, cell in zip(table.heads, table.rows[number], strict=True)
        if head.shown
    ]
    (_, row), *others = shown
    for head, text in others:
        if match := WITH_ENDS.fullmatch(text.strip()):
            about = say("brief.of_row", language, row=capital(row), head=head)
            return [Number(match["value"].strip(), f"({match['ends']})", about)]
    return []
