"""The figures of a sensitivity analysis: what moves counts, how plans rank, what can be learnt."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.evidence.sensitivity.designed import UNCERTAIN
from sim.evidence.sensitivity.identify import LEVEL, Identified
from sim.evidence.sensitivity.indices import LUCK, OTHERS, Indices
from sim.evidence.sensitivity.ranking import Ranking
from sim.evidence.sensitivity.screening import Screened
from sim.evidence.sensitivity.shares import Shares
from sim.experiments.sweep_indices import Index
from sim.language import NOTHING, Text
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Layer, Line, Panel, Panels, Pieces, Rule, Scale, numbers
from sim.studies.shared.counts import NONE
from sim.studies.shared.indices import END, NAMED, index_panels, sheet_of
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.text.numbers import percent
from sim.views.parameter_names import short_names

STRONGEST = 6
"""Parameters that screening names for each count."""
STEP = 0.3
"""Of a row, from its middle to what is below it."""
LARGE = 0.25
"""Total index from which on a single parameter is said to matter."""
HALF = 0.5
"""Of a variance: what has more carries most of it. Of a spread: what is pinned down has less."""
LEARNT = 24
"""Parameters of which it is named how well they could be known."""
WIDE, AROUND, ROW, BAR = 12.5, 2.7, 0.34, 11.0
"""Inches of a sheet with one row a count, around the rows and of one; height of a bar in points."""
LOW = 0.26
"""Inches of a row of a parameter."""
PARTS = ("levers", "parameters", "luck", "together")
COLOURS = (palette.VERMILION, palette.BLUE, palette.ORANGE, palette.PALE)
WHOLE = {OTHERS: worded("sensitivity.others"), LUCK: worded("sensitivity.luck")}
"""Factors that are no single parameter."""
NAMES = [capitalised(count.name) for count in PLAN.counts]


def factor_name(factor: str) -> Text:
    """Return what a factor of the indices is called."""
    return WHOLE.get(factor) or short_names()[factor]


def screening(found: Screened, basis: Basis) -> Figure:
    """Return the strongest parameters of each count: how far each moves it, and how unevenly."""
    order = [_strongest(row) for row in found.mu_star]
    named = len({column for chosen in order for column in chosen})
    held = [float(row[chosen].sum()) for row, chosen in zip(found.share, order, strict=True)]
    panels = tuple(
        _screened(title, found, number, chosen)
        for number, (title, chosen) in enumerate(zip(NAMES, order, strict=True))
    )
    title = worded(
        "screening.title", all=len(UNCERTAIN), named=named, part=percent(float(np.mean(held)))
    )
    mark = sheet_of(panels, STRONGEST, NAMED)
    told = worded("screening.reading", trajectories=found.trajectories, shown=STRONGEST)
    subtitle = worded("screening.subtitle")
    return basis.figure("screening", title, subtitle, mark, told, alternative=title)


def _strongest(means: Sequence[float]) -> list[int]:
    order = np.argsort(-np.asarray(means), kind="stable")[:STRONGEST].tolist()
    return [column for column in order if means[column] > 0.0]


def _screened(title: Text, found: Screened, number: int, chosen: Sequence[int]) -> Panel:
    if not chosen:
        nothing = worded("sensitivity.still")
        return Panel(title, scales.upward(1.0, 2), scales.names([Text(NONE, NONE)]), (),
                     corner=nothing)  # fmt: skip
    means, errors, uneven = (
        each[number, list(chosen)].tolist() for each in (found.mu_star, found.error, found.sigma)
    )
    top = max(*(mean + error for mean, error in zip(means, errors, strict=True)), *uneven)
    rows = range(len(chosen))
    ends = tuple(
        (max(mean - error, 0.0), at, mean + error, at)
        for at, mean, error in zip(rows, means, errors, strict=True)
    )
    layers: tuple[Layer, ...] = (
        Pieces(ends, palette.BLUE, 1.6),
        Dots(numbers(means), numbers(rows), palette.BLUE, size=4.5, name=worded("screening.mean")),
        Dots(numbers(uneven), numbers(at + STEP for at in rows), palette.GREY, "D", 3.2,
             name=worded("screening.uneven")),
    )  # fmt: skip
    places = scales.steps(0.0, top, 3)
    across = Scale(0.0, 1.04 * top, scales.ticked(places, map(percent, places)))
    return Panel(title, across, scales.names([short_names()[UNCERTAIN[k]] for k in chosen]), layers)


def index_bars(found: Indices, basis: Basis) -> Figure:
    """Return a chart of first-order and total indices for each count."""
    single = [number for number, factor in enumerate(found.factors) if factor not in WHOLE]
    carried = (np.nan_to_num(found.total[:, single]) >= LARGE).any(axis=1).sum()
    order = _order(found)
    rows = [
        [None if np.isnan(row[2][k]) else Index(*(float(each[k]) for each in row)) for k in order]
        for row in zip(*found[2:], strict=True)
    ]
    names = [factor_name(found.factors[number]) for number in order]
    mark = index_panels(NAMES, names, rows, worded("sensitivity.still"))
    title = worded(
        "index_bars.title", counts=int(carried), all=len(PLAN.counts), part=percent(LARGE)
    )
    told = worded("index_bars.reading", end=percent(END))
    subtitle = worded("index_bars.subtitle")
    return basis.figure("index_bars", title, subtitle, mark, told, alternative=title)


def _order(found: Indices) -> list[int]:
    """Return the factors: single ones by their mean total index, then all others, then luck."""
    mean = np.nan_to_num(found.total).mean(axis=0)
    kind = [[*WHOLE].index(factor) + 1 if factor in WHOLE else 0 for factor in found.factors]
    return sorted(range(len(kind)), key=lambda number: (kind[number], -mean[number]))


def mostly(found: Sequence[Shares | None]) -> Text:
    """Return how many counts have more than half of their variance in parameters, or levers."""
    parts = ("parameters", "levers")
    many = {
        part: sum(each is not None and getattr(each, part) > HALF for each in found)
        for part in parts
    }
    return worded("sensitivity.shares_title", all=len(PLAN.counts), **many)


def share_bars(found: Sequence[Shares | None], basis: Basis) -> Figure:
    """Return a bar for each count, divided into the parts of its variance."""
    titled = [worded(f"sensitivity.{part}") for part in PARTS]
    rows = [tuple(each) if each is not None else (0.0,) * len(PARTS) for each in found]
    names = [capitalised(each) for each in titled]
    mark = _stacked(NAMES, rows, names, COLOURS)
    title, subtitle = mostly(found), worded("sensitivity.shares_subtitle")
    told = worded("sensitivity.shares_reading")
    return basis.figure("shares", title, subtitle, mark, told, alternative=title)


def _stacked(
    names: Sequence[Text],
    rows: Sequence[Sequence[float]],
    parts: Sequence[Text],
    colours: Sequence[str],
    *more: Layer,
) -> Panels:
    """Return a bar for each row, divided into parts that sum to one."""
    ends = np.cumsum(np.array(rows), axis=1).round(6)
    starts = np.hstack([np.zeros((len(rows), 1)), ends[:, :-1]])
    layers = tuple(
        Pieces(
            tuple((float(starts[at, part]), at, float(ends[at, part]), at)
                  for at in range(len(rows)) if ends[at, part] > starts[at, part]),
            colour, BAR, name,
        )
        for part, (name, colour) in enumerate(zip(parts, colours, strict=False))
    )  # fmt: skip
    drawn = tuple(layer for layer in layers if layer.ends)
    panel = Panel(NOTHING, scales.shares(), scales.names(names), (*drawn, *more))
    return Panels((panel,), 1, (WIDE, AROUND + ROW * len(rows)), "each")


def sole_firsts(found: Sequence[Ranking]) -> Text:
    """Return how many counts have one plan that is clearly the hardest to do without."""
    sole = sum(len(each.first) == 1 for each in found[:-1])
    return worded("plan_ranks.title", sole=sole, all=len(PLAN.counts))


def plan_ranks(found: Sequence[Ranking], basis: Basis) -> Figure:
    """Return for each count how likely each plan is to be the one that it can least do without."""
    pairs = len(PLAN.plans) * (len(PLAN.plans) - 1) // 2
    called = [*NAMES, worded("plan_ranks.expected")]
    names = [
        worded("plan_ranks.row", count=name, clear=each.clear, pairs=pairs)
        for name, each in zip(called, found, strict=True)
    ]
    rows = [each.ranks[:, 0].tolist() for each in found]
    clear = [(at, each.first[0]) for at, each in enumerate(found) if len(each.first) == 1]
    dots = []
    if clear:
        middles = [sum(rows[at][:plan]) + rows[at][plan] / 2 for at, plan in clear]
        dots.append(Dots(numbers(middles), numbers(at for at, _ in clear), palette.INK, size=4.5,
                         name=worded("plan_ranks.sole")))  # fmt: skip
    mark = _stacked(names, rows, [plan.name for plan in PLAN.plans], palette.LINES, *dots)
    title, subtitle = sole_firsts(found), worded("plan_ranks.subtitle")
    told = worded("plan_ranks.reading")
    return basis.figure("plan_ranks", title, subtitle, mark, told, alternative=title)


def pinned(found: Identified) -> Text:
    """Return how many parameters perfect observation could pin down."""
    many = int((found.left[found.found] <= HALF).sum())
    return worded("identifiable.title", pinned=many, all=len(found.names), until=found.until)


def identifiability(found: Identified, basis: Basis) -> Figure:
    """Return the spread left of each parameter over that of its prior: the best known, and all."""
    shown = np.argsort(found.left, kind="stable")[:LEARNT].tolist()
    names = [short_names()[found.names[number]] for number in shown]
    across = scales.shares()._replace(label=worded("identifiable.across"))
    best = Panel(NOTHING, across, scales.names(names), tuple(_learnt(found, shown)))
    every = len(found.left)
    places = scales.steps(0.0, float(every), 5, whole=True)
    ranked = Scale(0.0, float(every), scales.ticked(places), label=worded("identifiable.ranked"))
    layers: list[Layer] = [
        Rule(HALF, palette.PALE, style="dashed", width=1.0, name=worded("identifiable.half"))
    ]
    for spread, colour in ((found.left, palette.BLUE), (found.published, palette.VERMILION)):
        if spread is not None:
            along = numbers(range(1, every + 1))
            layers.append(Line(along, numbers(np.sort(spread).tolist()), colour, 2.0))
    whole = Panel(NOTHING, ranked, across._replace(label=None), tuple(layers))
    mark = Panels((best, whole), 2, (WIDE, AROUND + LOW * len(shown)), "each")
    told = worded("identifiable.reading", found=len(found.found), level=percent(LEVEL))
    title, subtitle = pinned(found), worded("identifiable.subtitle")
    return basis.figure("identifiable", title, subtitle, mark, told, alternative=title)


def _learnt(found: Identified, shown: Sequence[int]) -> Iterator[Layer]:
    """Yield what could be known of some parameters, a row each, and what is."""
    left = found.left
    yield Pieces(
        tuple((float(left[number]), at, 1.0, at) for at, number in enumerate(shown)),
        palette.BANDS[1],
        3.0,
    )
    known = set(found.found)
    for above, colour, word in ((True, palette.BLUE, "could"), (False, palette.GREY, "by_chance")):
        some = [(at, n) for at, n in enumerate(shown) if (n in known) is above]
        if some:
            yield Dots(numbers(float(left[n]) for _, n in some), numbers(at for at, _ in some),
                       colour, size=6.0, name=worded(f"identifiable.{word}"))  # fmt: skip
    if found.published is not None:
        yield Dots(
            numbers(float(found.published[number]) for number in shown),
            numbers(range(len(shown))),
            palette.VERMILION,
            "D",
            4.5,
            name=worded("identifiable.published"),
        )
