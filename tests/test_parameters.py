"""Every number of the model has a unit, a source, a meaning, a use, and the prior that it says."""

import ast
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

import sim
from sim.figures import figures
from sim.ledger import ledger
from sim.parameters import (
    CHOSEN,
    PARAMETERS,
    PRIORS,
    Prior,
    as_record,
    assumption_share,
    defaults,
    draw,
    find,
)
from sim.plan import PLAN, looked_up
from sim.problems import Problem

EVERY = list(PARAMETERS.values())
UNCERTAIN = [entry for entry in EVERY if entry.uncertain]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FIGURE = re.compile(r"\b[FG]\d{3}\b")
DRAWS = 64
SEED = 2022
SOURCES = [
    *Path(sim.__file__).parent.glob("model/rules/*.py"),
    *Path(sim.__file__).parent.glob("model/world/*.py"),
]

VECTORS = looked_up.elements(PLAN)


def test_every_parameter_says_what_it_is() -> None:
    for entry in EVERY:
        assert entry.unit.strip(), entry.name
        assert entry.source.strip(), entry.name
        assert entry.group.strip(), entry.name
        assert entry.meaning.en.strip(), entry.name
        assert CHINESE.search(entry.meaning.zh), entry.name
        assert not CHINESE.search(entry.meaning.en), entry.name
        assert entry.prior.kind in PRIORS, entry.name
        assert math.isfinite(entry.default), entry.name
        assert set(FIGURE.findall(entry.source)) <= {*figures(), *ledger()}, entry.name


def test_every_default_lies_within_its_prior() -> None:
    for entry in EVERY:
        prior = entry.prior
        assert prior.mode == entry.default, entry.name
        assert prior.low <= entry.default <= prior.high, entry.name
        assert (prior.kind == "fixed") == (prior.low == prior.high), entry.name
        assert entry.uncertain == (prior.kind not in CHOSEN), entry.name
        assert prior.kind != "loguniform" or prior.low > 0.0, entry.name


def test_what_nothing_supports_has_a_wide_prior() -> None:
    """Wide: the highest value is at least five thirds of the lowest, or the sign may change.

    That is the narrowest that the table has for a quantity known to its order of magnitude. A
    share near one is wide if what it leaves over is: as much as five thirds, or from nought on.
    """
    unsupported = [entry for entry in UNCERTAIN if entry.assumed]
    assert unsupported
    for entry in unsupported:
        low, high = entry.prior.low, entry.prior.high
        left = (1.0 - high, 1.0 - low)
        wide = low <= 0.0 or high / low >= 1.66
        wide = wide or (entry.unit == "share" and 0.0 <= left[0] <= left[1] / 1.66)
        assert wide, (entry.name, low, high)


def test_a_source_that_is_no_assumption_can_be_looked_up() -> None:
    kinds = re.compile(r"[FG]\d{3}\b|literature: .*(19|20)\d\d|law: |definition: |model\.md: ")
    for entry in EVERY:
        assert entry.assumed or kinds.match(entry.source), entry.name


def test_vectors_follow_the_order_of_the_plan() -> None:
    found: dict[str, list[str]] = {}
    for name in PARAMETERS:
        vector, _, element = name.partition(":")
        if element:
            found.setdefault(vector, []).append(element)
    assert {vector: tuple(elements) for vector, elements in found.items()} == VECTORS


def test_a_record_holds_vectors_in_the_same_order() -> None:
    values = defaults()
    record = as_record(values)[0]
    for vector, elements in VECTORS.items():
        assert record[vector].tolist() == [values[f"{vector}:{name}"] for name in elements]
    assert record["firms_2022"] == values["firms_2022"]


def test_every_instrument_has_its_cost() -> None:
    for instrument in PLAN.instruments:
        assert instrument.cost == f"cost:{instrument.id}"


def used_parameters() -> set[str]:
    """Return what rules and the starting world read as ``p.name`` or ``p["name"]``."""
    found: set[str] = set()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            read: Any = getattr(node, "value", None)
            if not (isinstance(read, ast.Name) and read.id == "p"):
                continue
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                found.add(str(node.slice.value))
    return found


