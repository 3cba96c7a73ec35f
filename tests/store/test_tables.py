"""The two tables hold what was simulated: every row, every column, the same bytes each time."""

import gc
import weakref
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.calendar import month_label
from sim.ensemble import Trajectory
from sim.model.world.layout import COUNTS, DUE, MEASURES
from sim.parameters import PARAMETERS
from sim.problems import Problem
from sim.store.columns import columns_for, unit_of
from sim.store.tables import BLOCK, REPLICATES, TRAJECTORIES, TableWriter
from tests.store.made import MONTHS, TARGETS, VALUES, trajectory


def write(folder: Path, trajectories: Sequence[Trajectory]) -> tuple[pa.Table, pa.Table]:
    folder.mkdir(exist_ok=True)
    with TableWriter(folder) as writer:
        for each in trajectories:
            writer.append(each)
    return pq.read_table(folder / TRAJECTORIES), pq.read_table(folder / REPLICATES)


def test_every_value_comes_back(tmp_path: Path) -> None:
    given = [trajectory(replicate) for replicate in range(3)]
    months, _ = write(tmp_path, given)
    assert months.num_rows == 3 * MONTHS
    assert months["replicate"].to_pylist() == np.repeat([0, 1, 2], MONTHS).tolist()
    assert months["month"].to_pylist() == [month_label(month) for month in range(MONTHS)] * 3
    for number, name in enumerate(COUNTS):
        wanted = np.concatenate([each.counts[:, number] for each in given])
        np.testing.assert_array_equal(months[name].to_numpy(), wanted)
    for number, name in enumerate(MEASURES):
        wanted = np.concatenate([each.measures[:, number] for each in given])
        assert months[name].to_numpy().dtype == np.float32
        np.testing.assert_array_equal(months[name].to_numpy(), wanted)


def test_a_replicate_has_its_2030_counts_and_its_parameter_draw(tmp_path: Path) -> None:
    given = [trajectory(replicate) for replicate in range(126, 131)]
    _, rows = write(tmp_path, given)
    assert rows["replicate"].to_pylist() == [126, 127, 128, 129, 130]
    assert rows["draw"].to_pylist() == [126, 127, 0, 1, 2]
    assert rows["luck"].to_pylist() == [0, 0, 1, 1, 1]
    assert rows["firms_2022"].to_pylist() == [3126.0, 3127.0, 3000.0, 3001.0, 3002.0]
    assert set(PARAMETERS) <= set(rows.column_names)
    for number, name in enumerate(COUNTS):
        wanted = [each.counts[DUE, number] for each in given]
        assert rows[name].to_pylist() == wanted


def test_the_month_reached_is_the_first_at_the_target(tmp_path: Path) -> None:
    counts = np.zeros((MONTHS, len(COUNTS)))
    counts[7:, 0] = TARGETS[0]
    counts[5, 1] = TARGETS[1]  # reached once, lost again
    counts[:, 2] = np.nextafter(TARGETS[2], 0.0)  # just below
    counts[0, 3] = TARGETS[3] + 1
    given = trajectory(0)._replace(counts=counts)
    _, rows = write(tmp_path, [given])
    found = [rows[f"{name}_reached"].to_pylist()[0] for name in COUNTS]
    assert found == ["2023-05", "2023-03", None, "2022-10"] + [None] * (len(COUNTS) - 4)


def test_a_target_reached_after_2030_is_dated_but_not_counted_in_2030(tmp_path: Path) -> None:
    counts = np.zeros((159, len(COUNTS)))
    counts[DUE + 1 :, 0] = TARGETS[0]
    given = trajectory(0, months=159)._replace(counts=counts)
    months, rows = write(tmp_path, [given])
    assert months["month"].to_pylist()[-1] == "2035-12"
    assert rows[COUNTS[0]].to_pylist() == [0.0]
    assert rows[f"{COUNTS[0]}_reached"].to_pylist() == ["2031-01"]


def test_no_two_columns_share_a_name() -> None:
    columns = columns_for(VALUES)
    for schema in (columns.of_trajectories(), columns.of_replicates()):
        assert len(set(schema.names)) == len(schema.names)


def test_every_measure_has_a_unit() -> None:
    assert {unit_of(name) for name in MEASURES} >= {"firms", "persons", "亿元/a"}


def test_the_same_replicates_give_the_same_bytes(tmp_path: Path) -> None:
    given = [trajectory(replicate) for replicate in range(BLOCK + 2)]
    write(tmp_path / "one", given)
    write(tmp_path / "two", given)
    for name in (TRAJECTORIES, REPLICATES):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_larger_ensemble_keeps_its_first_replicates(tmp_path: Path) -> None:
    given = [trajectory(replicate) for replicate in range(BLOCK + 2)]
    few, _ = write(tmp_path / "few", given[:4])
    many, _ = write(tmp_path / "many", given)
    assert many.slice(0, 4 * MONTHS).equals(few)
    with pq.ParquetFile(tmp_path / "many" / TRAJECTORIES) as file:
        groups = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    assert groups == [BLOCK * MONTHS, 2 * MONTHS]


def test_results_are_not_all_held_in_memory(tmp_path: Path) -> None:
    alive: list[weakref.ref[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]] = []
    with TableWriter(tmp_path) as writer:
        for replicate in range(2 * BLOCK + 3):
            each = trajectory(replicate)
            alive.append(weakref.ref(each.counts))
            writer.append(each)
            del each
        gc.collect()
        assert sum(reference() is not None for reference in alive) == 3


def test_a_full_disk_is_a_problem_and_closes_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(Problem, match="No space left on device"):
        write(tmp_path, [trajectory(0)])
