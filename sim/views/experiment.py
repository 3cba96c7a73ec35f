"""What the figures of an experiment rest on, and what every one of them says at its foot."""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from sim.digest import model_hash
from sim.language import Language, Text
from sim.scenario import Scenario
from sim.spec import palette
from sim.store.fill import Sample
from sim.text.catalogue import say
from sim.text.joining import sentences
from sim.views.fonts import printable
from sim.views.of_scenario import remark_on
from sim.views.page import HASH_SHOWN, POINTS
from sim.views.wrap import shorten


class Experiment(NamedTuple):
    """A comparison, an attribution, a sweep or a search, as far as its figures name it."""

    name: Text
    replicates: int
    """Of every scenario in it."""
    seed: int
    model_hash: str
    remark: Text | None = None
    """A sentence for the notes, for example on how counts are read."""
    origin: str = "page.origin"
    """Label that says what the replicates are counted over."""


def experiment(name: Text, base: Scenario, sample: Sample) -> Experiment:
    """Return what the figures of an experiment rest on.

    Args:
        name: of the experiment.
        base: scenario whose readings of the counts hold for all its figures.
        sample: replicates and seed of every scenario in it.
    """
    return Experiment(
        name, sample.replicates, sample.seed, model_hash(), remark_on(base.resolved())
    )


def named(text: Text, language: Language, size: float, inches: float = inf) -> str:
    """Return a name that a user may have written, as a figure can print it.

    Args:
        text: the name.
        language: which of its two forms.
        size: of the type, in points.
        inches: room for it; a longer name is shortened.
    """
    return shorten(printable(text.in_(language)), size, inches * POINTS)


def kicker(experiment: Experiment, language: Language) -> str:
    """Return the line above the title: which experiment was made."""
    return say(
        "page.experiment", language, name=named(experiment.name, language, palette.KICKER_SIZE)
    )


def notes(
    experiment: Experiment, keys: Sequence[str], language: Language, **values: str
) -> tuple[str, str]:
    """Return what the marks are, and what the figure rests on.

    Args:
        experiment: named with its replicates, seed and model.
        keys: labels whose sentences explain marks and intervals.
        language: of the notes.
        values: for the braces of those labels.
    """
    origin = say(
        experiment.origin,
        language,
        replicates=f"{experiment.replicates:,}",
        seed=str(experiment.seed),
        model_hash=experiment.model_hash[:HASH_SHOWN],
    )
    told = [say(key, language, **values) for key in keys]
    if experiment.remark is not None:
        told.append(experiment.remark.in_(language))
    explained = sentences(*told, language=language)
    return explained, sentences(say("page.conditional", language), origin, language=language)
