"""Sweep files: the shipped ones mean what they say, and bad ones are told so in one message."""

from pathlib import Path

import pytest

from sim.experiments.costs import cost
from sim.experiments.equal_cost import at_cost
from sim.experiments.sweep_file import Changed, read_sweep, sweep_names
from sim.model.world.layout import DUE
from sim.parameters import DEFINITIONS, defaults
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import derive, read_scenario
from tests.experiments.conftest import Write

ALL_MONTHS = DUE + 1

BASE = 'base = "as-written"\ndesign = "full"\n'
FACTOR = '[[factors]]\nlever = "yulin"\nset = "on"\nvalues = [true, false]\n'


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("six-plans", 64),
        ("one-lever-off", 12),
        ("start-dates", 37),
        ("fund-and-talents", 25),
        ("all-instruments", 129),
    ],
)
def test_shipped_sweeps(name: str, points: int) -> None:
    sweep = read_sweep(name)
    assert len(sweep.points) == len(sweep.scenarios) == points
    assert len({scenario.hash() for scenario in sweep.scenarios}) == points
    assert name in sweep_names()
    assert sweep.name.en != sweep.name.zh


def test_a_point_does_what_a_scenario_file_would(write: Write) -> None:
    sweep = read_sweep(
        write(
            BASE + '[[factors]]\nlever = "雨林"\nset = "start"\nvalues = ["2025-01"]\n'
            '[[factors]]\nlever = "guidance_fund"\nset = "dose"\nvalues = [2]\n'
            '[[factors]]\nparameter = "climb_pace"\nvalues = [1.1]\n'
        )
    )
    scenario, base = sweep.scenarios
    assert base.hash() == sweep.base.hash()
    fund, other = scenario.settings["guidance_fund"], scenario.settings["forums"]
    assert (fund.start, fund.dose) == ("2025-01", 2.0)
    assert (other.start, other.dose) == ("2025-01", 1.0)
    assert scenario.parameters == {"climb_pace": 1.1}


def test_factors_may_be_places_and_ends(write: Write) -> None:
    sweep = read_sweep(
        write(
            BASE
            + '[[factors]]\nlever = "lingpao"\nset = "districts"\nvalues = [["浦东"], "all"]\n'
            + '[[factors]]\nlever = "pilot_zones"\nset = "clusters"\nvalues = [["energy"]]\n'
            + '[[factors]]\nlever = "lingpao"\nset = "end"\nvalues = ["2026-01", "never"]\n'
        )
    )
    found = [each.settings["pilot_zones"] for each in sweep.scenarios[: sweep.designed]]
    assert [each.districts for each in found] == [("pudong",), ("pudong",), None, None]
    assert [each.end for each in found] == ["2026-01", None, "2026-01", None]
    assert all(each.clusters == ("energy",) for each in found)


@pytest.mark.parametrize(("values", "at", "designed"), [("[true, false]", 0, 2), ("[false]", 1, 1)])
def test_the_base_is_one_of_the_points_or_run_beside_them(
    write: Write, values: str, at: int, designed: int
) -> None:
    sweep = read_sweep(write(BASE + FACTOR.replace("[true, false]", values)))
    assert (sweep.base_point, sweep.designed) == (at, designed)
    assert sweep.scenarios[at].hash() == sweep.base.hash()
    assert len(sweep.points) == len(sweep.scenarios) == 2


def test_a_sweep_is_laid_out_anew_only_where_its_file_or_its_base_says_something_else(
    write: Write, tmp_path: Path
) -> None:
    text = BASE.replace("as-written", "own") + FACTOR
    (tmp_path / "own.toml").write_text('extends = "as-written"\n')
    first = read_sweep(write(text))
    assert read_sweep(write(text)) is first
    (tmp_path / "own.toml").write_text('extends = "as-written"\nplans.zhuji.on = false\n')
    on_another = read_sweep(write(text))
    hashes = ({each.hash() for each in sweep.scenarios} for sweep in (first, on_another))
    assert set.isdisjoint(*hashes)
    other = read_sweep(write(text.replace("[true, false]", "[false]")))
    assert other.points != on_another.points


