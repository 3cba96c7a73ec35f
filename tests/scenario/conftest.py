"""Scenario files for a test, written where nothing else sees them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.problems import Problem
from sim.scenario import Scenario, read_scenario

Write = Callable[..., Path]
Read = Callable[..., Scenario]
Refused = Callable[[str], Problem]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario file and return its path."""

    def write(text: str, name: str = "mine") -> Path:
        file = tmp_path / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def read(write: Write) -> Read:
    """Read a scenario from the text of a file."""

    def read(text: str, name: str = "mine") -> Scenario:
        return read_scenario(write(text, name))

    return read


@pytest.fixture
def refused(write: Write) -> Refused:
    """Return the problem with the text of a file."""

    def refused(text: str) -> Problem:
        file = write(text)
        with pytest.raises(Problem) as caught:
            read_scenario(file)
        assert caught.value.where.startswith(str(file))
        assert caught.value.in_("zh") != caught.value.in_("en")
        return caught.value

    return refused
