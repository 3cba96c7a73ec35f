"""How packages of policy differ, pair by pair under the same luck and the same parameters."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.estimate.paired import Difference
from sim.estimate.records import Decisions
from sim.evidence.instruments import differing, remarks
from sim.experiments.baseline import Stored, stored
from sim.experiments.compare import AreaDifference, Comparison, all_against_first
from sim.experiments.costs import spent
from sim.experiments.each_lever import each_off
from sim.experiments.equal_cost import at_cost
from sim.experiments.existing import Existing, existing
from sim.experiments.likelihoods import likelihoods_of
from sim.language import Text
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem, gathering
from sim.scenario import Scenario, as_known_in, from_one_source, read_scenario
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, read, table
from sim.store.fill import Ensemble, Sample, Watcher, fill, load
from sim.studies.shared.caveats import caveats, notes
from sim.studies.shared.compared import tables
from sim.studies.shared.compared_file import document_of, file_tables
from sim.studies.shared.compared_told import all_together, intervals, sentences
from sim.studies.shared.comparison import comparison_figures
from sim.studies.shared.counts import NUMBERED, numbered_counts
from sim.studies.shared.known import told_of_past, with_one_past
from sim.studies.shared.objectives import OBJECTIVE, asked, of_packages, told
from sim.studies.shared.objectives import Found as Reached
from sim.studies.shared.observed import unobservable
from sim.studies.shared.other_readings import Other, other_readings, other_readings_file
from sim.studies.shared.turning import Turning, before, due, turned, turned_by, turned_file
from sim.studies.study import AS_OF, Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import whole, with_ends
from sim.views.by_chance import by_chance

EXPLAINED = 3
"""Paragraphs that say what the tables mean."""
AREAS = {area.id: area.name for area in (*PLAN.clusters, *PLAN.districts)}
QUANTITIES = ("firms", "output", "talents")


class Found(NamedTuple):
    """Each package against the first."""

    comparisons: Sequence[Comparison]
    existing: Sequence[Sequence[Existing]]
    """What exists only under one of them, for each comparison."""
    likelihoods: tuple[str, str]
    """The file on the likelihoods of all packages."""
    options: Mapping[str, Any]
    """As asked for, and ``forgotten``: the month up to which facts were to be known and are not."""
    kept: float
    """Least share of pairs that have the same luck in both packages."""
    reached: Reached | None
    """How far they reach the objective, if one was asked for."""
    known: Stored
    """The stored baseline by which likelihoods are adjusted, or why they are not."""
    turning: Sequence[Decisions]
    """What turns each effect, for each comparison; not looked at where there is one a lever."""


def design(options: Mapping[str, Any]) -> Design:
    """Return the packages.

    Raises:
        Problem: a file is wrong, there is only one, or a package cannot cost that much.
    """
    found = []
    with gathering() as wrong:
        for file in options["files"]:
            with wrong.noted():
                found.append(read_scenario(file, foreign=True))
    if (month := options["as_of"]) is not None:
        found = [as_known_in(each, month) for each in found]
    if options["each_lever"]:
        found += each_off(found[0])
    if len(found) < 2:
        told = ", ".join(each.id for each in found)
        raise Problem("FILE...", "", told, worded("compare.two_or_more"))
    if options["equal_cost"]:
        wanted = spent(found[0], DUE + 1)
        found = [found[0], *(at_cost(each, wanted) for each in found[1:])]
    found, forgotten = with_one_past(from_one_source(found))
    stem = "-vs-".join(each.id for each in found[:3])
    if options["each_lever"]:
        stem = f"{found[0].id}-each-lever{'-equal-cost' if options['equal_cost'] else ''}"
    if month is not None and forgotten is None:
        stem = f"{stem}-as-of-{found[0].as_of}"
    name = worded("experiment.comparison", first=unquoted(found[0].name))
    kept = {"forgotten": forgotten, "objective": asked(options, found)}
    return Design(found, f"compare-{stem}", name, {**options, **kept})


def going_on(looked_at: Design, hashes: Collection[str]) -> Design | None:
    """Return the packages that can be run; None: the first cannot, or no other can."""
    left = [each for each in looked_at.scenarios if each.hash() not in hashes]
    kept = len(left) > 1 and left[0] is looked_at.scenarios[0]
    return looked_at._replace(scenarios=left) if kept else None


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what is missing, compare, and match what exists in a few replicates."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    options = looked_at.options
    fill(packages, sample, store, where, watch)
    found = found_in(looked_at, [load(each, sample, store) for each in packages], sample)
    looked = 0 if options["each_lever"] else min(options["matched"], sample.replicates)
    return found._replace(existing=existing(packages, sample.seed, looked, where.workers))


def found_in(looked_at: Design, loaded: Sequence[Ensemble], sample: Sample) -> Found:
    """Return what replicates of the packages say, none of which is matched."""
    options, draws = looked_at.options, loaded[0].draws
    known = stored(looked_at.scenarios, sample.seed, draws)
    found = all_against_first(loaded, known.baseline)
    kept = min(float((draws == each.draws).mean()) for each in loaded[1:])
    reached = of_packages(options["objective"], loaded, known.baseline)
    likelihoods = likelihoods_of(loaded, sample)
    turns = list[Decisions]()
    if not options["each_lever"]:
        base = before(loaded[0], due(loaded[0]))
        turns = [turned_by(base, due(each), each.draws) for each in loaded[1:]]
    none = [()] * len(found)
    return Found(found, none, likelihoods, options, kept, reached, known, turns)


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield every package against the first: sentences, tables, figures; then files."""
    single = not found.options["each_lever"]
    yield from told(found.reached)
    yield from told_of_past(basis.scenarios[0], found.options["forgotten"], found.kept)
    if single:
        every = zip(found.comparisons, found.existing, found.turning, strict=True)
        for each, rows, by in every:
            yield from _one(each, rows, by, found.options)
        for number in range(1, EXPLAINED + 1):
            yield Sentence(worded(f"compare.explained_{number}"), "note")
    else:
        yield from _levers(found.comparisons)
    if (unseen := unobservable()) is not None:
        yield Sentence(unseen, "note")
    yield from caveats(basis, found.known)
    yield from comparison_figures(found.comparisons, basis, single=single)
    yield from file_tables(found.comparisons, basis.name)
    if single:
        every_turning = zip(found.comparisons, found.turning, strict=True)
        yield turned_file([_turning(*each) for each in every_turning])
        yield from other_readings_file(
            [other for each in found.comparisons for other in _others(each)]
        )


