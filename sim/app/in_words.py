"""What a package does otherwise than the scenario that it is told from, in words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sim.app.package import Package
from sim.language import Text
from sim.plan import PLAN, READINGS, Reading
from sim.scenario.events import events
from sim.scenario.events import told as event_told
from sim.scenario.levers import SETTING, TABLES
from sim.scenario.place import Place
from sim.scenario.posterior import EXPERT, PRIOR
from sim.scenario.rules import rules
from sim.scenario.rules import told as rule_told
from sim.scenario.variants import told as variant_told
from sim.text.catalogue import worded
from sim.text.joining import CLAUSE, between, capitalised, commas
from sim.views.parameter_names import short_names

NEVER = "never"
"""How a file says that there is no month."""
NAMES: Mapping[str, Text] = {
    entry.id: entry.name
    for entry in (
        *(*PLAN.levers, *PLAN.instruments, *PLAN.districts, *PLAN.zones),
        *(*PLAN.clusters, *PLAN.tracks),
    )
}


def differences(package: Package) -> tuple[Text, ...]:
    """Return what differs from the package's base, in the order of the keys of a file.

    Its name is not among it: that is shown anyway.
    """
    return tuple(text for key, told in package.said.items() for text in TELLING[key](told))


def settings(told: Mapping[str, Any]) -> Text:
    """Return settings of a lever or an instrument in a row.

    Args:
        told: key of a lever's table -> what a file says there.
    """
    return between(CLAUSE, [SETTINGS[key](told[key]) for key in SETTING if key in told])


def _number(value: float) -> str:
    return f"{value:.12g}"


def _dose(told: float | list[dict[str, Any]]) -> Text:
    if not isinstance(told, list):
        return worded("package.dose", dose=_number(told))
    steps = [
        worded("package.dose_from", dose=_number(each["value"]), start=each["from"])
        for each in told
    ]
    return worded("package.dose", dose=between(CLAUSE, steps))


def _places(kind: str, told: object) -> Text:
    if not isinstance(told, list | tuple):
        return worded(f"package.all_{kind}")
    return worded(f"package.{kind}", names=commas(NAMES[name] for name in told))


SETTINGS: Mapping[str, Callable[[Any], Text]] = {
    "on": lambda told: worded("package.is_on" if told else "package.is_off"),
    "dose": _dose,
    "start": lambda told: worded("package.start", start=told),
    "end": lambda told: worded("package.no_end" if told == NEVER else "package.end", end=told),
    "ramp_months": lambda told: worded("package.ramp_months", months=told),
    "districts": partial(_places, "districts"),
    "clusters": partial(_places, "clusters"),
}
"""Key of a lever's table -> what it says in words."""


def _levers(told: Mapping[str, Mapping[str, Any]]) -> list[Text]:
    """Return a text for each lever, and for each instrument that is told apart."""
    found = []
    for lever, table in told.items():
        common = {key: value for key, value in table.items() if key in SETTING}
        single = {name: value for name, value in table.items() if name not in SETTING}
        every = {lever: common, **single} if common else single
        found += [
            worded("list.labelled", name=capitalised(NAMES[name]), told=settings(given))
            for name, given in every.items()
        ]
    return found


def _draws(told: str) -> Text:
    if told.startswith(EXPERT):
        return worded("package.expert", name=told.removeprefix(EXPERT))
    return worded("package.prior" if told == PRIOR else "package.posterior")


def _processes(told: Mapping[str, list[str]]) -> Text:
    names = ", ".join(told["without"])
    return worded("package.without" if names else "package.all_processes", names=names)


def _readings(told: Mapping[str, Reading]) -> list[Text]:
    counts = {count.id: capitalised(count.name) for count in PLAN.counts}
    return [
        worded("package.reading", count=counts[name], reading=READINGS[reading])
        for name, reading in told.items()
    ]


def _parameters(told: Mapping[str, float], sign: str) -> list[Text]:
    return [
        Text(*(f"{text} {sign} {_number(value)}" for text in short_names()[name]))
        for name, value in told.items()
    ]


def _events(told: list[dict[str, Any]]) -> list[Text]:
    return [event_told(event) for event in events(told, Place(""))]


def _rules(told: list[dict[str, Any]]) -> list[Text]:
    return [rule_told(rule) for rule in rules(told, Place(""))]


def _move(told: dict[str, Any]) -> Text:
    share = f"{told['share']:.0%}"
    return worded("package.move", share=share, of=told["of"], to=told["to"], start=told["from"])


def _budget(told: dict[str, float] | str) -> Text:
    if isinstance(told, str):
        return worded("package.no_budget")
    return worded("package.budget", most=_number(told["yearly"]))


TELLING: Mapping[str, Callable[[Any], list[Text]]] = {
    "name": lambda _: [],
    "description": lambda _: [],
    "horizon": lambda told: [worded("package.horizon", horizon=told)],
    "replicates": lambda told: [worded("package.replicates", replicates=told)],
    "seed": lambda told: [worded("package.seed", seed=told)],
    "tolerance": lambda told: [worded("package.tolerance", below=_number(100 * told))],
    "draws": lambda told: [_draws(told)],
    "as_of": lambda told: [
        worded("package.no_facts" if told == NEVER else "package.as_of", as_of=told)
    ],
    "parameters": lambda told: _parameters(told, "="),
    "multipliers": lambda told: _parameters(told, "×"),
    "events": lambda told: _events(told) or [worded("package.no_events")],
    "rules": lambda told: _rules(told) or [worded("package.no_rules")],
    "moves": lambda told: [*map(_move, told)] or [worded("package.no_moves")],
    "budget": lambda told: [_budget(told)],
    "readings": _readings,
    "processes": lambda told: [_processes(told)],
    "variants": lambda told: [variant_told(*pair) for pair in told.items()],
    **dict.fromkeys(TABLES, _levers),
}
"""Key of a scenario file -> what it says in words."""
