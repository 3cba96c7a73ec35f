"""Protects against files that nobody thought of: each is a scenario or a problem, nothing else."""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.calendar import month_index
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario, scenario_from_resolved

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
months = st.sampled_from(
    ("2022-10", "2025-01", "2026-06", "2030-12", "2035-12", "2036-01", "never")
)
areas = ["pudong", "徐汇", "Minhang", "space", "未来健康", "all", "pudon"]
scalars = (
    st.booleans()
    | st.integers(-3, 200)
    | st.integers()
    | st.floats()
    | months
    | texts
    | st.sampled_from((*areas, "as-written", "2030-12"))
    | st.dates(date(2022, 1, 1), date(2036, 1, 1))
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)

instruments = [name for i in PLAN.instruments for name in (i.id, *i.name)]
levers = [name for lever in PLAN.levers for name in (lever.id, *lever.name)]
setting = st.fixed_dictionaries(
    {"on": st.booleans()},
    optional={
        "dose": st.floats(0, 10) | st.integers(0, 10),
        "start": st.sampled_from(("2022-10", "2024-03", "2031-01")),
        "end": st.sampled_from(("2032-01", "2035-12", "never")),
        "ramp_months": st.integers(0, 120),
        "districts": st.lists(st.sampled_from(("pudong", "徐汇")), min_size=1) | st.just("all"),
        "clusters": st.lists(st.sampled_from(("space", "health")), min_size=1) | st.just("all"),
    },
)
plan_entry = st.booleans() | setting
sensible = st.fixed_dictionaries(
    {},
    optional={
        "name": st.just({"en": "x", "zh": "甲"}),
        "extends": st.sampled_from(("as-written", "only-yulin", "without-yulin")),
        "horizon": st.sampled_from(("2030-12", "2035-12")),
        "replicates": st.integers(2, 500),
        "tolerance": st.floats(0, 0.5),
        "plans": st.dictionaries(st.sampled_from([p.id for p in PLAN.plans]), plan_entry),
        "safeguards": st.dictionaries(st.sampled_from([s.id for s in PLAN.safeguards]), plan_entry),
        "parameters": st.dictionaries(st.just("firms_2022"), st.floats(0, 3e4)),
        "readings": st.dictionaries(
            st.sampled_from(("colleges", "scenarios")), st.sampled_from(("stock", "new"))
        ),
    },
)
keys = st.sampled_from(("on", "dose", "start", "end", "ramp_months", "districts", "clusters"))
names = keys | st.sampled_from(instruments) | texts
lever_tables = st.dictionaries(
    st.sampled_from(levers) | texts,
    plan_entry | st.dictionaries(names, anything | plan_entry, max_size=4) | anything,
    max_size=3,
)
reading_tables = st.dictionaries(
    st.sampled_from([name for count in PLAN.counts for name in (count.id, *count.name)]) | texts,
    st.sampled_from(("flow", "stock", "new")) | anything,
    max_size=3,
)
top = st.sampled_from(
    ("name", "description", "extends", "horizon", "replicates", "seed", "tolerance", "parameters")
)
wild = st.dictionaries(top | texts, anything, max_size=4) | st.fixed_dictionaries(
    {},
    optional={"plans": lever_tables, "safeguards": lever_tables, "readings": reading_tables},
)


def toml(value: Any) -> str:
    """Return a value as TOML, tables in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(str(k))} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value) if isinstance(value, int | float) else str(value)


def document(tables: dict[str, Any]) -> str:
    """Return a whole TOML file."""
    return "\n".join(f"{toml(key)} = {toml(value)}" for key, value in tables.items())


def read(content: bytes) -> Scenario | Problem:
    """Return the scenario in a file of this content, or the problem with it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fuzz.toml"
        file.write_bytes(content)
        try:
            return read_scenario(file)
        except Problem as problem:
            assert str(folder) in problem.where
            assert problem.found
            assert all(problem.expected)
            return problem


def is_sound(scenario: Scenario) -> None:
    """Make sure that a scenario can be run, stored and brought back."""
    setup = scenario.setup()
    for number, instrument in enumerate(PLAN.instruments):
        used = scenario.settings[instrument.id]
        assert not setup.dose[: month_index(used.start), number].any()
        assert setup.reach[number].any()
    assert np.isfinite(setup.dose).all()
    stored = json.loads(json.dumps(scenario.resolved(), allow_nan=False))
    again = scenario_from_resolved(stored)
    assert again.resolved() == scenario.resolved()
    assert again.hash() == scenario.hash()


@settings(max_examples=3 * settings().max_examples)
@given(wild)
def test_any_table_is_a_scenario_or_a_problem(tables: dict[str, Any]) -> None:
    outcome = read(document(tables).encode())
    if isinstance(outcome, Scenario):
        is_sound(outcome)


@given(sensible)
def test_any_sensible_file_is_a_sound_scenario(tables: dict[str, Any]) -> None:
    outcome = read(document(tables).encode())
    assert isinstance(outcome, Scenario), str(outcome)
    is_sound(outcome)


@given(st.binary(max_size=40) | texts.map(str.encode))
def test_any_bytes_are_a_scenario_or_a_problem(content: bytes) -> None:
    outcome = read(content)
    if isinstance(outcome, Scenario):
        is_sound(outcome)
