"""Columns go to Arrow and back as Arrow itself converts them, and a run loads no pandas for it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from sim.store.arrays import numbers, table_in, values_of, words

RUN = """
import sys
import sim.cli.carrying_out
from sim.functions import run
run("as-written", replicates=2, figures=False, store=sys.argv[1], out=sys.argv[2]).counts()
sys.exit(sorted({"pandas", "matplotlib"} & set(sys.modules)) or 0)
"""


def test_columns_are_those_that_arrow_makes() -> None:
    there = np.arange(19) % 3 > 0
    for kind in (np.int8, np.int16, np.int32, np.float32, np.float64):
        values = np.arange(19).astype(kind)
        assert numbers(values) == pa.array(values)
        assert numbers(values, there) == pa.array(values, mask=~there)
    for texts in (["2022-10", None, "未来"], [None] * 9, []):
        assert words(texts) == pa.array(texts, pa.string())


def test_columns_come_back_as_arrow_gives_them() -> None:
    values = np.arange(7.0)
    columns = {"whole": numbers(values), "some": numbers(values, values > 1.0)}
    part = pa.table({**columns, "words": words([None, *"abcdef"])}).slice(1, 5)
    table = pa.concat_tables([part, part])
    for name in table.column_names:
        np.testing.assert_array_equal(values_of(table, name), table[name].to_numpy())
    assert values_of(table.slice(0, 0), "whole").shape == (0,)
    with pytest.raises(KeyError):
        values_of(table, "none")


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(pa.ArrowException):
        table_in(b"no table")


def test_a_run_without_figures_loads_neither_pandas_nor_matplotlib(tmp_path: Path) -> None:
    """They are some 100 MB that nothing of it needs."""
    pytest.importorskip("pandas")
    asked = [sys.executable, "-c", RUN, str(tmp_path / "store"), str(tmp_path / "result")]
    assert subprocess.run(asked, check=False, capture_output=True, text=True).stderr == ""
