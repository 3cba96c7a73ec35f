"""A store, and replicates that cost nothing: made up from what identifies them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim import ensemble
from sim.ensemble import Trajectory
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.setup import Setup
from sim.sampling import draw_of
from sim.store.store import Store

Write = Callable[[str], Path]


def made_up(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
    """Return a trajectory that depends on policy, seed and replicate, as real ones do."""
    policy = round(1000 * float(setup.dose.sum() * setup.reach.mean()))
    rng = np.random.default_rng([seed, replicate, policy])
    counts = rng.normal(100.0, 30.0, (setup.months, len(COUNTS))).cumsum(axis=0) / 10.0
    measures = rng.random((setup.months, len(MEASURES))).astype(np.float32)
    return Trajectory(replicate, draw_of(replicate), counts, measures, {})


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let replicates be made up instead of run."""
    monkeypatch.setattr(ensemble, "run_one", made_up)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file of keys and values."""

    def to_file(text: str) -> Path:
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return to_file
