"""Facts: what is known at a date, and what is known not to have happened by then."""

from pathlib import Path

import numpy as np
import pytest

from sim.calendar import month_index
from sim.figures import figures
from sim.ledger import ledger
from sim.model.world.codes import COLLEGE, PILOT_ZONE
from sim.model.world.setup import Observed, Placed
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import as_known_in, read_facts, read_scenario, scenario_from_resolved
from sim.scenario.facts import COLUMNS

HEAD = ",".join(COLUMNS)
FUND = "fund,2024-09,lever,guidance_fund,,,,F209,why,何故"
ZONE = "zone,2023-03,opened,pilot_zone,zhangjiang,,,F021,why,何故"
COLLEGE_OPENED = "college,2023-09,opened,college,minhang,,,F027,why,何故"
ALL_ZONES = "zones,2024-12,complete,pilot_zone,,,,F023,why,何故"
SEEN = "seen,2024-06,count,components,,2,9,made up,why,何故"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a table of facts that scenarios of this test use."""
    (tmp_path / "scenarios").mkdir()
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "scenarios" / "facts.csv"
    file.write_text("\n".join([HEAD, FUND, ZONE, COLLEGE_OPENED, ALL_ZONES, SEEN]))
    return file


def _start(as_of: str, instrument: str = "guidance_fund") -> int:
    setup = as_known_in(read_scenario("as-written"), as_of).setup()
    column = [entry.id for entry in PLAN.instruments].index(instrument)
    return int(np.flatnonzero(setup.dose[:, column])[0])


@pytest.mark.usefixtures("table")
class TestKnown:
    """What a run is told depends on the date it is seen from."""

    def test_an_instrument_begins_when_it_did_and_not_before_the_date_it_is_seen_from(self) -> None:
        assert _start("2024-12") == month_index("2024-09")
        assert _start("2024-09") == month_index("2024-09")
        assert _start("2023-12") == month_index("2024-01")
        assert _start("2023-12", "forums") == 0

    def test_programmes_are_placed_once_they_have_opened(self) -> None:
        scenario = read_scenario("as-written")
        zone = Placed(PILOT_ZONE, -1, PLAN.zones[1].district == "pudong" and 10, 1, 5)
        college = Placed(COLLEGE, -1, 7, -1, 11)
        assert as_known_in(scenario, "2023-02").setup().placed == ()
        assert as_known_in(scenario, "2023-03").setup().placed == (zone,)
        assert as_known_in(scenario, "2030-01").setup().placed == (zone, college)

    @pytest.mark.parametrize(
        ("as_of", "opens_from"),
        [("2023-01", "2023-02"), ("2024-12", "2025-01"), ("2026-01", "2025-01")],
    )
    def test_what_is_not_listed_did_not_open_as_far_as_is_known(
        self, as_of: str, opens_from: str
    ) -> None:
        setup = as_known_in(read_scenario("as-written"), as_of).setup()
        assert setup.held == ((PILOT_ZONE, month_index(opens_from)),)

    def test_counts_are_known_from_their_month_on(self) -> None:
        column = [count.id for count in PLAN.counts].index("components")
        scenario = read_scenario("as-written")
        assert as_known_in(scenario, "2024-05").setup().observed == ()
        seen = as_known_in(scenario, "2024-06").setup().observed
        assert seen == (Observed(column, month_index("2024-06"), 2.0, 9.0),)

    def test_a_scenario_carries_its_facts_so_that_a_later_table_does_not_change_it(
        self, table: Path
    ) -> None:
        scenario = as_known_in(read_scenario("as-written"), "2024-12")
        table.write_text(HEAD)
        again = scenario_from_resolved(scenario.resolved())
        assert again.facts == scenario.facts
        assert again.hash() == scenario.hash() != read_scenario("as-written").hash()
        emptied = as_known_in(read_scenario("as-written"), "2024-12")
        assert emptied.hash() != scenario.hash()


def test_the_shipped_facts_can_be_read_and_cite_figures() -> None:
    facts = read_facts()
    assert {"lever", "opened", "complete"} <= {fact.kind for fact in facts}
    cited = {name for fact in facts for name in fact.source.split(", ")}
    assert cited <= {*figures(), *ledger()}
    assert all(fact.note.zh for fact in facts)


@pytest.mark.parametrize(
    ("line", "key", "found"),
    [
        ("a,2024-13,lever,forums,,,,F1,why,何故", "date", "2024-13"),
        ("a,2024-12,hearsay,forums,,,,F1,why,何故", "kind", "hearsay"),
        ("a,2024-12,lever,forum,,,,F1,why,何故", "what", "forum"),
        ("a,2024-12,opened,pilot_zone,Atlantis,,,F1,why,何故", "place", "Atlantis"),
        ("a,2024-12,complete,pilot_zone,pudong,,,F1,why,何故", "place", "pudong"),
        ("a,2024-12,count,components,,3,2,F1,why,何故", "high", "2"),
        ("a,2024-12,count,components,,x,2,F1,why,何故", "low", "x"),
        ("a,2024-12,lever,forums,,1,,F1,why,何故", "low", "1"),
        ("a,2024-12,lever,forums,,,,,why,何故", "source", ""),
        ("a,2024-12,lever,forums,,,,F1,why,", "note_zh", ""),
        ("a,2024-12,lever,forums,,,,F1", "", "8"),
        ("a,2024-12,lever,forums,,,,F1,one comma, too many,何故", "", "11"),
        ("a,2024-12,lever,forums,,,,F1," + "x" * 200_000 + ",何故", "", "—"),
        ("a,2024-12,lever,forums,,,,F1,\0,何故", "", "NUL"),
    ],
)
def test_a_wrong_line_is_named(table: Path, line: str, key: str, found: str) -> None:
    table.write_text(f"{HEAD}\n{FUND}\n{line}\n")
    with pytest.raises(Problem) as caught:
        read_facts(table)
    assert (caught.value.where, caught.value.key) == (f"{table}:3", key)
    assert found in caught.value.found


def test_all_wrong_lines_are_named_at_once(table: Path) -> None:
    comma = "zone,2023-03,opened,pilot_zone,lingang,,,F021,Lingang, among the first,临港"
    table.write_text("\n".join([HEAD, comma, FUND, FUND.replace("2024-09", "2024-9"), ZONE]))
    with pytest.raises(Problem) as caught:
        read_facts(table)
    assert [problem.where for problem in caught.value.each] == [f"{table}:2"]
    assert "found 11; expected 10 fields" in str(caught.value)
    table.write_text("\n".join([HEAD, FUND.replace("F209", ""), ZONE.replace("opened", "open")]))
    with pytest.raises(Problem) as caught:
        read_facts(table)
    assert [(one.where, one.key) for one in caught.value.each] == [
        (f"{table}:2", "source"),
        (f"{table}:3", "kind"),
    ]


def test_two_facts_of_one_name_are_refused(table: Path) -> None:
    table.write_text("\n".join([HEAD, FUND, FUND]))
    with pytest.raises(Problem, match="fund"):
        read_facts(table)
