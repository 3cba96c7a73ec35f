"""What each instrument moves alone: on from business as usual, and off from the plan as written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.digest import priors_digest, rules_digest
from sim.estimate.groups import grouped
from sim.estimate.intervals import mean_interval
from sim.evidence.instruments import (
    BASES,
    COUNTS,
    HEADER,
    INSTRUMENTS,
    OUTCOMES,
    TABLE,
    VERDICTS,
    Change,
    Measured,
    measured,
)
from sim.evidence.instruments import basis as basis_of
from sim.indicators import INDICATORS
from sim.language import Text
from sim.model.world.layout import DUE
from sim.scenario import Scenario, read_scenario
from sim.spec import palette, scales
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Beside, Interval, Row, Rows, Series, Told
from sim.spec.table import Column, Table, read, table
from sim.store.fill import Ensemble, Sample, Watcher, fill, load
from sim.studies.carried import as_stored
from sim.studies.study import OF_RULES, Basis, Design, Setting, Study
from sim.text import numbers
from sim.text.catalogue import worded

REPLICATES = 128
SIZE = (13.2, 13.0)
"""Inches: of the sheet."""
SHIFT = 0.17
"""Between the two intervals of a row, in rows."""
NAMED = 3
"""Instruments that a count's row names."""
FINDING: Final = {name: worded(f"instruments.{name}") for name in VERDICTS}


def design(options: Mapping[str, Any]) -> Design:
    """Return both bases, each followed by itself with one instrument switched."""
    scenarios = [
        each
        for base in map(read_scenario, BASES)
        for each in (base, *(switched(base, name) for name in INSTRUMENTS))
    ]
    return Design(scenarios, "instruments-each", worded("instruments.name"), options)


def switched(base: Scenario, instrument: str) -> Scenario:
    """Return a scenario with one instrument on that was off, or off that was on."""
    setting = base.settings[instrument]
    return replace(
        base, settings={**base.settings, instrument: replace(setting, on=not setting.on)}
    )


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Measured:
    """Switch one instrument after the other, under the same luck and parameter draws."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    fill(packages, sample, store, where, watch)
    each = 1 + len(INSTRUMENTS)
    changes: list[Change] = []
    draws = 0
    for name, first in zip(BASES, range(0, len(packages), each), strict=True):
        before = load(packages[first], sample, store)
        draws = len(np.unique(before.draws))
        usual = outcomes(before)
        for instrument, package in zip(INSTRUMENTS, packages[first + 1 :], strict=False):
            after = outcomes(load(package, sample, store))
            changes += changed(instrument, name, usual, after, before.draws)
    date = datetime.now(tz=UTC).date().isoformat()
    told = (sample.replicates, draws, sample.seed, rules_digest(), priors_digest(), date)
    return Measured(tuple(changes), *told)


def outcomes(found: Ensemble) -> NDArray[np.float64]:
    """Return every outcome of every replicate, shape (R, outcomes), in the order of `OUTCOMES`."""
    measures = found.scenario.setup().measures
    columns = [found.counts[:, DUE]]
    for name in list(OUTCOMES)[len(COUNTS) :]:
        at = found.measures[:, :, measures.index(name)].astype(np.float64)
        column = at[:, -1] if INDICATORS[name].outcome == "end" else at.mean(axis=1)
        columns.append(column[:, None])
    return np.concatenate(columns, axis=1)


def changed(
    instrument: str,
    base: str,
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    draws: NDArray[np.int64],
) -> Iterator[Change]:
    """Yield the mean change of each outcome, with its interval and its t over the draws.

    Args:
        instrument: that was switched.
        base: package from which it was switched.
        before: outcomes without, shape (R, outcomes).
        after: with the instrument switched, pair by pair.
        draws: number of each pair's parameter draw, shape (R,).
    """
    for name, first, second in zip(OUTCOMES, before.T, after.T, strict=True):
        gap = second - first
        t, p = 0.0, 1.0
        if gap.any():
            t, p = map(float, stats.ttest_1samp(grouped(draws).means(gap), 0.0))
        usual = float(first.mean())
        ratio = float(second.mean()) / usual if usual else 1.0
        yield Change(instrument, base, name, *mean_interval(gap, draws), ratio, t, p)


def parts(found: Measured, basis: Basis) -> Iterator[Part]:
    """Yield what each instrument moves most, which reach each count, a figure and the file."""
    yield from tables(found)
    yield Sentence(worded("instruments.counted", **_counted(found)))
    yield Sentence(worded("instruments.note", pairs=found.replicates, draws=found.draws), "note")
    yield figure(found, basis)
    yield table("instruments", worded("instruments.table"), in_file(found), found.changes)


def shipped() -> Iterator[Part]:
    """Yield what the measurement in the city's pack says; nothing if it has none."""
    if (found := measured()) is not None:
        name, sample = worded("instruments.name"), Sample(found.seed, found.replicates)
        yield Sentence(worded("instruments.shipped", basis=basis_of(found)), "note")
        basis = Basis(name, sample, found.rules, origin=OF_RULES)
        yield from as_stored(parts(found, basis), TABLE)


def tables(found: Measured) -> Iterator[Table]:
    """Yield what people read: instrument by instrument, then count by count."""
    yield table("", worded("instruments.table"), _columns(found), found.instruments)
    yield table("", worded("instruments.by_count"), _reached(found), list(COUNTS))


