"""How early warnings and the worth of figures are shown: declared columns."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sim.estimate import Interval
from sim.estimate.discovery import rounded
from sim.estimate.foretelling import Foretold, Rates, Rule
from sim.estimate.information import Narrowed
from sim.language import Text
from sim.spec.table import Column, Value, read
from sim.studies.shared.counts import NONE, ends, likelihood
from sim.studies.shared.watched import Found, Watch, Watched, Worth
from sim.text.catalogue import worded
from sim.text.numbers import percent
from sim.text.together import in_points

Known = tuple[Found, Watch]
"""A target and a month, among all that was found."""


def for_months(columns: Sequence[Column[Any]], found: Found) -> list[Column[Any]]:
    """Return columns, without that of the month where there is only one."""
    several = len({each.month for each in found.watches}) > 1
    month = worded("watch.month")
    return [each for each in columns if several or each.head != month]


def rule_told(found: Found, rule: Rule) -> Text:
    """Return when a rule raises the alarm."""
    key = "watch.above" if rule.above else "watch.below"
    figure = found.figures[rule.column].name
    return worded(key, figure=figure, threshold=rounded(rule.threshold))


def _unsure(text: str, *, sure: bool) -> str:
    return text if sure else f"≈ {text}"


def rule_of(known: Known) -> Text | str:
    """Return when the best figure raises the alarm, marked where a half would choose another."""
    found, own = known
    if own.best is None:
        return NONE
    text = rule_told(found, own.best.rule)
    return text if own.best.agreed else Text(*(f"{each} †" for each in text))


def _rate(of: Callable[[Rates], Interval]) -> Callable[[Known], str]:
    """Return how a column shows a rate of the best figure."""

    def shown(known: Known) -> str:
        own = known[1].best
        return NONE if own is None else likelihood(of(own.rates))

    return shown


def _ringing(known: Known) -> str:
    own = known[1].best
    if own is None:
        return NONE
    told = (own.rates.if_alarm, own.rates.if_quiet)
    return " / ".join(NONE if each is None else percent(each.value) for each in told)


def _area(known: Known) -> str:
    own = known[1].best
    if own is None:
        return NONE
    area = own.rates.area
    return f"{area.value:.2f} ({area.low:.2f} – {area.high:.2f})"


def _line(known: Known) -> str:
    own = known[1].line
    if own is None:
        return NONE
    return f"{percent(own.sensitivity.value)} / {percent(own.false_alarms.value)}"


def _gain(known: Known) -> str:
    gain = known[1].gain
    if gain is None:
        return NONE
    value, low, high = (in_points(each, 0) for each in gain)
    return _unsure(f"{value} ({low} … {high})", sure=not gain.low <= 0.0 <= gain.high)


def _open(known: Known) -> bool:
    return not known[1].clear


WARNINGS: Sequence[Column[Known]] = (
    read(worded("watch.count"), lambda known: known[1].name, share=1.8, number=False),
    read(worded("watch.month"), lambda known: known[1].month, number=False),
    read(worded("watch.miss"), lambda known: likelihood(known[1].miss), share=1.3),
    read(worded("watch.rule"), rule_of, 1, 2.4, number=False)._replace(quiet=_open),
    read(worded("watch.announced"), _rate(lambda own: own.sensitivity), 1, 1.3),
    read(worded("watch.wrongly"), _rate(lambda own: own.false_alarms), 1, 1.3),
    read(worded("watch.ringing"), _ringing, 2),
    read(worded("watch.area"), _area, 2, 1.4),
    read(worded("watch.line"), _line, 3),
    read(worded("watch.gain"), _gain, 3, 1.4),
)


def taken(row: Worth) -> str:
    """Return which share of a variance a figure takes away; its interval ends at none and all."""
    own = row.told.variance
    return likelihood(own._replace(low=max(own.low, 0.0), high=min(own.high, 1.0)))


def _taken(row: Worth) -> Text | str:
    if row.told.variance.value <= 0.0:
        return worded("watch.nothing")
    return _unsure(taken(row), sure=row.told.clear)


def _range(own: Callable[[Narrowed], tuple[float, float]]) -> Callable[[Worth], str]:
    def shown(row: Worth) -> str:
        told = row.told.over_parameters
        return NONE if told is None else ends(*own(told))

    return shown


def _by(row: Worth) -> str:
    told = row.told.over_parameters
    if told is None:
        return NONE
    value, low, high = (in_points(each, 0) for each in told.by)
    return _unsure(f"{value} ({low} … {high})", sure=told.by.low > 0.0)


INFORMATION: Sequence[Column[Worth]] = (
    read(worded("watch.count"), lambda row: row.watch.name, share=1.8, number=False),
    read(worded("watch.month"), lambda row: row.watch.month, number=False),
    read(worded("watch.figure"), lambda row: row.figure.name, share=2.0, number=False),
    read(worded("watch.where"), lambda row: row.figure.where, share=1.6, number=False),
    read(worded("watch.taken"), _taken, 1, 1.4)._replace(quiet=lambda row: not row.told.clear),
    read(worded("watch.now"), _range(lambda own: own.now), 2),
    read(worded("watch.known"), _range(lambda own: own.known), 2),
    read(worded("watch.by"), _by, 2, 1.4),
)


class Line(NamedTuple):
    """A row of ``warnings.csv``."""

    watch: Watch
    alarm: str
    """``best`` of all figures, a ``figure`` alone, or the straight ``line``."""
    figure: Watched | None
    told: Foretold | None
    rates: Rates | None


def in_file(found: Found) -> Iterator[Line]:
    """Yield for each target and month the best figure, the line, and each figure alone."""
    for each in found.watches:
        best = each.best
        figure_ = None if best is None else found.figures[best.rule.column]
        yield Line(each, "best", figure_, best, None if best is None else best.rates)
        yield Line(each, "line", None, None, each.line)
        for own, alone in zip(found.figures, each.alone, strict=True):
            yield Line(each, "figure", own, alone, None if alone is None else alone.rates)


def _chosen(row: Line) -> tuple[Value, ...]:
    """Return side and threshold, those of the halves, and whether these chose the same figure."""
    if row.told is None:
        return (None,) * 5
    rule, (first, second) = row.told.rule, row.told.halves
    side = "above" if rule.above else "below"
    return side, rule.threshold, first.threshold, second.threshold, row.told.agreed


def _estimate(name: str) -> Column[Line]:
    def values(row: Line) -> tuple[Value, ...]:
        own = None if row.rates is None else getattr(row.rates, name)
        return (None,) * 3 if own is None else tuple(own)

    return Column((name, f"{name}_low", f"{name}_high"), values)


IN_FILE: Sequence[Column[Line]] = (
    Column(("month", "count"), lambda row: (row.watch.month, row.watch.id)),
    Column(("miss", "miss_low", "miss_high"), lambda row: row.watch.miss),
    Column(
        ("alarm", "figure", "seen"),
        lambda row: (row.alarm, *((row.figure.id, row.figure.seen) if row.figure else (None,) * 2)),
    ),
    Column(("side", "threshold", "threshold_first", "threshold_second", "halves_agree"), _chosen),
    *map(
        _estimate,
        (
            *("sensitivity", "specificity", "missed_alarms", "false_alarms"),
            *("skill", "area", "if_alarm", "if_quiet"),
        ),
    ),
    Column(("clear",), lambda row: (None if row.rates is None else row.rates.clear,)),
    Column(
        ("gain", "gain_low", "gain_high"),
        lambda row: row.watch.gain if row.alarm == "best" and row.watch.gain else (None,) * 3,
    ),
)
"""``warnings.csv``: rates are fractions; ``gain`` is the best figure's skill less the line's."""


def _ranges(row: Worth) -> tuple[Value, ...]:
    own = row.told.over_parameters
    return (None,) * 8 if own is None else (*own.now, *own.known, *own.by, own.by.low > 0.0)


OF_FIGURES: Sequence[Column[Worth]] = (
    Column(
        ("month", "count", "figure", "seen"),
        lambda row: (row.watch.month, row.watch.id, row.figure.id, row.figure.seen),
    ),
    Column(
        ("variance", "variance_low", "variance_high", "clear"),
        lambda row: (*row.told.variance, row.told.clear),
    ),
    Column(
        (
            *("now_p10", "now_p90", "known_p10", "known_p90"),
            *("narrower", "narrower_low", "narrower_high", "narrower_clear"),
        ),
        _ranges,
    ),
)
"""``information.csv``: shares and likelihoods are fractions; intervals hold for all figures of a
target and month at once."""
