"""How late a plan may start before a count's likelihood falls below a level."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sim.calendar import decimal_year, month_index, month_label
from sim.estimate import Interval
from sim.estimate.deadline import Deadline, Verdict, deadline, verdict
from sim.estimate.objectives import Objective
from sim.estimate.paired import Difference
from sim.experiments.baseline import Stored, stored
from sim.experiments.goals import difference, likelihood
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.objective_file import ALL
from sim.language import NOTHING, Text
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, as_known_in, read_scenario
from sim.spec import palette, scales
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import (
    Dots,
    Ending,
    Layer,
    Line,
    Panel,
    Panels,
    Pieces,
    Rule,
    Scale,
    Strip,
    numbers,
)
from sim.spec.table import Column, table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.compared import apart
from sim.studies.shared.counts import NONE
from sim.studies.shared.goals import COUNT, SCENARIO, one_goal
from sim.studies.shared.known import told_of_past, with_one_past
from sim.studies.shared.objectives import OBJECTIVE, asked, in_one_sentence
from sim.studies.shared.points import marked
from sim.studies.study import AS_OF, Basis, Design, Option, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import ended, joined, unquoted
from sim.text.numbers import percent, signed
from sim.views.deciding import likelihood_in

STEP = 6
"""Months between the starts that are tried."""
LAST = DUE - 23
"""Month number of the last of them, a January, two years before the counts are due."""
SIZE = (9.0, 5.2)
MOST_TICKS = 9
EDGE = 0.04
"""Of the scale of months, before the first start and after the last."""


class Late(NamedTuple):
    """What later starts of one plan or safeguard do to a count's likelihood."""

    lever: str
    goal: Objective
    """A count, all of them together, or an objective."""
    level: float
    starts: tuple[str, ...]
    likelihoods: tuple[Interval, ...]
    changes: tuple[Difference, ...]
    """Of each start's likelihood to that of the first, pair by pair."""
    found: Deadline

    @property
    def verdict(self) -> Verdict:
        """Return what the starts come to: only one kind of answer is a deadline."""
        return verdict(self.found, len(self.starts), self.changes[-1])

    @property
    def latest(self) -> str | None:
        """Return the deadline; None if there is none to tell."""
        return self.starts[self.found.latest] if self.verdict == "deadline" else None

    @property
    def bounds(self) -> tuple[str | None, str | None]:
        """Return between which starts the deadline lies by the ends of the intervals.

        The first is None where it may be that no start is early enough, the second where the last
        that was tried may be; both are None where there is no deadline to tell.
        """
        if self.verdict != "deadline":
            return None, None
        first, last = self.found.earliest_bound, self.found.latest_bound
        open_ended = last == len(self.starts) - 1
        return self.starts[first] if first >= 0 else None, None if open_ended else self.starts[last]


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
    base = read_scenario(options["scenario"], foreign=True)
    if options["as_of"] is not None:
        base = as_known_in(base, options["as_of"])
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
    name = worded("experiment.deadline", lever=_lever(lever), base=unquoted(base.name))
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


Start = tuple[Late, int]
"""One of the starts, by its number."""


def _points(start: Start) -> Text | str:
    late, at = start
    return marked(late.changes[at]) if at else NONE


COLUMNS: Sequence[Column[Start]] = (
    Column(
        ("lever", "count", "level"),
        lambda start: (start[0].lever, start[0].goal.id, start[0].level),
    ),
    Column(
        ("start",),
        lambda start: (start[0].starts[start[1]],),
        worded("deadline.start"),
        lambda start: start[0].starts[start[1]],
        number=False,
    ),
    Column(
        ("likelihood", "low", "high"),
        lambda start: start[0].likelihoods[start[1]],
        worded("deadline.likelihood"),
        lambda start: likelihood_in(start[0].likelihoods[start[1]]),
    ),
    Column(
        ("difference", "difference_low", "difference_high", "told_apart"),
        lambda start: apart(start[0].changes[start[1]]),
        worded("deadline.points"),
        _points,
        quiet=lambda start: start[0].changes[start[1]].tie,
    ),
    Column(
        ("verdict", "latest", "latest_low", "latest_high"),
        lambda start: (start[0].verdict, start[0].latest, *start[0].bounds),
    ),
)
"""``deadline.csv``; its last fields are the same in every row."""


