"""What has happened, and how each likelihood moved as it is told, fact by fact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from sim import city
from sim.estimate.adjusted import Control, difference
from sim.estimate.groups import Bools, Ints
from sim.estimate.objectives import Objective, achieved
from sim.estimate.paired import Difference
from sim.experiments.baseline import Stored, stored
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.objective_file import whole_plan
from sim.language import Text
from sim.scenario import Scenario, drawn_from, knowing_nothing, read_facts, read_scenario
from sim.scenario.facts import FILE, KINDS, Fact, facts_file
from sim.scenario.posterior import POSTERIOR, PRIOR, fit_dates
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, Value, read, table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.counts import ends
from sim.studies.shared.fact_steps import Moved, Step, figure
from sim.studies.shared.known import few_agree, kept_of
from sim.studies.shared.objectives import OBJECTIVE, WHOLE, asked, in_one_sentence, met_by
from sim.studies.shared.points import Move, lead
from sim.studies.study import PACKAGE, Basis, Design, Option, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import percent, whole
from sim.text.together import Estimated


class Found(NamedTuple):
    """What was likely at each step, and the file on the likelihoods with all that is known."""

    steps: Sequence[Step]
    kept: Sequence[float]
    """Share of the trajectories tried that agree with what is known at each step."""
    moved: Sequence[Moved]
    objective: Objective | None
    """That was asked for, if one was."""
    likelihoods: tuple[str, str]
    known: Stored
    """The stored baseline by which all are adjusted, or why they are not."""


def fact_by_fact(scenario: Scenario) -> list[tuple[Step, Scenario]]:
    """Return the scenario knowing nothing, then with one fact more at a time, by their dates.

    Of a month, what parameters are calibrated to comes first. Facts of which nothing is told yet
    are not used at all, so that a step is made of what it adds alone.

    Raises:
        Problem: the table of facts, or the posterior, cannot be used.
    """
    fitted = fit_dates() if scenario.draws == POSTERIOR else ()
    facts = read_facts()
    coming: list[tuple[str, Fact | None]] = [(date, None) for date in fitted]
    coming += [(fact.date, fact) for fact in facts]
    coming.sort(key=lambda each: (each[0], each[1] is not None))  # facts stay in their order
    source = PRIOR if scenario.draws == POSTERIOR else scenario.draws
    found = [(Step(0, None), drawn_from(knowing_nothing(scenario), source))]
    known: list[Fact] = []
    for number, (date, fact) in enumerate(coming, start=1):
        known += [] if fact is None else [fact]
        seen = replace(scenario, as_of=date, facts=tuple(known))
        found.append((Step(number, date, fact), seen))
    return found


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario at each step.

    Raises:
        Problem: a file is wrong, or the scenario ends before a year of the objective.
    """
    check_there()
    base = read_scenario(options["file"], foreign=True)
    objective = asked(options, [base])
    steps, packages = zip(*fact_by_fact(base), strict=True)
    name = worded("experiment.facts", base=unquoted(base.name))
    stem = f"facts-{base.id}" + (f"-{objective.id}" if objective else "")
    return Design(packages, stem, name, {"objective": objective, "steps": steps})


def check_there() -> None:
    """Make sure that there is a table of facts.

    Raises:
        Problem: the city has none.
    """
    if not facts_file().is_file():
        city.present(FILE)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run the scenario at each step, under the same luck."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    objective, steps = (looked_at.options[name] for name in ("objective", "steps"))
    fill(packages, sample, store, where, watch)
    wanted = objective or whole_plan()
    kept, met, reached = list[float](), list[Bools](), []
    own = load(packages[0], sample, store).draws  # before facts have any replicate tried again
    # What foretells a replicate may foretell it at any step, if only little where draws are others.
    known, tolerance = stored(packages[-1:], sample.seed, own), packages[0].tolerance
    for each in packages:
        ensemble = load(each, sample, store)
        kept.append(kept_of(ensemble))
        met.append(met_by(wanted, ensemble.counts, each))
        reached.append(
            achieved(met[-1], wanted, ensemble.draws, baseline=known.baseline, tolerance=tolerance)
        )
    moved = [
        Moved(
            aim.count.id,
            aim.count.name,
            [step.aims[at] for step in reached],
            _changes([step[:, at] for step in met], own, by),
        )
        for at, (aim, by) in enumerate(
            zip(wanted.aims, wanted.controls(known.baseline, tolerance), strict=True)
        )
    ]
    if objective is not None:
        by = wanted.control(known.baseline, tolerance)
        changes = _changes([wanted.reached(each) for each in met], own, by)
        moved.insert(0, Moved(WHOLE, wanted.name, [each.likelihood for each in reached], changes))
    told = likelihoods_file(packages[-1:], sample, store)
    return Found(steps, kept, moved, objective, told, known)


