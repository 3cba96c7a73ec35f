"""How far the city is stands beside likelihoods, and where nothing is published, that does."""

import pytest

from sim.plan import PLAN
from sim.spec.findings import Listing, Sentence
from sim.studies.shared import observed

COUNTS = {count.id: count for count in PLAN.counts}


def test_a_run_says_how_far_the_city_is_and_where_it_cannot_be_checked() -> None:
    head, lines, last = observed.parts()
    assert isinstance(head, Sentence)
    assert isinstance(lines, Listing)
    assert isinstance(last, Sentence)
    told = {each.en.partition(":")[0]: each for each in lines.items}
    zones, output = COUNTS["pilot_zones"].name, COUNTS["output"].name
    assert "strict 3 of 15 by 2025-03" in told[zones.en].en
    assert "严格 3/15" in told[zones.en].zh
    assert output.en not in told
    assert all(name in text for name, text in zip(output, last.text, strict=True))


@pytest.mark.parametrize(
    ("count", "told"),
    [
        ("scenarios", "city: strict 28 of 50 by 2025-03; all sectors 82 by 2025-03"),
        ("standards", "city: all sectors 12 by 2025-10"),
        ("output", "nothing published"),
    ],
)
def test_in_short_each_reading_is_said_as_known_latest(count: str, told: str) -> None:
    found = observed.in_short(COUNTS[count])
    assert found is not None
    assert found.en == told


def test_a_report_has_every_count() -> None:
    table = observed.published()
    assert table is not None
    assert [row[0].text for row in table.rows] == [count.name for count in PLAN.counts]


def test_a_pack_that_does_not_say_is_not_said_to_publish_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(observed, "observables", dict)
    assert [*observed.parts()] == []
    assert observed.unobservable() is None
    assert observed.in_short(COUNTS["output"]) is None
    assert observed.published() is None
