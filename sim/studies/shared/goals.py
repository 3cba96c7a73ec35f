"""What a study asks of: a count or all of them together, in a scenario; or several goals."""

from sim.estimate.objectives import Objective
from sim.experiments.objective_file import read_objective, single, whole_plan, within_horizon
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario
from sim.studies.study import PACKAGE, Option
from sim.text.catalogue import worded
from sim.views.of_scenario import JOINT

COUNT = Option(
    "count",
    str | None,
    None,
    worded("option.count"),
    argument="COUNT",
    names=lambda: [*(count.id for count in PLAN.counts), JOINT],
    called=lambda name: counted(name).name,
    begun=JOINT,
    label=worded("option.which_count"),
)
SCENARIO = Option(
    *("scenario", str, "as-written", worded("option.scenario")), objects=Scenario, label=PACKAGE
)


def count_id(name: str) -> str:
    """Return the id of a count; ``all`` stays as it is.

    Raises:
        Problem: there is no such count.
    """
    return JOINT if name == JOINT else PLAN.resolve("count", name)


def counted(count: str) -> Objective:
    """Return a count, by its id, or all of them together as a goal."""
    return whole_plan() if count == JOINT else single(count)


def one_goal(count: str | None, objective: Objective | None) -> Objective:
    """Return the one of both that is named as a goal.

    Raises:
        Problem: there is no such count, or both or none is named.
    """
    if (count is None) == (objective is None):
        found = "—" if objective is None else f"{count} + {objective.id}"
        raise Problem("COUNT", "", found, worded("option.one_goal"))
    return objective or counted(count_id(count or ""))


def goals_of(counts: str, objective: str | None, scenario: Scenario) -> list[Objective]:
    """Return goals: counts with commas between them, and an objective; all counts by default.

    Raises:
        Problem: there is no such count or objective, or one is named twice.
    """
    names = [count_id(name.strip()) for name in counts.split(",") if name.strip()]
    found = list(map(counted, names))
    if objective is not None:
        found.append(read_objective(objective))
        within_horizon(found[-1], scenario)
    if len({each.id for each in found}) < len(found):
        raise Problem("COUNT", "", ", ".join(each.id for each in found), worded("search.twice"))
    return found or [whole_plan()]
