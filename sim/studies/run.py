"""What one scenario makes likely.

Other than those of other studies its replicates are in its folder from the first one on, with a
manifest, since there may be a million. So its design is a run specification, and its command is
`sim.cli.running`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from sim.calendar import month_index, month_label
from sim.estimate import (
    Outcomes,
    Summary,
    needed,
    outcomes,
    precise_enough,
    summarise_outcomes,
)
from sim.estimate.decides import what_decides
from sim.estimate.precision import intervals
from sim.estimate.records import Decided, Decisions
from sim.language import Language, Text
from sim.model.world.layout import DUE
from sim.parameters import PARAMETERS, UNCERTAIN, assumption_share
from sim.plan import PLAN, READINGS
from sim.run_specification import RunSpecification
from sim.scenario.place import Place
from sim.scenario.posterior import told_in
from sim.scenario.rules import rules
from sim.scenario.rules import told as told_of_rule
from sim.spec.findings import Figure, Listing, Part, Sentence
from sim.spec.table import table
from sim.store import (
    Result,
    TableWriter,
    describe,
    drawn_in,
    seal,
    write_decisions,
    write_summaries,
)
from sim.store.fill import Watcher
from sim.store.manifest import MANIFEST
from sim.store.replicates import trajectories
from sim.store.store import Store
from sim.store.summaries import listed
from sim.store.work import Where
from sim.studies.shared.by_list import list_lines
from sim.studies.shared.counts import COLUMNS, NAMES, Line, likelihood
from sim.studies.shared.courses import certificates, fan, output_by_cluster
from sim.studies.shared.likelihoods import decides
from sim.studies.shared.likelihoods import likelihood as likelihoods
from sim.studies.shared.maps import QUANTITIES, district_map
from sim.studies.shared.split import no_split
from sim.text.catalogue import worded
from sim.text.joining import in_both
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
from sim.views.source import Run


def compute(
    asked: RunSpecification, folder: Path, watch: Watcher, where: Where, store: Store | None
) -> Result:
    """Run replicates into the tables of a folder, and write beside them what they come to.

    Args:
        asked: what is to be run, checked.
        folder: there, and empty.
        watch: called after each replicate.
        where: where replicates are run.
        store: where they are kept, and read if they are there; None keeps nothing.

    Raises:
        Problem: the folder, the store or the cluster cannot be used.
        ContradictedError: no trajectory agrees with the facts.
    """
    own = [each.name for each in asked.scenario.processes.measures]
    with TableWriter(folder, asked.scenario.readings, own) as writer:
        found = _simulate(asked, writer, watch, where, store)
        summary = replace(found, listed=listed(asked.scenario))
    columns = writer.columns
    if columns is None:
        raise AssertionError("a run has at least two replicates")
    write_summaries(folder, summary)
    decisions = what_decides(drawn_in(folder, [*UNCERTAIN]), sequential=summary.sequential)
    write_decisions(folder, decisions, {each.name: each.source for each in PARAMETERS.values()})
    manifest = {
        **describe(asked.scenario, columns),
        "seed": asked.seed,
        "replicates": summary.replicates,
        "tries": writer.tries,
        "months": asked.scenario.setup().months,
        "precision": asked.precision,
        "precision_reached": widest(summary),
        "command": asked.command(),
    }
    return Result(folder, seal(folder, manifest), summary, asked.language)


def _simulate(
    asked: RunSpecification, writer: TableWriter, watch: Watcher, where: Where, store: Store | None
) -> Summary:
    """Run batch after batch into the tables until there are as many as asked; return the summary.

    A run to a precision that is not reached ends with the most replicates allowed: the intervals
    say what is known, and what was run is not thrown away.
    """
    scenario, parts = asked.scenario, list[Outcomes]()
    draws: list[int] = []
    expected = len(asked.batches[0])
    for batch in asked.batches:
        for trajectory in trajectories(scenario, asked.seed, batch, where, store):
            writer.append(trajectory)
            parts.append(outcomes(trajectory.counts[None], DUE, scenario.readings))
            draws.append(trajectory.draw)
            watch(len(draws), max(expected, len(draws)))
        parts = [Outcomes(*(np.concatenate(column) for column in zip(*parts, strict=True)))]
        summary = summarise_outcomes(
            parts[0],
            np.array(draws),
            DUE,
            scenario.tolerance,
            sequential=asked.precision is not None,
            readings=scenario.readings,
        )
        if asked.precision is None or precise_enough(summary, asked.precision):
            break
        expected = min(needed(summary, asked.precision), asked.replicates)
    return summary


def widest(summary: Summary) -> float:
    """Return the longer side of the widest likelihood interval, as a fraction."""
    return max(interval.half_width for interval in intervals(summary))


def parts(result: Result) -> Iterator[Part]:
    """Yield all that a run says: tables and sentences, then figures."""
    yield from said(result)
    yield from figures(result)


def said(result: Result) -> Iterator[Part]:
    """Yield likelihoods, what they vary with, what they rest on, and what decides each count."""
    summary, scenario = result.summary, result.manifest["scenario"]
    prior = told_in(scenario)
    if prior is not None:
        yield Sentence(prior, "warning")
    title = worded(
        "run.table",
        scenario=Text(**scenario["name"]),
        month=month_label(summary.at),
        replicates=summary.replicates,
    )
    lines: Sequence[Line] = summary.counts
    yield table("", title, COLUMNS, lines)
    strict, about = (likelihood(each, 1) for each in (summary.joint, summary.joint_about))
    yield Sentence(worded("run.all_together", both=both(strict, about)))
    yield from _other_readings(summary)
    yield Sentence(worded("run.legend"), "note")
    if all(each.over_parameters is None for each in summary.counts):
        yield Sentence(no_split(summary.replicates), "note")
    yield from (
        Sentence(line, "note") for line in (*_given(result), *_fired(result), _condition(result))
    )
    yield from decisions_told(result.decisions())
    yield from (Sentence(line, "note") for line in _precision(result))


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


def _fired(result: Result) -> Iterator[Text]:
    """Yield for each rule of the scenario in how many replicates it changed doses."""
    for rule in rules(result.manifest["scenario"].get("rules", []), Place(MANIFEST)):
        recorded = result.recorded_count if rule.kind == "count" else result.measure
        found = recorded(rule.of)[:, month_index(rule.month)].astype(np.float64)
        fired = found < rule.bound if rule.side == "below" else found > rule.bound
        number, said = int(fired.sum()), told_of_rule(rule)
        yield worded("run.fired", rule=said, number=number, replicates=len(fired))


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


def figures(run: Run) -> Iterator[Figure]:
    """Yield every figure of a run."""
    counts = run.counts()
    yield likelihoods(run)
    decisions = run.decisions()
    if decisions is not None and decisions.known:
        yield decides(run, decisions)
    for number, count in enumerate(PLAN.counts):
        yield fan(run, count, counts[:, :, number])
    for quantity in QUANTITIES:
        yield district_map(run, quantity)
    yield output_by_cluster(run)
    if certified := PLAN.measured_by("hightech_enterprises"):
        yield certificates(run, certified)
