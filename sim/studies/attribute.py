"""What each plan is owed of a likelihood: exact Shapley values over all combinations of plans."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.estimate.adjusted import Control, likelihood
from sim.estimate.groups import Bools, Ints
from sim.estimate.objectives import Objective, aimed_at
from sim.estimate.shapley import Share, attribute, attribute_median
from sim.experiments.attribution import PLANS, coalitions
from sim.experiments.baseline import Stored, stored
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.objective_file import whole_plan
from sim.language import Text
from sim.scenario import Scenario, read_scenario
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.table import Column, read, table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.beside import beside
from sim.studies.shared.caveats import adjusted_by, caveats, notes
from sim.studies.shared.known import known_until, told_of_past, with_one_past
from sim.studies.shared.objectives import OBJECTIVE, WHOLE, asked, in_one_sentence
from sim.studies.shared.plan_pairs import (
    FIELDS,
    NAMES,
    NOTHING,
    PAIRS,
    PAIRS_IN_FILE,
    Owed,
    pairs_figure,
    pairs_of,
)
from sim.studies.shared.points import Move, lead
from sim.studies.study import AS_OF, FILE, Basis, Design, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import capitalised, unquoted
from sim.text.numbers import percent, points, whole
from sim.views.by_chance import by_chance

SEED = 0
"""Of the bootstrap."""
SHOWN = 12
"""Pairs of plans that are shown; all of them are in the file."""


class Found(NamedTuple):
    """What the study found, and the file on the likelihoods of all plans and of none."""

    owed: Sequence[Owed]
    objective: Objective | None
    """That was asked for, if one was."""
    forgotten: str | None
    """Month up to which facts were to be known, and hold for one combination at most."""
    likelihoods: tuple[str, str]
    known: Stored
    """The stored baseline by which likelihoods are adjusted, or why they are not."""
    since: str | None = None
    """Month from which on plans are off; None: from the beginning."""


def design(options: Mapping[str, Any]) -> Design:
    """Return every combination of the plans.

    Raises:
        Problem: a file is wrong, or the scenario ends before a year of the objective.
    """
    base, since = known_until(read_scenario(options["file"], foreign=True), options["as_of"])
    return combined(base, asked(options, [base]), since)


def combined(
    base: Scenario, objective: Objective | None = None, since: str | None = None
) -> Design:
    """Return the same for a package at hand, the last combination being that of all plans.

    Args:
        base: the package.
        objective: what is wanted; None: each count of the plan.
        since: month from which on plans are off; None: from the beginning.
    """
    same = base.hash()
    every = [base if each.hash() == same else each for each in coalitions(base, since)]
    packages, forgotten = with_one_past(every)
    name = worded("experiment.attribution", base=unquoted(base.name))
    stem = f"attribute-{base.id}" + (f"-{objective.id}" if objective else "")
    stem += f"-from-{since}" if since else ""
    told = {"objective": objective, "forgotten": forgotten, "since": since}
    return Design(packages, stem, name, told)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what is missing of the combinations and attribute every count that matters."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    objective, forgotten = (looked_at.options[name] for name in ("objective", "forgotten"))
    fill(packages, sample, store, where, watch)
    wanted = objective or whole_plan()
    rows, enough = [], []
    for each in packages:
        ensemble = load(each, sample, store)
        rows.append(aimed_at(ensemble.counts, wanted, each.readings))
        enough.append(wanted.reached(wanted.met(rows[-1], each.tolerance)))
    values, draws = np.stack(rows), ensemble.draws
    tolerance, known = packages[0].tolerance, stored(packages, sample.seed, draws)
    met = wanted.met(values, tolerance)
    controls = wanted.controls(known.baseline, tolerance)
    found = [
        _owed(aim.count.id, aim.count.name, met[:, :, at], draws, controls[at])
        ._replace(median=attribute_median(values[:, :, at], draws, SEED))
        for at, aim in enumerate(wanted.aims)
    ]  # fmt: skip
    if objective is not None:
        control = wanted.control(known.baseline, tolerance)
        found.insert(0, _owed(WHOLE, objective.name, np.stack(enough), draws, control))
    ends = likelihoods_file([packages[-1], packages[0]], sample, store)
    return Found(found, objective, forgotten, ends, known, looked_at.options["since"])


def _owed(name: str, told: Text, reached: Bools, draws: Ints, control: Control | None) -> Owed:
    ends = (likelihood(reached[at], draws, control).value for at in (0, -1))
    return Owed(name, told, attribute(reached, draws, control), None, *ends)


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield the largest shares in a sentence, all of them in tables, then pairs of plans."""
    basis = adjusted_by(basis, found.known)
    yield Sentence(_largest(found.owed), "lead")
    if found.objective is not None:
        yield Sentence(in_one_sentence(found.objective))
    yield from told_of_past(basis.scenarios[0], found.forgotten, 1.0)
    if found.since is not None:
        yield Sentence(worded("attribute.since", since=found.since))
    yield table("", worded("attribute.table"), LIKELIHOODS, found.owed)
    counts = [each for each in found.owed if each.median is not None]
    yield table("", worded("attribute.medians"), MEDIANS, counts)
    yield Sentence(worded("attribute.note"), "note")
    yield from notes(by_chance(len(PLANS) * len(found.owed)))
    pairs = [pair for each in found.owed for pair in pairs_of(each)]
    clear = [each for each in pairs if not each.likelihood.tie]
    clear.sort(key=lambda each: -abs(each.likelihood.value))
    if clear:
        yield table("", worded("attribute.pairs_table"), PAIRS, clear[:SHOWN])
    yield Sentence(worded("attribute.pairs_note", clear=len(clear), total=len(pairs)), "note")
    yield from caveats(basis, found.known, intervals=len(pairs))
    yield figure(found.owed, basis)
    if clear:
        yield pairs_figure(clear[:SHOWN], len(pairs), basis)
    title = worded("attribute.title")
    lines = [(each, number) for each in found.owed for number in range(len(PLANS))]
    yield table("attribution", title, IN_FILE, lines)
    yield table("interactions", title, PAIRS_IN_FILE, pairs)


