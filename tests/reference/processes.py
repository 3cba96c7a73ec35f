"""The compiled processes one at a time, and each compared with the reference on its own.

``python -m tests.reference.processes readiness --scenario as-written --months 0 1 5`` compares one
process at the given months of a run that the compiled rules otherwise carry on.
"""

import argparse
import importlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from sim import parameters
from sim.engine.driver import bound
from sim.engine.inputs import Inputs
from sim.engine.process import Process
from sim.engine.schedule import Schedule
from sim.engine.variants import Chosen
from sim.ensemble import draw_for
from sim.model.rules.month import SCHEDULE
from sim.model.rules.variants import month_of_variants
from sim.model.world.conditions import in_month
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.population import create
from sim.model.world.setup import Setup
from sim.model.world.world import World, grow
from sim.problems import Problem
from sim.scenario import read_scenario
from tests.reference.objects import Reference
from tests.reference.other_forms import OTHERS
from tests.reference.reading import RELATIVE, differences, read

SMALL = {
    "firms_2022": 120.0,
    "talents_2022": 600.0,
    "funds_2022": 12.0,
    "graduates": 60.0,
    "arrivals": 40.0,
    "moving_in": 6.0,
    "output_2022": 64.0,
    "private_inflow": 5.0,
    "institute_posts": 12.0,
    "land_capacity": 1.0,
}
"""A population that plain loops can carry; what grows with the population is smaller too."""

EVENTFUL = {
    "acquisition_rate": 0.2,
    "commission_part": 0.3,
    "leaving_rate": 0.05,
    "listing_rate": 1.0,
    "listing_sales": 300.0,
    "acquired_level": 3.0,
    "relocation": 0.2,
    "leading_rate": 0.05,
    "hub_sales": 8000.0,
    "component_rate": 0.3,
    "challenge_gain": 0.5,
    "autonomy_gain": 4.0,
    "gate_odds:device": 0.05,
    "gate_odds:medicine": 0.05,
    "consortium_gain": 0.8,
    "import_supply": 0.5,
    "product_rate": 3.0,
    "product_quality": -1.0,
    "standard_rate": 0.3,
    "centre_rd": 300.0,
    "centre_staff": 12.0,
    "centre_filing": 1.0,
    "centre_tolerance": 0.9,
    "ecosystem_sales": 10_000.0,
    "ecosystem_partners": 2.0,
    "cluster_firms": 3.0,
    "cluster_output": 1.0,
    "cluster_talents": 0.01,
    "cluster_links": 0.1,
    "scenario_firms": 2.0,
    "need_firms:consortium": 2.0,
    "consortium_size": 4.0,
    "consortium_reach": 30.0,
    "closing:consortium": 0.4,
    "leading_share": 0.05,
    "proposal_life": 1.0,
    "round_size:promotion": 0.5,
    "science_pull": 4.0,
    "guidance_size": 0.02,
    "guidance_ease": 2.0,
    "traction": 3.0,
    "meetings": 12.0,
    "hurdle": 0.0,
    "early_funds": 0.2,
    "stage_need:0": 1_000.0,
    "stage_need:1": 30_000.0,
    "screening_noise": 3.0,
    "layoff_runway": 24.0,
    "mixing_choice": 8.0,
    "attraction_gain": 4.0,
    "access_entry": 2.0,
    "founding": 0.3,
    "pay_speed": 3.0,
    "pay_arrivals": 2.0,
    "founding_pay": 2.0,
    "threshold_small": 0.15,
    "link_rate": 0.5,
    "rival_pace": 1.0,
    "rival_push": -0.1,
    "rival_pull": 0.3,
    "rival_answer": 1.0,
    "rival_delay": 0.5,
    "existing:accelerator": 20.0,
    "accelerator_rescue": 0.7,
    "closing_rate": 0.15,
    "stopping_rate": 1.5,
}
"""Rates and thresholds at which what is rare in so small a population happens often."""

COMPARED = (0, 1, 2, 3, 4, 6, 9, 10, 11, 14, 15, 16, 22, 24, 26)
"""Months in which every process is compared on its own: some with a July, a filing, a quarter,
and two Januaries, of which the second knows the first."""

DRAWN_WHERE_USED = "screening draws"
"""What the reference has no process for: it draws a byte where it needs one."""
ORDER = tuple(name for name in SCHEDULE.names if name != DRAWN_WHERE_USED)


def steps(schedule: Schedule) -> dict[str, list[Process]]:
    """Return the processes of a month by what the reference has as one process."""
    found: dict[str, list[Process]] = {name: [] for name in ORDER}
    for each in schedule:
        found["access" if each.name == DRAWN_WHERE_USED else each.name].append(each)
    return found


