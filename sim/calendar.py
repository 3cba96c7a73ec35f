"""Months: everything in a run happens in a month, counted from that of the plan (``START``)."""

import re

from sim import city

MONTHS_A_YEAR = 12
START = (int(city.about().first[:4]), int(city.about().first[5:]))
"""Year and month in which the plan was issued: month 0."""
DECEMBER = MONTHS_A_YEAR - START[1]
"""Number of the first December."""
JANUARY = (1 - START[1]) % MONTHS_A_YEAR
"""Number of the first January."""
JULY = (7 - START[1]) % MONTHS_A_YEAR
"""Number of the first July."""
_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def month_index(label: str) -> int:
    """Return the number of a month, counted from the first: with October 2022, ``"2030-12"`` is 98.

    Raises:
        ValueError: the label is not of the form ``YYYY-MM``, or is earlier than the first.
    """
    match = _FORM.fullmatch(label)
    if match is None:
        raise ValueError(f"not a month of the form YYYY-MM: {label!r}")
    index = (int(match[1]) - START[0]) * MONTHS_A_YEAR + int(match[2]) - START[1]
    if index < 0:
        raise ValueError(f"earlier than {month_label(0)}: {label!r}")
    return index


def month_label(index: int) -> str:
    """Return a month as ``YYYY-MM``: after October 2022, 98 is ``"2030-12"``.

    Raises:
        ValueError: the number is negative.
    """
    year, month = _year_and_month(index)
    return f"{year}-{month + 1:02d}"


def decimal_year(index: int) -> float:
    """Return the middle of a month in years: December 2030 is about 2030.96.

    Raises:
        ValueError: the number is negative.
    """
    year, month = _year_and_month(index)
    return year + (month + 0.5) / MONTHS_A_YEAR


def _year_and_month(index: int) -> tuple[int, int]:
    """Return the year and the month of it from 0, of a month's number."""
    if index < 0:
        raise ValueError(f"earlier than the first month: {index}")
    years, month = divmod(START[1] - 1 + index, MONTHS_A_YEAR)
    return START[0] + years, month