def test_every_parameter_is_read_and_nothing_else_is() -> None:
    assert used_parameters() == {name.partition(":")[0] for name in PARAMETERS}


def independent(prior: Prior) -> Any:
    """Return SciPy's distribution of the same name."""
    width = prior.high - prior.low
    if prior.kind == "loguniform":
        return stats.loguniform(prior.low, prior.high)
    if prior.kind == "triangular":
        return stats.triang((prior.mode - prior.low) / width, prior.low, width)
    return stats.uniform(prior.low, width)


@pytest.mark.parametrize("kind", [kind for kind in PRIORS if kind not in CHOSEN])
def test_quantiles_are_those_of_the_named_distribution(kind: str) -> None:
    chances = [1e-9, 0.025, 0.25, 0.5, 0.75, 0.975, 1.0 - 1e-9]
    entries = [entry for entry in UNCERTAIN if entry.prior.kind == kind]
    assert entries
    for entry in entries:
        expected = independent(entry.prior).ppf(chances)
        found = [entry.prior.quantile(u) for u in chances]
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-6), entry.name


@pytest.fixture(scope="module")
def places() -> dict[str, np.ndarray[Any, np.dtype[np.float64]]]:
    """Return where in its prior each parameter of 64 draws lies, from 0 to 1, by name."""
    drawn = [draw(SEED, number) for number in range(DRAWS)]
    return {
        entry.name: np.asarray(independent(entry.prior).cdf([each[entry.name] for each in drawn]))
        for entry in UNCERTAIN
    }


Places = dict[str, np.ndarray[Any, np.dtype[np.float64]]]


def test_draws_lie_within_their_priors() -> None:
    for number in range(DRAWS):
        for name, value in draw(SEED, number).items():
            prior = PARAMETERS[name].prior
            assert prior.low <= value <= prior.high, name


def test_draws_fall_on_both_sides_of_the_median(places: Places) -> None:
    """Of 64 draws, 13 to 51 above: missed with a probability of 1e-6, of 5e-4 for all together."""
    for name, place in places.items():
        assert 13 <= (place > 0.5).sum() <= 51, name
    assert len(places) > 400


def test_draws_are_spread_evenly_over_their_priors(places: Places) -> None:
    """All together (Kolmogorov and Smirnov), missed with a probability of 1e-3."""
    everything = np.concatenate(list(places.values()))
    assert stats.kstest(everything, "uniform").pvalue > 1e-3


def test_parameters_are_drawn_independently(places: Places) -> None:
    """Correlations of 64 draws have a spread of 1 / sqrt(63); with 5.5 of it, all pairs at 5e-3."""
    correlation = np.corrcoef(np.array(list(places.values())))
    apart = correlation[np.triu_indices(len(correlation), 1)]
    assert apart.std() == pytest.approx(1.0 / math.sqrt(DRAWS - 1), rel=0.02)
    assert np.abs(apart).max() < 5.5 / math.sqrt(DRAWS - 1)


def test_fixed_parameters_are_never_drawn() -> None:
    drawn = draw(SEED, 1)
    for entry in EVERY:
        assert (drawn[entry.name] == entry.default) == (not entry.uncertain), entry.name


def test_the_share_of_assumptions_counts_what_is_drawn() -> None:
    unsupported = [entry for entry in UNCERTAIN if entry.source.startswith("assumption")]
    assert assumption_share() == len(unsupported) / len(UNCERTAIN)


def test_an_unknown_parameter_is_a_problem_that_names_the_nearest() -> None:
    with pytest.raises(Problem, match="heredity"):
        find("heridity")


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0])
def test_a_value_that_cannot_stand_in_is_a_problem(value: float) -> None:
    with pytest.raises(Problem):
        find("firms_2022").check(value, "here")


def test_a_parameter_that_may_be_negative_takes_negative_values() -> None:
    assert find("crowding").check(-2.0, "here") == -2.0
