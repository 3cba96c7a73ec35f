"""Promise 5: a misspelt field names file and line, from the type checker, before anything runs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULE = """\
from sim.engine import rule
from sim.model.world.tables import Draw, Tables


@rule
def mine(world: Tables, p: Draw, month: int) -> None:
    world.firms[month].{field} += 1.0
"""


@pytest.mark.parametrize("field", ["cash", "cahs"])
def test_a_misspelt_field_is_named_with_its_line(tmp_path: Path, field: str) -> None:
    file = tmp_path / "mine.py"
    file.write_text(RULE.format(field=field))
    checker = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(file)]
    done = subprocess.run(checker, cwd=ROOT, capture_output=True, text=True, check=False)
    if field == "cash":
        assert done.returncode == 0, done.stdout
    else:
        assert "mine.py:7: error" in done.stdout
        assert '"Firm" has no attribute "cahs"' in done.stdout
