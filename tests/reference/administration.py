"""Administration (section 7.1): rounds of calls, kind by kind."""

from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import MECHANISM_OF, PROPOSED, mechanism
from sim.model.world.tables import KINDS, NOBODY, TARGETS
from tests.reference.approval import approve, earn, luck_of, payable
from tests.reference.luck import luck, name

COORDINATION, EXPERTS = mechanism("coordination"), mechanism("expert_group")


def administration(model: Any, month: int) -> None:
    """Run the process for one month."""
    city = model.city
    if month == 0:
        begin(model)
    earn(model)
    for entry in model.programmes:
        if is_planned(entry) and entry in payable(model, month):
            approve(model, entry, month)
            city.calls[codes.PILOT_ZONE] = 0.0
    for kind in range(KINDS):
        city.calls[kind] += 1.0 / interval(model, kind)
    for kind in range(KINDS):
        if city.calls[kind] >= 1.0:
            call(model, kind, month)
            city.calls[kind] -= 1.0


def is_planned(entry: Any) -> bool:
    """Return whether a programme is a zone that the plan names."""
    return bool(entry.kind == codes.PILOT_ZONE and entry.site != NOBODY)


def begin(model: Any) -> None:
    """Say how long ago each kind's last round was."""
    for kind in range(KINDS):
        who = name(namespaces.CALLS, kind)
        model.city.calls[kind] = luck(model, who, 0, purposes.CALL)[0]
        if any(e.kind == kind and e.stage != PROPOSED and e.opens >= 0 for e in model.programmes):
            model.city.calls[kind] = 0.0


def interval(model: Any, kind: int) -> float:
    """Return the months between two rounds of a kind."""
    p = model.p
    dose = model.city.mean_dose[COORDINATION]
    return float(p.call_months[kind] / (1.0 + p.coordination_gain * dose))


def call(model: Any, kind: int, month: int) -> None:
    """Hold a round: those below the bar go, the best of the others are named."""
    city, p = model.city, model.p
    for entry in model.programmes:
        asks = entry.alive and entry.kind == kind and entry.stage == PROPOSED
        if asks and not is_planned(entry) and merit(model, entry) < p.merit_bar:
            entry.alive = 0
            city.planned[kind][entry.cluster][entry.district] -= 1.0
    for _ in range(places(model, kind, month)):
        candidates = [entry for entry in payable(model, month) if entry.kind == kind]
        if candidates:
            approve(model, max(candidates, key=lambda entry: merit(model, entry)), month)


def merit(model: Any, entry: Any) -> float:
    """Return what a candidate's merit is taken to be."""
    p, dose = model.p, model.city.mean_dose[EXPERTS]
    weight = min(1.0, p.targeting + p.expert_gain * dose)
    return float(weight * entry.case + (1.0 - weight) * luck_of(model, entry))


def places(model: Any, kind: int, month: int) -> int:
    """Return how many may be named; the fraction waits for the next round."""
    city, p = model.city, model.p
    size, dose = p.round_size[kind], city.mean_dose[MECHANISM_OF[kind]]
    least, most = (size * (p.usual_budget + part * dose) for part in (p.ordinary_pace, 1.0))
    pace = max(least, min(most, needed(model, kind, month)))
    whole = int(city.carried[kind] + pace)
    city.carried[kind] += pace - whole
    return whole


def needed(model: Any, kind: int, month: int) -> float:
    """Return how many this round must name for the most pressing target of the kind."""
    city, asked = model.city, [0.0]
    for count in range(TARGETS):
        left = {k: rounds(model, k, count, month) for k in range(KINDS) if city.pursued[count][k]}
        if left.get(kind) and city.target[count] > 0.0:
            named = sum(
                entry.alive and entry.stage != PROPOSED and entry.opens >= month
                for entry in model.programmes
                if entry.kind in left
            )
            gap = city.target[count] - city.standing[count] - named
            asked.append(gap / sum(left.values()))
    return max(asked)


def rounds(model: Any, kind: int, count: int, month: int) -> int:
    """Return how many rounds are left that name what is open in time."""
    city, p = model.city, model.p
    months = city.due[count] - month - 1 - p.building_months[kind] * (1.0 + p.building_spread)
    if city.mean_dose[MECHANISM_OF[kind]] <= 0.0 or months < 0.0:
        return 0
    return int(city.calls[kind] + months / interval(model, kind))
