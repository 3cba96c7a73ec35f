"""What is said where luck cannot be told from parameters."""

from sim.estimate import Summary
from sim.estimate.groups import FEWEST_TWICE
from sim.language import Text
from sim.sampling import ONCE, second_lucks
from sim.text.catalogue import worded


def no_split(found: Summary) -> Text:
    """Say that too few parameter draws have two lucks, since replicates are few or tried again."""
    twice = found.replicates - found.draws
    again = second_lucks(found.replicates) > twice
    told = {"twice": twice, "fewest": FEWEST_TWICE, "needed": ONCE + FEWEST_TWICE}
    return worded("split.tried_again" if again else "split.unknown", **told)
