"""Objectives in studies: the option that names one, what packages reach of it, and how it is told.

A study takes objectives by `OBJECTIVE` among its options, `asked` in its design and `told` among
its parts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.estimate.adjusted import Control, difference, mean
from sim.estimate.controls import Baseline
from sim.estimate.groups import Bools, Floats, Ints
from sim.estimate.objectives import FOLDER, Achieved, Objective, achieved, aimed_at
from sim.estimate.paired import Difference
from sim.estimate.records import Interval
from sim.experiments.compare import with_same_luck
from sim.experiments.objective_file import ALL, read_objective, within_horizon
from sim.language import Text
from sim.scenario import Scenario
from sim.scenario.files import names_in
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, Value, table
from sim.store.fill import Ensemble
from sim.studies.shared.counts import NONE, likelihood
from sim.studies.study import Option
from sim.text.catalogue import worded
from sim.text.joining import commas, unquoted
from sim.text.numbers import exact, in_words, signed
from sim.text.together import in_points

OBJECTIVE = Option(
    "objective",
    str | None,
    None,
    worded("option.objective"),
    names=lambda: [*names_in(FOLDER), ALL],
    called=lambda name: read_objective(name).name,
    label=worded("option.which_objective"),
)
WHOLE = "objective"
"""What files call an objective itself, beside its counts."""
FEW = 4
"""Packages of which it is told how many aims each meets; of more, files say it."""
MANY = 16
"""Packages of which it is told how far each reaches each count; of more, files say it."""


def asked(options: Mapping[str, Any], scenarios: Sequence[Scenario]) -> Objective | None:
    """Return the objective that the options name; None if they name none.

    Raises:
        Problem: its file is wrong, or a scenario ends before one of its years.
    """
    name = options["objective"]
    if name is None:
        return None
    found = read_objective(name)
    for each in scenarios:
        within_horizon(found, each)
    return found


class Against(NamedTuple):
    """How a package differs from the first, pair by pair."""

    likelihood: Difference
    number: tuple[float, float, float]
    """Of aims met, with its interval."""


class Reached(NamedTuple):
    """How far one package reaches an objective."""

    package: Scenario
    achieved: Achieved
    against: Against | None
    """None: it is the first."""


class Found(NamedTuple):
    """How far packages reach an objective."""

    objective: Objective
    packages: Sequence[Reached]


def met_by(objective: Objective, counts: Floats, of: Scenario) -> Bools:
    """Return which aims replicates meet, shape (R, aims).

    Args:
        objective: of these aims.
        counts: of the replicates as recorded, shape (R, M, counts).
        of: whose readings and tolerance hold.
    """
    return objective.met(aimed_at(counts, objective, of.readings), of.tolerance)


def of_packages(
    objective: Objective | None, ensembles: Sequence[Ensemble], baseline: Baseline | None
) -> Found | None:
    """Return how far packages reach an objective, each against the first; None without one."""
    if objective is None:
        return None
    first = ensembles[0]
    return Found(objective, [reached_by(objective, first, each, baseline) for each in ensembles])


def reached_by(
    objective: Objective, first: Ensemble, each: Ensemble, baseline: Baseline | None
) -> Reached:
    """Return how far a package reaches an objective, against the first unless it is that.

    Args:
        objective: what is wanted.
        first: replicates of the first package, whose tolerance and readings hold.
        each: of the package.
        baseline: by which both are adjusted (`sim.experiments.baseline.stored`).
    """
    before, after = with_same_luck(first, each)
    tolerance = first.scenario.tolerance
    one, other = (met_by(objective, own.counts, first.scenario) for own in (before, after))
    control = objective.control(baseline, tolerance)
    against = None if each is first else _against(objective, (one, other), after.draws, control)
    own = achieved(other, objective, after.draws, baseline=baseline, tolerance=tolerance)
    return Reached(each.scenario, own, against)


def _against(
    objective: Objective, met: tuple[Bools, Bools], draws: Ints, control: Control | None
) -> Against:
    one, other = (each.mean(axis=1) for each in met)
    gap = (len(objective.aims) * end for end in mean(other - one, draws, control))
    value, low, high = gap
    return Against(
        difference([*map(objective.reached, met)], draws, control)[0], (value, low, high)
    )


def told(found: Found | None) -> Iterator[Part]:
    """Yield what is wanted, and in tables how far packages reach it; nothing without an objective.

    Tables: ``objective`` (a row a package), ``objective_counts`` (a row a package and count) and
    ``objective_met`` (a row a package and number of aims met).
    """
    if found is None:
        return
    objective, packages = found
    yield Sentence(in_one_sentence(objective), "lead")
    title = worded("objective.table", objective=unquoted(objective.name))
    yield table("objective", title, _packages(objective, single=len(packages) == 1), packages)
    lines = [(objective, each, at) for each in packages for at in range(len(objective.aims))]
    if len(objective.aims) > 1:
        counts = COUNTS if len(packages) <= MANY else [each._replace(shown=None) for each in COUNTS]
        yield table("objective_counts", worded("objective.counts"), counts, lines)
        met = [(each, many) for each in packages for many in range(len(objective.aims) + 1)]
        columns = MET if len(packages) <= FEW else [each._replace(shown=None) for each in MET]
        yield table("objective_met", worded("objective.met_title"), columns, met)
    yield Sentence(worded("objective.note"), "note")


def in_one_sentence(objective: Objective) -> Text:
    """Return what is wanted: how many of which counts, from where on and by when."""
    aims = commas(
        worded(
            "objective.aim",
            count=each.count.name,
            target=exact(each.target),
            year=each.year,
        )
        for each in objective.aims
    )
    whole = objective.at_least == len(objective.aims)
    return worded(
        "objective.wanted" if whole else "objective.wanted_some",
        name=unquoted(objective.name),
        aims=aims,
        least=in_words(objective.at_least),
        threshold=worded("objective.about" if objective.about else "objective.strict"),
    )


def _interval(word: str, name: str, own: str) -> Column[Reached]:
    def of(row: Reached) -> Interval:
        found: Interval = getattr(row.achieved, own)
        return found

    fields = (name, f"{name}_low", f"{name}_high")
    shown = likelihood if own == "likelihood" else _plain
    return Column(fields, of, worded(f"objective.{word}"), lambda row: shown(of(row)), share=1.6)


def _plain(found: Interval) -> str:
    return f"{found.value:.2f} ({found.low:.2f} … {found.high:.2f})"


def _packages(objective: Objective, *, single: bool) -> list[Column[Reached]]:
    """Return the columns of packages: some only where there are several, or where weights are."""
    found = [PACKAGE, _interval("likelihood", "likelihood", "likelihood")]
    against = AGAINST if not single else [each._replace(shown=None) for each in AGAINST]
    number = _interval("number", "met", "number")
    score = _interval("score", "score", "score")
    several = len(objective.aims) > 1
    return [
        *found,
        against[0],
        number if several else number._replace(shown=None),
        against[1] if several else against[1]._replace(shown=None),
        score if objective.weighted else score._replace(shown=None),
    ]


def _difference(row: Reached) -> tuple[Value, ...]:
    if row.against is None:
        return (None,) * 4
    found = row.against.likelihood
    return (*found[:3], not found.tie)


def _change(row: Reached) -> str:
    if row.against is None:
        return NONE
    found = row.against.likelihood
    value, low, high = (in_points(each, 0) for each in found[:3])
    return f"{'≈ ' if found.tie else ''}{value} ({low} … {high})"


def _more(row: Reached) -> str:
    if row.against is None:
        return NONE
    value, low, high = row.against.number
    text = f"{signed(value)} ({signed(low)} … {signed(high)})"
    return f"≈ {text}" if low <= 0.0 <= high else text


PACKAGE: Column[Reached] = Column(
    ("package",), lambda row: (row.package.id,), worded("objective.package"),
    lambda row: row.package.name, share=2.0, number=False,
)  # fmt: skip
AGAINST: Sequence[Column[Reached]] = (
    Column(
        ("difference", "difference_low", "difference_high", "told_apart"),
        _difference, worded("objective.points"), _change, share=1.6,
        quiet=lambda row: row.against is not None and row.against.likelihood.tie,
    ),
    Column(
        ("more_met", "more_met_low", "more_met_high"),
        lambda row: row.against.number if row.against else (None,) * 3,
        worded("objective.more"), _more, 1, share=1.6,
    ),
)  # fmt: skip


def _aim(line: "Line") -> tuple[Value, ...]:
    aim = line[0].aims[line[2]]
    return aim.target, aim.year, aim.weight


Line = tuple[Objective, Reached, int]
"""A package, and the number of an aim of an objective."""
COUNTS: Sequence[Column[Line]] = (
    Column(
        ("package",), lambda line: (line[1].package.id,), worded("objective.package"),
        lambda line: line[1].package.name, share=2.0, number=False,
    ),
    Column(
        ("count",), lambda line: (line[0].aims[line[2]].count.id,), worded("objective.count"),
        lambda line: line[0].aims[line[2]].count.name, share=2.0, number=False,
    ),
    Column(
        ("target", "year", "weight"), _aim,
        worded("objective.target"),
        lambda line: f"{exact(line[0].aims[line[2]].target)} · {line[0].aims[line[2]].year}",
    ),
    Column(
        ("likelihood", "likelihood_low", "likelihood_high"),
        lambda line: line[1].achieved.aims[line[2]], worded("objective.likelihood"),
        lambda line: likelihood(line[1].achieved.aims[line[2]]), share=1.6,
    ),
)  # fmt: skip
Some = tuple[Reached, int]
"""A package, and how many aims are met."""
MET: Sequence[Column[Some]] = (
    Column(
        ("package",), lambda row: (row[0].package.id,), worded("objective.package"),
        lambda row: row[0].package.name, share=2.0, number=False,
    ),
    Column(("met",), lambda row: row[1:], worded("objective.met"), lambda row: str(row[1])),
    Column(
        ("exactly", "exactly_low", "exactly_high"), lambda row: row[0].achieved.exactly[row[1]],
        worded("objective.exactly"), lambda row: likelihood(row[0].achieved.exactly[row[1]]),
        share=1.6,
    ),
    Column(
        ("or_more", "or_more_low", "or_more_high"),
        lambda row: row[0].achieved.at_least[row[1] - 1] if row[1] else (1.0, 1.0, 1.0),
        worded("objective.or_more"),
        lambda row: likelihood(row[0].achieved.at_least[row[1] - 1]) if row[1] else NONE,
        share=1.6,
    ),
)  # fmt: skip
