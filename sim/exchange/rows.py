"""What a row of a table that people bring comes to: a price, a target or an observed count.

All raise a `Problem` where something in the row cannot be used.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim import city
from sim.brought import CITY, QUANTITY, SCOPE, UNIT, VALUE, YEAR, Form, number_of
from sim.csv_files import Row
from sim.experiments.objective_file import AIM, aim
from sim.indicators import INDICATORS
from sim.language import Text, visible
from sim.plan import PLAN
from sim.scenario import check
from sim.scenario.fixed import fixed_parameters
from sim.scenario.new_fact import check_new, checked, usual_id
from sim.scenario.place import Place
from sim.text.catalogue import worded

LOW, HIGH, DATE, SOURCE, WEIGHT = "low", "high", "date", "source", "weight"
NOTE_EN, NOTE_ZH = "note_en", "note_zh"
COUNT: Final = ("count", "目标", "指标", "计数")
FORMS: Final[Mapping[str, Form]] = {
    "costs": Form(
        {
            QUANTITY: ("instrument", "政策工具", "工具", "举措"),
            VALUE: ("cost", "price", "年度成本", "成本", "费用", "数值"),
        },
        {UNIT: ("单位",)},
    ),
    "targets": Form(
        {QUANTITY: COUNT, VALUE: ("target", "目标值", "数值")},
        {UNIT: ("单位",), YEAR: ("年份",), WEIGHT: ("权重",)},
    ),
    "observed": Form(
        {QUANTITY: COUNT},
        {
            **{UNIT: ("单位",), YEAR: ("年份",), DATE: ("month", "月份", "日期")},
            **{VALUE: ("observed", "观测值", "数值"), LOW: ("下限",), HIGH: ("上限",)},
            **{SOURCE: ("来源", "出处"), NOTE_EN: ("note",), NOTE_ZH: ("说明", "备注")},
        },
    ),
}
"""Columns of what can be brought, and by what else each goes."""
PER_YEAR: Final = re.compile(r"\s*(/\s*(a|yr|year|年)|a year|per year|每年)$")
MONEY: Final[Mapping[str, float]] = {
    **dict.fromkeys(("", "亿元", "亿", "100 million yuan", "100 million cny"), 1.0),
    **dict.fromkeys(("万元", "10 thousand yuan", "10,000 yuan"), 1e4),
    **dict.fromkeys(("百万元", "million yuan", "million cny"), 1e2),
    **dict.fromkeys(("十亿元", "billion yuan", "billion cny"), 0.1),
    **dict.fromkeys(("元", "yuan", "cny", "rmb"), 1e8),
}
"""Units of money, and how many of each are 亿元."""
MONTH: Final = re.compile(r"([12][0-9]{3})[-/.年]([0-9]{1,2})([-/.月].*)?")


@dataclass(frozen=True)
class Asked:
    """What a person says of a table besides what stands in it."""

    to: Path | None = None
    """File to write; by default one named after the table, or the table of facts in use."""
    extends: str = "as-written"
    """Of prices: the scenario that they are for."""
    within: float | None = None
    """Of an observed value without a range: how far off it may be, as a share of it."""
    source: str | None = None
    """Of observed counts whose rows name none."""
    partly: bool = False
    """Whether rows that cannot be used are left out."""


def cost(row: Row, place: Place) -> tuple[str, float]:
    """Return the parameter that is an instrument's price, and its value in 亿元 a year."""
    instrument = check.plan_name("instrument", row.cells[QUANTITY], place.under(QUANTITY))
    price = next(entry.cost for entry in PLAN.instruments if entry.id == instrument)
    if price is None:
        expected = worded("expected.costing_instrument")
        raise place.under(QUANTITY).problem(row.cells[QUANTITY], expected)
    unit = row.cells.get(UNIT, "")
    many = MONEY.get(PER_YEAR.sub("", unit.casefold()).strip())
    if many is None:
        listed = ", ".join(filter(None, MONEY))
        raise place.under(UNIT).problem(unit, worded("expected.money_unit", listed=listed))
    value = _number(row, VALUE, place) / many
    with place.under(VALUE).blamed_for(row.cells[VALUE]):
        return price, fixed_parameters({price: value}, place)[price]