def _largest(owed: Sequence[Owed]) -> Text:
    """Return how many shares are clear of nought, and which of them are the largest."""
    return lead(
        "attribute",
        (
            Move(share, NAMES[plan], each.name)
            for each in owed
            for plan, share in zip(PLANS, each.likelihood.players, strict=True)
        ),
    )


def _dotted(text: str, share: Share) -> str:
    return f"{text}·" if share.tie else text


def _share(number: int) -> Column[Owed]:
    def shown(each: Owed) -> str:
        share = each.likelihood.players[number]
        return _dotted(points(share.value), share)

    return read(NAMES[PLANS[number]], shown, 1)


def _amount(number: int) -> Column[Owed]:
    def shown(each: Owed) -> str:
        assert each.median is not None
        share = each.median.players[number]
        return _dotted(whole(share.value), share)

    return read(NAMES[PLANS[number]], shown)


COUNT: Column[Owed] = read(
    worded("attribute.count"), lambda each: each.name, share=1.7, number=False
)
LIKELIHOODS: Sequence[Column[Owed]] = (
    COUNT,
    read(worded("attribute.none"), lambda each: percent(each.without)),
    read(worded("attribute.all"), lambda each: percent(each.with_all)),
    *map(_share, range(len(PLANS))),
)
MEDIANS: Sequence[Column[Owed]] = (COUNT, *map(_amount, range(len(PLANS))))


Line = tuple[Owed, int]
"""A count, and the number of a plan."""
IN_FILE: Sequence[Column[Line]] = (
    Column(("count", "plan"), lambda line: (line[0].id, PLANS[line[1]])),
    Column(FIELDS, lambda line: line[0].likelihood.players[line[1]]),
    Column(
        ("median", "median_low", "median_high"),
        lambda line: line[0].median.players[line[1]] if line[0].median else NOTHING,
    ),
    Column(("without_plans", "with_all_plans"), lambda line: (line[0].without, line[0].with_all)),
)
"""``attribution.csv``: shares of likelihoods are fractions."""


def figure(owed: Sequence[Owed], basis: Basis) -> Figure:
    """Return a dot with its interval for each plan and count, plan beside plan on one scale."""
    names = [
        worded(
            "attribute.row",
            count=capitalised(each.name),
            without=percent(each.without),
            with_all=percent(each.with_all),
        )
        for each in owed
    ]
    mark = beside(
        [NAMES[plan] for plan in PLANS],
        names,
        [each.likelihood.players for each in owed],
        "attribute",
    )
    told = [worded("attribute.shares"), worded("attribute.interval"), worded("attribute.beside")]
    told += by_chance(len(PLANS) * len(owed))
    title, subtitle = worded("attribute.title"), worded("attribute.subtitle")
    return basis.figure("attribution", title, subtitle, mark, *told, alternative=_largest(owed))


STUDY = Study(
    id="attribute",
    help=worded("attribute.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(FILE, OBJECTIVE, AS_OF),
    files=likelihoods_alone,
    table="attribution",
    estimates=lambda found: (share for owed in found.owed for share in owed.likelihood.players),
    begun=32,
)
