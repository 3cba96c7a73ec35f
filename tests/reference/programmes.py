"""Programmes (section 7.1): what is proposed, approved or being built moves on; some close."""

from typing import Any

from sim.model.world import codes, purposes
from sim.model.world.codes import APPROVED, BUILDING, OPEN, PROPOSED
from sim.model.world.tables import NOBODY
from tests.reference.luck import luck


def programmes(model: Any, month: int) -> None:
    """Run the process for one month."""
    for row, entry in enumerate(model.programmes):
        if entry.alive:
            move_on(model, row, entry, month)


def move_on(model: Any, row: int, entry: Any, month: int) -> None:
    """Let a proposal lapse, building begin or end, or an open programme close."""
    p = model.p
    if entry.stage == PROPOSED:
        if month - entry.proposed >= p.proposal_life:
            entry.alive = 0
    elif entry.stage == APPROVED:
        if month >= entry.starts:
            entry.stage = BUILDING
    elif entry.stage == BUILDING:
        if month >= entry.opens:
            entry.stage = OPEN
            open_one(model, row, entry, month)
    elif luck(model, entry.id, month, purposes.CLOSING)[0] < p.closing[entry.kind] / 12:
        entry.alive = 0
        if entry.kind == codes.CONSORTIUM:
            entry.members = 0
            for firm in model.firms:
                if firm.consortium == row:
                    firm.consortium = NOBODY


def open_one(model: Any, row: int, entry: Any, month: int) -> None:
    """Let a programme that opens take its land, post its posts or find its members."""
    if entry.kind == codes.PILOT_ZONE:
        take_land(model, row, entry)
    elif entry.kind == codes.INSTITUTE:
        entry.wanted = int(model.p.institute_posts)
    elif entry.kind == codes.CONSORTIUM:
        find_members(model, row, entry, month)


def take_land(model: Any, row: int, entry: Any) -> None:
    """Give a zone the land cells within its radius that no zone has."""
    width, radius = model.city.width, model.p.zone_radius
    for number in model.land_cells:
        cell = model.cells[number]
        down = number // width - entry.cell // width
        right = number % width - entry.cell % width
        if cell.zone == NOBODY and down * down + right * right <= radius * radius:
            cell.zone = row


def find_members(model: Any, row: int, entry: Any, month: int) -> None:
    """Ask the firms that are near and able, in the order of their rows."""
    p = model.p
    for firm in model.firms:
        if (
            firm.alive
            and entry.members < p.consortium_size
            and firm.cluster == entry.cluster
            and firm.consortium == NOBODY
            and firm.level >= p.component_level - 1
            and model.city.distance[firm.district][entry.district] <= p.consortium_reach
            and luck(model, firm.id, month, purposes.MEMBERSHIP)[0] < p.consortium_interest
        ):
            firm.consortium = row
            entry.members += 1
