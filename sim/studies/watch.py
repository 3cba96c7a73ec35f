"""What to watch: which figure, known early, foretells a miss, and what knowing it is worth."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.calendar import DECEMBER, MONTHS_A_YEAR, month_index, month_label
from sim.estimate.groups import FEWEST_TWICE
from sim.estimate.information import FEWEST
from sim.experiments.likelihoods import likelihoods_file, stored_for
from sim.experiments.objective_file import whole_plan
from sim.language import Text
from sim.problems import Problem
from sim.sampling import ONCE
from sim.scenario import read_scenario
from sim.spec.findings import Part, Sentence
from sim.spec.table import table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.caveats import caveats, notes
from sim.studies.shared.counts import ends
from sim.studies.shared.known import known_facts, known_until
from sim.studies.shared.objectives import OBJECTIVE, asked, in_one_sentence
from sim.studies.shared.watched import (
    Found,
    Watched,
    lines,
    look,
    most_told,
    targets,
    watched,
    worth,
)
from sim.studies.shared.watched_figure import figure
from sim.studies.shared.watched_tables import (
    IN_FILE,
    INFORMATION,
    OF_FIGURES,
    WARNINGS,
    for_months,
    in_file,
    rule_told,
    taken,
)
from sim.studies.study import AS_OF, FILE, Basis, Design, Option, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import semicolons, unquoted
from sim.text.numbers import percent
from sim.views.by_chance import by_chance

NAMED = 3
"""Of what is told in a sentence."""


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario, what is missed in it, and by when figures are known.

    Raises:
        Problem: a file or a month is wrong, or the scenario ends before a year of the objective.
    """
    base, _ = known_until(read_scenario(options["file"], foreign=True), options["as_of"])
    objective = asked(options, [base])
    last = min(aim.month for aim in (objective or whole_plan()).aims) - 1
    first = max(DECEMBER, 0 if base.as_of is None else month_index(base.as_of) + 1)
    months = known_by(options["month"], first, last)
    stem = [f"watch-{base.id}", *([objective.id] if objective else [])]
    stem.append("by-" + "+".join(map(month_label, months)))
    if options["as_of"] is not None:
        stem.append(f"as-of-{base.as_of}")
    name = worded("experiment.watch", base=unquoted(base.name))
    said = {"objective": objective, "months": months}
    return Design([base], "-".join(stem), name, said)


def known_by(asked_for: str | None, first: int, last: int) -> list[int]:
    """Return the numbers of months, in order: by default the December half-way to the last.

    Args:
        asked_for: months with commas between them, or None.
        first: the earliest that can be asked for.
        last: the latest.

    Raises:
        Problem: one of them is no month, or out of range.
    """
    half_way = DECEMBER + MONTHS_A_YEAR * round((last / 2 - DECEMBER) / MONTHS_A_YEAR)
    found = set()
    for label in (asked_for or month_label(max(half_way, first))).split(","):
        try:
            month = month_index(label.strip())
        except ValueError:
            month = -1
        if not first <= month <= last:
            told = worded("watch.months", first=month_label(first), last=month_label(last))
            raise Problem("--month", "", label.strip() or "—", told)
        found.add(month)
    return sorted(found)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what is missing, and look for what foretells each miss."""
    (base,), (sample, where, store) = looked_at.scenarios, setting[:3]
    objective = looked_at.options["objective"]
    wanted, whole = objective or whole_plan(), objective is not None and len(objective.aims) > 1
    fill([base], sample, store, where, watch)
    ensemble = load(base, sample, store)
    known = stored_for(ensemble)
    missed, watches = targets(ensemble, wanted, known.baseline, whole=whole), []
    figures: list[Watched] = []
    for at in looked_at.options["months"]:
        figures, values = watched(ensemble, at)
        against = lines(ensemble, wanted, at, whole=whole)
        for target, line in zip(missed, against, strict=True):
            watches.append(look(target, line, values, ensemble.draws, month_label(at)))
    return Found(objective, figures, watches, likelihoods_file([base], sample, store), known)


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what foretells misses and what is worth knowing: sentences, tables, figure, files."""
    base = basis.scenarios[0]
    months = dict.fromkeys(each.month for each in found.watches)
    yield from (Sentence(_foretold(found, month), "lead") for month in months)
    yield from (Sentence(_against(found, month)) for month in months)
    yield Sentence(_worth_measuring(found))
    if worth(found):
        yield Sentence(_narrower(found, basis))
    if found.objective is not None:
        yield Sentence(in_one_sentence(found.objective))
    if base.as_of is not None:
        facts = known_facts(base.as_of, [fact.date for fact in base.facts])
        yield Sentence(worded("futures.given", as_of=base.as_of, facts=facts), "note")
    lead = [(found, each) for each in found.watches]
    yield table("", worded("watch.table"), for_months(WARNINGS, found), lead)
    yield Sentence(worded("watch.note"), "note")
    yield from notes(by_chance(len(found.watches)))
    rows = list(most_told(found))
    if rows:
        yield table("", worded("watch.worth"), for_months(INFORMATION, found), rows)
        yield Sentence(worded("watch.worth_note"), "note")
    yield from caveats(basis, found.known)
    if any(each.best is not None for each in found.watches):
        yield figure(found, basis)
    yield table("warnings", worded("watch.table"), IN_FILE, list(in_file(found)))
    yield table("information", worded("watch.worth"), OF_FIGURES, worth(found))