def told(late: Late) -> tuple[Text, Text]:
    """Return what the starts come to, and what that rests on."""
    change, values = late.changes[-1], [each.value for each in late.likelihoods]
    never, always = max(values) < late.level, min(values) >= late.level
    where = "below" if never else "above" if always else "around"
    low, high = late.bounds
    said = {
        "lever": unquoted(_lever(late.lever)),
        "count": unquoted(late.goal.name),
        "wanted": percent(late.level),
        "first": late.starts[0],
        "last": late.starts[-1],
        "month": late.latest,
        "change": signed(100 * change.value),
        "ends": f"{signed(100 * change.low)} … {signed(100 * change.high)}",
        "low": low or worded("deadline.none_sure"),
        "high": high or worded("deadline.beyond", last=late.starts[-1]),
    }
    rests = f"alike_{where}" if late.verdict == "alike" else late.verdict
    return (
        worded(f"deadline.title_{late.verdict}", **said),
        worded(f"deadline.because_{rests}", **said),
    )


def figure(late: Late, basis: Basis) -> Figure:
    """Return each likelihood against its start, the level asked for, and the latest start."""
    title, because = told(late)
    wanted = worded("deadline.wanted", wanted=percent(late.level))
    across = _months(late)
    panel = Panel(
        NOTHING,
        across,
        scales.shares(),
        tuple(_layers(late, across)),
        endings=(Ending(late.level, wanted, palette.VERMILION),),
    )
    return basis.figure(
        f"deadline_{late.lever}_{late.goal.id}",
        title,
        joined((ended(worded("deadline.subtitle")), because)),
        Panels((panel,), 1, SIZE),
        worded("deadline.interval"),
        alternative=joined((title, because)),
    )


def _months(late: Late) -> Scale:
    first, last = _year(late.starts[0]), _year(late.starts[-1])
    edge = EDGE * (last - first)
    shown = late.starts[:: -(-len(late.starts) // MOST_TICKS)]
    return Scale(first - edge, last + edge, scales.ticked(map(_year, shown), shown))


def _layers(late: Late, across: Scale) -> Iterator[Layer]:
    """Yield where the deadline may lie, each likelihood with its interval, level and deadline."""
    if late.latest is not None:
        low, high = late.bounds
        begin = across.low if low is None else _year(low)
        end = across.high if high is None else _year(high)
        yield Strip(begin, end, palette.ORANGE, 0.14)
    at, found = numbers(map(_year, late.starts)), late.likelihoods
    values = numbers(each.value for each in found)
    yield Line(at, values, palette.BANDS[2], 1.2)
    ends = tuple((x, each.low, x, each.high) for x, each in zip(at, found, strict=True))
    yield Pieces(ends, palette.BLUE, 2.0)
    yield Dots(at, values, palette.BLUE, size=6.0)
    yield Rule(late.level, palette.VERMILION, style="dashed", width=1.5)
    if late.latest is not None:
        label = worded("deadline.latest", month=late.latest)
        yield Rule(_year(late.latest), palette.ORANGE_INK, True, width=1.5, label=label)


def _year(month: str) -> float:
    return decimal_year(month_index(month))


def _lever(name: str) -> Text:
    return next(lever.name for lever in PLAN.levers if lever.id == name)


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
            called=_lever,
        ),
        Option("level", float, 0.5, worded("deadline.option_level"), least=0.0, most=1.0),
        SCENARIO,
        OBJECTIVE,
        AS_OF,
    ),
    files=likelihoods_alone,
    estimates=lambda found: (*found.late.likelihoods, *found.late.changes),
)
