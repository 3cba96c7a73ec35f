"""Protects the table of figures: complete, each figure with its quality and where it was read."""

import pytest

from sim.figures import QUALITIES, figure, figures
from sim.ledger import ledger
from sim.problems import Problem

FIGURES = 259


def test_the_table_has_all_figures() -> None:
    assert len(figures()) == FIGURES


@pytest.mark.parametrize("column", ["quantity", "quality"])
def test_no_figure_lacks(column: str) -> None:
    assert [entry.id for entry in figures().values() if not getattr(entry, column)] == []


def test_every_quality_has_a_meaning() -> None:
    found = {entry.quality for entry in figures().values()}
    assert found | {entry.quality for entry in ledger().values()} == set(QUALITIES)


def test_a_figure_was_read_somewhere_unless_it_was_not_found() -> None:
    for entry in figures().values():
        assert bool(entry.source_url) == (entry.quality != "not-found"), entry.id


def test_columns_are_not_mixed_up() -> None:
    entry = figure("F117")
    assert (entry.quantity, entry.entity, entry.year) == ("GDP", "Shanghai", "2022")
    assert (entry.number, entry.quality) == (44652.8, "press-official")
    assert entry.unit.startswith("亿元")


def test_quotes_keep_their_commas() -> None:
    assert figure("F086").quote == "2022年,上海新增科技企业10.7万户,日均新增294家"


@pytest.mark.parametrize("name", ["F023", "F105", "F046"])
def test_what_is_not_one_number_is_not_read_as_one(name: str) -> None:
    with pytest.raises(Problem) as caught:
        _ = figure(name).number
    assert (caught.value.where, caught.value.key) == ("figures.csv", name)


def test_an_unknown_figure_is_refused_with_the_nearest() -> None:
    with pytest.raises(Problem) as caught:
        figure("f0011", "places.toml")
    assert caught.value.where == "places.toml"
    assert caught.value.found == "f0011"
    assert caught.value.hint is not None


def test_the_table_is_read_once() -> None:
    assert figures() is figures()