def test_all_combinations_hold_the_plan_as_written_and_none() -> None:
    sweep = read_sweep("six-plans")
    assert sweep.scenarios[-1].hash() == read_scenario("as-written").hash()
    off = {lever.id: False for lever in PLAN.levers if lever.kind == "plan"}
    nothing = derive(read_scenario("as-written"), {"plans": off}, "x", "x")
    assert sweep.scenarios[0].hash() == nothing.hash()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "base"),
        (BASE, "factors"),
        (BASE + FACTOR + 'bse = "x"\n', "bse"),
        ('base = "as-writen"\ndesign = "full"\n' + FACTOR, "as-written"),
        ('base = "as-written"\ndesign = "ful"\n' + FACTOR, "design"),
        ('base = "as-written"\ndesign = "sobol"\n' + FACTOR, "points"),
        (BASE + FACTOR.replace("yulin", "yulim"), "yulin"),
        (BASE + FACTOR.replace('"on"', '"colour"'), "set"),
        (BASE + FACTOR.replace("[true, false]", "[]"), "values"),
        (BASE + FACTOR.replace("[true, false]", "[true, true]"), "once"),
        (BASE + FACTOR.replace("[true, false]", "[1.5]"), "values"),
        (BASE + FACTOR.replace('lever = "yulin"\n', ""), "lever"),
        (BASE + FACTOR + FACTOR, "yulin.on, yulin.on"),
        (BASE + FACTOR + FACTOR.replace("yulin", "forums"), "yulin.on, forums.on"),
        (BASE + '[[factors]]\nparameter = "climb_pase"\nvalues = [1]\n', "climb_pace"),
        (BASE + '[[factors]]\nparameter = "climb_pace"\nlow = 2\nhigh = 1\n', "high"),
        (BASE + '[[factors]]\nparameter = "climb_pace"\nlow = 2\n', "high"),
        (BASE + '[[factors]]\nparameter = "climb_pace"\nlow = 1\nvalues = [1]\n', "values"),
    ],
)
def test_what_is_wrong_is_named(write: Write, text: str, said: str) -> None:
    with pytest.raises(Problem) as told:
        read_sweep(write(text))
    assert "mine.toml" in str(told.value)
    assert said in str(told.value)


def test_a_sweep_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(Problem, match="one-lever-off"):
        read_sweep("one-lever-of")


def test_a_lever_costs_its_price_for_the_years_that_it_acts() -> None:
    """Forums at dose 2 from January 2029 on, in one of sixteen districts: two years' cost."""
    nothing = read_scenario("business-as-usual")
    assert cost(nothing, ALL_MONTHS) == 0.0
    forums = {"on": True, "dose": 2, "start": "2029-01", "ramp_months": 0, "districts": ["浦东"]}
    scenario = derive(nothing, {"plans": {"yulin": {"forums": forums}}}, "x", "x")
    assert cost(scenario, ALL_MONTHS) == pytest.approx(defaults()["cost:forums"] * 2 * 2 / 16)


def test_equal_cost_stretches_all_doses_alike() -> None:
    scenario = read_scenario("only-yulin")
    dearer = at_cost(scenario, 2.0 * cost(scenario, ALL_MONTHS))
    assert cost(dearer, ALL_MONTHS) == pytest.approx(2.0 * cost(scenario, ALL_MONTHS))
    doses = {setting.dose for setting in dearer.settings.values() if setting.on}
    assert doses == {2.0}
    assert (dearer.id, dearer.name.en) == (
        "only-yulin-equal-cost",
        f"{scenario.name.en}, at equal cost",
    )
    with pytest.raises(Problem, match="equal-cost"):
        at_cost(read_scenario("business-as-usual"), 1.0)
    with pytest.raises(Problem, match="equal-cost"):
        at_cost(scenario, 1e6)


def test_all_mistakes_of_a_sweep_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "several.toml"
    file.write_text(
        'base = "as-writen"\nreplicates = 1\n'
        '[[factors]]\nlever = "yuling"\nset = "dose"\nvalues = [0, 1]\n'
        '[[factors]]\nlever = "guidance_fund"\nset = "dose"\nvalues = [99]\n'
    )
    with pytest.raises(Problem) as caught:
        read_sweep(file)
    assert {problem.key for problem in caught.value.each} == {
        *("design", "base", "replicates", "factors.1.lever", "factors.2.values"),
    }


def test_levers_that_are_listed_together_move_together(write: Write) -> None:
    sweep = read_sweep(
        write(
            BASE
            + '[[factors]]\nlever = ["guidance_fund", "雁阵"]\nset = "dose"\nvalues = [0.5, 2]\n'
        )
    )
    (factor,) = sweep.factors
    assert factor.name == "guidance_fund+yanzhen.dose"
    for scenario, dose in zip(sweep.scenarios, (0.5, 2.0), strict=False):
        assert scenario.settings["guidance_fund"].dose == dose
        assert scenario.settings["global_talents"].dose == dose
    with pytest.raises(Problem, match="global_talents"):
        read_sweep(write(BASE + '[[factors]]\nlever = ["yanzhen", "global_talents"]\n'
                         'set = "dose"\nvalues = [2]\n'))  # fmt: skip


