"""The check of calibration on known truths: it passes what is right, and little else.

On runs whose prior, proposal and likelihood are known, so that a thousand checks take seconds.
"""

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import beta, binom

from sim.evidence.calibration.observations import Observation
from sim.evidence.calibration.synthetic import Runs, Synthetic, _accepted, checked
from sim.evidence.calibration.weights import by_draw, log_likelihoods
from sim.language import Text
from sim.model.world.layout import COUNTS
from sim.sampling import LUCKS_A_DRAW

Floats = NDArray[np.float64]
SEED = 7
OBSERVED = 0.85
ERROR = 0.05
CHECKS = 300
MANY = (2000, 500)
"""Draws and truths where something is to be noticed."""
PROPOSAL = beta(14, 4)


class Toy(NamedTuple):
    """Runs of half as many draws from the prior as there are, and from a proposal."""

    runs: Runs
    values: dict[str, Floats]
    generator: np.random.Generator
    truths: int
    """The most that are sought."""

    def check(self, source: str, mixture: Floats | None = None) -> Synthetic:
        """Check truths from the prior or from the posterior, maybe with another mixture."""
        first = np.arange(0, len(self.runs.before) // 2, LUCKS_A_DRAW)
        if source == "posterior":
            return self.sought(self.runs, first[_accepted(self.runs.before[first], self.generator)])
        nothing = np.zeros(len(self.runs.before))
        mixture = self.runs.mixture if mixture is None else mixture
        return self.sought(self.runs._replace(before=nothing, mixture=mixture), first)

    def check_forgetful(self) -> Synthetic:
        """Seek truths from the posterior as if nothing had been observed before."""
        first = np.arange(0, len(self.runs.before) // 2, LUCKS_A_DRAW)
        accepted = first[_accepted(self.runs.before[first], self.generator)]
        return self.sought(self.runs._replace(before=np.zeros(len(self.runs.before))), accepted)

    def sought(self, runs: Runs, replicates: NDArray[np.int64]) -> Synthetic:
        """Check truths that are some of these replicates."""
        return checked(runs, self.values, replicates[: self.truths], self.generator)


def toy(seed: int, spread: float = 0.1, draws: int = 600, truths: int = 100) -> Toy:
    """Return runs whose first quantity is a parameter's position plus luck.

    Args:
        seed: of draws, luck and all that is observed.
        spread: of an observation; a small one leaves few draws near a truth.
        draws: from the prior and from the proposal together.
        truths: that are sought, at most.
    """
    generator = np.random.default_rng(seed)
    half = draws // 2
    place = np.concatenate([generator.random(half), PROPOSAL.rvs(half, random_state=generator)])
    runs = np.repeat(place, LUCKS_A_DRAW) + 0.03 * generator.standard_normal(draws * LUCKS_A_DRAW)
    seen = Observation(
        "x", 2024, None, COUNTS[0], "", OBSERVED, OBSERVED, spread, (), Text("", ""), ""
    )
    before = log_likelihoods((seen,), runs[:, None])
    mixture = 0.5 + 0.5 * PROPOSAL.pdf(place)
    values = {"planted": place, "inert": generator.random(draws)}
    made = Runs((seen,), runs[:, None], before, mixture, by_draw(before))
    return Toy(made, values, generator, truths)


def too_many(rejected: int) -> bool:
    """Say whether so many of all checks are more than the rate allows, once in a thousand."""
    return bool(rejected > binom(CHECKS, ERROR).ppf(0.999))


@pytest.mark.parametrize("source", ["prior", "posterior"])
@pytest.mark.parametrize("spread", [0.1, 0.004], ids=["many near", "few near"])
def test_a_right_calibration_is_refused_as_seldom_as_is_said(source: str, spread: float) -> None:
    """Below 0.05 at most 5 times in 100, by 300 checks, and however few draws lie near truths."""
    found = [toy(SEED + n, spread).check(source) for n in range(CHECKS)]
    assert not too_many(sum(each.p_value < ERROR for each in found))
    weights = [each.truths for each in found]
    assert np.average([each.covered for each in found], weights=weights) == pytest.approx(
        0.8, abs=0.01
    )


def test_intervals_that_rest_on_few_draws_hold_less_and_say_so() -> None:
    """So a check that leaves the truth's own run out refuses what is right."""
    found = toy(SEED, 0.002).check("prior")
    assert found.beside < 0.75 < found.covered
    assert found.few == found.truths and found.effective[2] < 20.0


@pytest.mark.parametrize("n", range(10))
def test_weights_that_forget_what_draws_were_proposed_by_are_noticed(n: int) -> None:
    """Where what is observed says little, or it outweighs what draws were proposed by."""
    made = toy(SEED + n, 0.4, *MANY)
    assert made.check("prior").p_value > 0.001
    assert made.check("prior", mixture=np.ones(MANY[0])).p_value < 0.001


@pytest.mark.parametrize("n", range(10))
def test_truths_held_against_another_knowledge_are_noticed(n: int) -> None:
    """Truths from the posterior, sought as if nothing had been observed before."""
    made = toy(SEED + n, 0.2, *MANY)
    assert made.check_forgetful().p_value < 0.001


@pytest.mark.parametrize("n", range(5))
def test_too_much_confidence_is_noticed(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = toy(SEED + n)
    monkeypatch.setattr(
        Observation,
        "log_likelihood",
        lambda self, values: -0.5 * (3 * self.distance(values) / self.spread) ** 2,
    )
    assert made.check("prior").p_value < 0.001
