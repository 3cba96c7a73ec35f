"""The figure of early warnings: the skill of the best figure and of the line for each target."""

from collections.abc import Sequence

from sim.estimate import Interval
from sim.language import Text
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Beside, Row, Rows, Series
from sim.spec.marks import Interval as Mark
from sim.spec.marks import Told as Words
from sim.studies.shared.watched import Found, Watch
from sim.studies.shared.watched_tables import Known, rule_of, rule_told
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised, unquoted
from sim.text.numbers import percent
from sim.views.by_chance import by_chance

SHIFT = 0.16
"""Of the marks of figure and line from the middle of their row."""
WIDTH, AROUND, ROW = 13.6, 3.0, 0.46
"""Inches: of the sheet, around the rows, for one row."""


def figure(found: Found, basis: Basis) -> Figure:
    """Return the skill of the best figure and of the line for each target, on one scale."""
    shown = [each for each in found.watches if each.best is not None and each.line is not None]
    skills = [own for each in shown for own in _skills(each)]
    low, high = scales.around((0.0, *(100 * end for own in skills for end in own)))
    heads = ("rule", "announced_wrongly")
    several = len({each.month for each in shown}) > 1
    mark = Rows(
        scales.differing(low, high),
        (
            Series(worded("watch.by_figure"), palette.BLUE, "o", 7.0),
            Series(worded("watch.by_line"), palette.ORANGE, "D", 5.5),
        ),
        (
            Beside(worded("watch.count"), flush="left", after=False),
            *(Beside(worded(f"watch.{head}"), flush="left") for head in heads),
        ),
        tuple(_row(at, (found, each), several=several) for at, each in enumerate(shown)),
        (WIDTH, AROUND + ROW * len(shown)),
        zero=0.0,
    )
    months = dict.fromkeys(each.month for each in shown)
    title = _title(found, shown)
    subtitle = worded("watch.subtitle", months=", ".join(months))
    notes = [worded("watch.figure_note")]
    notes += by_chance(len(skills))
    return basis.figure("watch", title, subtitle, mark, *notes, alternative=title)


def _title(found: Found, shown: Sequence[Watch]) -> Text:
    clear = [each for each in shown if each.best is not None and each.clear]
    if not clear:
        return worded("watch.title_none")
    first = max(clear, key=lambda each: each.best.rates.skill.low if each.best else 0.0)
    assert first.best is not None
    rule = rule_told(found, first.best.rule)
    said = {"rule": rule, "rule_first": capitalised(rule), "month": first.month}
    return worded("watch.title", count=unquoted(first.name), **said)


def _skills(each: Watch) -> tuple[Interval, Interval]:
    assert each.best is not None and each.line is not None
    return each.best.rates.skill, each.line.skill


def _row(at: int, known: Known, *, several: bool) -> Row:
    _, each = known
    name = capitalised(each.name)
    if several:
        name = worded("watch.by_month", count=name, month=each.month)
    ink = palette.INK if each.clear else palette.GREY
    assert each.best is not None
    own = each.best.rates
    rule = rule_of(known)
    both = f"{percent(own.sensitivity.value)} / {percent(own.false_alarms.value)}"
    marks = tuple(
        Mark(
            100 * skill.value, 100 * skill.low, 100 * skill.high, series, shift,
            hollow=skill.low <= 0.0 <= skill.high,
        )
        for series, (skill, shift) in enumerate(zip(_skills(each), (-SHIFT, SHIFT), strict=True))
    )  # fmt: skip
    texts = (rule if isinstance(rule, Text) else Text(rule, rule), Text(both, both))
    return Row(float(at), ((Words(name),), *((Words(text, ink),) for text in texts)), marks)
