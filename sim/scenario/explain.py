"""A scenario in words: what is done, how much, when and where."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sim.language import Text
from sim.plan import PLAN, READINGS, Instrument, Lever
from sim.scenario.doses import Setting, Step
from sim.scenario.events import told as event_told
from sim.scenario.model import Scenario
from sim.scenario.money import told as move_told
from sim.scenario.money import told_of_budget
from sim.scenario.rules import told as rule_told
from sim.scenario.variants import told as variant_told
from sim.text.catalogue import worded
from sim.text.joining import commas, semicolons

EVERYWHERE = worded("scenario.whole_city")


class Row(NamedTuple):
    """One instrument of a scenario, for a table that a person reads."""

    lever: Text
    """The plan or safeguard that the instrument is part of."""
    instrument: str
    """Id of the instrument."""
    name: Text
    on: bool
    doses: tuple[Step, ...]
    """That of the start, then those of later months."""
    start: str
    end: str | None
    ramp_months: int
    where: Text
    """Districts and clusters that it applies to."""


def explain(scenario: Scenario) -> list[Row]:
    """Return a row for each instrument, in the order of the plan; off ones keep their settings."""
    return [
        _row(lever, instrument, scenario.settings[instrument.id])
        for lever in PLAN.levers
        for instrument in lever.instruments
    ]


def _row(lever: Lever, instrument: Instrument, setting: Setting) -> Row:
    return Row(
        lever=lever.name,
        instrument=instrument.id,
        name=instrument.name,
        on=setting.on,
        doses=setting.steps,
        start=setting.start,
        end=setting.end,
        ramp_months=setting.ramp_months,
        where=where(setting),
    )


def doses(steps: Sequence[Step]) -> Text:
    """Return doses in words, those of later months with the month."""
    first, *later = steps
    told = Text(*[f"{first.dose:.12g}"] * 2)
    for step in later:
        told = worded("scenario.later_dose", doses=told, dose=step.dose, start=step.start)
    return told


def explain_readings(scenario: Scenario) -> list[tuple[Text, Text]]:
    """Return, for each reading in use, the reading and the counts that are read so, in words."""
    by_reading = {
        reading: [count.name for count in PLAN.counts if scenario.readings[count.id] == reading]
        for reading in READINGS
    }
    return [(READINGS[reading], commas(names)) for reading, names in by_reading.items() if names]


def explain_processes(scenario: Scenario) -> list[Text]:
    """Return what the scenario changes in the order and the rules of a month, in words."""
    without, added, measures = scenario.processes
    names = ", ".join(without)
    told = [variant_told(*pair) for pair in scenario.variants.items()]
    told += [event_told(event) for event in scenario.events]
    told += [rule_told(rule) for rule in scenario.rules]
    told += [move_told(each) for each in scenario.moved()]
    told += list(_budget(scenario))
    told += [worded("scenario.without_process", names=names)] if names else []
    for own in added:
        what = {"file": own.file, "after": own.after, "digest": own.digest[:12]}
        told.append(worded("scenario.runs_code_after", **what))
    for each in measures:
        what = {"file": each.file, "name": each.name, "digest": each.digest[:12]}
        told.append(worded("scenario.measures", label=each.label, unit=each.unit, **what))
    return told


def _budget(scenario: Scenario) -> Iterator[Text]:
    """Yield where a budget cuts doses, if there is one."""
    if scenario.budget is not None:
        unlimited, _ = replace(scenario, budget=None).affordable()
        yield told_of_budget(unlimited, scenario.affordable()[0], scenario.budget)


def runs_code(scenario: Scenario) -> Text | None:
    """Return that a scenario runs code of one's own; None if it does not."""
    _, added, measures = scenario.processes
    named = [own.file for own in added] + [own.file for own in measures]
    files = ", ".join(dict.fromkeys(named))
    return worded("scenario.runs_code", files=files) if files else None


def where(setting: Setting) -> Text:
    """Return in words where an instrument applies."""
    districts = _listed(setting.districts, "district", "zone")
    clusters = _listed(setting.clusters, "cluster", "track")
    if clusters is None:
        return districts or EVERYWHERE
    return semicolons([districts or EVERYWHERE, clusters])


def _listed(ids: Sequence[str] | None, *kinds: str) -> Text | None:
    """Return the names of the entries of some kinds with these ids in a row, None for all."""
    if ids is None:
        return None
    names = {id_: name for kind in kinds for id_, name in PLAN.directories[kind].names.items()}
    return commas(names[entry] for entry in ids)