def target(row: Row, place: Place) -> tuple[str, dict[str, Any]]:
    """Return a count, and what an objective says of it."""
    count = _count(row, place)
    told: dict[str, Any] = {"target": _number(row, VALUE, place)}
    for key in (YEAR, WEIGHT):
        if row.cells.get(key):
            number = _number(row, key, place)
            told[key] = int(number) if number.is_integer() and key == YEAR else number
    return count, {key: value for key, value in aim(count, told, place).items() if key in AIM}


def fact(
    row: Row, place: Place, asked: Asked, brought_in: str, file: Path
) -> tuple[str, dict[str, str]]:
    """Return the line of a table of facts that a row comes to, by its id."""
    count = _count(row, place)
    low, high = _range(row, place, asked.within)
    written = row.cells.get(DATE) or row.cells.get(YEAR, "")
    date = f"{written}-12" if written.isdigit() else _month(written)
    cited = ", ".join(filter(None, (row.cells.get("Model"), row.cells.get("Scenario"))))
    notes = [row.cells.get(key, "") for key in (NOTE_EN, NOTE_ZH)]
    usual = worded("export.observed", file=brought_in)
    said = {"kind": "count", "date": date, "what": count, "place": "", "low": low, "high": high}
    said |= {
        "source": row.cells.get(SOURCE) or asked.source or cited,
        "note_en": notes[0] or notes[1] or usual.en,
        "note_zh": notes[1] or notes[0] or usual.zh,
    }
    said["id"] = usual_id(said)
    for name in said:
        said[name] = checked(name, {**said, name: visible(said[name])}, place.under(name))
    check_new(said["id"], file, place.under("id"))
    return said["id"], said


def _range(row: Row, place: Place, within: float | None) -> tuple[str, str]:
    """Return the least and the most that a count can have been."""
    if row.cells.get(LOW) or row.cells.get(HIGH):
        low, high = (_number(row, key, place) for key in (LOW, HIGH))
    elif within is None:
        raise place.under(LOW).problem(row.cells.get(VALUE, ""), worded("expected.low_and_high"))
    else:
        value = _number(row, VALUE, place)
        low, high = value * (1.0 - within), value * (1.0 + within)
    return f"{low:.12g}", f"{high:.12g}"


def _month(written: str) -> str:
    """Return a month as facts have it, if a text is one in another form."""
    found = MONTH.fullmatch(written)
    return written if found is None else f"{found[1]}-{int(found[2]):02d}"


def _count(row: Row, place: Place) -> str:
    """Return the id of the count that a row is about; its unit has to be that of the plan."""
    count = check.plan_name("count", row.cells[QUANTITY], place.under(QUANTITY))
    entry = next(each for each in PLAN.counts if each.id == count)
    units = _units(*entry.unit, INDICATORS[entry.measure].unit)
    unit = row.cells.get(UNIT, "")
    if unit and not _units(unit) & units:
        raise place.under(UNIT).problem(unit, entry.unit)
    return count


def _units(*written: str) -> set[str]:
    """Return units without "a year", each as it stands before brackets and as it stands in them."""
    parts = [part for each in written for part in re.split("[()（）]", each.casefold())]
    return {PER_YEAR.sub("", part).strip() for part in parts} - {"", "a year"}


def check_whole_city(row: Row, place: Place) -> None:
    """Make sure that a row of a table with regions is about the city.

    Raises:
        Problem: it is about another place.
    """
    if row.cells.get(SCOPE, CITY) != CITY:
        name = " / ".join(city.about().name.both)
        raise place.under(SCOPE).problem(row.cells[SCOPE], Text(name, name))


def _number(row: Row, key: str, place: Place) -> float:
    found = number_of(row.cells.get(key, ""))
    if found is None:
        raise place.under(key).problem(row.cells.get(key, ""), worded("expected.number"))
    return found
