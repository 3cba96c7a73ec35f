"""What stands between firms and their markets: levels that take their time, trials that fail."""

import numpy as np
from numpy.typing import NDArray

from sim.model.world import codes
from tests.rules.history import History, Records
from tests.rules.test_certificates import stayed

GATES = np.array(codes.GATE_OF)
LICENSED = np.array(codes.IS_LICENSED)


def gates(firms: Records) -> NDArray[np.int64]:
    """Return the gate of each firm's track."""
    found: NDArray[np.int64] = GATES[firms["track"]].astype(np.int64)
    return found


def test_beyond_the_gate_a_level_takes_its_time(history: History) -> None:
    p = history.p
    eased = 1.0 + max(0.0, float(p["approval_gain"]))
    passed = 0
    for month, old, now in stayed(history):
        moved = now["level"] > old["level"]
        tried = moved & (old["level"] >= p["gate_level"])
        least = 12.0 * p["gate_years"][gates(old)] / np.where(LICENSED[gates(old)], eased, 1.0)
        waited = month.number - old["reached"]
        assert (waited[tried] >= least[tried] - 1e-9).all(), month.number
        assert (now["reached"][now["level"] != old["level"]] == month.number).all(), month.number
        passed += int(tried.sum())
    assert passed > 0


def test_only_what_is_licensed_fails_a_verdict(history: History) -> None:
    """A firm falls more than one level in a month only where a trial of it fails."""
    failed = 0
    for month, old, now in stayed(history):
        fell = old["level"].astype(int) - now["level"] > 1
        assert LICENSED[gates(old)][fell].all(), month.number
        assert (now["level"][fell] == history.p["gate_level"] - 1).all(), month.number
        failed += int(fell.sum())
    assert failed > 0


def test_nobody_begins_to_sell_before_the_gate_is_passed(history: History) -> None:
    first = history.p["first_selling_level"]
    for month, old, now in stayed(history):
        began = (old["weight"] == 0.0) & (now["weight"] > 0.0)
        assert (now["level"] >= first[gates(now)])[began].all(), month.number
