"""What is told and drawn of a sweep: every number in its place, names whole, extremes as they are.

The command itself, its store and its files are tested in `tests/cli` and `tests/experiments`.
"""

from pathlib import Path

import pytest

from sim.estimate import Interval
from sim.estimate.paired import Difference
from sim.experiments.reached import COLUMNS
from sim.experiments.sweep_file import read_sweep, sweep_names
from sim.experiments.sweep_indices import Explained, Index, rows
from sim.experiments.targets import Target
from sim.language import Language, Text
from sim.parameters import PARAMETERS
from sim.spec.findings import Sentence
from sim.spec.marks import Dots, Heat, Line, Panels, Pieces
from sim.spec.table import Table
from sim.studies.shared.swept import Varied, front_of, names_of, told_cells, varied
from sim.studies.shared.swept_indices import indices_table
from tests.studies.swept import TEXTS, different, figures, point, summary, swept, told
from tests.views.made_up import around
from tests.views.reading import check, covered, inside, said, sheet, texts

EVEN, NONE = Interval(0.5, 0.4, 0.6), Difference(0.0, 0.0, 0.0)
SUITS = {
    "start-dates": {"sweep_lines", "sweep_table"},
    "fund-and-talents": {"sweep_lines", "sweep_table"},
    "one-lever-off": {"sweep_table"},
    "six-plans": {"sweep_scatter"},
    "all-instruments": {"sweep_scatter"},
    "three": {"sweep_table"},
    "many": {"sweep_table"},
    "fraction": {"sweep_table"},
}


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((name, "en") for name in (*sweep_names(), *TEXTS)),
        *((name, "zh") for name in ("start-dates", "six-plans", "fraction")),
    ],
)
def test_a_sweep_gets_the_figures_that_suit_it_and_no_label_is_cut_covered_or_like_another(
    name: str, language: Language, tmp_path: Path
) -> None:
    sweep = swept(name, tmp_path)
    found = figures(told(sweep, different(sweep))[0])
    assert set(found) == SUITS[name]
    for each in found.values():
        figure = sheet(each, language)
        check(figure)
        boxes = [(text, box) for text, box in texts(figure) if len(text) > 6]
        assert all(inside(box, figure.bbox) for _, box in boxes)
        assert covered(boxes, 0.05) == []
        assert "…" not in said(figure)
    names = names_of([*map(varied, sweep.targets)], sweep.points)
    called = [text.in_(language) for text in names.texts]
    assert len(set(called)) == len(called)
    if "sweep_table" in found:
        whole = "".join(said(sheet(found["sweep_table"], language)).split())
        assert all("".join(text.split()) in whole for text in called)


def test_a_table_has_each_points_likelihoods_in_its_row_and_the_base_framed(
    tmp_path: Path,
) -> None:
    sweep = swept("three", tmp_path)
    points = different(sweep)
    mark = figures(told(sweep, points)[0])["sweep_table"].mark
    assert isinstance(mark, Heat)
    written = told_cells(points)
    for row, own, each in zip(mark.rows, points, written, strict=True):
        *cells, cost = row.cells
        assert [cell.text for cell in cells] == [cell.likelihood for cell in each]
        assert [cell.framed for cell in cells] == [own.is_base] * len(COLUMNS)
        assert cost.text == f"{own.cost:.0f}"
        if not own.is_base:
            assert [cell.value for cell in cells] == [change.value for change in own.changes]
            assert [cell.quiet for cell in cells] == [change.tie for change in own.changes]
    (base,) = (row.name.en for row in mark.rows if "[base]" in row.name.en)
    assert base.startswith("1 · 1 · 2022-10")


