"""Replicates that stream in are those of a whole run, and stop when nobody waits."""

import asyncio

import numpy as np

from sim import ensemble
from sim.app.answers import answer, change
from sim.app.growth import Engine, Replicates
from sim.estimate import summarise
from sim.experiments.compare import compare
from sim.scenario import read_scenario
from sim.world.layout import END_OF_2030
from tests.app.conftest import wait_for


def test_a_streamed_answer_is_that_of_the_whole_run(as_written: Replicates) -> None:
    scenario = read_scenario("as-written")
    whole = list(ensemble.run(scenario.setup(), scenario.seed, range(12)))
    assert np.array_equal(as_written.counts, np.stack([each.counts for each in whole]))
    assert np.array_equal(as_written.measures, np.stack([each.measures for each in whole]))
    for number in (4, 9, 12):
        counts = np.stack([each.counts for each in whole[:number]])
        draws = np.array([each.draw for each in whole[:number]])
        batch = summarise(counts, draws, END_OF_2030, scenario.tolerance, sequential=False)
        assert answer(as_written, scenario, number).summary == batch


def test_a_change_is_that_of_the_command_line(
    as_written: Replicates, without_yulin: Replicates
) -> None:
    first, second = read_scenario("as-written"), read_scenario("without-yulin")
    found = change(as_written, without_yulin, second)
    assert found is not None
    assert found.pairs == 8
    told = compare(as_written.ensemble(first, 8), without_yulin.ensemble(second, 8))
    assert [entry.likelihood for entry in told.counts] == list(found.strict)
    assert [entry.about for entry in told.counts] == list(found.about)
    assert told.joint == found.joint


def test_two_who_look_at_one_package_share_its_replicates() -> None:
    async def both() -> None:
        engine = Engine(2)
        scenario = read_scenario("as-written")
        seen: list[list[int]] = [[], []]

        async def look(who: int, wanted: int) -> None:
            async for number in engine.growth(scenario).follow(wanted):
                seen[who].append(number)

        await asyncio.gather(look(0, 3), look(1, 6))
        assert seen[0][-1] == 3
        assert seen[1][-1] == 6
        assert engine.growth(scenario).replicates.number == 6
        engine.close()

    wait_for(both())


def test_who_goes_away_stops_the_work() -> None:
    async def leave() -> None:
        engine = Engine(2)
        growth = engine.growth(read_scenario("without-zhuji"))

        async def look() -> None:
            async for _ in growth.follow(10_000):
                pass

        task = asyncio.create_task(look())
        while growth.replicates.number < 2:
            await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(1.5)
        stopped = growth.replicates.number
        await asyncio.sleep(1.0)
        assert not growth.followed
        assert growth.replicates.number == stopped
        engine.close()

    wait_for(leave())
