"""The core may be rebuilt; what a parameter draw, a seed and a replicate lead to may not change."""

from benchmarks import same_bytes


def test_trajectories_are_those_of_the_first_core() -> None:
    assert same_bytes.hashes() == same_bytes.kept()