def _foretold(found: Found, month: str) -> Text:
    """Return in a sentence which misses are foretold by a month, the surest first."""
    own = [each for each in found.watches if each.month == month]
    clear = [each for each in own if each.best is not None and each.clear]
    if not clear:
        return worded("watch.lead_none", month=month)
    clear.sort(key=lambda each: -each.best.rates.skill.low if each.best else 0.0)
    told = [
        worded(
            "watch.one",
            count=each.name,
            rule=rule_told(found, each.best.rule),
            announced=percent(each.best.rates.sensitivity.value),
            wrongly=percent(each.best.rates.false_alarms.value),
        )
        for each in clear[:NAMED]
        if each.best is not None
    ]
    key = "watch.lead" if len(clear) > NAMED else "watch.lead_all"
    return worded(key, month=month, number=len(clear), all=len(own), told=semicolons(told))


def _against(found: Found, month: str) -> Text:
    own = [each for each in found.watches if each.month == month]
    gains = [each.gain for each in own if each.gain is not None]
    if not gains:
        return worded("watch.too_few")
    better, worse = sum(each.low > 0.0 for each in gains), sum(each.high < 0.0 for each in gains)
    return worded(
        "watch.against", month=month, better=better, worse=worse, open=len(gains) - better - worse
    )


def _worth_measuring(found: Found) -> Text:
    """Return in a sentence which figures that nobody has yet surely tell most."""
    if not worth(found):
        return worded("watch.measure_few", fewest=FEWEST)
    clear = [row for row in most_told(found) if row.told.clear and not row.figure.had]
    clear.sort(key=lambda row: -row.told.variance.value)
    told = [
        worded(
            "watch.takes_away",
            figure=row.figure.name,
            share=taken(row),
            count=row.watch.name,
            month=row.watch.month,
        )
        for row in clear[:NAMED]
    ]
    key = "watch.measure" if told else "watch.measure_none"
    return worded(key, told=semicolons(told))


def _narrower(found: Found, basis: Basis) -> Text:
    """Return in a sentence of which targets the range over parameters would surely be narrower."""
    needed = ONCE + FEWEST_TWICE
    if basis.sample.replicates < needed:
        return worded("watch.narrower_few", needed=needed)
    rows = [(row, row.told.over_parameters) for row in worth(found)]
    clear = [(row, own) for row, own in rows if own is not None and own.by.low > 0.0]
    clear.sort(key=lambda each: -each[1].by.value)
    told = [
        worded(
            "watch.narrows",
            count=row.watch.name,
            now=ends(*own.now),
            known=ends(*own.known),
            figure=row.figure.name,
            month=row.watch.month,
        )
        for row, own in clear[:NAMED]
    ]
    key = "watch.narrower" if told else "watch.narrower_none"
    return worded(key, told=semicolons(told))


STUDY = Study(
    id="watch",
    help=worded("watch.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        FILE,
        OBJECTIVE,
        Option("month", str | None, None, worded("watch.option_month")),
        AS_OF,
    ),
    files=likelihoods_alone,
    table="warnings",
    begun=1024,
)