def _ids(found: Comparison) -> tuple[str, str]:
    return found.first.id, found.second.id


def _turning(found: Comparison, by: Decisions) -> Turning:
    clear = {each.id for each in found.counts if each.effect.told_apart}
    return Turning(_ids(found), found.second.name, clear, by)


def _others(found: Comparison) -> list[Other]:
    return [
        Other(_ids(found), found.second.name, each.other) for each in found.counts if each.other
    ]


def _one(
    found: Comparison, rows: Sequence[Existing], by: Decisions, options: Mapping[str, Any]
) -> Iterator[Part]:
    """Yield how the second package differs from the first: in sentences, then in numbers."""
    names = {"first": found.first.name, "second": found.second.name}
    yield Sentence(worded("compare.arrow", **names), "lead")
    yield from sentences(found)
    yield from turned([_turning(found, by)])
    yield from tables(found)
    yield from other_readings(_others(found))
    objective, areas = options["objective"], options["areas"]
    if objective is not None and objective.entire:
        yield Sentence(all_together(found))
    yield from _warnings([found], intervals(found) + (len(found.areas) if areas else 0))
    if rows:
        title = worded("compare.existing_title", replicates=rows[0].replicates)
        yield table("", title, EXISTING, rows)
    if areas:
        title = worded("compare.areas_title", **names)
        cells = {(area.quantity, area.area): area for area in found.areas}
        every = [(name, [cells[each, area] for each in QUANTITIES]) for area, name in AREAS.items()]
        yield table("", title, BY_AREA, every)


