"""How late a plan may start before a count's likelihood falls below a level."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sim.calendar import month_label
from sim.estimate.deadline import deadline
from sim.estimate.objectives import Objective
from sim.experiments.baseline import Stored, stored
from sim.experiments.goals import difference, likelihood
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.objective_file import ALL
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario
from sim.spec.findings import Part, Sentence
from sim.spec.table import table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.goals import COUNT, SCENARIO, one_goal
from sim.studies.shared.known import known_until, told_of_past, with_one_past
from sim.studies.shared.late import COLUMNS, Late, figure, lever_name, told
from sim.studies.shared.objectives import OBJECTIVE, asked, in_one_sentence
from sim.studies.study import AS_OF, Basis, Design, Option, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import percent

STEP = 6
"""Months between the starts that are tried."""
LAST = DUE - 23
"""Month number of the last of them, a January, two years before the counts are due."""


class Found(NamedTuple):
    """What the study found, and the file on the likelihoods at the first start."""

    late: Late
    likelihoods: tuple[str, str]
    known: Stored
    """The stored baseline by which likelihoods are adjusted, or why they are not."""
    forgotten: str | None = None
    """Month up to which facts were to be known, and hold for none of the starts."""


def starts(as_of: str | None = None) -> tuple[str, ...]:
    """Return the starts that are tried, from the first month on, or after one that is known.

    Raises:
        Problem: fewer than two are left.
    """
    every = tuple(month_label(month) for month in (0, *range(3, LAST + 1, STEP)))
    left = tuple(start for start in every if as_of is None or start > as_of)
    if len(left) < 2:
        raise Problem("--as-of", "", str(as_of), worded("deadline.too_late", last=every[-2]))
    return left


def started(base: Scenario, lever: str, start: str) -> Scenario:
    """Return a scenario in which a lever that is on starts in another month.

    What ends in the base scenario still ends then; what would end before it starts does nothing.

    Raises:
        Problem: no instrument of the lever is on, so that its start would change nothing.
    """
    own = next(entry.instruments for entry in PLAN.levers if entry.id == lever)
    if not any(base.settings[instrument.id].on for instrument in own):
        expected = worded("expected.lever_on")
        raise Problem(base.id, lever, "on = false", expected)
    settings = dict(base.settings)
    for instrument in own:
        setting = settings[instrument.id]
        over = setting.end is not None and setting.end <= start
        moved = setting if over else setting.starting(start)
        settings[instrument.id] = replace(moved, on=setting.on and not over)
    return replace(base, id=f"{base.id}-{lever}-{start}", file=None, settings=settings)


def design(options: Mapping[str, Any]) -> Design:
    """Return the package with later and later starts of a lever.

    Raises:
        Problem: there is no such count or lever, the file is wrong, or the lever is off in it.
    """
    base, _ = known_until(read_scenario(options["scenario"], foreign=True), options["as_of"])
    goal = one_goal(options["count"], asked(options, [base]))
    return later(base, options["lever"], goal, options["level"], past=options["as_of"] is None)


def later(
    base: Scenario, lever: str, goal: Objective, level: float, *, past: bool = True
) -> Design:
    """Return the same for a package at hand.

    Args:
        base: package with the lever on.
        lever: id or name of a plan or safeguard.
        goal: a count or an objective.
        level: likelihood that is asked for, a fraction.
        past: whether starts are tried up to which it is known what happened.

    Raises:
        Problem: there is no such lever, or it is off.
    """
    lever = PLAN.resolve("lever", lever)
    own = starts(None if past else base.as_of)
    packages = [base, *(started(base, lever, start) for start in own)]
    (_, *tried), forgotten = with_one_past(packages)
    said = {"lever": lever, "goal": goal, "level": level, "starts": own, "forgotten": forgotten}
    name = worded("experiment.deadline", lever=lever_name(lever), base=unquoted(base.name))
    return Design(tried, f"deadline-{lever}-{goal.id}", name, said)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what is missing, and set every start against the first, pair by pair."""
    tried, (sample, where, store) = looked_at.scenarios, setting[:3]
    lever, goal, level = (looked_at.options[name] for name in ("lever", "goal", "level"))
    fill(tried, sample, store, where, watch)
    first = load(tried[0], sample, store)
    known = stored(tried, sample.seed, first.draws)
    found, changes = [], []
    for each in tried:
        ensemble = load(each, sample, store)
        found.append(likelihood(ensemble, goal, known.baseline))
        changes.append(difference(first, ensemble, goal, known.baseline))
    latest = deadline(found, level)
    own, forgotten = (looked_at.options[name] for name in ("starts", "forgotten"))
    late = Late(lever, goal, level, own, tuple(found), tuple(changes), latest)
    return Found(late, likelihoods_file(tried[:1], sample, store), known, forgotten)


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what the starts come to, each start's likelihood, and both as a figure."""
    late, basis = found.late, adjusted_by(basis, found.known)
    conclusion, because = told(late)
    yield Sentence(conclusion, "lead")
    yield Sentence(because)
    yield from told_of_past(basis.scenarios[0], found.forgotten, 1.0)
    if late.goal.file != ALL:
        yield Sentence(in_one_sentence(late.goal))
    count, level = late.goal.name, percent(late.level)
    title = worded("deadline.table", count=count, level=level)
    yield table("deadline", title, COLUMNS, [(late, at) for at in range(len(late.starts))])
    yield from caveats(basis, found.known)
    yield figure(late, basis)


STUDY = Study(
    id="deadline",
    help=worded("deadline.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        COUNT,
        Option(
            "lever",
            str,
            None,
            worded("deadline.option_lever"),
            names=lambda: [lever.id for lever in PLAN.levers],
            called=lever_name,
        ),
        Option("level", float, 0.5, worded("deadline.option_level"), least=0.0, most=1.0),
        SCENARIO,
        OBJECTIVE,
        AS_OF,
    ),
    files=likelihoods_alone,
    estimates=lambda found: (*found.late.likelihoods, *found.late.changes),
)
