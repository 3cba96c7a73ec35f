"""A talent's employer and the employer's books."""

from typing import Any

from sim.model.world.codes import INSTITUTE_BASE, JUNIOR, SCIENTIST, SEARCHING


def count_in(firm: Any, level: int, number: int) -> None:
    """Add so many talents of a level to a firm's books."""
    firm.talents += number
    firm.seniors += number * (level > JUNIOR)
    firm.scientists += number * (level == SCIENTIST)


def leave(model: Any, person: Any, month: int) -> None:
    """Let a talent leave its employer and search."""
    if person.employer >= 0:
        count_in(model.firms[person.employer], person.level, -1)
    elif person.employer != SEARCHING:
        model.programmes[INSTITUTE_BASE - person.employer].talents -= 1
    person.employer, person.since = SEARCHING, month


def join(firm: Any, person: Any, month: int) -> None:
    """Let a talent join a firm."""
    count_in(firm, person.level, 1)
    person.employer, person.since = firm.row, month
