"""Why two packages differ in a count: by which channels, where, and what held it back.

Of a count (or of how far an objective is reached) with the same luck and the same parameters under
both packages, the effect is the mean of the second less the first. What passes a channel is the
mean of two effects: of opening it alone (the first package, with the channel's doses as the second
has them) and of shutting it last (the second package, with them as the first has them). Channels,
what acts together and what lies outside them sum to the effect exactly (`sim.estimate.channels`).
What would be missing with a link cut is told beside that and does not add up: links lie one behind
the other.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim import ensemble
from sim.estimate.channels import Decomposed, Runs, decomposed
from sim.estimate.groups import Floats
from sim.experiments.channels import Ways, ways
from sim.experiments.compare import areas_between, check_pairs, measures_between
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.touched import firms_between, touched
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, as_known_in, from_one_source, read_scenario
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import table, unread
from sim.store.block import REPLICATES as BLOCK
from sim.store.fill import Runnable, Watcher, fill, load, missing_blocks
from sim.store.held import HeldRun, run_held
from sim.studies.shared.caveats import caveats
from sim.studies.shared.explained import Found, Outcome, lines, outcome_of, progress_of, shown
from sim.studies.shared.explained_flow import flow
from sim.studies.shared.explained_tables import (
    AREAS,
    FIRMS,
    IN_FILE,
    MEASURES,
    TOUCHED,
    by_area,
    clear,
    columns_of,
    of_counts,
)
from sim.studies.shared.explained_told import figure, told_in_five
from sim.studies.shared.goals import counted
from sim.studies.shared.known import told_of_past, with_one_past
from sim.studies.shared.objectives import OBJECTIVE, asked, in_one_sentence
from sim.studies.study import AS_OF, Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import capitalised, series, unquoted
from sim.text.together import is_tie

MOST = 24
"""Channels by mechanism and process, up to which these are told apart unless asked otherwise."""
INSTRUMENTS, PROCESSES = "instruments", "processes"
DETAILS = (INSTRUMENTS, PROCESSES)
REPLICATES = 32


def design(options: Mapping[str, Any]) -> Design:
    """Return both packages, and all channels between them.

    Raises:
        Problem: a file is wrong, the packages do the same, or are no pairs.
    """
    both = [read_scenario(options[key], foreign=True) for key in ("first", "second")]
    if options["as_of"] is not None:
        both = [as_known_in(each, options["as_of"]) for each in both]
    first, second = from_one_source(both)
    check(first, second)
    count = None if options["count"] is None else PLAN.resolve("count", options["count"])
    objective = asked(options, [first, second])
    if count is not None and objective is not None:
        expected = worded("explain.one_of")
        raise Problem("--count, --objective", "", f"{count}, {objective.id}", expected)
    if (detail := options["detail"]) not in (None, *DETAILS):
        raise Problem("--detail", "", detail, series(DETAILS))
    packages, forgotten = with_one_past([first, second])
    found = ways(*(each.setup() for each in packages))
    if detail == PROCESSES or (detail is None and len(found.channels) > MOST):
        found = found.by_process()
    what = count or (objective.id if objective else "")
    past = packages[0].as_of and f"as-of-{packages[0].as_of}"
    stem = "-".join(filter(None, ("explain", first.id, "vs", second.id, what, past)))
    kept = {"ways": found, "count": count, "objective": objective, "forgotten": forgotten}
    name = worded("explain.name", first=unquoted(first.name), second=unquoted(second.name))
    return Design(packages, stem, name, {**options, **kept})


def check(first: Scenario, second: Scenario) -> None:
    """Make sure that two packages differ, and can be paired to the same month.

    Raises:
        Problem: they do not, or cannot.
    """
    where = f"{first.id}, {second.id}"
    if first.hash() == second.hash():
        raise Problem(where, "", second.id, worded("explain.two_that_differ"))
    for key, expected in (("horizon", "explain.one_horizon"), ("draws", "explain.one_draws"),
                          ("as_of", "explain.one_as_of")):  # fmt: skip
        one, other = (getattr(each, key) for each in (first, second))
        if one != other:
            raise Problem(where, key, f"{one}, {other}", worded(expected))


def runs_of(looked_at: Design) -> list[Runnable]:
    """Return all that is run: both packages, channels alone and shut, all shut, links cut."""
    first, second = looked_at.scenarios
    found: Ways = looked_at.options["ways"]
    doses = found.doses
    return [
        first,
        second,
        *(HeldRun(first, second, each.parts, doses) for each in found.channels),
        *(HeldRun(second, first, each.parts, doses) for each in found.channels),
        HeldRun(second, first, found.all, doses) if found.channels else second,
        *(HeldRun(second, first, each.parts) for each in found.links),
    ]


def seconds(looked_at: Design, setting: Setting) -> float:
    """Return how long it will take: what is missing in the store, by a held replicate's time."""
    runs, sample, store = runs_of(looked_at), setting.sample, setting.store
    blocks = sum(map(len, missing_blocks(runs, sample, store).values()))
    if not blocks:
        return 1.0
    first, second = looked_at.scenarios
    setup = second.setup()
    ensemble.warm_up(setup, sample.seed, many=False)
    held = HeldRun(second, first, looked_at.options["ways"].all).held()
    times = [time.perf_counter()]
    for replicate in range(2):
        run_held(setup, sample.seed, replicate, held)
        times.append(time.perf_counter())
    # The first also reads what holding needs; the path of each is a run as well.
    return (times[2] - times[1]) / 2.0 * blocks * BLOCK / setting.where.workers


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what is missing, and say what passes each channel of every count."""
    options, (sample, where, store) = looked_at.options, setting[:3]
    first, second = looked_at.scenarios
    runs = runs_of(looked_at)
    fill(runs, sample, store, where, watch)
    loaded = [load(each, sample, store) for each in runs]
    check_pairs(*loaded[:2])
    found: Ways = options["ways"]

    def effect_on(outcome: Outcome) -> Decomposed:
        values = iter([outcome.values(each) for each in loaded])

        def some(many: Sequence[Any]) -> list[Floats]:
            return [next(values) for _ in many]

        before, after = next(values), next(values)
        alone, without = some(found.channels), some(found.channels)
        each = Runs(before, after, alone, without, next(values), some(found.links))
        return decomposed(each, loaded[0].draws)

    counts = [outcome_of(number) for number in range(len(PLAN.counts))]
    effects = [effect_on(each) for each in counts]
    if (objective := options["objective"]) is not None:
        outcome = progress_of(objective)
        effect = effect_on(outcome)
    else:
        names = [each.id for each in counts]
        at = surest(effects) if options["count"] is None else names.index(options["count"])
        outcome, effect = counts[at], effects[at]
    return Found(
        outcome,
        found,
        effect,
        effects,
        list(touched(first.setup(), second.setup(), sample.seed)),
        areas_between(*loaded[:2]),
        firms_between([first, second], sample.seed, min(options["matched"], sample.replicates),
                      where.workers),
        measures_between(*loaded[:2]),
        options,
        likelihoods_file([first, second], sample, store),
    )  # fmt: skip


def surest(effects: Sequence[Decomposed]) -> int:
    """Return the number of the count whose difference stands clearest of chance."""

    def clearness(effect: Decomposed) -> float:
        mean = effect.whole.mean
        reach = mean.high - mean.value
        return abs(mean.value) / reach if reach > 0.0 else 0.0

    return max(range(len(effects)), key=lambda number: clearness(effects[number]))


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield five sentences, the channels, the figure, and what is beside and beneath them."""
    options = found.options
    if options["objective"] is not None:
        yield Sentence(in_one_sentence(options["objective"]), "lead")
    elif options["count"] is None:
        yield Sentence(worded("explain.chosen", count=found.outcome.name), "note")
    yield from told_of_past(basis.scenarios[0], options["forgotten"], 1.0)
    if not found.ways.channels:
        yield Sentence(worded("explain.no_channels"), "warning")
    yield Listing(tuple(told_in_five(found, basis)))
    every = lines(found.ways, found.effect)
    read_ = shown(every)
    title = worded("explain.table", count=capitalised(found.outcome.name),
                   unit=found.outcome.unit, pairs=basis.sample.replicates)  # fmt: skip
    yield table("", title, columns_of(found.effect), read_)
    left = len(every) - len(read_)
    yield Sentence(worded("explain.note_some", number=left) if left > 1 else NOTE, "note")
    yield table("touched", worded("explain.touched_title"), TOUCHED, found.touched)
    if found.firms:
        many = found.firms[0].replicates
        yield table("firms", worded("explain.firms_title", replicates=many), FIRMS, found.firms)
    rows = by_area(found.areas)
    there = clear(rows)
    yield table("", worded("explain.areas_title"), AREAS, there)
    yield table("areas", worded("explain.areas_title"), [unread(each) for each in AREAS], rows)
    moved = [each for each in found.measures.items() if not is_tie(each[1])]
    yield table("measures", worded("explain.measures_title"), MEASURES, moved)
    yield from caveats(basis, intervals=len(every) + len(found.areas) + len(found.measures))
    yield figure(found, basis)
    yield from flow(found, basis)
    yield table("explain", title, IN_FILE, [(found.outcome.id, each) for each in every])
    yield table("explain_counts", title, IN_FILE, of_counts(found))


NOTE = worded("explain.note")


def files(found: Found, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield the likelihoods of both packages."""
    del basis
    yield found.likelihoods


STUDY = Study(
    id="explain",
    help=worded("explain.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option(*("first", str, None, worded("explain.option_first"), "A"), objects=Scenario),
        Option(*("second", str, None, worded("explain.option_second"), "B"), objects=Scenario),
        Option(
            *("count", str | None, None, worded("explain.option_count")),
            names=lambda: [count.id for count in PLAN.counts],
            called=lambda name: counted(name).name,
        ),
        OBJECTIVE,
        AS_OF,
        Option(
            *("detail", str | None, None, worded("explain.option_detail", most=MOST)),
            names=lambda: DETAILS,
            called=lambda name: worded(f"explain.option_detail_{name}"),
            label=worded("explain.option_detail_label"),
        ),
        Option("matched", int, 8, worded("compare.option_matched"), least=0),
    ),
    defaults={"replicates": REPLICATES},
    seconds=seconds,
    files=files,
)
