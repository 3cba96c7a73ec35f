"""What later starts of one lever come to: in sentences, as columns and as a figure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.calendar import decimal_year, month_index
from sim.estimate import Interval
from sim.estimate.deadline import Deadline, Verdict, verdict
from sim.estimate.objectives import Objective
from sim.estimate.paired import Difference
from sim.language import NOTHING, Text
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.findings import Figure
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
from sim.spec.table import Column
from sim.studies.shared.compared import apart
from sim.studies.shared.counts import NONE
from sim.studies.shared.points import marked
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import ended, joined, unquoted
from sim.text.numbers import percent, signed
from sim.views.deciding import likelihood_in

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
        "lever": unquoted(lever_name(late.lever)),
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


def lever_name(name: str) -> Text:
    """Return what a plan or safeguard is called."""
    return next(lever.name for lever in PLAN.levers if lever.id == name)
