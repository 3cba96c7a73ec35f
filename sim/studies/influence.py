"""What the counts hang on, and how much of that is assumed: the register of influence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.digest import priors_digest, rules_digest
from sim.estimate.decides import FEWEST_DRAWS, what_decides
from sim.estimate.groups import Floats, Ints
from sim.estimate.intervals import mean_interval
from sim.estimate.rank_regression import noise_floor, ranks
from sim.estimate.records import Interval
from sim.evidence.influence import (
    KINDS,
    TABLE,
    Hanging,
    Origin,
    Register,
    Share,
    beside,
    by_parameter,
    by_status,
    drawn_only,
    explained,
    hanging,
    shipped,
)
from sim.experiments.compare import check_pairs
from sim.experiments.definitions import ENDS, at_end
from sim.experiments.likelihoods import likelihoods_file
from sim.language import Text
from sim.parameters import DEFINITIONS, UNCERTAIN
from sim.plan import PLAN
from sim.scenario import Scenario, as_known_in, knowing_nothing, read_scenario
from sim.spec.findings import Part, Sentence
from sim.spec.table import table
from sim.store.fill import Sample, Watcher, fill, load
from sim.studies.carried import as_stored
from sim.studies.shared.influence_told import (
    BY_COUNT,
    IDLE,
    IN_FILE,
    columns_of,
    figure,
    outcomes_of,
    rows_of,
)
from sim.studies.shared.known import told_of_past, with_one_past
from sim.studies.shared.turning import drawn, due, turning
from sim.studies.study import (
    AS_OF,
    FILE,
    OF_RULES,
    Basis,
    Design,
    Option,
    Setting,
    Study,
    likelihoods_alone,
)
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import percent
from sim.views.deciding import REPLICATES_NEEDED

OF_DEFINITIONS = 16
"""Replicates at each end of each definition: pairs tell a choice's effect from few."""
SHOWN = 15
"""Parameters that the table names; ``influence.csv`` has all."""
NOTHING = ("", "")
"""In place of a file of likelihoods, which the register has none of."""


