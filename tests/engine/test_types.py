"""Promise 5: a misspelt field names file and line, from the type checker, before anything runs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RULE = """\
from sim.engine import rule
from sim.model.world.tables import Draw, Tables


@rule
def mine(world: Tables, p: Draw, month: int) -> None:
    world.firms[month].cash += 1.0
    world.firms[month].cahs += 1.0
"""


def test_a_misspelt_field_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(RULE)
    checker = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(file)]
    done = subprocess.run(checker, cwd=ROOT, capture_output=True, text=True, check=False)
    (line,) = (line for line in done.stdout.splitlines() if ": error: " in line)
    assert "mine.py:8: error" in line  # and none where the field is spelt rightly
    assert '"Firm" has no attribute "cahs"' in line
