"""What a run says: likelihoods and what they rest on, in tables, sentences and figures."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.calendar import month_index, month_label
from sim.estimate import Summary
from sim.language import Text
from sim.plan import PLAN, READINGS
from sim.scenario.place import Place
from sim.scenario.posterior import EXPERT
from sim.scenario.rules import rules
from sim.scenario.rules import told as told_of_rule
from sim.spec.findings import Figure, Listing, Part, Sentence
from sim.spec.table import table
from sim.store import Result
from sim.store.manifest import MANIFEST
from sim.studies.shared import observed
from sim.studies.shared.caveats import list_lines
from sim.studies.shared.counts import COLUMNS, NAMES, Line, likelihood
from sim.studies.shared.courses import certificates, fan, output_by_cluster
from sim.studies.shared.decisions import decisions_told
from sim.studies.shared.influence import rests_on
from sim.studies.shared.known import few_agree, known_facts
from sim.studies.shared.likelihoods import decides
from sim.studies.shared.likelihoods import likelihood as likelihoods
from sim.studies.shared.maps import QUANTITIES, district_map
from sim.studies.shared.split import no_split
from sim.text.catalogue import worded
from sim.views.source import Run


def said(result: Result, *, together: bool = False) -> Iterator[Part]:
    """Yield likelihoods, what they vary with, what they rest on, and what decides each count.

    Args:
        result: of a run.
        together: whether to tell how likely all counts are at once.
    """
    summary, scenario = result.summary, result.manifest["scenario"]
    title = worded(
        "run.table",
        scenario=Text(**scenario["name"]),
        month=month_label(summary.at),
        replicates=summary.replicates,
    )
    lines: Sequence[Line] = summary.counts
    yield table("", title, COLUMNS, lines)
    if together:
        strict, about = (likelihood(each, 1) for each in (summary.joint, summary.joint_about))
        yield Sentence(worded("run.all_together", both=both(strict, about)))
    yield from _other_readings(summary)
    yield Sentence(worded("run.legend"), "note")
    if output := PLAN.measured_by("output"):
        yield Sentence(worded("likelihood.unit", unit=output.unit), "note")
    yield from observed.parts()
    if all(each.over_parameters is None for each in summary.counts):
        yield Sentence(no_split(summary), "note")
    yield from (
        Sentence(line, "note") for line in (*_given(result), *_fired(result), _condition(result))
    )
    yield from (Sentence(line, "note", summary.baseline) for line in adjusted(summary))
    yield from decisions_told(result.decisions())
    yield from (Sentence(line, "note") for line in _precision(result))


def adjusted(summary: Summary) -> Iterator[Text]:
    """Yield, if it is so, that likelihoods are adjusted by a stored baseline."""
    if summary.baseline:
        yield worded("baseline.adjusted", replicates=f"{summary.baseline:,}")


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
    facts = known_facts(as_of, [fact["date"] for fact in scenario["facts"]])
    share = result.replicates / result.manifest["tries"]
    agree = f"{share:.0%}"
    yield worded("run.given", as_of=as_of, facts=facts, agree=agree, replicates=result.replicates)
    yield from few_agree(share)
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
    draws, fitted = (result.manifest["scenario"][key] for key in ("draws", "posterior"))
    source = worded("run.prior" if fitted is None else "run.posterior")
    if draws.startswith(EXPERT):
        source = worded("run.expert", name=draws.removeprefix(EXPERT))
    influence = rests_on(result.decisions())
    return worded("run.condition", source=source, influence=influence)


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
