"""Many replicates: the same bytes however they are run, other bytes for another replicate or seed.

The tests bear the names of what users of other tools complain about.
"""

import threading
from collections.abc import Callable, Generator
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.ensemble import Trajectory, advance, run, run_one
from sim.model.world import population
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.setup import Setup
from sim.model.world.tables import Talents
from sim.model.world.world import (
    BREAKTHROUGH_MARGIN,
    DEAL_MARGIN,
    FIRM_MARGIN,
    PROGRAMME_MARGIN,
    TALENT_MARGIN,
    World,
    allocate,
    grow,
    working_space,
)
from sim.scenario import read_scenario

WHOLE = read_scenario("as-written").setup()._replace(draws=None)
"""Parameters from the priors, so that a new calibration changes no test."""
SHORT = WHOLE._replace(months=18)
"""A year and a half: as many processes run as in eight years, in a fifth of the time."""
SEED = 7
Bytes = tuple[bytes, bytes]
Allocate = Callable[[float, float, float, float], World]


def bytes_of(trajectory: Trajectory) -> Bytes:
    return trajectory.counts.tobytes(), trajectory.measures.tobytes()


def ensemble_of(replicates: range, seed: int = SEED, workers: int = 2) -> list[Trajectory]:
    return list(run(SHORT, seed, replicates, workers))


def luck_and_draw_alone(trajectories: list[Trajectory]) -> list[tuple[Bytes, dict[str, float]]]:
    return [(bytes_of(each), each.parameters) for each in trajectories]


def test_results_do_not_depend_on_the_number_of_workers() -> None:
    one, two, many = (ensemble_of(range(6), workers=number) for number in (1, 2, 5))
    assert luck_and_draw_alone(one) == luck_and_draw_alone(two) == luck_and_draw_alone(many)
    assert [each.replicate for each in two] == list(range(6))


def test_running_in_parts_gives_the_same_as_running_at_once() -> None:
    record = parameters.as_record(parameters.draw(SEED, 2))
    results: list[Bytes] = []
    for stops in ([99], [40, 99], [1, 2, 3, 50, 98, 99]):
        counts, measures = np.zeros((99, len(COUNTS))), np.zeros((99, len(MEASURES)))
        world = population.create(record, SEED, 2)
        for stop in stops:
            world = advance(world, record, WHOLE, stop, counts, measures)
            assert not counts[stop:].any()
        results.append((counts.tobytes(), measures.astype(np.float32).tobytes()))
    assert results == [bytes_of(run_one(WHOLE, SEED, 2))] * 3


def test_first_members_stay_the_same_when_an_ensemble_is_enlarged() -> None:
    small, large = ensemble_of(range(3)), ensemble_of(range(8))
    assert luck_and_draw_alone(small) == luck_and_draw_alone(large[:3])
    late = ensemble_of(range(6, 8))
    assert luck_and_draw_alone(late) == luck_and_draw_alone(large[6:])


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert luck_and_draw_alone(ensemble_of(range(3))) == luck_and_draw_alone(ensemble_of(range(3)))


def test_seeds_have_an_effect() -> None:
    """Small ones, neighbours, and long ones that agree in their lower or their upper half."""
    seeds = (0, 1, 2, SEED, SEED + 2**32, 2**63 - 1)
    found = [run_one(SHORT._replace(months=3), seed, 0) for seed in seeds]
    for one, other in combinations(found, 2):
        assert bytes_of(one)[1] != bytes_of(other)[1]
        assert one.parameters != other.parameters


def test_no_replicates_are_identical_copies() -> None:
    found = [run_one(SHORT._replace(months=3), SEED, replicate) for replicate in range(12)]
    assert len({bytes_of(each)[1] for each in found}) == 12


def test_a_second_luck_has_the_parameters_of_the_first() -> None:
    """Replicates 0 to 127 have draws of their own, 128 to 191 those of the first 64 again."""
    found = ensemble_of(range(3)) + ensemble_of(range(128, 131))
    for first, second in zip(found[:3], found[3:], strict=True):
        assert first.draw == second.draw == first.replicate == second.replicate - 128
        assert first.parameters == second.parameters
        assert bytes_of(first)[1] != bytes_of(second)[1]
    uncertain = [name for name, each in parameters.PARAMETERS.items() if each.uncertain]
    for one, other in combinations(found[:3], 2):
        same = [name for name in uncertain if one.parameters[name] == other.parameters[name]]
        assert same == []


def test_fixing_a_parameter_changes_no_other_draw() -> None:
    free = parameters.draw(SEED, 3)
    fixed = parameters.draw(SEED, 3, (("heredity", 0.25), ("team", 3.0)))
    assert {name for name in free if free[name] != fixed[name]} <= {"heredity", "team"}
    assert fixed["heredity"] == 0.25