def _warnings(found: Sequence[Comparison], many: int) -> Iterator[Part]:
    """Yield what must be known of many intervals, and of the instruments that are compared."""
    settings = [
        [package.resolved()["settings"] for package in (each.first, each.second)] for each in found
    ]
    among = {name for both in settings for name in differing(*both)}
    yield from notes([*by_chance(many), *remarks(among)])


EXISTING: Sequence[Column[Existing]] = (
    read(worded("compare.existing_kind"),
           lambda each: worded(f"kind.{each.kind}"), number=False),
    read(worded("compare.both"), lambda each: f"{each.both:.1f}"),
    read(worded("compare.only_first"), lambda each: f"{each.only_first:.1f}"),
    read(worded("compare.only_second"), lambda each: f"{each.only_second:.1f}"),
)  # fmt: skip
Area = tuple[Text, list[AreaDifference]]


def _area(found: AreaDifference) -> str:
    text = with_ends(found.value, found.low, found.high)
    return f"{text} ≈" if found.tie else text


def _by_quantity(number: int) -> Column[Area]:
    head = worded(f"compare.quantity_{QUANTITIES[number]}")
    return read(head, lambda row: _area(row[1][number]))


BY_AREA: Sequence[Column[Area]] = (
    read(worded("compare.area"), lambda row: row[0], number=False),
    *map(_by_quantity, range(len(QUANTITIES))),
)  # fmt: skip


def _levers(found: Sequence[Comparison]) -> Iterator[Part]:
    """Yield what leaving out each lever does to every count, a row for each lever."""
    first, cost = found[0].first.name, f"{found[0].costs[0]:.0f}"
    title = worded("compare.levers_title", first=first, cost=cost)
    yield table("", title, LEVERS, found)
    yield Sentence(numbered_counts())
    yield Sentence(worded("compare.levers_note"), "note")
    yield from _warnings(found, len(found) * len(_changes(found[0])))


def _changes(found: Comparison) -> list[Difference]:
    return [*(count.likelihood for count in found.counts), found.joint]


def _short(found: Difference) -> str:
    return f"{whole(100 * found.value)}{'·' if found.tie else ''}"


def _numbered(number: int) -> Column[Comparison]:
    group = 1 + number // (len(NUMBERED) // 2)
    return read(NUMBERED[number], lambda each: _short(_changes(each)[number]), group)


LEVERS: Sequence[Column[Comparison]] = (
    read(worded("compare.left_out"), lambda each: each.second.name,
           share=4.0, number=False),
    read(worded("compare.cost"), lambda each: f"{each.costs[1]:.0f}"),
    *map(_numbered, range(len(NUMBERED))),
)  # fmt: skip


def files(found: Found, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield what the tables rest on, and the likelihoods of all packages."""
    yield document_of(found.comparisons, found.existing, basis)
    yield found.likelihoods


STUDY = Study(
    id="compare",
    help=worded("compare.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option(
            *("files", list[str], None, worded("option.files"), "FILE..."),
            objects=Scenario,
            label=worded("option.packages"),
        ),
        Option("equal_cost", bool, False, worded("compare.option_equal_cost")),
        Option("each_lever", bool, False, worded("compare.option_each_lever")),
        AS_OF,
        OBJECTIVE,
        Option("areas", bool, False, worded("compare.option_areas")),
        Option("matched", int, 8, worded("compare.option_matched"), least=0),
    ),
    files=files,
    table="comparison",
    going_on=going_on,
    estimates=lambda found: (
        each
        for comparison in found.comparisons
        for count in comparison.counts
        for each in (count.likelihood, count.about)
    ),
    begun=256,
)
