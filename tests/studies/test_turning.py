"""What turns a package's effects is found where it is planted, and named with what it rests on."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.ensemble import draw_values
from sim.estimate.records import Decisions
from sim.evidence.influence import status_of
from sim.experiments.compare import Comparison, compare
from sim.language import Text
from sim.model.world.layout import DUE, MEASURES
from sim.parameters import UNCERTAIN
from sim.plan import PLAN
from sim.sampling import draw_of, replicates_for
from sim.scenario import read_scenario
from sim.spec.findings import Sentence
from sim.spec.table import Table
from sim.store.fill import Ensemble
from sim.studies.shared.turning import (
    FIELDS,
    MOST,
    Turning,
    decided_in,
    turned,
    turned_file,
    turned_table,
    turning,
)
from sim.views.parameter_names import short_names

ASSUMED = next(name for name in UNCERTAIN if status_of(name) == "assumed")
KNOWN = next(name for name in UNCERTAIN if status_of(name) in ("counted", "estimated"))
FIRST, SECOND = (
    replace(read_scenario(name), draws="prior") for name in ("as-written", "without-yulin")
)
SEED = 7


def packages(draws: int) -> list[Ensemble]:
    """Return two packages: three counts differ with a parameter, half with another, and by luck."""
    replicates = replicates_for(draws)
    numbers = np.array([draw_of(each) for each in range(replicates)])
    values = [draw_values(FIRST.setup(), SEED, int(draw)) for draw in numbers]
    known, assumed = (np.array([each[name] for each in values]) for name in (KNOWN, ASSUMED))
    luck = np.random.default_rng(1).normal(size=(replicates, 2))
    counts = np.full((replicates, DUE + 1, len(PLAN.counts)), 1000.0)
    counts[:, -1] += np.random.default_rng(2).normal(0.0, 100.0, (replicates, len(PLAN.counts)))
    other = counts.copy()
    other[:, -1, 0] += 10.0 + _scaled(known)
    other[:, -1, 1] += 10.0 + _scaled(assumed) + luck[:, 0]
    other[:, -1, 2] += 10.0 + luck[:, 1]
    measures = np.zeros((replicates, 1 + DUE // 12, len(MEASURES)), dtype=np.float32)
    return [
        Ensemble(scenario, held, numbers, measures, SEED)
        for scenario, held in ((FIRST, counts), (SECOND, other))
    ]


def told_of(found: Comparison, by: Decisions) -> Turning:
    clear = {each.id for each in found.counts if each.effect.told_apart}
    return Turning((found.first.id, found.second.id), found.second.name, clear, by)


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((values - values.mean()) / values.std())


def test_what_turns_an_effect_is_named_with_what_it_rests_on() -> None:
    first, second = packages(128)
    by, found = turning(first, second), compare(first, second)
    first_count, second_count, third, *rest = by.counts
    assert first_count.deciders[0].parameter == KNOWN
    assert first_count.deciders[0].share.value > 0.9
    assert second_count.deciders[0].parameter == ASSUMED
    assert 0.3 < second_count.deciders[0].share.value < 0.7
    assert not any(each.deciders for each in (third, *rest))
    listed, mute, assumed = turned([told_of(found, by)])
    assert isinstance(listed, Table)
    assert [row[0].text for row in listed.rows] == [each.name for each in PLAN.counts[:2]]
    texts = [row[1].text for row in listed.rows]
    assert short_names()[KNOWN].zh in texts[0].zh
    assert "*" in texts[1].en and "*" not in texts[0].en.split(";")[0]
    assert isinstance(mute, Sentence) and PLAN.counts[2].name.en in mute.text.en
    named = [one for each in (first_count, second_count) for one in each.deciders]
    own = [one.share.value for one in named if status_of(one.parameter) == "assumed"]
    told = sum(own) / sum(one.share.value for one in named)
    assert isinstance(assumed, Sentence) and f"{told:.0%}" in assumed.text.en


def test_the_file_has_every_effect_and_whatever_turns_it() -> None:
    first, second = packages(128)
    by = turning(first, second)
    held = turned_file([told_of(compare(first, second), by)])
    rows = [dict(zip(FIELDS, row[0].values, strict=True)) for row in held.rows]
    assert {row["count"] for row in rows} == {each.id for each in PLAN.counts}
    assert (rows[0]["parameter"], rows[0]["status"]) == (KNOWN, status_of(KNOWN))
    assert rows[0]["direction"] == "rises"
    assert next(row for row in rows if row["count"] == PLAN.counts[2].id)["parameter"] is None
    read = decided_in(
        [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
    )
    assert [(each.count, each.explained, each.deciders) for each in read] == [
        (each.count, each.explained, each.deciders) for each in by.counts
    ]


def test_of_several_packages_each_effect_is_told_with_its_package_and_the_first_only() -> None:
    first, second = packages(128)
    one = told_of(compare(first, second), turning(first, second))
    (listed,) = turned_table([one._replace(name=Text(f"p{n}", f"p{n}")) for n in range(20)])
    assert len(listed.rows) == MOST
    assert [row[0].text.en for row in listed.rows[:3]] == ["p0", "p0", "p1"]
    assert not [*turned_table([one._replace(clear=())])]


@pytest.mark.parametrize("draws", [16, 127])
def test_of_few_draws_it_is_said_how_many_it_takes(draws: int) -> None:
    first, second = packages(draws)
    (told,) = turned([told_of(compare(first, second), turning(first, second))])
    assert isinstance(told, Sentence) and "128" in told.text.en and "128" in told.text.zh
