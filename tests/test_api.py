"""The public names: there, fast to import, and not hidden by modules of the same name."""

import importlib
import subprocess
import sys
from importlib.metadata import version

import pytest

import sim


@pytest.mark.parametrize("name", sorted(set(sim.__all__) - {"__version__"}))
def test_every_public_name_can_be_used(name: str) -> None:
    assert callable(getattr(sim, name))


def test_the_version_is_the_project_s() -> None:
    assert sim.__version__ == version("shanghai-future-industry-sim")


def test_run_stays_a_function_after_its_module_is_imported() -> None:
    importlib.import_module("sim.functions")
    from sim import run

    assert run is importlib.import_module("sim.functions").run


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = sim.nonesuch


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sim, sim.cli.app, sys;"
        "heavy = {'numpy', 'numba', 'pyarrow', 'pandas', 'scipy', 'matplotlib', 'mesa', 'rich'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_replicate_does_not_wait_for_figures() -> None:
    code = "import sim.runner, sys; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
