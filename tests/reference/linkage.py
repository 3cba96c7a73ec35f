"""Linkage (section 7.8): standing orders, and leading firms that open units."""

from typing import Any

from sim.model.world import codes, namespaces, purposes
from sim.model.world.codes import mechanism
from sim.model.world.ledgers import BROUGHT, CAME
from sim.model.world.tables import CLUSTERS, NEVER
from tests.reference import glances
from tests.reference.birth import found_firm
from tests.reference.breakthroughs import note
from tests.reference.luck import glance, luck, name, pick, whole
from tests.reference.orders import can_be_tied, hubs_of, tie
from tests.reference.policy import YUAN, mean

CULTIVATION, FORUMS, ASSESSMENT, TIES = map(
    mechanism, ("ecosystem_cultivation", "forums", "soe_assessment", "ownership_ties")
)


def linkage(model: Any, month: int) -> None:
    """Let small firms win orders, and leading firms open units."""
    give_orders(model, month)
    for k in range(int(model.p.leading_pool)):
        if model.city.leading_pool[k] == NEVER:
            consider(model, k, month)
    for firm in model.firms:
        if firm.alive and firm.leading == 1 and firm.real_rd >= model.p.leading_rd:
            firm.leading = 2
            note(model, codes.LEADING_MOVE, firm, month)


def give_orders(model: Any, month: int) -> None:
    """Let small firms without a patron win a hub's orders."""
    city, p = model.city, model.p
    hubs = hubs_of(model)
    for firm in model.firms:
        if not firm.alive or not can_be_tied(model, firm):
            continue
        a, b, c, _ = luck(model, firm.id, month, purposes.LINK)
        chance = p.link_rate / 12
        chance *= (
            1.0 + p.cultivation_gain * city.dose[CULTIVATION][CLUSTERS + firm.track][firm.place]
        )
        chance *= 1.0 + p.forum_link_gain * city.dose[FORUMS][CLUSTERS + firm.track][firm.place]
        ties = city.dose[TIES][CLUSTERS + firm.track][firm.place]
        chance *= 1.0 + p.mixing_orders * ties
        chance *= 1.0 + p.standard_orders * model.tracks[firm.track].followed
        if whole(glance(model, firm.id, month, glances.ORDERS), a) < chance:
            tie(model, firm, hubs, b, c, 1.0 + p.mixing_choice * ties)


def consider(model: Any, k: int, month: int) -> None:
    """Let one leading firm that is still outside open a unit, perhaps."""
    city, p = model.city, model.p
    who = name(namespaces.LEADING_FIRM, k)
    for_track, for_kind, for_level, for_home = luck(model, who, 0, purposes.LEADING_ENTRY)
    track = pick(p.firm_weight, for_track)
    state = for_kind < p.state_share
    gain = p.assessment_gain if state else p.assessment_spill
    dose = mean(city.dose[ASSESSMENT][CLUSTERS + track])
    ready = min(p.leading_pull, model.tracks[track].adoption / p.leading_adoption)
    chance = p.leading_rate / 12 * ready * (1.0 + gain * dose)
    if luck(model, who, month, purposes.LEADING_ENTRY)[0] >= chance:
        return
    kind = codes.STATE_OWNED if state else codes.LEADING
    level = int(p.leading_level) + int(p.leading_levels * for_level)
    home = pick(city.people, for_home)
    firm = found_firm(model, who, track, kind, level, p.leading_quality, home, month)
    firm.cash = YUAN * p.leading_cash
    firm.leading = 1
    city.leading_pool[k] = month
    city.flows[BROUGHT] += firm.cash
    city.events[CAME] += 1.0
