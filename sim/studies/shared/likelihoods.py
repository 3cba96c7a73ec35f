"""How likely each count of a run is, and what decides it: rows of intervals."""

from collections.abc import Sequence

from sim import estimate
from sim.estimate.readings import remark
from sim.estimate.records import Decided, Decisions
from sim.language import LANGUAGES, NOTHING, Text
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Beside, Interval, Row, Rows, Series, Told
from sim.studies.shared.around import count_of, of_run
from sim.studies.shared.observed import unobservable
from sim.text.catalogue import worded
from sim.text.joining import capitalised, in_both, joined
from sim.text.numbers import exact, percent, percent_range
from sim.views.deciding import DECIDED_BY, EXPLAINED, deciders, explained, how_to_read
from sim.views.source import Run, count_summary, tolerance

EVEN = 0.5
OFFSET = 0.16
"""How far the two estimates of a count stand from its row's middle, in rows."""
JOINT_GAP = 0.45
"""Rows between the counts and all counts together."""
LINE = 0.3
"""From one name of a count to the next, in rows."""
SIZE = (10.0, 8.2)
WIDTH, ROW, AROUND = 11.5, 0.56, 2.5
"""Of the sheet of what decides: its width, and inches for each count and for all around them."""


def told(text: str, colour: str = palette.INK, shift: float = 0.0) -> tuple[Told, ...]:
    """Return a text that is the same in both languages, as it stands beside a row."""
    return (Told(Text(text, text), colour, shift),)


def likelihood(run: Run) -> Figure:
    """Return every count's likelihood with its interval and its range over parameters."""
    summary = run.summary
    rows = []
    for number, count in enumerate(PLAN.counts):
        found = count_summary(run, count.id)
        about = found.about if count.about else None
        target = told(exact(count.target), palette.GREY)
        name = (Told(capitalised(count.name)),)
        rows.append(_row(number, name, target, found.likelihood, about, found.over_parameters))
    joint = _row(
        len(rows) + JOINT_GAP,
        (Told(worded("likelihood.joint")),),
        (),
        summary.joint,
        summary.joint_about,
        None,
    )
    mark = Rows(
        scales.shares()._replace(low=-0.015, high=1.015),
        (
            Series(worded("likelihood.strict"), palette.BLUE),
            Series(worded("likelihood.about"), palette.ORANGE, "D", 5.5),
        ),
        (
            Beside(NOTHING, flush="left", after=False),
            Beside(worded("likelihood.target"), after=False),
            Beside(worded("likelihood.strict"), palette.BLUE),
            Beside(worded("likelihood.about"), palette.ORANGE_INK),
        ),
        (*rows, joint._replace(ruled=True)),
        SIZE,
        band=worded("likelihood.over_parameters"),
    )
    slack = tolerance(run)
    subtitle = worded("likelihood.subtitle")
    if slack is not None:
        subtitle = worded("likelihood.subtitle_tolerance", tolerance=f"{exact(100 * slack)}%")
    unseen = unobservable()
    notes = (_explanation(run), *_readings(run), *([] if unseen is None else [unseen]))
    title = worded("likelihood.title", **_verdicts([each.likelihood for each in summary.counts]))
    return of_run(run, "likelihood", title, subtitle, mark, *notes)


def _verdicts(found: Sequence[estimate.Interval]) -> dict[str, int]:
    """Return how many likelihoods lie above one half, how many below, and how many are open."""
    likely = sum(each.low > EVEN for each in found)
    unlikely = sum(each.high < EVEN for each in found)
    return {"likely": likely, "unlikely": unlikely, "open": len(found) - likely - unlikely}


def _row(
    at: float,
    name: tuple[Told, ...],
    target: tuple[Told, ...],
    strict: estimate.Interval,
    about: estimate.Interval | None,
    band: tuple[float, float] | None,
) -> Row:
    """Return one line of the chart; its two thresholds stand above and below its middle."""
    shift = 0.0 if about is None else OFFSET
    intervals = [Interval(*strict[:3], 0, -shift)]
    figures = [told(with_range(strict), palette.BLUE), ()]
    if about is not None:
        intervals.append(Interval(*about[:3], 1, shift))
        figures[1] = told(with_range(about), palette.ORANGE_INK)
    return Row(at, (name, target, *figures), tuple(intervals), band)


def with_range(found: estimate.Interval) -> str:
    """Write a likelihood with its interval."""
    return f"{percent(found.value)} ({percent_range(found.low, found.high)})"


def _explanation(run: Run) -> Text:
    known = run.summary.baseline
    interval = "_sequential" if run.summary.sequential else "_adjusted" if known else ""
    told = [worded(f"likelihood.interval{interval}", replicates=f"{known:,}")]
    told += [worded(f"likelihood.{key}") for key in ("band", "no_about")]
    if output := PLAN.measured_by("output"):
        told.append(worded("likelihood.unit", unit=output.unit))
    return joined(told)


def _readings(run: Run) -> list[Text]:
    told = remark({count.id: count.reading for count in run.summary.counts})
    return [] if told is None else [told]


def decides(run: Run, decisions: Decisions) -> Figure:
    """Return each count's likelihood where its first parameter is low and where it is high.

    Args:
        run: what the figure rests on.
        decisions: of the run, of draws enough.
    """
    names = [capitalised(count.name) for count in PLAN.counts]
    found = decisions.counts
    mark = Rows(
        scales.shares()._replace(low=-0.015, high=1.015),
        (
            Series(worded("decides.low"), palette.ORANGE, "D", 5.5),
            Series(worded("decides.high"), palette.BLUE),
        ),
        (
            Beside(NOTHING, flush="left", after=False),
            Beside(EXPLAINED, after=False),
            Beside(DECIDED_BY, flush="left"),
        ),
        tuple(_decided(*row) for row in zip(range(len(found)), names, found, strict=True)),
        (WIDTH, AROUND + ROW * len(found)),
    )
    title = _moved_most(decisions)
    reading = in_both(lambda language: how_to_read(decisions, language))
    return of_run(run, "decides", title, worded("decides.subtitle"), mark, reading)


def _decided(at: int, name: Text, found: Decided) -> Row:
    intervals: tuple[Interval, ...] = ()
    link = None
    if found.low is not None and found.high is not None:
        intervals = (
            Interval(*found.low[:3], 0, -OFFSET),
            Interval(*found.high[:3], 1, OFFSET),
        )
        link = (found.low.value, found.high.value)
    told_of = (deciders(found, language) for language in LANGUAGES)
    texts = [Text(*each) for each in zip(*told_of, strict=True)]
    parameters = tuple(
        Told(
            text,
            palette.INK if number == 0 and found.deciders else palette.GREY,
            (number - (len(texts) - 1) / 2) * LINE,
        )
        for number, text in enumerate(texts)
    )
    beside = ((Told(name),), told(explained(found), palette.GREY), parameters)
    return Row(float(at), beside, intervals, link=link)


def _moved_most(decisions: Decisions) -> Text:
    """Return which likelihood its first parameter moves most."""
    ends = [(each.count, each.low, each.high) for each in decisions.counts]
    known = [(count, low, high) for count, low, high in ends if low and high]
    if not known:
        return worded("decides.title_nothing")
    most, low, high = max(known, key=lambda end: abs(end[2].value - end[1].value))
    if low.value == high.value:
        return worded("decides.title_same")
    count = capitalised(count_of(most).name)
    return worded("decides.title", count=count, low=percent(low.value), high=percent(high.value))
