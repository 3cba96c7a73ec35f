"""Process 1, first part: programmes are built, opened and closed; none adds to a count."""

import math

from sim.engine import rule
from sim.engine.chance import fill_words, number
from sim.engine.process import process
from sim.model.rules.common import MONTH, choose
from sim.model.world import purposes
from sim.model.world.codes import (
    APPROVED,
    BUILDING,
    CONSORTIUM,
    INSTITUTE,
    OPEN,
    PILOT_ZONE,
    PROPOSED,
)
from sim.model.world.luck import luck
from sim.model.world.tables import NOBODY, Draw, Tables


@process(
    "programmes",
    reads=(
        "cells: zone",
        "city: firm_rows programme_rows",
        "firms: alive cluster consortium district id level",
        "programmes: alive cell cluster district id kind members opens proposed stage starts",
    ),
    writes=(
        "cells: zone",
        "firms: consortium",
        "programmes: alive members stage wanted",
    ),
    scratch=("struck who words",),
    draws=(purposes.CLOSING, purposes.MEMBERSHIP),
)
def programmes(world: Tables, p: Draw, month: int) -> None:
    """Move programmes along: approved, building, open; drop stale proposals; close some."""
    programmes = world.programmes
    for k in range(list_due(world, p, month)):
        row = world.struck[k]
        entry = programmes[row]
        if entry.stage == PROPOSED:
            entry.alive = 0
        elif entry.stage == APPROVED:
            entry.stage = BUILDING
        elif entry.stage == BUILDING:
            entry.stage = OPEN
            open_programme(world, p, row, month)
        else:
            close_programme(world, row)


@rule
def list_due(world: Tables, p: Draw, month: int) -> int:
    """List in ``struck`` the programmes whose stage ends this month; return how many they are."""
    city, who, words = world.city[0], world.who, world.words
    programmes = world.programmes
    rows = city.programme_rows
    for row in range(rows):
        who[row] = programmes[row].id
    fill_words(words, who, rows, city.seed, city.replicate, month, purposes.CLOSING)
    listing = 0
    for row in range(rows):  # no branch: what stage it is in cannot be guessed
        entry = programmes[row]
        due = number(words[0, row]) < p.closing[entry.kind] * MONTH
        due = choose(entry.stage == PROPOSED, month - entry.proposed >= p.proposal_life, due)
        due = choose(entry.stage == APPROVED, month >= entry.starts, due)
        due = choose(entry.stage == BUILDING, month >= entry.opens, due)
        world.struck[listing] = row
        listing += int(entry.alive) & int(due)
    return listing


@rule
def open_programme(world: Tables, p: Draw, row: int, month: int) -> None:
    """Let a programme take effect on the ground: zones, posts, members."""
    entry = world.programmes[row]
    if entry.kind == PILOT_ZONE:
        mark_zone(world, p, row)
    elif entry.kind == INSTITUTE:
        entry.wanted = int(p.institute_posts)
    elif entry.kind == CONSORTIUM:
        gather_members(world, p, row, month)


@rule
def mark_zone(world: Tables, p: Draw, row: int) -> None:
    """Make every land cell within the zone's radius part of it, unless another zone has it."""
    city = world.city[0]
    programmes = world.programmes
    cells = world.cells
    width = city.width
    centre = programmes[row].cell
    reach = math.ceil(p.zone_radius)
    centre_row, centre_column = centre // width, centre % width
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            column = centre_column + right
            cell = (centre_row + down) * width + column
            inside = 0 <= column < width and 0 <= cell < len(cells)
            if inside and down * down + right * right <= p.zone_radius * p.zone_radius:
                site = cells[cell]
                if site.land > 0.0 and site.zone == NOBODY:
                    site.zone = row


@rule
def gather_members(world: Tables, p: Draw, row: int, month: int) -> None:
    """Bring firms of the cluster that are near and able into a consortium."""
    city = world.city[0]
    firms = world.firms
    programmes = world.programmes
    entry = programmes[row]
    for i in range(city.firm_rows):
        firm = firms[i]
        if entry.members >= p.consortium_size:
            return
        if (
            firm.alive == 1
            and firm.cluster == entry.cluster
            and firm.consortium == NOBODY
            and firm.level >= p.component_level - 1.0
            and city.distance[firm.district, entry.district] <= p.consortium_reach
        ):
            u, _, _, _ = luck(city, firm.id, month, purposes.MEMBERSHIP)
            if u < p.consortium_interest:
                firm.consortium = row
                entry.members += 1


@rule
def close_programme(world: Tables, row: int) -> None:
    """End a programme; a consortium lets its members go."""
    city = world.city[0]
    firms = world.firms
    programmes = world.programmes
    entry = programmes[row]
    entry.alive = 0
    if entry.kind == CONSORTIUM:
        for i in range(city.firm_rows):
            if firms[i].consortium == row:
                firms[i].consortium = NOBODY
        entry.members = 0