def test_what_is_written_of_a_point_adds_up_to_what_is_written_of_the_base() -> None:
    """37.5 % and 43.75 % were 38, 44 and +6; 18.75 % less 6.25 % was 19, 6 and +12."""
    levels = [0.0625, 0.1875, 0.375, 0.4375]
    points = [
        point((number,), around(level, 0.1), Difference(*around(level - levels[0], 0.01)), 1.0,
              base=number == 0)
        for number, level in enumerate(levels)
    ]  # fmt: skip
    base, *others = told_cells(points)
    assert not any(cell.change for cell in base)
    for row in others:
        for cell, beside in zip(row, base, strict=True):
            gap = float(cell.likelihood.strip("%")) - float(beside.likelihood.strip("%"))
            decimals = len(cell.change.partition(".")[2])
            assert round(gap, decimals) == float(cell.change.replace("–", "-"))


def test_points_are_called_by_what_differs() -> None:
    start = [Varied(Text("Foundation Plan", "筑基计划"), "start"), Varied(Text("b", "b"), "start")]
    names = names_of(start, [(None, None), ("2023-01", None)]).texts
    assert names[0].en == "the base scenario"
    assert names[1] == Text("Foundation Plan, start 2023-01", "筑基计划启动 2023-01")
    on = [Varied(Text(name, name), "on") for name in "abc"]
    values = [(True, False, False), (False, True, True), (True,) * 3, (False,) * 3]
    called = [name.en for name in names_of(on, values).texts]
    assert called == ["only a", "all but a", "all of them", "none of them"]
    name = next(iter(PARAMETERS))
    assert varied([Target("parameter", name, "")]).name == PARAMETERS[name].meaning
    assert varied([Target("instrument", "guidance_fund", "dose")]).name.zh == "未来产业引导基金"


def test_a_front_leaves_out_what_is_dearer_and_no_likelier() -> None:
    assert front_of([3.0, 1.0, 2.0, 2.0, 1.0], [0.5, 0.2, 0.2, 0.4, 0.2]) == [1, 3, 0]


def test_dots_stand_at_their_costs_and_each_line_over_its_own_values(tmp_path: Path) -> None:
    sweep = swept("six-plans", tmp_path)
    points = different(sweep)
    mark = figures(told(sweep, points)[0])["sweep_scatter"].mark
    assert isinstance(mark, Panels) and len(mark.panels) == len(COLUMNS)
    dots = [layer for layer in mark.panels[3].layers if isinstance(layer, Dots)]
    drawn = {
        (at, round(up, 4)) for each in dots for at, up in zip(each.across, each.up, strict=True)
    }
    assert drawn == {(each.cost, round(each.likelihoods[3].value, 4)) for each in points}
    dates = swept("start-dates", tmp_path)
    found = figures(told(dates, different(dates))[0])["sweep_lines"].mark
    assert isinstance(found, Panels)
    lines = [each for each in found.panels[3].layers if isinstance(each, Line) and each.up]
    assert len(lines) == 6
    own = [p for p in different(dates) if p.values[1] is not None]
    assert lines[1].up == pytest.approx([each.likelihoods[3].value for each in own], rel=1e-4)


def read(sweep_parts: list[object], head: str) -> Table:
    return next(
        each for each in sweep_parts
        if isinstance(each, Table) and each.read and any(head == h.text.en for h in each.heads)
    )  # fmt: skip


def edge(folder: Path, levels: list[Interval], changes: list[Difference]) -> list[object]:
    """Return what is told of a sweep over one dose; the base, at dose 1, is the last point."""
    doses = [*(0.1 * (number + 1) for number in range(len(levels) - 1)), 1.0]
    file = folder / "edge.toml"
    file.write_text(
        'base = "as-written"\ndesign = "full"\n'
        f'[[factors]]\nlever = "yulin"\nset = "dose"\nvalues = {doses}\n'
    )
    sweep = read_sweep(file)
    points = [
        point(values, EVEN, NONE, 1.0, base=number == sweep.base_point)._replace(
            summary=summary([level, *[EVEN] * (len(COLUMNS) - 1)]),
            changes=(change, *[NONE] * (len(COLUMNS) - 1)),
        )
        for number, (values, level, change) in enumerate(
            zip(sweep.points, levels, changes, strict=True)
        )
    ]
    return [*told(sweep, points)[0]]