def test_moved_money_is_a_factor_whose_value_is_the_share(write: Write) -> None:
    move = 'move = { of = "guidance_fund", to = "global_talents", from = "2026-01" }\n'
    sweep = read_sweep(write(BASE + "[[factors]]\n" + move + "values = [0, 0.5]\n"))
    none, half = sweep.scenarios
    assert (none.moves, sweep.base_point) == ((), 0)
    (moved,) = half.moves
    assert moved.plain() == {"of": "guidance_fund", "to": "global_talents", "from": "2026-01",
                             "share": 0.5}  # fmt: skip
    assert sweep.factors[0].name == "guidance_fund>global_talents.share"
    with pytest.raises(Problem, match="something else than"):
        read_sweep(write(BASE + "[[factors]]\n" + move.replace("global_talents", "guidance_fund")
                         + "values = [0.5]\n"))  # fmt: skip


def test_a_definition_goes_over_its_own_range_or_over_one_of_its_own_choice(write: Write) -> None:
    definition = DEFINITIONS[0]
    factor = f'[[factors]]\nparameter = "{definition.name}"\n'
    sweep = read_sweep(write(BASE + factor))
    ends = [each.parameters.get(definition.name) for each in sweep.scenarios[: sweep.designed]]
    assert ends == [definition.prior.low, definition.prior.high]
    own = [1.1 * definition.prior.low, 1.2 * definition.prior.low]
    sweep = read_sweep(write(BASE + factor + f"low = {own[0]}\nhigh = {own[1]}\n"))
    assert [point[0] for point in sweep.points[:2]] == pytest.approx(own)


POINTS = "guidance_fund.dose,global_talents.dose,kaiyuan.start\n0,1,2022-10\n2,,2024-01\n"


def test_the_points_of_a_table_are_run_and_can_be_extended(tmp_path: Path, write: Write) -> None:
    table = tmp_path / "points.csv"
    table.write_text(POINTS)
    sweep = read_sweep(write('base = "as-written"\ndesign = "list"\npoints = "points.csv"\n'))
    assert sweep.points == ((0.0, 1.0, "2022-10"), (2.0, None, "2024-01"), (None,) * 3)
    assert sweep.scenarios[1].settings["guidance_fund"].dose == 2.0
    assert sweep.scenarios[1].settings["global_talents"] == (sweep.base.settings["global_talents"])
    alone = read_sweep(table)
    assert [each.hash() for each in alone.scenarios] == [each.hash() for each in sweep.scenarios]
    table.write_text(POINTS + "1,4,2026-01\n")
    more = read_sweep(table)
    assert [each.hash() for each in more.scenarios[:2]] == [
        each.hash() for each in sweep.scenarios[:2]
    ]
    assert len(more.points) == 4
    inline = 'base = "as-written"\ndesign = "list"\n[[points]]\n"guidance_fund+yanzhen.dose" = 2\n'
    (point, _) = read_sweep(write(inline)).scenarios
    assert point.settings["global_talents"].dose == 2.0


def test_all_that_is_wrong_with_a_table_of_points_is_told_by_its_lines(tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    table.write_text("guidance_fund.dose,kaiyuan.start\n99,2024-01\n1,2024-13\n1,\n1,\n")
    with pytest.raises(Problem) as caught:
        read_sweep(table)
    where = {(Path(each.where).name, each.key) for each in caught.value.each}
    assert where == {
        ("points.csv:2", "guidance_fund.dose"), ("points.csv:3", "kaiyuan.start"),
        ("points.csv:5", ""),
    }  # fmt: skip
    for head, told in (("guidance_fond.dose", "guidance_fund"), ("guidance_fund.size", "dose"),
                       ("climb_pase", "climb_pace")):  # fmt: skip
        table.write_text(f"{head}\n1\n")
        with pytest.raises(Problem) as one:
            read_sweep(table)
        assert f"points.csv:1: {head}" in str(one.value) and told in str(one.value)
    table.write_text("point,guidance_fund.dose,kaiyuan.start\n0,1,\n")
    with pytest.raises(Problem, match="a value in some row"):
        read_sweep(table)


def test_what_a_design_cannot_do_is_said(write: Write) -> None:
    with pytest.raises(Problem, match="second_order"):
        read_sweep(write(BASE + "second_order = true\n" + FACTOR))
    with pytest.raises(Problem, match="--more"):
        read_sweep(write(BASE + FACTOR), Changed(more=4))
