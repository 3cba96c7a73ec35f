"""Replicates that stream in are those of a whole run, and stop when nobody waits."""

import asyncio
from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from sim import ensemble
from sim.app import growth as growing
from sim.app.answers import answer, change, sampled, stored
from sim.app.growth import Engine, Replicates
from sim.app.looks import PACE, ROUND, due
from sim.app.pairing import other_of
from sim.app.session import WANTED
from sim.ensemble import Trajectory
from sim.estimate import summarise
from sim.estimate.groups import grouped
from sim.estimate.intervals import likelihood_interval
from sim.experiments.compare import compare
from sim.model.world.layout import COUNTS, DUE, MEASURES
from sim.model.world.setup import Setup
from sim.sampling import draw_of
from sim.scenario import read_scenario
from tests.app.conftest import wait_for


def test_a_streamed_answer_is_that_of_the_same_replicates_of_a_run(as_written: Replicates) -> None:
    scenario = read_scenario("as-written")
    whole = list(ensemble.run(scenario.setup(), scenario.seed, range(12)))
    assert np.array_equal(as_written.counts, np.stack([each.counts for each in whole]))
    assert np.array_equal(as_written.measures, np.stack([each.measures for each in whole]))
    for number in (2, 9, 12):
        counts = np.stack([each.counts for each in whole[:number]])
        draws = np.array([each.draw for each in whole[:number]])
        batch = summarise(counts, draws, DUE, scenario.tolerance, sequential=False)
        assert answer(as_written, scenario, number).summary == batch


def test_an_answer_is_known_to_five_points_at_half_of_what_is_run_by_itself() -> None:
    """The hardest likelihood to know is a half; with a draw for each replicate this is exact."""
    share = np.arange(WANTED // 2) % 2 == 0
    found = likelihood_interval(share, grouped(np.arange(len(share))))
    assert found.half_width < 0.05


def test_replicates_come_in_any_order(as_written: Replicates) -> None:
    """Who compares packages as the command line does follows the numbers 0, 1, 2 and so on."""

    async def both() -> None:
        engine = Engine(2)
        scenario = read_scenario("as-written")
        growth = engine.growth(scenario)
        async for _ in growth.follow(range(4)):
            pass
        async for _ in growth.follow(range(128, 130)):
            pass
        assert growth.replicates.number == 4
        found = growth.replicates.ensemble(scenario, [0, 1, 2, 3, 128, 129])
        assert found.draws.tolist() == [0, 1, 2, 3, 0, 1]
        assert np.array_equal(found.counts[:4], as_written.counts[:4])
        assert not np.array_equal(found.counts[0], found.counts[4])
        engine.close()

    wait_for(both())


def test_a_change_is_that_of_the_command_line(
    as_written: Replicates, without_yulin: Replicates
) -> None:
    first, second = read_scenario("as-written"), read_scenario("without-yulin")
    before, after = (sampled(each, second) for each in (as_written, without_yulin))
    found = change(before, after, [first, second])
    assert found is not None
    assert found.pairs == 8
    pairs = range(8)
    told = compare(as_written.ensemble(first, pairs), without_yulin.ensemble(second, pairs))
    assert [entry.likelihood for entry in told.counts] == list(found.strict)
    assert [entry.about for entry in told.counts] == list(found.about)
    assert told.joint == found.joint
    widest = max((*found.strict, *found.about, found.joint), key=lambda each: each.high - each.low)
    assert found.half_width >= (widest.high - widest.low) / 2.0


def test_a_stored_reference_is_what_its_runs_come_to_and_is_not_run(
    as_written: Replicates, without_yulin: Replicates
) -> None:
    written, package = read_scenario("as-written"), read_scenario("without-yulin")
    known, run = stored(written, package), sampled(as_written, package)
    assert known is not None
    assert np.array_equal(known.draws[:12], run.draws)
    assert np.array_equal(known.values[:12], run.values)
    after, both = sampled(without_yulin, package), [written, package]
    assert change(known, after, both) == change(run, after, both)
    engine = Engine(1)
    other = other_of(engine, written, package, WANTED, by_month=False)
    assert other.growth is None
    assert np.array_equal(other.sampled(package).values, known.values)
    assert other_of(engine, written, package, WANTED, by_month=True).growth is not None
    assert other_of(engine, written, package, 1 + len(known.draws), by_month=False).growth
    engine.close()


def test_a_reference_that_nobody_stored_or_that_is_read_otherwise_is_run() -> None:
    written, package = read_scenario("as-written"), read_scenario("without-yulin")
    engine = Engine(1)
    for reference, own in (
        (package, written),
        (written, replace(package, readings={**package.readings, "output": "stock"})),
        (replace(written, seed=1), replace(package, seed=1)),
    ):
        other = other_of(engine, reference, own, WANTED, by_month=False)
        assert other.stored is None
        assert other.growth is not None
    engine.close()


def test_two_who_look_at_one_package_share_its_replicates() -> None:
    async def both() -> None:
        engine = Engine(2)
        scenario = read_scenario("as-written")
        seen: list[list[int]] = [[], []]

        async def look(who: int, wanted: int) -> None:
            async for number in engine.growth(scenario).first(wanted):
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
            async for _ in growth.first(10_000):
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


def test_one_that_takes_long_does_not_keep_the_others_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first ends only when six others are there; who waits for it first never sees them."""
    others, ended, in_time = list[int](), Event(), list[bool]()

    def run(setup: Setup, _seed: int, replicate: int) -> Trajectory:
        if replicate == 0:
            in_time.append(ended.wait(20.0))
        else:
            others.append(replicate)
            if len(others) == 6:
                ended.set()
        counts = np.zeros((setup.months, len(COUNTS)))
        measures = np.zeros((setup.months, len(MEASURES)), np.float32)
        return Trajectory(replicate, draw_of(replicate), counts, measures, {})

    monkeypatch.setattr(growing, "run_one", run)

    async def look() -> None:
        engine = Engine(2)
        growth = engine.growth(read_scenario("as-written"))
        seen = [number async for number in growth.first(8)]
        assert seen[-1] == growth.replicates.number == 8
        assert in_time == [True]
        engine.close()

    wait_for(look())


def test_looks_get_rarer_and_none_is_missed_that_somebody_waits_for() -> None:
    """A hundred replicates a second, one by one, then by seven at a time."""
    for step in (1, 7):
        looks = [0]
        for number in range(0, 2 * ROUND + step, step):
            if due((number - looks[-1]) / 100.0, looks[-1], number):
                looks.append(number)
        rests = np.diff(looks)
        assert rests[0] <= 100.0 * PACE + step
        assert len(looks) < 30
        for rounds in (1, 2):
            assert any(rounds * ROUND <= look < rounds * ROUND + step for look in looks)
