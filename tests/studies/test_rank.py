"""``sim rank`` on a planted model: the order, the prices and the variants that agree are known."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from sim import ensemble
from sim.calendar import month_index
from sim.ensemble import Trajectory, draw_values
from sim.evidence.influence import status_of
from sim.language import Language
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Setup
from sim.parameters import UNCERTAIN, defaults
from sim.plan import PLAN
from sim.runner import carry_out, setting
from sim.sampling import draw_of, replicates_for
from sim.scenario import as_known_in, read_scenario
from sim.scenario.rules import instruments_of
from sim.spec.findings import Figure, Listing, Sentence
from sim.spec.marks import Rows
from sim.spec.table import Table
from sim.studies.rank import STUDY, parts
from sim.studies.shared.ranked import Found, points
from sim.studies.study import basis_of
from sim.views.parameter_names import short_names
from tests.views.made_up import BASIS
from tests.views.reading import check, sheet

LEVERS = ("yulin", "kaiyuan", "zhuji", "lingpao")
STRONG, WEAK, NONE, BAD = LEVERS
"""What one more of each dose adds to output: much, some, nothing, less than nothing."""
EFFECT = {STRONG: 0.30, WEAK: 0.10, NONE: 0.0, BAD: -0.15}
OUTPUT = next(count for count in PLAN.counts if count.measure == "output")
ENOUGH = 96
DEFAULTS = defaults()


def planted(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
    """Return a trajectory whose output follows from the doses of four levers, and luck.

    Without knowledge spillovers the weak lever harms.
    """
    effects = dict(EFFECT)
    if ("spillovers", "none") in setup.variants:
        effects[WEAK] = -effects[WEAK]
    luck = np.random.default_rng([seed, replicate]).normal(0.0, 0.2)
    doses = dict(zip((each.id for each in PLAN.instruments), setup.dose[-1], strict=True))
    level = 0.75 + luck
    for lever, size in effects.items():
        own = [doses[each] for each in instruments_of(lever)]
        level += size * float(np.mean(own))
    counts = np.zeros((setup.months, len(COUNTS)))
    counts[:, PLAN.counts.index(OUTPUT)] = OUTPUT.target * max(level, 0.0)
    measures = np.zeros((setup.months, len(setup.measures)), np.float32)
    return Trajectory(replicate, draw_of(replicate), counts, measures, {})


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensemble, "run_one", planted)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)


Rank = Callable[..., tuple[Found, Path]]


@pytest.fixture
def rank(tmp_path: Path) -> Rank:
    """Return a function that carries out the study, with its folder."""
    (tmp_path / "mine.toml").write_text(f"counts.{OUTPUT.id} = {{}}", encoding="utf-8")

    def run(language: Language | None = None, **options: object) -> tuple[Found, Path]:
        given: Mapping[str, object] = {each.name: each.default for each in STUDY.options}
        asked = {"objective": str(tmp_path / "mine.toml"), "levers": ",".join(LEVERS), **options}
        design = STUDY.design({**given, **asked})
        here = setting(design.scenarios[0], ENOUGH, 7, 1, str(tmp_path / "store"), None)
        done = carry_out(STUDY, design, here, lambda *_: None, tmp_path / "out", language)
        return done.found, done.folder

    return run


def order(found: Found) -> list[str]:
    return [each.turn.lever for each in found.turns]


def test_the_planted_order_is_found_and_nothing_is_made_of_nothing(rank: Rank) -> None:
    found, _ = rank()
    assert order(found) == [STRONG, WEAK, NONE, BAD]
    told = {each.turn.lever: each for each in found.turns}
    assert all(each.rank and each.rank.low <= 1 + at <= each.rank.high
               for at, each in enumerate(found.turns))  # fmt: skip
    assert told[STRONG].gain.low > 0.0 > told[BAD].gain.high
    assert told[NONE].gain.value == 0.0 and told[NONE].gain.tie and told[NONE].rate is None
    assert told[NONE].pairs == (0.0, 0.0)
    effect = told[STRONG].effects[0]
    assert effect.amount.value == pytest.approx(0.15 * OUTPUT.target)  # half a dose of 0.30
    assert (effect.pairs.up, effect.draws.up) == (1.0, 1.0)


@pytest.mark.parametrize("by", ["score", "progress"])
def test_where_no_replicate_differs_it_is_open_what_a_lever_does(rank: Rank, by: str) -> None:
    """Of so few pairs: an interval of no width would say that there is surely nothing."""
    found, _ = rank(by=by)
    (none,) = (each for each in found.turns if each.turn.lever == NONE)
    assert none.pairs == (0.0, 0.0) and none.gain.value == 0.0
    assert -0.03 < none.gain.low < -0.01 and 0.01 < none.gain.high < 0.03
    assert points(none).startswith("≈ 0 (")


def test_down_ranks_what_is_least_to_be_missed(rank: Rank) -> None:
    found, _ = rank(way="down")
    assert order(found)[0] == STRONG and order(found)[-1] == BAD
    assert found.turns[0].gain.high < 0.0


def test_a_point_costs_what_was_spent_for_it(rank: Rank) -> None:
    found, folder = rank(by="progress")
    told = {each.turn.lever: each for each in found.turns}
    strong = told[STRONG]
    price = strong.rate and strong.rate.price
    assert price
    assert price.value == pytest.approx(strong.more.mean / (100 * strong.gain.value))
    assert price.low < price.value < price.high and price.p10 <= price.value <= price.p90
    for each in (told[NONE], told[BAD]):
        assert each.rate is None or each.rate.price is None
    rows = csv.DictReader((folder / "rank.csv").read_text(encoding="utf-8-sig").splitlines())
    written = {row["lever"]: row["price"] for row in rows}
    assert written[NONE] == written[BAD] == "" and float(written[STRONG]) > 0.0


def test_by_cost_what_buys_most_is_first(rank: Rank) -> None:
    found, _ = rank(by="progress", per_cost=True)
    assert {*order(found)[:2]} == {STRONG, WEAK}
    values = [each.gain.value / each.more.mean for each in found.turns if each.rank]
    assert values == sorted(values, reverse=True)


def test_variants_that_agree_are_counted(rank: Rank) -> None:
    found, _ = rank(by="progress", variants=16)
    holds = {each.turn.lever: each.holds for each in found.turns}
    assert found.variants == 6
    assert holds == {STRONG: 6, WEAK: 5, NONE: None, BAD: 6}


def test_figure_table_and_sentences_say_the_same(rank: Rank) -> None:
    found, _ = rank(way="both", by="progress", variants=8)
    basis = basis_of(BASIS.name, [read_scenario("as-written")], BASIS.sample)
    said = list(parts(found, basis))
    (figure,) = (part for part in said if isinstance(part, Figure))
    assert isinstance(figure.mark, Rows)
    shown = [row.intervals[0].value for row in figure.mark.rows]
    assert shown == pytest.approx([100 * each.gain.value for each in found.turns])
    first = next(part for part in said if isinstance(part, Listing))
    none = next(each.turn.name for each in found.turns if each.turn.lever == NONE)
    for language in ("en", "zh"):
        check(sheet(figure, language))
        assert found.turns[0].turn.name.in_(language) in first.items[0].in_(language)
        open_ = [part.text.in_(language) for part in said if isinstance(part, Sentence)]
        assert any(none.in_(language) in text for text in open_)


def test_what_turns_an_effect_and_what_it_is_in_other_readings_stands_in_files(
    rank: Rank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The strong lever's effect grows with one parameter; of high-tech firms new ones are less."""
    known = next(name for name in UNCERTAIN if status_of(name) == "counted")
    prior = tmp_path / "prior.toml"
    prior.write_text('extends = "as-written"\ndraws = "prior"\n', encoding="utf-8")
    other = next(each for each in PLAN.counts if each.id == "ecosystem_firms")
    (tmp_path / "both.toml").write_text(
        f"counts.{OUTPUT.id} = {{}}\ncounts.{other.id} = {{}}", encoding="utf-8"
    )

    def turning(setup: Setup, seed: int, replicate: int, *_: object) -> Trajectory:
        found = planted(setup, seed, replicate)
        value = draw_values(setup, seed, found.draw)[known] / DEFAULTS[known]
        counts, at = found.counts.copy(), PLAN.counts.index(other)
        counts[:, PLAN.counts.index(OUTPUT)] *= value
        counts[:, at] = other.target * np.linspace(0.5, 1.2, setup.months)
        return found._replace(counts=counts)

    monkeypatch.setattr(ensemble, "run_one", turning)
    monkeypatch.setattr("tests.studies.test_rank.ENOUGH", replicates_for(128))
    found, folder = rank(
        file=str(prior), levers=f"{STRONG},{NONE}", objective=str(tmp_path / "both.toml")
    )
    rows = list(csv.DictReader((folder / "turned.csv").read_text("utf-8-sig").splitlines()))
    named = {(row["second"], row["count"]): row["parameter"] for row in reversed(rows)}
    strong, none = (
        next(each.turn.package.id for each in found.turns if each.turn.lever == lever)
        for lever in (STRONG, NONE)
    )
    assert named == {
        (strong, OUTPUT.id): known, (strong, other.id): "", (none, OUTPUT.id): "",
        (none, other.id): "",
    }  # fmt: skip
    read = list(csv.DictReader((folder / "readings.csv").read_text("utf-8-sig").splitlines()))
    assert {(row["second"], row["count"], row["reading"]) for row in read} == {
        (each, other.id, "new") for each in (strong, none)
    }
    assert {(row["likelihood_first"], row["difference"]) for row in read} == {("0.0", "0.0")}
    told = parts(found, basis_of(BASIS.name, [read_scenario(str(prior))], BASIS.sample))
    tables = {part.title.en: part for part in told if isinstance(part, Table) and not part.name}
    (by,) = (each for title, each in tables.items() if title.startswith("What turns"))
    ((package, count, parameters, _),) = by.rows
    assert package.text == found.turns[0].turn.package.name
    assert short_names()[known].en in parameters.text.en
    assert count.text == OUTPUT.name
    assert any("other reading" in title for title in tables)


def test_with_facts_levers_are_turned_from_the_month_after(rank: Rank) -> None:
    """What was done before stays as it was, so that what happened holds for every package."""
    found, _ = rank(way="both", as_of="2025-12")
    until = month_index("2026-01")
    usual = as_known_in(read_scenario("as-written"), "2025-12").setup().dose
    assert {each.turn.way for each in found.turns} == {"up", "down"}
    for each in found.turns:
        dose, own = each.turn.package.setup().dose, instruments_of(each.turn.lever)
        at = [number for number, entry in enumerate(PLAN.instruments) if entry.id in own]
        assert np.array_equal(dose[:until], usual[:until])
        factor = 1.5 if each.turn.way == "up" else 0.0
        assert dose[-1, at] == pytest.approx(factor * usual[-1, at])
        assert each.turn.package.as_of == "2025-12"
    assert (found.options["forgotten"], found.kept) == (None, 1.0)
    told = parts(found, basis_of(BASIS.name, [found.turns[0].turn.package], BASIS.sample))
    said = " ".join(part.text.en for part in told if isinstance(part, Sentence))
    assert "turned from 2026-01 on" in said
    assert "the stored baseline differs from them in seed." in said  # and in nothing else
