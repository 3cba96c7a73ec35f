"""What the model can read off its tables: what a plan's counts choose among, and the measures.

Every indicator stands in ``indicators.toml`` and is read in ``sim/model/rules/record.py``. A count
of a pack names the indicator that it is measured by.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from sim.language import Text
from sim.text.catalogue import worded

Reading = Literal["flow", "stock", "new"]
"""How a count is read: over the last twelve months, as what there is, or new since October 2022."""

READINGS: Final[Mapping[Reading, Text]] = {
    reading: worded(f"reading.{reading}") for reading in get_args(Reading)
}
"""Each reading in words."""


class Indicator(NamedTuple):
    """Something that is read off the tables in every month."""

    label: Text
    unit: str
    reading: Reading | None
    """How it is read as a count; None: it cannot be one."""
    measure: bool
    """Whether every run records it, whatever its city counts."""
    programmes: tuple[str, ...]
    """Kinds of programme that it counts."""
    outcome: Literal["end", "mean"] | None
    """Of a measure that is looked at beside the counts: when they are due, or over Decembers."""


def _read() -> dict[str, Indicator]:
    text = Path(__file__).with_name("indicators.toml").read_text(encoding="utf-8")
    return {
        name: Indicator(
            Text(said["en"], said["zh"]),
            said["unit"],
            said.get("reading"),
            said.get("measure", False),
            tuple(said.get("programmes", ())),
            said.get("outcome"),
        )
        for name, said in tomllib.loads(text).items()
    }


INDICATORS: Final = _read()
"""Every indicator by its name."""
COUNTABLE: Final = tuple(name for name, each in INDICATORS.items() if each.reading)
"""Names of those that can be a count."""
