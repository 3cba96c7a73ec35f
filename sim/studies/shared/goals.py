"""What a study asks of: a count or all of them together, in a scenario."""

from sim.plan import PLAN
from sim.studies.study import Option
from sim.text.catalogue import worded
from sim.views.of_scenario import JOINT

COUNT = Option("count", str, None, worded("option.count"), argument="COUNT")
SCENARIO = Option("scenario", str, "as-written", worded("option.scenario"))


def count_id(name: str) -> str:
    """Return the id of a count; ``all`` stays as it is.

    Raises:
        Problem: there is no such count.
    """
    return JOINT if name == JOINT else PLAN.resolve("count", name)
