"""From a scenario file, or from a resolved scenario, to a scenario."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim import city
from sim.engine.declared import Changes
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem, gathering
from sim.scenario import check
from sim.scenario.doses import Setting
from sim.scenario.events import TABLE as EVENTS
from sim.scenario.events import events
from sim.scenario.experts import digest as digest_of
from sim.scenario.experts import source as drawn_source
from sim.scenario.facts import Fact, facts_from_plain, last_known, read_facts
from sim.scenario.files import alike, find, upwards
from sim.scenario.fixed import fixed_parameters, multiplied_parameters
from sim.scenario.horizons import HORIZONS
from sim.scenario.keys import LAST_KNOWN
from sim.scenario.levers import SETTING, TABLES, apply, in_steps, levers_of, nothing_done
from sim.scenario.model import BELIEFS, Scenario
from sim.scenario.money import BUDGET, budget, moves
from sim.scenario.money import TABLE as MOVES
from sim.scenario.place import Place
from sim.scenario.posterior import POSTERIOR, PRIOR
from sim.scenario.processes import TABLE, complete, processes, resolved_processes
from sim.scenario.readings import chosen_readings, complete_readings
from sim.scenario.rules import TABLE as RULES
from sim.scenario.rules import check_on, rules
from sim.scenario.shape import TEXT
from sim.scenario.variants import TABLE as VARIANTS
from sim.scenario.variants import chosen_variants, unusual
from sim.text.catalogue import worded
from sim.text.logs import Said

LOG = logging.getLogger(__name__)
DEFAULTS: Mapping[str, Any] = {
    "horizon": HORIZONS[0],
    "replicates": 256,
    "seed": 2022,
    "tolerance": 0.10,
    "draws": city.about().draws,
    "as_of": None,
    EVENTS: (),
    RULES: (),
    MOVES: (),
    BUDGET: None,
}
"""What holds where neither a file nor any that it extends says otherwise."""


def read_scenario(path_or_name: str | Path | Scenario, *, foreign: bool = False) -> Scenario:
    """Return the scenario in a file, on top of those that it extends.

    Args:
        path_or_name: a path, or the name of a file in the folder of scenarios. A scenario is
            returned as it is.
        foreign: whether it may name Python files, to be run on this machine. They are read here
            and run with the first month.

    Raises:
        Problem: the file is missing, it names code that may not be run, or something in it or
            in one that it extends is wrong.
    """
    if isinstance(path_or_name, Scenario):
        return path_or_name
    file = _find(path_or_name)
    LOG.info(Said("scenario", file=file, city=city.folder()))
    levels = _levels(file, foreign)
    settings, parameters, running = nothing_done(), dict[str, float](), dict(DEFAULTS)
    multipliers: dict[str, float] = {}
    variants: dict[str, str] = {}
    readings, changes = dict(PLAN.readings), dict[str, Any]()
    for level in levels:
        settings = apply([said for key in TABLES for said in level.get(key, ())], settings)
        parameters |= level.get("parameters", {})
        multipliers |= level.get("multipliers", {})
        readings |= level.get("readings", {})
        changes |= level.get(TABLE, {})
        variants |= level.get(VARIANTS, {})
        running |= {key: level[key] for key in DEFAULTS if key in level}
    check_on(running[RULES], settings, Place(str(file)))
    # A name and a description are of their own file: what extends it is something else.
    name = levels[-1].get("name", Text(file.stem, file.stem))
    scenario = Scenario(
        id=file.stem,
        file=file,
        name=name,
        description=levels[-1].get("description", name),
        settings=settings,
        parameters=dict(sorted(parameters.items())),
        multipliers=dict(sorted(multipliers.items())),
        readings=readings,
        facts=_facts(running["as_of"]),
        processes=complete(changes, Place(str(file)), unusual(variants)),
        variants=unusual(variants),
        **running,
    )
    scenario.check_money(Place(str(file)))
    if not scenario.usual_rules and not any("draws" in level for level in levels):
        return replace(scenario, draws=PRIOR)
    scenario.check_draws(Place(str(file)))
    return scenario


def _levels(file: Path, foreign: bool) -> list[dict[str, Any]]:
    """Return what a file and those that it extends say, the outermost first.

    Raises:
        Problem: something in them is wrong; all that is wrong is told.
    """
    levels = []
    keys = {**FILE, TABLE: processes(foreign=foreign)}
    with gathering() as problems, problems.noted():
        for at, told in upwards(file):
            with problems.noted():
                levels.append(check.table(keys)(told, Place(str(at))))
    return levels[::-1]


def as_known_in(scenario: Scenario, month: str) -> Scenario:
    """Return the scenario given what had happened by a month, by the table of facts.

    Args:
        scenario: what is done.
        month: ``YYYY-MM``, or ``LAST_KNOWN`` for the last that is known.

    Raises:
        Problem: it is no month of a run, or the table cannot be used.
    """
    month = last_known() if month == LAST_KNOWN else month
    check.month(month, Place("--as-of"))
    return replace(scenario, as_of=month, facts=_facts(month))


def knowing_nothing(scenario: Scenario) -> Scenario:
    """Return the scenario without facts."""
    return replace(scenario, as_of=None, facts=())


def drawn_from(scenario: Scenario, source: str) -> Scenario:
    """Return the scenario with its parameters drawn from somewhere else.

    Raises:
        Problem: there is no such source, or a posterior is not of the rules that it runs.
    """
    drawn = replace(scenario, draws=drawn_source(source, Place("--draws")))
    drawn.check_draws(Place("--draws"))
    return drawn


def from_one_source(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """Return scenarios whose parameters all come from the prior, if those of one have to.

    A posterior is of the usual rules: what runs others draws from the prior, and so does what it
    is compared with, under the same draws. Scenarios that say otherwise are left as they are.
    """
    given = list(scenarios)
    sources = {each.draws for each in given}
    if all(each.usual_rules for each in given) or sources != {POSTERIOR, PRIOR}:
        return given
    return [replace(each, draws=PRIOR) for each in given]


def _facts(as_of: str | None) -> tuple[Fact, ...]:
    return () if as_of is None else read_facts()


def derive(scenario: Scenario, changes: Mapping[str, object], id_: str, where: str) -> Scenario:
    """Return a scenario changed as by a file that extends it.

    Args:
        scenario: what to start from.
        changes: what such a file would say: ``plans``, ``safeguards``, ``parameters`` and so on.
        id_: id of the new scenario.
        where: file to name if something is wrong with the changes.

    Raises:
        Problem: something in the changes is unknown or not what it should be.
    """
    level = check.table(CHANGES)(dict(changes), Place(where))
    variants = unusual({**scenario.variants, **level.get(VARIANTS, {})})
    name = level.get("name", Text(id_, id_))
    settings = apply([said for key in TABLES for said in level.get(key, ())], scenario.settings)
    check_on(level.get(RULES, scenario.rules), settings, Place(where))
    derived = replace(
        scenario,
        id=id_,
        file=None,
        name=name,
        description=level.get("description", name),
        settings=settings,
        parameters=_merged(scenario.parameters, level.get("parameters", {})),
        multipliers=_merged(scenario.multipliers, level.get("multipliers", {})),
        readings={**scenario.readings, **level.get("readings", {})},
        facts=_facts(level["as_of"]) if "as_of" in level else scenario.facts,
        processes=_ordered(scenario, level, variants, where),
        variants=variants,
        **{key: level[key] for key in DEFAULTS if key in level},
    )
    if derived.moves or derived.budget is not None:
        derived.check_money(Place(where))
    if not derived.usual_rules and "draws" not in level and derived.draws == POSTERIOR:
        return replace(derived, draws=PRIOR)
    derived.check_draws(Place(where))
    return derived


def _ordered(
    scenario: Scenario, level: Mapping[str, Any], variants: Mapping[str, str], where: str
) -> Changes:
    if TABLE not in level and VARIANTS not in level:
        return scenario.processes
    without, added, measures = scenario.processes
    before = {"without": without, "add": added, "measures": measures}
    return complete({**before, **level.get(TABLE, {})}, Place(where), variants)


def _merged(old: Mapping[str, float], new: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted({**old, **new}.items()))


def scenario_from_resolved(resolved: Mapping[str, Any], where: str = "manifest.json") -> Scenario:
    """Return the scenario that ``Scenario.resolved()`` was called on, without its file.

    Args:
        resolved: plain data, complete.
        where: file to name if something is wrong with it.

    Raises:
        Problem: something is missing, unknown or not what it should be.
    """
    # What older results do not say.
    told = {
        "city": city.SHIPPED,
        TABLE: {"without": [], "add": []},
        VARIANTS: {},
        EVENTS: [],
        RULES: [],
        MOVES: [],
        BUDGET: None,
        BELIEFS: None,
        **resolved,
    }
    given = check.table(RESOLVED, complete=True)(told, Place(where))
    del given["city"]
    digest, held = given.pop("posterior"), given.pop(BELIEFS)
    scenario = Scenario(file=None, **given)
    if held != (now := digest_of(scenario.beliefs())):
        expected = worded("expected.expert_digest", digest=now)
        raise Place(where, (BELIEFS,)).problem(held, expected)
    own = scenario.fit()
    if digest != (own.digest() if own else None):
        expected = worded("expected.posterior_of_version", digest=own.digest() if own else None)
        hint = worded("hint.calibrated_anew")
        raise Place(where, ("posterior",)).problem(digest, expected, hint)
    return scenario


def _find(path_or_name: str | Path) -> Path:
    try:
        return find(path_or_name)
    except FileNotFoundError as error:
        expected = worded("expected.scenario_file")
        given = str(path_or_name)
        raise Problem(given, "", "—", expected, alike(given)) from error


def _settings(value: object, place: Place) -> dict[str, Setting]:
    """Take a complete setting for every instrument."""
    one = {entry.id: _setting for entry in PLAN.instruments}
    given = check.table(one, complete=True)(value, place)
    return {entry.id: given[entry.id] for entry in PLAN.instruments}


def _setting(value: object, place: Place) -> Setting:
    """Take a complete setting; doses by date say its start."""
    dated = isinstance(check.mapping(value, place).get("dose"), list)
    keys = {key: take for key, take in SETTING.items() if not (dated and key == "start")}
    return Setting(**in_steps(check.table(keys, complete=True)(value, place), place))


def _this_city(value: object, place: Place) -> str:
    """Take the name of the city that a result is of: that of this process."""
    city.same(value, place.file, ".".join(place.keys))
    return str(value)


_SHARED: Mapping[str, check.Check[Any]] = {
    "name": check.both_languages,
    "description": check.both_languages,
    "horizon": check.one_of(*HORIZONS),
    "replicates": check.whole(2, 1_000_000),
    "seed": check.whole(0, 2**63 - 1),
    "tolerance": check.number(0.0, 0.5),
    "parameters": fixed_parameters,
    "multipliers": multiplied_parameters,
    "draws": drawn_source,
    "as_of": check.unless("never", check.month),
    EVENTS: events,
    RULES: rules,
    MOVES: moves,
    BUDGET: budget,
}

CHANGES: Mapping[str, check.Check[Any]] = {
    **_SHARED,
    "readings": chosen_readings,
    TABLE: processes(foreign=False),
    VARIANTS: chosen_variants,
    **{key: levers_of(kind) for key, kind in TABLES.items()},
}
"""Keys of what changes a scenario, and what each may be."""

FILE: Mapping[str, check.Check[Any]] = {
    **CHANGES,
    "extends": check.later(TEXT),
    "city": check.same_city,
}
"""Keys of a scenario file, and what each may be; what it extends is looked up on the way up."""

RESOLVED: Mapping[str, check.Check[Any]] = {
    **_SHARED,
    "id": check.string,
    "readings": complete_readings,
    "settings": _settings,
    "posterior": check.unless("", check.string),
    BELIEFS: check.unless("", check.string),
    "facts": facts_from_plain,
    TABLE: resolved_processes,
    VARIANTS: chosen_variants,
    "city": _this_city,
}
"""Keys of a resolved scenario, all of which it has."""
