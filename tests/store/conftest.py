"""Results without running the model."""

import pytest

from tests.store import made


@pytest.fixture(autouse=True)
def _made_up_replicates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
