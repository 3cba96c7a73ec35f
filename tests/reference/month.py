"""A month of the reference, in the order of section 3."""

from typing import Any

from tests.reference.conditions import begin_month
from tests.reference.processes import ORDER, reference_process


def step(model: Any, month: int) -> None:
    """Run one month."""
    model.city.month = month
    begin_month(model, month)
    for name in ORDER:
        reference_process(name, model.setup.variants)(model, month)
    model.city.month = month + 1
