"""What is chosen of a study in tests that need no page."""

from sim.app.asking import Asked, controls
from sim.studies import registry
from tests.app.made_up import MADE_UP


def asked_for(study: str, size: str = "16", seed: int = MADE_UP, /, **told: str) -> Asked:
    """Return a study as a page begins with it, but for what is told."""
    every = controls(registry.study(study))
    chosen = tuple((each.option.name, told.get(each.option.name, each.begun)) for each in every)
    return Asked(study, size, seed, chosen)
