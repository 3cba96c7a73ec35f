"""The command line as a person uses it, without running the model."""

import sys
from collections.abc import Callable
from typing import NamedTuple
from uuid import uuid4

import pytest

from sim.cli.app import main
from tests.store import made


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs ``sim`` with words, on made-up replicates."""
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    # What is made up must not be found again by a real run.
    monkeypatch.setattr("sim.runner.PLACE", f"memory://{uuid4().hex}")

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["sim", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            main()
        said = capsys.readouterr()
        return Said(int(caught.value.code or 0), said.out, said.err)

    return run
