"""A Parquet file that was taken out of its folder still says what its numbers are, and of what."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.store.block import REPLICATES as IN_BLOCK
from sim.store.block import Task, origin, packed
from sim.store.tables import REPLICATES, TRAJECTORIES
from tests.store import made

COUNT = PLAN.counts[0]


def said(schema: pa.Schema, field: str) -> dict[str, str]:
    """Return what a file says of one of its columns."""
    told = schema.field(field).metadata or {}
    return {key.decode(): value.decode() for key, value in told.items()}


@pytest.mark.parametrize("name", [TRAJECTORIES, REPLICATES])
def test_a_result_s_tables_name_scenario_model_seed_and_units(tmp_path: Path, name: str) -> None:
    scenario = made.read_otherwise()
    result = made.result(tmp_path / "r", scenario=scenario)
    schema = pq.read_schema(result.folder / name)
    told = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert told["scenario"] == scenario.id
    assert told["scenario_name_zh"] == scenario.name.zh
    assert told["scenario_hash"] == result.scenario_hash
    assert told["model_hash"] == result.manifest["model_hash"]
    assert told["seed"] == str(result.seed)
    for count in PLAN.counts:
        reading = count.reading if name == TRAJECTORIES else scenario.readings[count.id]
        assert said(schema, count.id)["unit"] == count.unit.en
        assert said(schema, count.id)["reading"] == reading
    numbers = [field.name for field in schema if pa.types.is_floating(field.type)]
    assert [each for each in numbers if "unit" not in said(schema, each)] == []
    if name == REPLICATES:
        assert said(schema, "firms_2022") == {"unit": PARAMETERS["firms_2022"].unit}


def test_a_block_says_so_too() -> None:
    scenario = read_scenario("as-written")
    task = Task(scenario.setup(), 7, 0, scenario.hash())
    content = packed(task, [made.trajectory(number) for number in range(IN_BLOCK)]).content
    schema = pq.read_schema(pa.BufferReader(content))
    assert said(schema, COUNT.id)["unit_zh"] == COUNT.unit.zh
    assert said(schema, "month")["unit"] == "months after 2022-10"
    found = origin(content)
    assert found is not None
    assert (found.scenario, found.seed) == (scenario.hash(), 7)
