"""Process 1, last part: the city's office holds rounds of calls by kind, and names the best."""

from sim.engine import rule
from sim.engine.chance import identity, number
from sim.engine.process import process
from sim.model.rules.approval import can_be_named, fund_programmes, list_proposals, name_programme
from sim.model.rules.proposals import KINDS
from sim.model.world import namespaces, purposes
from sim.model.world.codes import MECHANISM_OF, PILOT_ZONE, PROPOSED, mechanism
from sim.model.world.luck import luck
from sim.model.world.tables import NOBODY, TARGETS, City, Draw, Programme, Tables

COORDINATION = mechanism("coordination")
EXPERT_GROUP = mechanism("expert_group")


@process(
    "administration",
    reads=(
        "city: calls carried due given held mean_dose planned programme_rows pursued purse",
        "city: standing target",
        "programmes: alive case cluster district id kind opens proposed site stage",
    ),
    writes=(
        "city: calls carried planned purse",
        "programmes: alive opens stage starts",
    ),
    scratch=("struck who words",),
    draws=(purposes.BUILDING_TIME, purposes.CALL, purposes.PRIORITY),
)
def administration(world: Tables, p: Draw, month: int) -> None:
    """Set money aside, name what the plan itself names, and hold the rounds that are due."""
    city = world.city[0]
    if month == 0:
        begin_calls(world)
    fund_programmes(city, p)
    proposals = list_proposals(world)
    name_sites(world, p, proposals, month)
    for kind in range(KINDS):
        city.calls[kind] += 1.0 / months_between(city, p, kind)
    for kind in range(KINDS):
        if city.calls[kind] >= 1.0:
            hold_round(world, p, kind, proposals, month)
            city.calls[kind] -= 1.0


@rule
def begin_calls(world: Tables) -> None:
    """Draw how long ago the last round of each kind was; of what is being built, it was now."""
    city = world.city[0]
    for kind in range(KINDS):
        who = identity(namespaces.CALLS, kind, 0, 0)
        u, _, _, _ = luck(city, who, 0, purposes.CALL)
        city.calls[kind] = u
    for row in range(city.programme_rows):
        entry = world.programmes[row]
        if entry.stage != PROPOSED and entry.opens >= 0:
            city.calls[entry.kind] = 0.0


@rule
def months_between(city: City, p: Draw, kind: int) -> float:
    """Return the months from one round of calls for a kind to the next."""
    faster = 1.0 + p.coordination_gain * city.mean_dose[COORDINATION]
    return p.call_months[kind] / faster


@rule
def name_sites(world: Tables, p: Draw, proposals: int, month: int) -> None:
    """Name the zones that the plan itself names: they need no call, and are its first round."""
    city = world.city[0]
    for k in range(proposals):
        entry = world.programmes[world.struck[k]]
        if is_named_site(entry) and can_be_named(city, p, entry, month):
            name_programme(city, p, entry, month)
            city.calls[PILOT_ZONE] = 0.0


@rule
def is_named_site(entry: Programme) -> bool:
    """Return whether a programme is a zone that the plan names."""
    return entry.kind == PILOT_ZONE and entry.site != NOBODY


@rule
def hold_round(world: Tables, p: Draw, kind: int, proposals: int, month: int) -> None:
    """Turn down who is below the bar, and name the best of the others as far as places go."""
    city, programmes = world.city[0], world.programmes
    for k in range(proposals):
        entry = programmes[world.struck[k]]
        asks = entry.kind == kind and entry.stage == PROPOSED and not is_named_site(entry)
        if asks and merit(city, p, entry, number(world.words[0, k])) < p.merit_bar:
            turn_down(city, entry)
    for _ in range(places_of(world, p, kind, month)):
        best, highest = NOBODY, -1.0
        for k in range(proposals):
            entry = programmes[world.struck[k]]
            if entry.kind == kind and can_be_named(city, p, entry, month):
                its = merit(city, p, entry, number(world.words[0, k]))
                if its > highest:
                    best, highest = world.struck[k], its
        if best == NOBODY:
            return
        name_programme(city, p, programmes[best], month)


@rule
def merit(city: City, p: Draw, entry: Programme, u: float) -> float:
    """Return what the office takes a candidate's merit to be: partly its case, partly luck."""
    weight = min(1.0, p.targeting + p.expert_gain * city.mean_dose[EXPERT_GROUP])
    return weight * entry.case + (1.0 - weight) * u


@rule
def turn_down(city: City, entry: Programme) -> None:
    """Take a proposal off the table."""
    entry.alive = 0
    city.planned[entry.kind, entry.cluster, entry.district] -= 1.0


@rule
def places_of(world: Tables, p: Draw, kind: int, month: int) -> int:
    """Return how many the office names in this round; what is left of a place is carried over.

    The plan's staff works at an ordinary pace, and up to all that it can do where a target asks
    for more. Without the plan there is the usual staff alone.
    """
    city = world.city[0]
    dose = city.mean_dose[MECHANISM_OF[kind]]
    least = p.round_size[kind] * (p.usual_budget + p.ordinary_pace * dose)
    most = p.round_size[kind] * (p.usual_budget + dose)
    pace = max(least, min(most, needed(world, p, kind, month)))
    places = int(city.carried[kind] + pace)
    city.carried[kind] += pace - places
    return places


@rule
def needed(world: Tables, p: Draw, kind: int, month: int) -> float:
    """Return how many of a kind this round must name, so that all rounds left close the gap."""
    city, most = world.city[0], 0.0
    for count in range(TARGETS):
        if city.pursued[count, kind] == 0 or city.target[count] <= 0.0:
            continue
        if rounds_left(city, p, kind, count, month) == 0:
            continue
        rounds = 0
        for other in range(KINDS):
            if city.pursued[count, other] == 1:
                rounds += rounds_left(city, p, other, count, month)
        gap = city.target[count] - city.standing[count] - under_way(world, count, month)
        most = max(most, gap / rounds)
    return most


@rule
def rounds_left(city: City, p: Draw, kind: int, count: int, month: int) -> int:
    """Return how many rounds, this month's included, name what can be open when a count is due.

    Even what is built most slowly is to be open. Without its plan a kind pursues no target.
    """
    if city.mean_dose[MECHANISM_OF[kind]] <= 0.0:
        return 0
    lead = 1.0 + p.building_months[kind] * (1.0 + p.building_spread)
    months = city.due[count] - month - lead
    if months < 0.0:
        return 0
    return int(city.calls[kind] + months / months_between(city, p, kind))


@rule
def under_way(world: Tables, count: int, month: int) -> int:
    """Return how many programmes of a count are named, and were not open when it was recorded."""
    city, found = world.city[0], 0
    for row in range(city.programme_rows):
        entry = world.programmes[row]
        named = int(entry.alive) & int(entry.stage != PROPOSED) & int(entry.opens >= month)
        found += named & int(city.pursued[count, entry.kind])
    return found
