"""What is said where luck cannot be told from parameters."""

from sim.estimate.groups import FEWEST_TWICE
from sim.language import Text
from sim.sampling import ONCE, second_lucks
from sim.text.catalogue import worded


def no_split(replicates: int) -> Text:
    """Say that too few parameter draws have two lucks among the first replicates."""
    return worded(
        "split.unknown",
        twice=second_lucks(replicates),
        fewest=FEWEST_TWICE,
        needed=ONCE + FEWEST_TWICE,
    )
