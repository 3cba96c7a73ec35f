"""Protects failing futures: a planted box is found, drawn around its draws, and told alike."""

import csv
import io

import numpy as np
import pytest

from sim.ensemble import draw_values
from sim.estimate.discovery import Condition, Rule
from sim.experiments.goals import reached
from sim.experiments.objective_file import single, whole_plan
from sim.language import Language, Text
from sim.model.world.layout import MEASURES
from sim.plan import PLAN
from sim.present.browser import option
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.spec import palette
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Area, Dots, Panel, Panels
from sim.store.fill import Ensemble, Sample
from sim.studies.futures import Found, design, failing, parts
from sim.studies.shared.boxes import MOST, Futures, figure
from sim.views.themes import LIGHT
from tests.views.made_up import BASIS
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
BASE = read_scenario("as-written")
NAMES = ("firms_2022", "price:college", "output_2022")
DRAWS = 200
VALUES = {name: np.random.default_rng(k).uniform(1, 9, DRAWS) for k, name in enumerate(NAMES)}
ENDS = ((-np.inf, 3.0), (6.0, np.inf), (2.0, 7.0))


def found(conditions: int, boxes: int = 1) -> Found:
    """Return futures that are missed within a box of so many conditions, and nowhere else."""
    box = tuple(Condition(name, *end) for name, end in zip(NAMES[:conditions], ENDS, strict=False))
    inside = np.ones(DRAWS, dtype=bool)
    for each in box:
        inside &= (each.low < VALUES[each.name]) & (VALUES[each.name] <= each.high)
    rule = Rule(box, 0.12, 0.87, 0.43, 0.21, 0.9, 0.77, 0.93)
    futures = Futures((rule,) * boxes, VALUES, inside.astype(np.float64))
    return Found(single(PLAN.counts[8].id), futures, ("", ""))


def panels(declared: Figure) -> tuple[Panel, ...]:
    """Return the charts of a figure."""
    assert isinstance(declared.mark, Panels)
    return declared.mark.panels


def planted() -> Ensemble:
    """Return replicates of which all counts are missed where colleges are dear, and none else."""
    draws, setup = np.arange(256) // 2, BASE.setup()
    cost = np.array([draw_values(setup, 7, draw)["price:college"] for draw in range(128)])
    high = np.repeat(cost > np.median(cost), 2)
    targets = np.array([count.target for count in PLAN.counts], dtype=np.float64)
    ends = targets * np.where(high, 0.5, 1.5)[:, None]
    counts = np.linspace(0.0, 1.0, 99)[None, :, None] * ends[:, None, :]
    return Ensemble(BASE, counts, draws, np.zeros((256, 9, len(MEASURES)), dtype=np.float32), 7)


def test_a_planted_box_is_found_and_measured_on_the_draws_held_out() -> None:
    ensemble, sample = planted(), Sample(7, 256)
    told = failing(ensemble, sample, ~reached(ensemble, single("colleges")))
    assert [each.name for each in told.rules[0].conditions] == ["price:college"]
    # The rule's edge comes from the other 64 draws: a few of these lie between it and the cut.
    assert told.rules[0].density > 0.9
    assert len(told.missed) == len(told.values["price:college"]) == 64
    failed = ~reached(ensemble, whole_plan())
    assert failing(ensemble, sample, failed).rules == told.rules


def drawn(told: Found) -> Figure:
    return figure(told.goal, told.futures, BASIS, BASIS.name)


@pytest.mark.parametrize("conditions", [1, 2, 3])
def test_every_miss_lies_in_the_box_and_nothing_else_unless_it_is_small(conditions: int) -> None:
    (panel,) = panels(drawn(found(conditions)))
    (box,) = (each for each in panel.layers if isinstance(each, Area))
    dots = [each for each in panel.layers if isinstance(each, Dots)]

    def inside(colour: str) -> np.ndarray:
        own = [each for each in dots if each.colour == colour]
        across = np.concatenate([each.across for each in own])
        up = np.concatenate([each.up for each in own])
        (left, right), low, high = box.across, box.low[0], box.high[0]
        return np.asarray((left < across) & (across < right) & (low < up) & (up < high))

    missed, reached = inside(palette.VERMILION), inside(palette.BANDS[2])
    assert len(missed) + len(reached) == DRAWS
    assert missed.all() and len(missed)
    assert reached.any() == (conditions > 2)
    assert len({each.size for each in dots if each.across}) == (2 if conditions > 2 else 1)


def told(of: Found) -> list[Part]:
    """Return what the study says."""
    return list(parts(of, BASIS._replace(scenarios=[BASE])))


def test_sentence_files_and_figure_tell_the_same_box() -> None:
    first, *others = told(found(3))
    assert isinstance(first, Sentence)
    for part in ("87%", "77–93%", "21%", PLAN.counts[8].name.en):
        assert part in first.text.en
    texts = dict(csv_files_of(others))
    (row,) = csv.DictReader(io.StringIO(texts["futures.csv"]))
    assert row["rule"] == "firms_2022 ≤ 3 and price:college > 6 and 2 < output_2022 ≤ 7"
    assert (row["density"], row["low"], row["high"]) == ("0.87", "0.77", "0.93")
    ends = list(csv.DictReader(io.StringIO(texts["conditions.csv"])))
    assert [(each["low"], each["high"]) for each in ends] == [
        ("", "3.0"), ("6.0", ""), ("2.0", "7.0")
    ]  # fmt: skip
    draws = list(csv.DictReader(io.StringIO(texts["draws.csv"])))
    assert [float(each["firms_2022"]) for each in draws] == VALUES["firms_2022"].tolist()
    text = said(sheet(drawn(found(3))))
    for part in ("87%", "77–93%", "everywhere 21%", "2 <", "other half", "N = 256"):
        assert part in text


def test_without_a_rule_that_is_said_and_nothing_is_drawn() -> None:
    nothing = found(1)._replace(futures=Futures((), {}, np.array([0.0, 1.0])))
    first, *others = told(nothing)
    assert isinstance(first, Sentence) and "more replicates" in first.text.en
    assert not [each for each in others if isinstance(each, Figure)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("conditions", "boxes"), [(1, 1), (2, 2), (3, 6)])
def test_nothing_is_clipped_or_covered(language: Language, conditions: int, boxes: int) -> None:
    declared = drawn(found(conditions, boxes))
    assert len(panels(declared)) == min(boxes, MOST)
    check(sheet(declared, language))
    assert option(declared, language, LIGHT)["xAxis"][0]["name"]


def test_one_of_count_and_objective_is_asked() -> None:
    asked = {"count": None, "scenario": "as-written", "objective": None, "as_of": None}
    with pytest.raises(Problem, match="COUNT"):
        design(asked)
    with pytest.raises(Problem, match="COUNT"):
        design({**asked, "count": "output", "objective": "all"})
    assert isinstance(design({**asked, "objective": "all"}).name, Text)
