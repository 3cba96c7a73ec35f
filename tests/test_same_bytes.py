"""What a parameter draw, a seed and a replicate lead to changes only when somebody records it."""

from benchmarks import same_bytes


def test_trajectories_are_those_recorded() -> None:
    assert same_bytes.hashes() == same_bytes.kept()