STEPS = steps(SCHEDULE)


def reference_process(name: str, chosen: Chosen = ()) -> Callable[[Any, int], None]:
    """Return the reference's function of a process, in the form that the setup chooses."""
    for form in chosen:
        if name in OTHERS.get(form, {}):
            return OTHERS[form][name]
    function: Callable[[Any, int], None] = getattr(
        importlib.import_module(f"tests.reference.{name}"), name
    )
    return function


def small(scenario: str, **overrides: float) -> Setup:
    """Return a shipped scenario with a small population, and other overrides if wanted.

    Parameters are drawn from the prior, so that no calibration changes what is compared.
    """
    setup = replace(read_scenario(scenario), draws="prior").setup()
    values = {**dict(setup.overrides), **SMALL, **overrides}
    return setup._replace(overrides=tuple(values.items()))


class Run:
    """A compiled run that stops between processes."""

    def __init__(self, setup: Setup, seed: int, replicate: int) -> None:
        """Start in October 2022."""
        self.setup = setup
        self.schedule = month_of_variants(setup.variants)
        self.steps = steps(self.schedule)
        self.draw = draw_for(setup, seed, replicate)
        self.record = parameters.as_record(self.draw)
        self.counts = np.zeros((setup.months, len(COUNTS)))
        self.measures = np.zeros((setup.months, len(MEASURES)))
        self.world: World = create(self.record, seed, replicate)

    def process(self, name: str, month: int) -> None:
        """Run what the reference has as one process."""
        for each in self.steps[name]:
            self.run(each, month)

    def run(self, process: Process, month: int) -> None:
        """Run one process of the rules; in checked mode it is held to what it declares."""
        setup = self.setup
        inputs = Inputs(self.record, setup.dose, setup.reach, self.counts, self.measures)
        given = in_month(inputs, setup.conditions, month)
        bound(self.world, given).step(process, month, self.schedule)

    def month(self, month: int) -> None:
        """Run all compiled processes of a month."""
        self.world = grow(self.world)
        self.world.city["month"] = month
        for name in ORDER:
            self.process(name, month)
        self.world.city["month"] = month + 1

    def read(self) -> Reference:
        """Return a reference that stands where the run stands."""
        return read(self.world, self.setup, self.draw)

    def compare(self, name: str, month: int, model: Reference) -> list[str]:
        """Run one process in both implementations from the same state; return what differs."""
        reference_process(name, self.setup.variants)(model, month)
        self.process(name, month)
        found = differences(model, self.world)
        if name == "record":
            for kind, ours, theirs in (
                (COUNTS, model.counts[month], self.counts[month]),
                (MEASURES, model.measures[month], self.measures[month]),
            ):
                found += [
                    f"{what}: reference {a!r}, rules {b!r}"
                    for what, a, b in zip(kind, ours, theirs.tolist(), strict=True)
                    if not np.isclose(a, b, rtol=RELATIVE, atol=0.0)
                ]
        return found


def compare_processes(
    names: Iterable[str], setup: Setup, months: Iterable[int], seed: int = 2022, replicate: int = 0
) -> list[str]:
    """Compare processes at the given months of one run; return what differs, in words."""
    names, months = set(names), set(months)
    run = Run(setup, seed, replicate)
    found = []
    for month in range(max(months) + 1):
        run.world = grow(run.world)
        run.world.city["month"] = month
        model = None
        for name in ORDER:
            if name not in names or month not in months:
                run.process(name, month)
                model = None
                continue
            # After a process in which both agree, the reference stands where the run stands.
            model = model or run.read()
            differ = run.compare(name, month, model)
            found += [f"month {month}, {name}: {line}" for line in differ]
            if differ:
                model = None
    return found


def main() -> None:
    """Compare processes that are named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", choices=ORDER)
    parser.add_argument("--scenario", default="as-written")
    parser.add_argument("--eventful", action="store_true", help="make rare events common")
    parser.add_argument("--months", type=int, nargs="+", default=[0, 1, 2, 9, 24, 60])
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--replicate", type=int, default=0)
    asked = parser.parse_args()
    setup = small(asked.scenario, **(EVENTFUL if asked.eventful else {}))
    try:
        found = compare_processes(asked.names, setup, asked.months, asked.seed, asked.replicate)
    except Problem as problem:  # in checked mode: a process does what it does not declare
        found = [problem.in_("en")]
    print("\n".join(found) or "they agree")


if __name__ == "__main__":
    main()