def test_a_sweep_of_the_base_alone_picks_no_extreme(tmp_path: Path) -> None:
    found = edge(tmp_path, [EVEN], [NONE])
    lead = found[0]
    assert isinstance(lead, Sentence)
    assert lead.text.en.startswith("No strict likelihood can be told from the base's")
    assert lead.text.zh.startswith("各点的严格可能性均与基准难分高下")
    extremes = read(found, "highest")
    assert "extreme of many" not in extremes.title.en
    assert {row[4].text for row in extremes.rows} == {Text("at every point", "所有点")}


def test_extremes_of_both_signs_are_told_with_their_ties(tmp_path: Path) -> None:
    """Two points lowest, one highest, the base between; nearly none and nearly all are neither."""
    low, high = Interval(0.002, 0.0004, 0.004), Interval(0.998, 0.996, 0.9996)
    falls, rises = Difference(-0.498, -0.6, -0.4), Difference(0.498, -0.1, 0.6)
    found = edge(tmp_path, [low, low, high, EVEN], [falls, falls, rises, NONE])
    extremes = read(found, "highest")
    cells = [cell.text.en for cell in extremes.rows[0]]
    assert cells[1:4] == ["50% (40 - 60%)", "<1%", "–49.8 (–60.0, –40.0)"]
    assert cells[4].endswith("0.1, and at 1 more")
    assert cells[5:7] == [">99%", "+49.8 (–10.0, +60.0)"]
    assert (extremes.rows[0][3].quiet, extremes.rows[0][6].quiet) == (False, True)
    assert "extreme of many" in extremes.title.en and "众多点" in extremes.title.zh
    lead = found[0]
    assert isinstance(lead, Sentence) and "nought: 2 of 39" in lead.text.en
    assert lead.text.en.count("–50 (–60 … –40)") == 2 and "+50" not in lead.text.en
    assert lead.text.zh.endswith("区间重叠，何者最大难分高下。")
    assert extremes.rows[1][8].text.en == "47%"  # at every point: no range
    assert any(isinstance(each, Sentence) and "Of these 42 intervals about 2" in each.text.en
               for each in found)  # fmt: skip


CLEAR, WIDE = Index(0.6, 0.1, 0.7, 0.1), Index(0.0, 0.4, 0.1, 0.3)
EXPLAINED = [
    Explained(COLUMNS[0], "likelihood", (CLEAR, WIDE)),
    Explained(COLUMNS[0], "median", (WIDE, WIDE)),
    *(Explained(count, "likelihood", None) for count in COLUMNS[1:]),
]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_indices_are_told_where_known_and_refused_where_points_are_too_few(
    language: Language, tmp_path: Path
) -> None:
    sweep = swept("fund-and-talents", tmp_path)
    found = figures(told(sweep, different(sweep), EXPLAINED)[0])["sweep_indices"]
    assert isinstance(found.mark, Panels)
    corners = [panel.corner is not None for panel in found.mark.panels]
    assert corners == [False, *[True] * (len(COLUMNS) - 1)]
    pieces = [each for each in found.mark.panels[0].layers if isinstance(each, Pieces)]
    assert [len(each.ends) for each in pieces] == [1, 1]
    check(sheet(found, language))
    assert "1 of 14" in found.title.en
    table = indices_table([Text("Fund", "基金"), Text("Intake", "引才")], EXPLAINED)
    shown = [[cell.text.in_(language) for cell in row] for row in table.rows]
    few = {"en": "too few points to say", "zh": "点数太少，无从判断"}[language]
    assert len(shown) == 2 + len(COLUMNS) - 1
    assert shown[0][2:] == ["0.60 (0.50 … 0.70)", "0.70 (0.60 … 0.80)"]
    assert shown[1][2:] == [few, few]
    assert [row[-1] for row in rows(["a", "b"], EXPLAINED[:1])] == ["told", "too few points to say"]
