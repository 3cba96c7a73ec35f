"""Breakthroughs (section 7.5): components, products and standards, each written down."""

from typing import Any

from sim.model.world import codes, purposes
from sim.model.world.codes import mechanism
from sim.model.world.tables import BREAKTHROUGH_FIELDS, CLUSTERS, NOBODY
from tests.reference import glances
from tests.reference.effort import effort
from tests.reference.luck import glance, luck, whole
from tests.reference.objects import Thing

CHALLENGES, AUTONOMY, CONSORTIA, BODIES, FIRST = map(
    mechanism,
    ("open_challenges", "scientist_autonomy", "consortia", "standards_bodies", "first_of_kind"),
)


def breakthroughs(model: Any, month: int) -> None:
    """Let firms with talents make components, launch products and lead standards."""
    for firm in model.firms:
        if firm.alive and firm.talents > 0:
            try_all(model, firm, month)


def try_all(model: Any, firm: Any, month: int) -> None:
    """Give a firm its three chances of the month."""
    city, p = model.city, model.p
    a, b, c, _ = luck(model, firm.id, month, purposes.BREAKTHROUGH)
    a = whole(glance(model, firm.id, month, glances.COMPONENT), a)
    b = whole(glance(model, firm.id, month, glances.PRODUCT), b)
    c = whole(glance(model, firm.id, month, glances.STANDARD), c)
    push = effort(model, firm) * firm.spillover

    def dose(number: int) -> float:
        return float(city.dose[number][CLUSTERS + firm.track][firm.place])

    if firm.level >= p.component_level and firm.quality >= p.component_quality:
        joint = 1.0
        if firm.consortium != NOBODY:
            joint += p.consortium_gain * (1.0 + p.consortium_call_gain * dose(CONSORTIA))
        free = max(0.0, 1.0 + p.autonomy_gain * dose(AUTONOMY))
        called = 1.0 + p.challenge_gain * dose(CHALLENGES) * free
        chance = p.component_rate / 12 * push * called * joint
        if a < chance * again(firm.components, p.most_components):
            firm.components += 1
            note(model, codes.COMPONENT, firm, month)
    if firm.level == 9 and firm.quality >= p.product_quality:
        chance = p.product_rate / 12 * push * (1.0 + p.first_of_kind_gain * dose(FIRST))
        chance *= city.access[2][CLUSTERS + firm.track][firm.place]
        chance *= 1.0 + p.component_products * firm.cover
        if b < chance * again(firm.products, p.most_products):
            firm.products += 1
            firm.fresh += 1.0
            note(model, codes.PRODUCT, firm, month)
        chance = p.standard_rate / 12 * (1.0 + p.bodies_gain * dose(BODIES))
        chance *= 1.0 + p.standard_product_gain * firm.products
        if c < chance * again(firm.standards, p.most_standards):
            firm.standards += 1
            note(model, codes.STANDARD, firm, month)


def again(made: int, most: float) -> float:
    """Return how much less likely the next of a kind is."""
    return 0.0 if made >= int(most) else 1.0 / (1.0 + made)


def note(model: Any, kind: int, firm: Any, month: int) -> None:
    """Write a breakthrough, or a leading firm's move, down."""
    entry: Any = Thing(BREAKTHROUGH_FIELDS)
    entry.kind, entry.track, entry.district = kind, firm.track, firm.district
    entry.month, entry.firm = month, firm.id
    model.breakthroughs.append(entry)