def test_adding_a_parameter_changes_no_other_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it stands in the table."""
    before = parameters.draw(SEED, 3)
    added = {"an_added_one": parameters.find("heredity"), **parameters.PARAMETERS}
    monkeypatch.setattr(parameters, "PARAMETERS", added)
    parameters._drawn.cache_clear()
    after = parameters.draw(SEED, 3)
    parameters._drawn.cache_clear()
    assert after.pop("an_added_one") != before["heredity"]
    assert after == before


def test_fixing_a_parameter_at_its_draw_changes_nothing() -> None:
    plain = run_one(SHORT, SEED, 2)
    fixed = SHORT._replace(overrides=tuple(plain.parameters.items()))
    assert bytes_of(run_one(fixed, SEED, 2)) == bytes_of(plain)


def longer(table: NDArray[Any], rows: int) -> Any:
    """Return a copy of a table cut or filled up with empty rows."""
    copy = np.zeros(rows, table.dtype)
    copy[: min(rows, len(table))] = table[:rows]
    return copy


def resized(
    world: World, *, firms: int, talents: int, deals: int, programmes: int, breakthroughs: int
) -> World:
    """Return a world whose tables have as many rows as said."""
    return world._replace(
        firms=longer(world.firms, firms),
        talents=Talents(*(longer(column, talents) for column in world.talents)),
        deals=longer(world.deals, deals),
        programmes=longer(world.programmes, programmes),
        breakthroughs=longer(world.breakthroughs, breakthroughs),
        ids=np.zeros(firms, np.int64),
        **working_space(firms, talents, programmes),
    )


def tight(firms: float, talents: float, funds: float, programmes: float) -> World:
    """Return an empty world with next to no room beyond its margins, so that it must soon grow."""
    return resized(
        allocate(firms, talents, funds, programmes),
        firms=int(firms) + FIRM_MARGIN + 5,
        talents=int(talents) + TALENT_MARGIN + 50,
        deals=DEAL_MARGIN + 5,
        programmes=PROGRAMME_MARGIN + int(programmes) + 10,
        breakthroughs=BREAKTHROUGH_MARGIN + 1,
    )


def full(firms: float, talents: float, funds: float, programmes: float) -> World:
    """Return an empty world with room for those of 2022 and nobody else."""
    return resized(
        allocate(firms, talents, funds, programmes),
        firms=int(firms),
        talents=int(talents),
        deals=1,
        programmes=int(programmes),
        breakthroughs=1,
    )


def roomy(firms: float, talents: float, funds: float, programmes: float) -> World:
    """Return an empty world with twice the usual room."""
    world = allocate(firms, talents, funds, programmes)
    return resized(
        world,
        firms=2 * len(world.firms),
        talents=2 * len(world.talents.id),
        deals=2 * len(world.deals),
        programmes=2 * len(world.programmes),
        breakthroughs=2 * len(world.breakthroughs),
    )


@pytest.mark.parametrize("allocated", [tight, full, roomy])
def test_tables_grow_without_a_trace(monkeypatch: pytest.MonkeyPatch, allocated: Allocate) -> None:
    plain = bytes_of(run_one(WHOLE, SEED, 1))
    months: list[int] = []

    def watched(world: World) -> World:
        grown = grow(world)
        if grown is not world:
            months.append(int(world.city["month"][0]))
        return grown

    monkeypatch.setattr(population, "allocate", allocated)
    monkeypatch.setattr(ensemble, "grow", watched)
    assert bytes_of(run_one(WHOLE, SEED, 1)) == plain
    if allocated is tight:
        assert len({month for month in months if month > 0}) >= 3
    else:
        assert (0 in months) == (allocated is full)


def test_a_large_population_keeps_room_in_proportion() -> None:
    """Sixteen times the people found sixteen times the firms in a month."""
    world = allocate(firms=48_000, talents=320_000, funds=640, programmes=100)
    world.city["firm_rows"] = len(world.firms) - 2 * FIRM_MARGIN
    assert len(grow(world).firms) == 2 * len(world.firms)


@pytest.mark.parametrize("months", [10, 12])
def test_too_many_births_are_an_error_and_nobody_is_dropped(months: int) -> None:
    """July 2023, month 9, brings more graduates than the tables keep room for."""
    crowded = WHOLE._replace(months=months, overrides=(("graduates", 100_000.0),))
    with pytest.raises(OverflowError, match="more births"):
        run_one(crowded, SEED, 0)
    with pytest.raises(OverflowError, match="more births"):
        list(run(crowded, SEED, range(4), 2))


@pytest.mark.parametrize("more", [1, 8])
def test_a_few_more_candidates_than_there_are_words_for_are_an_error_too(more: int) -> None:
    """Compiled rules do not check bounds: words would be written past their end."""
    room = ensemble.begin(WHOLE, SEED, 0)[1].words.shape[1]
    crowded = WHOLE._replace(months=10, overrides=(("graduates", float(room + more)),))
    with pytest.raises(OverflowError, match="more births"):
        run_one(crowded, SEED, 0)


def test_many_births_that_fit_are_no_error() -> None:
    crowded = WHOLE._replace(months=12, overrides=(("graduates", 6_000.0),))
    found = run_one(crowded, SEED, 0)
    assert found.measures[11, MEASURES.index("talents")] > 20_000


def test_there_is_room_for_as_many_programmes_of_2022_as_a_scenario_says() -> None:
    """Compiled rules do not check bounds: a table too short would be written past its end."""
    many = WHOLE._replace(months=2, overrides=(("existing:validation", 5_000.0),))
    found = run_one(many, SEED, 0)
    assert found.measures[0, MEASURES.index("programmes")] > 4_500


def test_stopping_early_ends_cleanly(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs is finished, what waits is dropped, and no thread is left behind."""
    begun: list[int] = []
    ended: list[int] = []

    def watched(setup: Setup, seed: int, replicate: int) -> Trajectory:
        begun.append(replicate)
        trajectory = run_one(setup, seed, replicate)
        ended.append(replicate)
        return trajectory

    monkeypatch.setattr(ensemble, "run_one", watched)
    threads = threading.active_count()
    trajectories = run(SHORT, SEED, range(1000), 2)
    assert isinstance(trajectories, Generator)
    assert [next(trajectories).replicate for _ in range(3)] == [0, 1, 2]
    trajectories.close()
    assert threading.active_count() == threads
    assert sorted(begun) == sorted(ended)
    assert len(begun) <= 3 + 2 + ensemble.AHEAD


def test_an_ensemble_of_nobody_is_empty() -> None:
    assert ensemble_of(range(0)) == []