class Found(NamedTuple):
    """The register, and the file on the likelihoods of both packages."""

    register: Register
    floor: float
    """Share below which the first parameter of an outcome passes for chance."""
    likelihoods: tuple[str, str]
    forgotten: str | None = None
    """Month up to which facts were to be known, where what is told against did something else."""
    kept: float = 1.0
    """Share of pairs that have the same luck in both packages."""


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario and what its effects are told against."""
    base, against = (read_scenario(options[key], foreign=True) for key in ("file", "against"))
    packages = [base, against]
    if (month := options["as_of"]) is not None:
        packages = [as_known_in(each, month) for each in packages]
    packages, forgotten = with_one_past(packages)
    name = worded("experiment.influence", base=unquoted(base.name))
    stem = f"influence-{base.id}"
    if month is not None and forgotten is None:
        stem = f"{stem}-as-of-{packages[0].as_of}"
    return Design(packages, stem, name, {**options, "forgotten": forgotten})


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Regress counts and effects on the draws; set each definition to its ends in a few pairs."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    fill(packages, sample, store, where, watch)
    base, other = (load(each, sample, store) for each in packages)
    check_pairs(other, base)
    kept = float((other.draws == base.draws).mean())
    found = (
        what_decides(drawn(base, due(base), due(base) >= _targets()), sequential=False),
        turning(other, base),
    )
    levels, effects = (hanging(kind, each) for kind, each in zip(KINDS, found, strict=True))
    if found[0].known:
        few = sample._replace(replicates=OF_DEFINITIONS)
        # Another definition is another past: facts would hold at one of its ends at most.
        usual = knowing_nothing(packages[0])
        ends = [usual, *(at_end(usual, each, end) for each in DEFINITIONS for end in ENDS)]
        fill(ends, few, store, where, watch)
        now, *chosen = (load(each, few, store) for each in ends)
        levels = with_definitions(levels, due(now), [due(each) for each in chosen], now.draws)
    made_with = (sample.replicates, found[0].draws, sample.seed, rules_digest(), priors_digest())
    origin = Origin(packages[0].id, packages[1].id, *made_with)
    floor = _floor(packages[0], found[0].draws)
    told = likelihoods_file(packages, sample, store)
    register = Register((*levels, *effects), origin)
    return Found(register, floor, told, looked_at.options["forgotten"], kept)


def _targets() -> Floats:
    return np.array([count.target for count in PLAN.counts], dtype=np.float64)


def with_definitions(
    levels: Sequence[Hanging],
    now: Floats,
    ends: Sequence[Floats],
    draws: Ints,
) -> list[Hanging]:
    """Return what counts hang on with the definitions that clearly move them.

    Args:
        levels: what they hang on among drawn parameters, in the order of the plan.
        now: counts under the definitions in use, shape (R, counts).
        ends: the same at the lower and the upper end of each definition in turn.
        draws: number of each replicate's parameter draw, shape (R,).
    """
    found = []
    for number, each in enumerate(levels):
        chosen = []
        for place, definition in enumerate(DEFINITIONS):
            low, high = (ends[2 * place + end][:, number] for end in (0, 1))
            _, least, most = mean_interval(high - low, draws)
            if least > 0.0 or most < 0.0:
                added = added_by_choice(low, now[:, number], high)
                chosen.append(Share(definition.name, Interval(added, added, added), None))
        found.append(beside(each, chosen))
    return found


def added_by_choice(*under: Floats) -> float:
    """Return what a choice adds to the variance of a count's ranks, as a share of the rest.

    Args:
        *under: the count of the same replicates under each value that might be chosen, shape (R,).
    """
    ranked = ranks(np.concatenate(under)).reshape(len(under), -1)
    inside = float(ranked.var(axis=1).mean())
    return round(float(ranked.mean(axis=1).var()) / inside, 6) if inside > 0.0 else 0.0


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield how much is assumed, by parameter and by count, as tables, figure and files."""
    register, floor = found.register, percent(found.floor)
    yield from told_of_past(basis.scenarios[0], found.forgotten, found.kept)
    if not register.known:
        draws, needed = register.origin.draws, REPLICATES_NEEDED
        told = {"draws": draws, "needed": needed, "fewest": FEWEST_DRAWS}
        yield Sentence(worded("influence.too_few", **told), "warning")
    else:
        for kind in KINDS:
            if by_status(register.of(kind)):
                yield Sentence(_headline(kind, register, basis))
        yield table("", worded("influence.table"), columns_of(register), _first(register))
        yield table("", worded("influence.by_count"), BY_COUNT, list(outcomes_of(register)))
        yield Sentence(
            worded(
                "influence.note",
                draws=register.origin.draws,
                floor=floor,
                idle=len(register.idle),
                all=len(UNCERTAIN) + len(DEFINITIONS),
                pairs=OF_DEFINITIONS,
            ),
            "note",
        )
        yield figure(register, basis)
    yield table("influence", worded("influence.table"), IN_FILE, list(rows_of(register)))
    yield table("never", worded("influence.never"), IDLE, register.idle if register.known else ())


def ready() -> Iterator[Part]:
    """Yield what the register in the city's pack says; nothing if it has none."""
    if (register := shipped()) is None:
        return
    origin = register.origin
    scenarios = [read_scenario(each) for each in (origin.scenario, origin.against)]
    name = worded("experiment.influence", base=unquoted(scenarios[0].name))
    sample = Sample(origin.seed, origin.replicates)
    basis = Basis(name, sample, origin.rules, scenarios=scenarios, origin=OF_RULES)
    yield Sentence(worded("influence.older" if origin.older else "influence.ready"), "note")
    found = Found(register, _floor(scenarios[0], origin.draws), NOTHING)
    yield from as_stored(parts(found, basis), TABLE)


def _floor(base: Scenario, draws: int) -> float:
    vary = sum(name not in base.parameters for name in UNCERTAIN)
    return noise_floor(max(draws, 3), vary)


def _headline(kind: str, register: Register, basis: Basis) -> Text:
    outcomes_ = register.of(kind)
    shares, drawn = by_status(outcomes_), by_status(drawn_only(outcomes_))
    assumed = {"share": percent(shares["assumed"]), "drawn": percent(drawn.get("assumed", 0.0))}
    names = {"first": basis.scenarios[0].name, "second": basis.scenarios[1].name}
    told = percent(explained(outcomes_))
    return worded(f"influence.headline_{kind}", explained=told, **assumed, **names)


def _first(register: Register) -> list[str]:
    levels, effects = (by_parameter(register.of(kind)) for kind in KINDS)
    both = {name: levels.get(name, 0.0) + effects.get(name, 0.0) for name in {**levels, **effects}}
    return sorted(both, key=lambda name: (-both[name], name))[:SHOWN]


STUDY = Study(
    id="influence",
    help=worded("influence.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        FILE,
        AS_OF,
        Option(
            *("against", str, "business-as-usual", worded("influence.option_against")),
            objects=Scenario,
        ),
    ),
    files=likelihoods_alone,
    shipped=ready,
    begun=512,
)
