"""Protects what runs are called pairs: only those that share luck, parameters and known facts."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from sim.present.report.compared import paired
from sim.store import Result


def run(**said: Any) -> Result:
    """Return a run by what its manifest says of its luck and of where parameters come from."""
    scenario = {"draws": "posterior", "posterior": "ab", "as_of": "2024-12", "facts": ["one"]}
    scenario |= {key: value for key, value in said.items() if key in scenario}
    alike = {"seed": 7, "replicates": 16, "model_hash": "m", "months": 99, "scenario": scenario}
    alike |= {key: value for key, value in said.items() if key in alike}
    return cast("Result", SimpleNamespace(manifest=alike))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", 8),
        ("replicates", 18),
        ("draws", "prior"),
        ("posterior", "cd"),
        ("as_of", None),
        ("facts", ["one", "two"]),
    ],
)
def test_runs_that_differ_in_luck_parameters_or_facts_are_no_pairs(key: str, value: Any) -> None:
    assert paired(run(), run())
    assert not paired(run(), run(**{key: value}))
    assert not paired(run(**{key: value}), run())


def test_facts_that_nobody_counts_on_do_not_part_runs() -> None:
    assert paired(run(as_of=None, facts=["one"]), run(as_of=None, facts=["two"]))
