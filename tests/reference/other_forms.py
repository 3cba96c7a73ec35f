"""What the reference does where a scenario chooses another form of a mechanism."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.reference.approval_queue import approval_queue
from tests.reference.building import building_free
from tests.reference.jobs import by_firms, look, reprice
from tests.reference.knowledge import EVERY, knowledge


def knowledge_kept(model: Any, month: int) -> None:
    """Let knowledge grow, decay and spread as usual, but let nobody gain by it."""
    knowledge(model, month)
    if month % EVERY == 0:
        for firm in model.firms:
            if firm.alive:
                firm.spillover = 1.0


def nothing(model: Any, month: int) -> None:
    """Do nothing."""


def jobs_by_firms(model: Any, month: int) -> None:
    """Let those who look meet firms with open posts, however many these have."""
    look(model, month, by_firms)
    reprice(model)


OTHERS: Mapping[tuple[str, str], Mapping[str, Callable[[Any, int], None]]] = {
    ("administration", "queue"): {"administration": approval_queue},
    ("jobs", "firms"): {"jobs": jobs_by_firms},
    ("spillovers", "none"): {"knowledge": knowledge_kept},
    ("finance", "free"): {"building": building_free},
    ("consequences", "off"): {"consequences": nothing},
    ("rivals", "held"): {"rivals": nothing},
}
"""Subject and choice -> name of a process -> what is done instead."""
