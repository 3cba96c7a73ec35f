"""Levers turned one at a time: strengthened, or left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sim.experiments import since as from_then
from sim.experiments.targets import GROUPS
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.scenario.doses import Setting
from sim.scenario.levers import MOST_DOSE
from sim.scenario.place import Place
from sim.scenario.rules import instruments_of, lever_or_instrument
from sim.text.catalogue import worded

UP, DOWN = "up", "down"
KINDS: Final[Mapping[str, str]] = {
    "plans": "plan",
    "safeguards": "safeguard",
    "instruments": "instrument",
    "计划": "plan",
    "保障措施": "safeguard",
    "举措": "instrument",
}
"""Words for all of one kind, as `GROUPS` calls it."""
NAMES: Final[Mapping[str, Text]] = {
    each.id: each.name for each in (*PLAN.levers, *PLAN.instruments)
}
COMMAS = re.compile("[,，、]")


class Turn(NamedTuple):
    """One lever turned."""

    lever: str
    """A plan, a safeguard or an instrument."""
    way: str
    """`UP` or `DOWN`."""
    package: Scenario

    @property
    def name(self) -> Text:
        """The lever's name."""
        return NAMES[self.lever]


def offered() -> list[str]:
    """Return words that `levers` takes, one after the other."""
    return [*(word for word in KINDS if word.isascii()), *NAMES]


def levers(told: str) -> list[str]:
    """Return levers and instruments that are listed with commas, each once.

    Raises:
        Problem: one is none, or there is none.
    """
    place, found = Place("--levers"), list[str]()
    for word in filter(None, map(str.strip, COMMAS.split(told))):
        found += GROUPS[KINDS[word]] if word in KINDS else [lever_or_instrument(word, place)]
    if not found:
        raise place.problem(told, worded("expected.levers_or_names"))
    return list(dict.fromkeys(found))


def turned(
    base: Scenario,
    names: Sequence[str],
    ways: Sequence[str],
    factor: float,
    since: str | None = None,
) -> list[Turn]:
    """Return the scenario with each lever turned alone, in the order of names, way by way.

    Up is all doses of what is on multiplied; a lever that is off altogether is switched on. Down is
    switched off, which only what is on can be.

    Args:
        base: what is turned.
        names: of levers and instruments.
        ways: `UP`, `DOWN` or both.
        factor: of doses.
        since: month (``YYYY-MM``) from which on levers are turned; what was done before stays, and
            what is over by then cannot be. None: from the first month on.

    Raises:
        Problem: no lever can be turned so, a dose would be greater than any may be, or a package
            cannot be paid for.
    """
    found = [
        turn for way in ways for name in names for turn in _turned(base, name, way, factor, since)
    ]
    if not found:
        expected = worded("expected.levers_of", scenario=base.id)
        raise Problem("--levers", "", ", ".join(names), expected)
    return found


def _turned(
    base: Scenario, name: str, way: str, factor: float, since: str | None
) -> Iterator[Turn]:
    own = {each: base.settings[each] for each in instruments_of(name)}
    on = {each: setting for each, setting in own.items() if setting.on}
    running = {
        each: setting
        for each, setting in on.items()
        if since is None or not from_then.is_over(setting, since)
    }
    if not running and (on or way == DOWN):
        return
    if way == DOWN:
        changed, word = {each: _off(own[each], since) for each in running}, "without"
    elif running:
        changed = {each: _scaled(own[each], factor, since) for each in running}
        word = "stronger"
        _check(name, max(each.greatest for each in changed.values()))
    else:
        changed, word = {each: _on(own[each], since) for each in own}, "switched_on"
    title = worded(f"rank.{word}", name=NAMES[name], factor=f"{factor:g}")
    package = replace(
        base,
        id=f"{base.id}-{name}-{way}",
        file=None,
        name=title,
        description=title,
        settings={**base.settings, **changed},
    )
    package.check_money(Place("--levers", (name,)))
    yield Turn(name, way, package)


def _off(setting: Setting, since: str | None) -> Setting:
    return replace(setting, on=False) if since is None else from_then.stopped(setting, since)


def _on(setting: Setting, since: str | None) -> Setting:
    return replace(setting, on=True) if since is None else from_then.begun(setting, since)


def _scaled(setting: Setting, factor: float, since: str | None) -> Setting:
    return setting.scaled(factor) if since is None else from_then.scaled(setting, factor, since)


def _check(name: str, dose: float) -> None:
    if dose > MOST_DOSE:
        raise Problem("--up", name, f"{dose:g}", worded("expected.factor_of_doses", most=MOST_DOSE))
