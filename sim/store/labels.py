"""What a Parquet file says of itself: the units of its columns, and what it is the outcome of.

A field's metadata hold its ``unit`` (and, where it is another word in Chinese, ``unit_zh``), of a
count also its ``reading``; the file's metadata name scenario, city, model and seed. So whoever has
the file alone knows what the numbers are.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from sim import city
from sim.calendar import month_label
from sim.language import Text
from sim.model.world.layout import COUNTS, MEASURES
from sim.parameters import PARAMETERS
from sim.plan import PLAN, Reading
from sim.store.columns import MONTH, REACHED, unit_of
from sim.text.catalogue import worded

if TYPE_CHECKING:
    from sim.scenario import Scenario

UNIT, READING = "unit", "reading"
ZH = "_zh"
"""Ends the key of what is said in Chinese."""
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
A_MONTH = worded("store.month")
A_NUMBER = worded("store.months_after", month=month_label(0))


def about(scenario: "Scenario", seed: int) -> dict[str, str]:
    """Return what the metadata of a result's tables name: scenario, city, model and seed."""
    from sim.digest import model_hash

    return {
        "scenario": scenario.id,
        "scenario_name": scenario.name.en,
        f"scenario_name{ZH}": scenario.name.zh,
        "scenario_hash": scenario.hash(),
        "city": city.folder().name,
        "model_hash": model_hash(),
        "seed": str(seed),
    }


def labelled(
    schema: pa.Schema,
    readings: Mapping[str, Reading] = PLAN.readings,
    own: Mapping[str, str] = NOTHING,
    told: Mapping[str, str] = NOTHING,
) -> pa.Schema:
    """Return a schema that says what its columns are.

    Args:
        schema: of counts and measures, or of counts and parameters.
        readings: how its counts are read.
        own: units of measures of one's own, by name.
        told: metadata of the file.
    """
    units = {**_units(), **{name: Text(unit, unit) for name, unit in own.items()}}
    fields = [field.with_metadata(_label(field, units, readings) or None) for field in schema]
    return pa.schema(fields, metadata=dict(told) or None)


def _label(
    field: pa.Field, units: Mapping[str, Text], readings: Mapping[str, Reading]
) -> dict[str, str]:
    """Return what is said of one column; nothing of one that only numbers rows."""
    unit = units.get(field.name)
    if field.name == MONTH:
        unit = A_NUMBER if pa.types.is_integer(field.type) else A_MONTH
    if unit is None:
        return {}
    said = {UNIT: unit.en} | ({f"{UNIT}{ZH}": unit.zh} if unit.zh != unit.en else {})
    return said | ({READING: readings[field.name]} if field.name in readings else {})


def _units() -> dict[str, Text]:
    """Return the unit of every count, measure and parameter."""
    plain = {name: unit_of(name) for name in MEASURES}
    plain |= {name: each.unit for name, each in PARAMETERS.items()}
    counts = {each.id: each.unit for each in PLAN.counts}
    reached = {name + REACHED: A_MONTH for name in COUNTS}
    return {name: Text(unit, unit) for name, unit in plain.items()} | reached | counts
