"""Protects the installed package: a wheel in an environment of its own, used in an empty folder.

The base alone is installed, so this also protects that no base command needs an extra; and under
the newest Python of this machine, where all other tests run under the one that they were started
with.
"""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import requires
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.digest import model_hash
from sim.extras import EXTRA_OF
from sim.scenario import scenario_names

ROOT = Path(__file__).parents[1]
PACKED = ("sim", "scenarios", "pyproject.toml", "setup.py", "README.md", "LICENSE")
NEWER = ("3.14", "3.13", "3.12")


def _newest() -> str:
    """Return the newest Python of this machine that is supported, or that of the tests."""
    for version in NEWER:
        if version == f"{sys.version_info.major}.{sys.version_info.minor}":
            break
        known = shutil.which(f"python{version}")
        managed = (Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python")
        for path in (known, *map(str, managed)):
            if path and _runs_python(path):
                return path
    return sys.executable


def _runs_python(path: str) -> bool:
    """Return whether a command runs: one of that name may only say where there is one."""
    asked = [path, "-c", "import ensurepip"]
    return not subprocess.run(asked, capture_output=True, check=False).returncode


class Installed(NamedTuple):
    """A place where the wheel is installed."""

    sim: Path
    folder: Path
    """Empty at first."""

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self.sim, *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built in a copy: what a build leaves behind would go into the next."""
    source, built = (tmp_path_factory.mktemp(name) for name in ("source", "dist"))
    for name in PACKED:
        if (ROOT / name).is_dir():
            left_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, source / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, source / name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(built), source)
    (made,) = built.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([_newest(), "-m", "venv", "--without-pip", home], check=True)
    constraints = home / "constraints.txt"
    locked = (ROOT / "requirements.lock").read_text()
    constraints.write_text(re.sub(r" \\\n( *--hash=\S+( \\)?\n)+", "\n", locked))
    python = str(home / "bin" / "python")
    _pip("--python", python, "install", "--no-compile", "--constraint", constraints, wheel)
    return Installed(home / "bin" / "sim", tmp_path_factory.mktemp("empty"))


def _pip(*arguments: str | Path) -> None:
    asked = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_shipped_scenario_runs_in_an_empty_folder(installed: Installed) -> None:
    done = installed.run("run", "as-written", "--replicates", "2", "--no-figures", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "N = 2" in done.stdout
    (result,) = (installed.folder / "results").iterdir()
    manifest = (result / "manifest.json").read_text()
    # The model is that of the sources: its code, its numbers and nothing of where it lies.
    assert model_hash() in manifest
    assert '"shanghai-future-industry-sim": "' in manifest


def test_every_file_of_the_sources_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    kept = subprocess.run(
        ["git", "ls-files", "sim", "scenarios"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    there = {re.sub("^scenarios/", "sim/shipped/", name) for name in kept if (ROOT / name).exists()}
    assert there - inside == set()


def test_what_the_project_lists_is_shipped(installed: Installed) -> None:
    listed = installed.run("scenarios").stdout
    assert [name for name in scenario_names() if name not in listed] == []
    assert installed.run("check", "six-plans").returncode == 0
    python = installed.sim.with_name("python")
    read = "from sim.scenario.facts import read_facts; import sim.scenario.posterior as it; "
    there = "assert read_facts() and it.posterior_file().is_file()"
    subprocess.run([python, "-c", read + there], check=True)


def test_a_scenario_of_one_s_own_is_begun_and_shadows(installed: Installed) -> None:
    assert installed.run("new", "mine", "--extends", "without-yulin").returncode == 0
    assert installed.run("check", "mine").returncode == 0
    again = installed.run("new", "mine")
    assert again.returncode == 2
    assert "mine.toml" in again.stderr
    assert installed.run("new", "without-zhuji").returncode == 0
    shadowed = installed.run("show", "without-zhuji", "--lang", "en")
    assert shadowed.stdout.startswith("without-zhuji")


def test_a_command_of_an_extra_says_how_to_get_it(installed: Installed) -> None:
    done = installed.run("app", "--no-open", "--lang", "en")
    assert done.returncode == 2
    assert 'pip install "shanghai-future-industry-sim[web]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_extras_bring_what_the_message_says() -> None:
    names = {"tomli_w": "tomli-w", "jinja2": "Jinja2", "fontTools": "fonttools"}
    asked = requires("shanghai-future-industry-sim") or []
    for module, extra in EXTRA_OF.items():
        wanted = names.get(module, module)
        assert any(
            entry.startswith(wanted) and entry.endswith(f'extra == "{extra}"') for entry in asked
        ), module


def test_the_version_is_said_alike_everywhere(installed: Installed) -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert installed.run("--version").stdout == f"sim {stated}\n"
    assert f"version: {stated}\n" in (ROOT / "CITATION.cff").read_text()
