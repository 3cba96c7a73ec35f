"""What the figures of an experiment say of the scenario that it starts from."""

from sim.digest import model_hash
from sim.estimate.readings import remark
from sim.language import Text
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.store.fill import Sample
from sim.text.catalogue import worded
from sim.views.experiment import Experiment


def experiment(name: Text, base: Scenario, sample: Sample) -> Experiment:
    """Return what the figures of an experiment rest on.

    Args:
        name: of the experiment.
        base: scenario whose readings of the counts hold for all its figures.
        sample: replicates and seed of every scenario in it.
    """
    return Experiment(name, sample.replicates, sample.seed, model_hash(), remark(base.readings))


JOINT = "all"
"""Stands for all counts together where one of them is asked for."""


def count_name(count_id: str) -> Text:
    """Return the name of a count, or of all of them together."""
    if count_id == JOINT:
        return worded("likelihood.joint")
    return next(count.name for count in PLAN.counts if count.id == count_id)
