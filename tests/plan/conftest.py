"""What tests of the plan share: its official text, kept apart from the data files."""

import pytest

from sim import city


@pytest.fixture(scope="session")
def plan_text() -> str:
    """Return the official text of the notice, without the lines about the copy."""
    text = city.file("plan_text.txt").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))