class _Best(NamedTuple):
    """The clearest change of an instrument, and the same outcome from the other base."""

    change: Change
    other: Change


def _best(found: Measured, instrument: str) -> _Best:
    most = found.most(instrument)
    same = [each for each in found.of_instrument(instrument) if each.outcome == most.outcome]
    return _Best(most, next(each for each in same if each.base != most.base))


def _columns(found: Measured) -> tuple[Column[str], ...]:
    def effect(base: str) -> Column[str]:
        def shown(name: str) -> str:
            best = _best(found, name)
            change = best.change if best.change.base == base else best.other
            return effect_of(change)

        return read(worded("instruments.on" if base == BASES[0] else "instruments.off"), shown)

    return (
        read(worded("instruments.instrument"), lambda name: INSTRUMENTS[name], number=False),
        read(worded("instruments.verdict"), lambda name: FINDING[found.reach(name)]),
        read(
            worded("instruments.most"),
            lambda name: OUTCOMES[found.most(name).outcome],
            number=False,
        ),
        *map(effect, BASES),
    )


def effect_of(change: Change) -> str:
    """Return what an instrument adds to an outcome in per cent, with its interval."""
    effect, low, high = map(numbers.change, (change.effect, *change.ends))
    return f"{effect} ({low} … {high})"


def _reached(found: Measured) -> list[Column[str]]:
    """Return, beside a count's name, the instruments that raise it most, and how many more do."""
    rises = {count: _rises(found, count) for count in COUNTS}

    def place(number: int) -> Column[str]:
        def shown(count: str) -> Text | str:
            if number >= len(rises[count]):
                return "" if number else worded("instruments.by_none")
            each = rises[count][number]
            size = numbers.change(each.effect)
            return worded("instruments.by", name=INSTRUMENTS[each.instrument], size=size)

        return read(worded(f"instruments.place_{number}"), shown, number, 2.0, number=False)

    def more(count: str) -> str:
        return str(max(0, len(rises[count]) - NAMED) or "")

    name: Column[str] = read(worded("instruments.count"), lambda each: COUNTS[each], number=False)
    return [name, *map(place, range(NAMED)), read(worded("instruments.more"), more, NAMED - 1)]


def _rises(found: Measured, count: str) -> list[Change]:
    """Return each instrument's largest clear rise of a count, the largest first."""
    clear = [each for each in found.clear(found.of_outcome(count)) if each.effect > 0.0]
    largest = {each.instrument: each for each in sorted(clear, key=lambda one: one.effect)}
    return sorted(largest.values(), key=lambda each: -each.effect)


def _counted(found: Measured) -> dict[str, int]:
    """Return how many instruments have each verdict, and how many reach beyond what they build."""
    verdicts = [found.verdict(name) for name in found.instruments]
    reach = sum(found.reach(name) == "acts" for name in found.instruments)
    told: dict[str, int] = {name: verdicts.count(name) for name in VERDICTS}
    return {**told, "reach": reach, "all": len(verdicts)}


def figure(found: Measured, basis: Basis) -> Figure:
    """Return, on one scale, what each instrument adds to the outcome that it moves most clearly."""
    best = [_best(found, name) for name in found.instruments]
    reach = [end for each in best for one in each for end in one.ends]
    low, high = scales.around((0.0, *(100 * end for end in reach)))
    mark = Rows(
        scales.differing(low, high),
        (
            Series(worded("instruments.on"), palette.BLUE),
            Series(worded("instruments.off"), palette.ORANGE, "D", 5.5),
        ),
        (
            Beside(worded("instruments.instrument"), flush="left", after=False),
            Beside(worded("instruments.most"), flush="left", after=False),
            Beside(worded("instruments.verdict"), flush="left"),
        ),
        tuple(
            _row(at, name, found, each)
            for at, (name, each) in enumerate(zip(found.instruments, best, strict=True))
        ),
        SIZE,
        zero=0.0,
    )
    title = worded("instruments.title", **_counted(found))
    notes = (worded("instruments.note", pairs=found.replicates, draws=found.draws),)
    return basis.figure(
        "instruments", title, worded("instruments.subtitle"), mark, *notes, alternative=title
    )


def _row(at: int, name: str, found: Measured, best: _Best) -> Row:
    marks = []
    for change in best:
        number = BASES.index(change.base)
        low, high = change.ends
        marks.append(
            Interval(
                100 * change.effect,
                100 * low,
                100 * high,
                number,
                SHIFT * (2 * number - 1),
                found.judge(change) == "none",
            )
        )
    texts = (INSTRUMENTS[name], OUTCOMES[best.change.outcome], FINDING[found.reach(name)])
    return Row(float(at), tuple((Told(text),) for text in texts), tuple(marks))


def in_file(found: Measured) -> tuple[Column[Change], ...]:
    """Return the columns of ``instruments.csv``: a change a line, and how it was measured."""
    same = (found.replicates, found.draws, found.seed, found.rules, found.priors, found.date)

    def values(each: Change) -> tuple[str | float | int | None, ...]:
        numbers = [float(f"{number:.6g}") for number in each[3:]]
        return (*each[:3], *numbers, int(each.built), found.judge(each), *same)

    return (Column(HEADER, values),)


STUDY = Study(
    id="instruments",
    help=worded("instruments.help"),
    design=design,
    compute=compute,
    parts=parts,
    defaults={"replicates": REPLICATES},
    shipped=shipped,
)