def _changes(met: Sequence[Bools], draws: Ints, control: Control | None) -> list[Difference]:
    return [difference(pair, draws, control)[0] for pair in pairwise(met)]


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what moved most in a sentence, the facts, then each likelihood after each of them."""
    rows, steps = found.moved, found.steps
    changes = (len(steps) - 1) * len(rows)
    basis = adjusted_by(basis, found.known)
    said = _most(found)
    yield Sentence(said, "lead")
    if found.objective is not None:
        yield Sentence(in_one_sentence(found.objective))
    clear = [sum(not row.changes[at].tie for row in rows) for at in range(len(steps) - 1)]
    told = [*zip(steps, found.kept, [None, *clear], strict=True)]
    yield table("", worded("facts.steps"), STEPS, told)
    yield table("", worded("facts.table"), _columns(steps), rows)
    yield Sentence(worded("facts.note"), "note")
    yield from (Sentence(each, "warning") for each in few_agree(found.kept[-1]))
    at_last = basis._replace(scenarios=basis.scenarios[-1:])
    yield from caveats(at_last, found.known, intervals=changes)
    yield figure(steps, rows, basis, said)
    cells = [(found, at, row) for at in range(len(steps)) for row in rows]
    yield table("facts", worded("facts.table"), IN_FILE, cells)


def _most(found: Found) -> Text:
    """Return which facts moved a likelihood most, of those that clearly did."""
    return lead(
        "facts",
        (
            Move(change, worded("facts.moved", fact=step.name, as_of=step.as_of or ""), row.name)
            for row in found.moved
            for step, change in zip(found.steps[1:], row.changes, strict=True)
        ),
    )


Told = tuple[Step, float, int | None]
"""A step, the share kept, and how many likelihoods it clearly moved."""


def _what(told: Told) -> Text | str:
    fact = told[0].fact
    if fact is None:
        return ""
    kind = KINDS[fact.kind]
    where = place(fact)
    return Text(*(f"{said}: {fact.what} {where}".rstrip() for said in kind))


def place(fact: Fact) -> str:
    """Return where something opened, or between which values a count was seen."""
    return fact.place if fact.high is None else f"{fact.low:g} - {fact.high:g}"


STEPS: Sequence[Column[Told]] = (
    read(worded("facts.number"), lambda told: str(told[0].number)),
    read(worded("facts.date"), lambda told: told[0].as_of or "", number=False),
    read(worded("facts.known"), lambda told: told[0].name, share=1.6, number=False),
    read(worded("facts.what"), _what, share=2.4, number=False),
    read(worded("facts.kept"), lambda told: percent(told[1])),
    read(worded("facts.clear"), lambda told: "" if told[2] is None else str(told[2])),
)


def _columns(steps: Sequence[Step]) -> Sequence[Column[Moved]]:
    """Return the columns of counts by steps: a likelihood, and what clearly moved it."""

    def after(number: int) -> Column[Moved]:
        def shown(row: Moved) -> str:
            level = percent(row.likelihoods[number].value)
            if number == 0 or row.changes[number - 1].tie:
                return level
            return f"{level} ({whole(100 * row.changes[number - 1].value)})"

        return read(Text(str(number), str(number)), shown, 1)

    count: Column[Moved] = read(
        worded("facts.count"), lambda row: row.name, share=1.7, number=False
    )
    last: Column[Moved] = read(
        worded("facts.ends"),
        lambda row: ends(row.likelihoods[-1].low, row.likelihoods[-1].high),
        1,
    )
    return (count, *(after(step.number) for step in steps), last)


Cell = tuple[Found, int, Moved]
"""What was found, the number of a step, and a count."""
FIELDS = (
    *("step", "as_of", "fact", "kept", "count", "likelihood", "low", "high"),
    *("change", "change_low", "change_high", "told_apart"),
)


def _in_file(cell: Cell) -> Iterator[Value]:
    found, at, row = cell
    step = found.steps[at]
    yield from (step.number, step.as_of, None if step.fact is None else step.fact.id)
    yield from (round(found.kept[at], 6), row.id)
    yield from (round(each, 6) for each in row.likelihoods[at])
    if at == 0:
        yield from (None,) * 4
    else:
        change = row.changes[at - 1]
        yield from (*(round(each, 6) for each in change[:3]), not change.tie)


IN_FILE: Sequence[Column[Cell]] = (Column(FIELDS, _in_file),)
"""``facts.csv``: each likelihood after each step, and what the step changed, in fractions."""


def estimates(found: Found) -> Iterator[Estimated]:
    """Yield each likelihood after each step, and what the step changed."""
    for row in found.moved:
        yield from row.likelihoods
        yield from row.changes


def listed() -> Iterator[Part]:
    """Yield the table of facts, and where it stands.

    Raises:
        Problem: there is none, or it cannot be used.
    """
    check_there()
    yield table("", worded("facts.listed"), LISTED, read_facts())
    yield Sentence(worded("facts.source_file", file=facts_file()), "note")


LISTED: Sequence[Column[Fact]] = (
    read(worded("facts.date"), lambda fact: fact.date, number=False),
    read(worded("facts.kind"), lambda fact: KINDS[fact.kind], number=False),
    read(worded("facts.object"), lambda fact: fact.what, number=False),
    read(worded("facts.place"), place, number=False),
    read(worded("facts.source"), lambda fact: fact.source, number=False),
    read(worded("facts.told"), lambda fact: fact.note, share=2.4, number=False),
)


STUDY = Study(
    id="facts",
    help=worded("facts.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option(
            *("file", str | None, None, worded("facts.option_file"), "FILE"),
            objects=Scenario,
            label=PACKAGE,
        ),
        OBJECTIVE,
    ),
    files=likelihoods_alone,
    estimates=estimates,
    listed=listed,
)
