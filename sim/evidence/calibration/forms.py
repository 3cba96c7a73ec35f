"""How well forms of the model that a scenario can switch agree with what was observed.

One switch at a time, on draws from the prior that the usual form has too. A form's evidence is the
mean of its draws' likelihoods; over that of the usual form it is the Bayes factor (R. Kass and A.
Raftery, 1995). With equal weights of a subject's forms beforehand, weights follow from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.calibrate import Plan
from sim.evidence.calibration.observations import Observation, known
from sim.evidence.calibration.trial import Trial, handed_out, history
from sim.evidence.calibration.weights import by_draw, log_likelihoods
from sim.sampling import LUCKS_A_DRAW
from sim.scenario.variants import known as variants
from sim.store.fill import Ensemble, Sample, fill, load

Floats = NDArray[np.float64]
LEVELS: Final = (0.025, 0.975)
RESAMPLES: Final = 2000


class Form(NamedTuple):
    """One form of a subject of the model."""

    subject: str
    choice: str
    factor: float
    """Bayes factor against the usual form, which has 1."""
    low: float
    """Ends of its 95 % interval: resampled draws, both forms' together."""
    high: float
    weight: float
    """Among all forms of the subject."""


def forms(until: str, draws: int, plan: Plan) -> tuple[Form, ...]:
    """Return how well each form agrees with what was observed up to a date.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    trials = [_trial({}, until, draws, plan.seed)]
    others = [
        (subject, choice)
        for subject, variant in variants().items()
        for choice in variant.choices
        if choice != variant.usual
    ]
    trials += [_trial({subject: choice}, until, draws, plan.seed) for subject, choice in others]
    sample = Sample(plan.seed, LUCKS_A_DRAW * draws)
    fill(trials, sample, plan.store, plan.where, plan.watch)
    seen = known(until)
    logs = [_log_likelihood(seen, load(each, sample, plan.store)) for each in trials]
    usual, *found = (by_draw(each, float(logs[0].max())) for each in logs)
    generator = np.random.default_rng(plan.seed)
    factors = {
        form: factor_of(usual, each, generator) for form, each in zip(others, found, strict=True)
    }
    return tuple(_weighed(factors))


def _trial(chosen: dict[str, str], until: str, draws: int, seed: int) -> Trial:
    return handed_out(replace(history(until), variants=chosen), tuple(range(draws)), seed, until)


def _log_likelihood(seen: Sequence[Observation], found: Ensemble) -> Floats:
    return log_likelihoods(seen, np.stack([each.simulated(found) for each in seen], axis=1))


def factor_of(
    usual: Floats, other: Floats, generator: np.random.Generator
) -> tuple[float, float, float]:
    """Return a Bayes factor and the ends of its 95 % interval.

    Args:
        usual: likelihood of each draw under the usual form, shape (D,).
        other: the same under the other form.
        generator: of resampled draws.
    """
    picked = generator.integers(len(usual), size=(RESAMPLES, len(usual)))
    resampled = other[picked].mean(axis=1) / usual[picked].mean(axis=1)
    low, high = np.quantile(resampled, LEVELS).tolist()
    return float(other.mean() / usual.mean()), low, high


def _weighed(factors: dict[tuple[str, str], tuple[float, float, float]]) -> Iterator[Form]:
    for subject, variant in variants().items():
        own = {choice: found for (of, choice), found in factors.items() if of == subject}
        total = 1.0 + sum(factor for factor, _, _ in own.values())
        yield Form(subject, variant.usual, 1.0, 1.0, 1.0, 1.0 / total)
        for choice, (factor, low, high) in own.items():
            yield Form(subject, choice, factor, low, high, factor / total)
