"""Protects the months that every date, axis and file depends on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.calendar import decimal_year, month_index, month_label


@pytest.mark.parametrize(
    ("index", "label", "year"),
    [
        (0, "2022-10", 2022 + 9.5 / 12),
        (2, "2022-12", 2022 + 11.5 / 12),
        (3, "2023-01", 2023 + 0.5 / 12),
        (98, "2030-12", 2030 + 11.5 / 12),
        (158, "2035-12", 2035 + 11.5 / 12),
    ],
)
def test_known_months(index: int, label: str, year: float) -> None:
    """The months that the plan names have the numbers that the results rely on."""
    assert month_index(label) == index
    assert month_label(index) == label
    assert decimal_year(index) == pytest.approx(year)


@given(st.integers(0, 2000))
def test_number_and_label_are_inverse(index: int) -> None:
    """No month is lost or doubled between its number and its label."""
    assert month_index(month_label(index)) == index


@given(st.integers(0, 2000))
def test_decimal_year_lies_within_its_year_and_grows(index: int) -> None:
    """A month stands in its own year on a chart, after the month before it."""
    assert str(int(decimal_year(index))) == month_label(index)[:4]
    assert decimal_year(index + 1) > decimal_year(index)


@pytest.mark.parametrize(
    "label",
    ["", "2030", "2030-13", "2030-00", "2030-1", "30-12", "2030-12-01", "2030-12\n", "２０３０-12"],
)
def test_other_forms_are_refused(label: str) -> None:
    """A mistyped month is never read as another month."""
    with pytest.raises(ValueError, match="YYYY-MM"):
        month_index(label)


@pytest.mark.parametrize("label", ["2022-09", "0000-12"])
def test_earlier_months_are_refused(label: str) -> None:
    """There is no month before the first: a negative number would count from the end."""
    with pytest.raises(ValueError, match="earlier"):
        month_index(label)


@pytest.mark.parametrize("convert", [month_label, decimal_year])
def test_negative_numbers_are_refused(convert: object) -> None:
    """There is no month before the first: a negative number would count from the end."""
    assert callable(convert)
    with pytest.raises(ValueError, match="earlier"):
        convert(-1)
