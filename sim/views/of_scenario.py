"""What the figures of an experiment say of the scenario that it starts from."""

from collections.abc import Mapping

from sim.digest import model_hash
from sim.experiments.fill import Sample
from sim.language import Language, Text
from sim.plan import PLAN, READINGS, Reading
from sim.scenario import Scenario
from sim.text.catalogue import say, worded
from sim.views.experiment import Experiment


def experiment(name: Text, base: Scenario, sample: Sample) -> Experiment:
    """Return what the figures of an experiment rest on.

    Args:
        name: of the experiment.
        base: scenario whose readings of the counts hold for all its figures.
        sample: replicates and seed of every scenario in it.
    """
    return Experiment(name, sample.replicates, sample.seed, model_hash(), remark(base.readings))


def remark(readings: Mapping[str, Reading]) -> Text | None:
    """Return a sentence on the counts that are not in their default reading, if there are any."""
    told = [count for count in PLAN.counts if readings[count.id] != count.reading]
    if not told:
        return None
    listed: dict[Language, str] = {"en": "", "zh": ""}
    for language in listed:
        each = (
            say(
                "likelihood.read_as",
                language,
                count=count.name.in_(language),
                reading=READINGS[readings[count.id]].in_(language),
            )
            for count in told
        )
        listed[language] = say(
            "likelihood.readings",
            language,
            counts=Text(", ", "、").in_(language).join(each),
        )
    return Text(**listed)


JOINT = "all"
"""Stands for all thirteen counts together where one of them is asked for."""


def count_name(count_id: str) -> Text:
    """Return the name of a count, or of all of them together."""
    if count_id == JOINT:
        return worded("likelihood.joint")
    return next(count.name for count in PLAN.counts if count.id == count_id)
