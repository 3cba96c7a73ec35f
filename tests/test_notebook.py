"""Protects docs/notebook.ipynb: every cell runs, in order, and what it shows can be shown.

The cells run in this process instead of in a kernel: they use no magic words of one, and the only
promise of a kernel that counts here is that it asks the last value of a cell how to show itself.
Outputs are kept out of the file, so that it never shows numbers of another version.
"""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs/notebook.ipynb"


def cells(kind: str) -> list[dict[str, Any]]:
    said = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (said["nbformat"], said["nbformat_minor"]) == (4, 5)
    return [cell for cell in said["cells"] if cell["cell_type"] == kind]


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; return the value of its last line if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(NOTEBOOK), "exec"), names)
    if last is None:
        return None
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names)


def test_every_cell_runs_and_shows_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    shown = [run_cell("".join(cell["source"]), names) for cell in cells("code")]
    assert all(value is not None for value in shown)
    pages = [value._repr_html_() for value in shown if hasattr(value, "_repr_html_")]
    result, rows, comparison, table = pages
    assert "<img" in result
    assert "<table" in result
    assert "<table" in rows
    assert "<table" in comparison
    assert "<img" in comparison
    assert "<table" in table
    # The comparison is that of the two runs: same scenarios, seed and replicates.
    found = names["comparison"].to_pandas().set_index("count")
    for name in ("first", "second"):
        likely = found[f"likelihood_{name}"]
        for count in names[name].summary.counts:
            assert likely[count.id] == count.likelihood.value
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_no_outputs_are_kept() -> None:
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells("code"))


def test_every_section_is_titled_in_both_languages() -> None:
    for cell in cells("markdown"):
        title = cell["source"][0]
        assert title.startswith("#")
        assert re.search(r"[A-Za-z]{3}.* · .*[\u4e00-\u9fff]", title)
