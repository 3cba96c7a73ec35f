"""The table ``[[events]]``: months that are good or bad for everybody, as factors on parameters."""

import math
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sim.calendar import month_index
from sim.language import Text
from sim.model.world.conditions import Shock
from sim.problems import gathering
from sim.scenario import check
from sim.scenario.fixed import FARTHEST
from sim.scenario.place import Place
from sim.scenario.shape import of_checks, shaped, some
from sim.text.catalogue import worded

TABLE = "events"
SHAKEN: Final = (
    *("market_pace", "demand_level", "rival_growth", "news_rate"),
    *("rival_pace", "rival_push", "rival_pull"),
    *("private_inflow", "listing_rate", "acquisition_rate"),
    *("graduates", "arrivals", "moving_in", "leaving_rate", "founding"),
    *("operating_margin", "overhead", "climb_pace", "component_rate", "import_supply"),
    "ministry_share",
)
"""Parameters that an event may shake: what comes from outside the city, or hits all firms alike.
Rules read each of them in the month itself; the start of 2022 is drawn without events."""
NEEDED: Final = ("name", "from")
"""Keys that every event has, besides a factor."""
LEAST = 0.01
"""The smallest factor: what is shaken may become rare, and is not switched off."""


class Event(NamedTuple):
    """What happens to everybody for some months."""

    name: Text
    start: str
    """First month."""
    until: str | None
    """Last month; None: to the end of the run."""
    factors: tuple[tuple[str, float], ...]
    """Parameters, in the order of ``SHAKEN``, and what each is multiplied by."""

    def plain(self) -> dict[str, Any]:
        """Return it as a scenario file says it."""
        until = {} if self.until is None else {"until": self.until}
        return {"name": self.name._asdict(), "from": self.start, **until, **dict(self.factors)}


@shaped(lambda: some(of_checks(KEYS, NEEDED)))
def events(value: object, place: Place) -> tuple[Event, ...]:
    """Take a list of events.

    Raises:
        Problem: one has no factor, names what is not shaken, ends before it begins, or shakes
            what another of its name shakes in the same month.
    """
    if not isinstance(value, list | tuple):
        raise place.problem(value, worded("expected.tables", table="events"))
    found: list[Event] = []
    with gathering() as problems:
        for number, entry in enumerate(value, 1):
            with problems.noted():
                event = _event(entry, place.under(str(number)))
                for earlier in found:
                    _refuse_twice(event, earlier, place.under(str(number)))
                found.append(event)
    return tuple(found)


def _refuse_twice(event: Event, earlier: Event, place: Place) -> None:
    """Refuse an event that says anew what one of its name says of the same months."""
    both = {name for name, _ in event.factors} & {name for name, _ in earlier.factors}
    meet = _until(earlier) >= month_index(event.start) and _until(event) >= month_index(
        earlier.start
    )
    if both and meet and event.name == earlier.name:
        shaken = next(name for name in SHAKEN if name in both)
        expected = worded("expected.event_once", name=event.name, shaken=shaken)
        raise place.under(shaken).problem(dict(event.factors)[shaken], expected)


def _until(event: Event) -> float:
    return math.inf if event.until is None else month_index(event.until)


def _event(value: object, place: Place) -> Event:
    told = check.table(KEYS)(value, place)
    for key in NEEDED:
        if key not in told:
            raise place.under(key).problem(None, worded("expected.value"))
    factors = tuple((name, told[name]) for name in SHAKEN if name in told)
    if not factors:
        listed = ", ".join(SHAKEN)
        expected = worded("expected.factor_on", listed=listed)
        raise place.problem(told, expected)
    until = told.get("until")
    if until is not None and month_index(until) < month_index(told["from"]):
        expected = worded("expected.month_from", month=told["from"])
        raise place.under("until").problem(until, expected)
    return Event(told["name"], told["from"], until, factors)


_FACTOR = check.number(LEAST, FARTHEST)
KEYS: Final[Mapping[str, check.Check[Any]]] = {
    "name": check.both_languages,
    "from": check.month,
    "until": check.month,
    **dict.fromkeys(SHAKEN, _FACTOR),
}
"""Keys of an event, and what each may be."""


def shocks(given: tuple[Event, ...], months: int) -> tuple[Shock, ...]:
    """Return what events do in a run of some months, without what does nothing."""
    found = []
    for event in given:
        first = month_index(event.start)
        until = months if event.until is None else min(month_index(event.until) + 1, months)
        shaking = ((name, factor) for name, factor in event.factors if factor != 1.0)
        found += [Shock(name, first, until, factor) for name, factor in shaking if first < until]
    return tuple(found)


def told(event: Event) -> Text:
    """Return an event in words."""
    factors = ", ".join(f"{name} × {factor:.12g}" for name, factor in event.factors)
    until = worded(f"scenario.{'until' if event.until else 'to_the_end'}", month=event.until)
    return worded(
        "scenario.event", name=event.name, start=event.start, factors=factors, until=until
    )
