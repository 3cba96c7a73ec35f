"""Process 10: high-tech certificates, technology centres, and ecosystem-leading standing."""

from sim.engine import rule
from sim.engine.chance import fill_columns, number
from sim.engine.process import process
from sim.model.rules.common import has_its_turn
from sim.model.world import purposes
from sim.model.world.tables import Draw, Firm, Tables
from sim.model.world.titles import (
    file_for_certificate,
    has_standing,
    meets_centre_rule,
    passes_review,
    report_research,
)

YEAR = 12


@process(
    "certification",
    reads=(
        "city: firm_rows",
        "firms: alive centre_since certificate_until founded level partners rd_habit real_rd sales",
        "firms: staff talents technology_centre",
        "ids",
    ),
    writes=(
        "firms: centre_since certificate_until ecosystem rd_habit reported_rd technology_centre",
    ),
    scratch=("struck who words",),
    draws=(
        purposes.FILING,
        purposes.TRAIT,
    ),
)
def certification(world: Tables, p: Draw, month: int) -> None:
    """Let each firm file once a year, in a month of its own."""
    firms, words = world.firms, world.words
    filing = list_filing(world, month)
    for k in range(filing):
        firm = firms[world.struck[k]]
        if firm.alive == 0:
            continue
        trait, keen = number(words[0, k]), number(words[1, k])
        file_titles(world, p, firm, trait, keen, filing + k, month)


@rule
def list_filing(world: Tables, month: int) -> int:
    """List the firms that file this month, and draw their words; return how many they are.

    The first block of ``words`` says what never changes of a firm, whether it files at all; the
    second is this year's luck.
    """
    city, ids, who, listed = world.city[0], world.ids, world.who, world.struck
    filing = 0
    for i in range(city.firm_rows):  # no branch: whose turn it is cannot be guessed
        listed[filing] = i
        who[filing] = ids[i]
        filing += int(has_its_turn(ids[i], month))
    seed, replicate = city.seed, city.replicate
    fill_columns(world.words, 0, who, filing, seed, replicate, 0, purposes.TRAIT)
    fill_columns(world.words, filing, who, filing, seed, replicate, month, purposes.FILING)
    return filing


@rule
def file_titles(
    world: Tables, p: Draw, firm: Firm, trait: float, keen: float, k: int, month: int
) -> None:
    """Let a firm file for the certificate and the technology centre, and note its standing."""
    words = world.words
    if trait < p.filing_share:
        report_research(p, firm, number(words[1, k]), number(words[2, k]))
        if firm.certificate_until - month < YEAR:
            file_for_certificate(p, firm, number(words[0, k]), month)
    if firm.technology_centre == 0:
        if keen < p.centre_filing and meets_centre_rule(p, firm):
            firm.technology_centre = 1
            firm.centre_since = month
    elif month - firm.centre_since >= p.centre_review:
        firm.centre_since = month
        firm.technology_centre = int(passes_review(p, firm))
    firm.ecosystem = 1 if has_standing(p, firm) else 0
