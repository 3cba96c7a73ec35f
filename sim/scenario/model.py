"""A scenario: what is done in the city, complete and checked."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import city
from sim.calendar import month_index
from sim.digest import city_digest
from sim.engine.declared import AS_USUAL, Changes
from sim.language import Text
from sim.model.world.conditions import Conditions
from sim.model.world.setup import Belief, Setup
from sim.model.world.tables import CLUSTERS, DISTRICTS
from sim.parameters import PARAMETERS
from sim.plan import PLAN, Reading
from sim.problems import Problem
from sim.scenario.changing import changed
from sim.scenario.doses import Setting, dose_by_month, plain_steps, reach
from sim.scenario.events import TABLE as EVENTS
from sim.scenario.events import Event, shocks
from sim.scenario.experts import beliefs, digest
from sim.scenario.facts import Fact, held, observed, placed, start_as_known
from sim.scenario.horizons import HORIZONS
from sim.scenario.money import BUDGET, Move, Moved, check_budget, check_moves, moved, within
from sim.scenario.money import TABLE as MOVES
from sim.scenario.place import Place
from sim.scenario.posterior import POSTERIOR, PRIOR, Fit, fit, told_of_prior
from sim.scenario.processes import TABLE, plain
from sim.scenario.rules import TABLE as RULES
from sim.scenario.rules import Rule, check_months, conditionals
from sim.scenario.variants import TABLE as VARIANTS
from sim.scenario.variants import as_chosen
from sim.text.catalogue import worded
from sim.text.joining import alternatives

BELIEFS = "beliefs"
"""Key of a resolved scenario: the digest of what experts hold."""
OF_USUAL_RULES = worded("expected.prior_draws", prior=PRIOR)


@dataclass(frozen=True)
class Scenario:
    """Everything that a run needs to know about policy, and how often to repeat it."""

    id: str
    file: Path | None
    """Where it was read from; None if it was not read from a scenario file."""
    name: Text
    description: Text
    horizon: str
    """Last month: one of ``HORIZONS``."""
    settings: Mapping[str, Setting]
    """A setting for every instrument of the plan, in the plan's order."""
    parameters: Mapping[str, float]
    """Model parameters fixed at a value, instead of drawn."""
    readings: Mapping[str, Reading]
    """How each count is read, by its id, in the plan's order. It changes no trajectory."""
    replicates: int
    seed: int
    tolerance: float
    """How far below a target still counts as 左右 (about), as a fraction of the target."""
    multipliers: Mapping[str, float] = field(default_factory=dict)
    """Model parameters whose draws are multiplied by a factor."""
    draws: str = POSTERIOR
    """Where parameters are drawn from: ``posterior`` (what observations leave), ``prior``, or
    ``expert:NAME`` (what experts hold)."""
    as_of: str | None = None
    """Month up to which facts are known; None: no facts are used."""
    facts: tuple[Fact, ...] = ()
    """What has happened since October 2022, later than ``as_of`` included."""
    processes: Changes = AS_USUAL
    """Which processes of the month are left out, and what is added from files."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """Mechanisms in another form than usual: subject -> choice, in their table's order."""
    events: tuple[Event, ...] = ()
    """Months in which parameters are multiplied; two events on one parameter multiply."""
    rules: tuple[Rule, ...] = ()
    """Doses that change if a number is low, or high."""
    moves: tuple[Move, ...] = ()
    """Public money that goes from one lever to another."""
    budget: float | None = None
    """The most that levers may cost in a year, 亿元; None: no limit."""

    def __post_init__(self) -> None:
        """Make sure that a copy with another horizon still has one that the model can run to.

        Raises:
            Problem: it has not.
        """
        if self.horizon not in HORIZONS:
            raise Problem("horizon", "", str(self.horizon), alternatives(HORIZONS))
        check_months(self.rules, self.horizon, Place(str(self.file or self.id)))

    def changed(self, **changes: object) -> "Scenario":
        """Return the scenario with changes, as a file that extends it would say them.

        Names are those of levers and instruments, by any of their names, or keys of a scenario
        file: ``changed(yulin={"dose": 1.5})``, ``changed(vouchers=False)``,
        ``changed(horizon="2035-12")``, ``changed(**{"雨林计划": {"力度": 1.5}})``. Its name tells
        what was changed, unless ``name`` is among the changes.

        Args:
            **changes: on or off, or a table of settings; of a key what a file says there.

        Raises:
            Problem: a name is unknown, or a value is not what a file may say there.
        """
        found: Scenario = changed(self, changes)
        return found

    def resolved(self) -> dict[str, Any]:
        """Return the whole scenario as plain data, without the place it was read from."""
        return {
            "id": self.id,
            "city": city.folder().name,
            "name": self.name._asdict(),
            "description": self.description._asdict(),
            "horizon": self.horizon,
            "replicates": self.replicates,
            "seed": self.seed,
            "tolerance": self.tolerance,
            "readings": dict(self.readings),
            "settings": {name: _plain(setting) for name, setting in self.settings.items()},
            "parameters": dict(self.parameters),
            "multipliers": dict(self.multipliers),
            "draws": self.draws,
            "posterior": fit_.digest() if (fit_ := self.fit()) else None,
            **({BELIEFS: digest(held_)} if (held_ := self.beliefs()) else {}),
            "as_of": self.as_of,
            "facts": [fact.plain() for fact in self.facts],
            **({TABLE: plain(self.processes)} if any(self.processes) else {}),
            **({VARIANTS: dict(self.variants)} if self.variants else {}),
            **({EVENTS: [event.plain() for event in self.events]} if self.events else {}),
            **({RULES: [rule.plain() for rule in self.rules]} if self.rules else {}),
            **({MOVES: [move.plain() for move in self.moves]} if self.moves else {}),
            **({BUDGET: {"yearly": self.budget}} if self.budget is not None else {}),
        }

    def fit(self) -> Fit | None:
        """Return the posterior that parameters are drawn from; None if it is the prior.

        Raises:
            Problem: the file of the posterior cannot be used.
        """
        return fit(self.as_of) if self.draws == POSTERIOR else None

    def beliefs(self) -> tuple[Belief, ...]:
        """Return what experts hold of some parameters, which stands in place of their priors.

        Raises:
            Problem: the file of the expert or the pool cannot be used.
        """
        return beliefs(self.draws)

    @property
    def usual_rules(self) -> bool:
        """Whether it runs the model's processes in their usual forms, as a posterior is made."""
        without, added, _ = self.processes
        return not (self.variants or without or added)

    def check_draws(self, place: Place) -> None:
        """Make sure that a posterior is of the rules that the scenario runs.

        Raises:
            Problem: the scenario has other variants or processes than the posterior was made with.
        """
        if self.draws == POSTERIOR and not self.usual_rules:
            raise place.under("draws").problem(POSTERIOR, OF_USUAL_RULES)

    def told_of_prior(self) -> Text | None:
        """Say that parameters are drawn from their priors; None if they are from a posterior.

        Raises:
            Problem: the file of the posterior cannot be used.
        """
        return told_of_prior(self.draws, self.as_of) if self.fit() is None else None

    def setup(self) -> Setup:
        """Return the scenario as numbers, the only form of it that the model sees."""
        months = month_index(self.horizon) + 1
        fit_, at = self.fit(), self.as_of
        doses, where = self.affordable()
        return Setup(
            months=months,
            dose=doses,
            reach=where,
            tolerance=self.tolerance,
            overrides=tuple(sorted(self.parameters.items())),
            multipliers=tuple(sorted(self.multipliers.items())),
            draws=fit_.draws if fit_ else None,
            beliefs=self.beliefs(),
            placed=placed(self.facts, at) if at else (),
            held=held(self.facts, at) if at else (),
            observed=observed(self.facts, at) if at else (),
            processes=self.processes,
            variants=as_chosen(self.variants),
            conditions=self._conditions(months),
        )

    def planned(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return doses (months, instruments) before moves and budget, and where they reach."""
        months = month_index(self.horizon) + 1
        settings = [self._as_known(instrument.id) for instrument in PLAN.instruments]
        doses = np.stack([dose_by_month(setting, months) for setting in settings], axis=1)
        return doses, np.stack([reach(setting) for setting in settings])

    def moved(self) -> list[Moved]:
        """Return what each move of money comes to, in the order of their months."""
        return list(moved(*self.planned(), self.parameters, self.moves)) if self.moves else []

    def affordable(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return doses after moves and within the budget, and where they reach."""
        doses, where = self.planned()
        if found := self.moved():
            doses = found[-1].after
        return within(doses, where, self.parameters, self.budget), where

    def check_money(self, place: Place) -> None:
        """Make sure that moves are paid and that a budget pays for what runs without the plans.

        Raises:
            Problem: they are not, it does not, or a budget stands beside rules.
        """
        check_moves(self.moved(), place)
        if self.budget is not None and self.rules:
            expected = worded("expected.no_rules")
            raise place.under(BUDGET).problem({"yearly": self.budget}, expected)
        check_budget(*self.planned(), self.parameters, self.budget, place)

    def _conditions(self, months: int) -> Conditions:
        """Return what changes in mid-run, as far as it changes anything."""
        settings = {entry.id: self._as_known(entry.id) for entry in PLAN.instruments}
        rules = conditionals(self.rules, settings, months)
        acting = tuple(rule for rule in rules if rule.doses)
        return Conditions(shocks(self.events, months), acting)

    def _as_known(self, name: str) -> Setting:
        """Return the setting of an instrument with its beginning as far as facts tell it."""
        setting = self.settings[name]
        if self.as_of is None:
            return setting
        start = start_as_known(self.facts, self.as_of, name, setting.start)
        ended = setting.end is not None and setting.end <= start
        return replace(setting.starting(start), on=setting.on and not ended)

    def hash(self) -> str:
        """Return the SHA-256, in hexadecimal digits, of what determines the trajectories.

        Names, description, seed, replicates, tolerance and readings do not count, nor do settings
        without an effect: scenarios with the same hash do the same in every month.
        """
        return self._hash

    @cached_property
    def _hash(self) -> str:
        text = json.dumps(self._effect(), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _effect(self) -> dict[str, Any]:
        """Return what the scenario does, each thing said in the one way that it can be said."""
        setup = self.setup()
        used = np.flatnonzero(setup.dose.any(axis=0))
        fit_ = self.fit()
        return {
            "draws": fit_.digest() if fit_ else (digest(setup.beliefs) or "prior"),
            "city": city_digest(),
            "facts": [setup.placed, setup.held, setup.observed],
            "months": setup.months,
            "parameters": {name: value for name, value in setup.overrides if _fixes(name, value)},
            "multipliers": {name: by for name, by in setup.multipliers if by != 1.0},
            "instruments": {
                PLAN.instruments[number].id: {
                    "dose": setup.dose[:, number].tolist(),
                    "reach": np.flatnonzero(setup.reach[number, CLUSTERS:, DISTRICTS:]).tolist(),
                }
                for number in used
            },
            **self._order(),
            **({VARIANTS: setup.variants} if setup.variants else {}),
            **_hashed(setup.conditions),
        }

    def _order(self) -> dict[str, Any]:
        """Return what is changed in the order of a month, if anything is."""
        without, added, measures = self.processes
        told = [without, [(own.after, own.digest) for own in added]]
        told += [[(own.name, own.digest) for own in measures]] if measures else []
        return {TABLE: told} if any(told) else {}


def _hashed(conditions: Conditions) -> dict[str, Any]:
    """Return what changes in mid-run, if anything does, in words and numbers that JSON has."""
    told = {
        EVENTS: conditions.shocks,
        RULES: [repr(tuple(rule)) for rule in conditions.rules],
    }
    return {key: said for key, said in told.items() if said}


def _plain(setting: Setting) -> dict[str, Any]:
    """Return a setting as plain data, as a JSON file would give it back and a table says it."""
    told = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(setting).items()
        if name != "later"
    }
    if setting.later:
        told["dose"] = plain_steps(setting.steps)
        del told["start"]
    return told


def _fixes(name: str, value: float) -> bool:
    """Return whether fixing a parameter at a value changes anything."""
    parameter = PARAMETERS[name]
    return parameter.uncertain or value != parameter.default
