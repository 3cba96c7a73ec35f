"""The evidence cards of a city's pack, one file a parameter: what was published, read and checked.

A card stands in ``evidence/cards`` under the name of its parameter, with ``-`` for ``:``. One of a
whole vector has the vector's name and may say which elements it speaks of. A pack may do without.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, cast

from sim import city
from sim.evidence.cards.pooling import DESIGN, DIRECTNESS, QUALITY, SCALES, Range, Scale
from sim.figures import figures
from sim.language import Text
from sim.ledger import ledger
from sim.parameters import PARAMETERS
from sim.problems import Problem, gathering, meant, nearest
from sim.text.catalogue import worded
from sim.text.joining import series
from sim.toml_tables import Table, read

FOLDER: Final = "evidence/cards"
ABOUT: Final = ("effect", "quantity")
"""What a policy changes, which may be nothing or harm; or how large something is."""
KEYS: Final = (
    *("about", "scale", "elements", "bounds", "in_use", "improve", "link", "judged", "estimates"),
)
COLUMNS: Final = (
    *("row", "what", "figure", "value", "low", "high", "sign", "design", "population", "years"),
    *("source", "address", "quality", "directness"),
)
MEMORY: Final = "memory"
"""Address of a figure that nobody has seen while writing it down."""
RECALLED: Final = QUALITY["recalled"]
UNBOUNDED: Final = (-math.inf, math.inf)
_ROW: Final = re.compile(r"[LFG]\d{3}")
_PUBLIC: Final = re.compile(r"[FG]\d{3}")
"""Rows of the pack's own tables of figures and of the ledger; L are published evaluations."""


class Study(NamedTuple):
    """What one study or statistic says."""

    row: str
    """Its id."""
    what: Text
    """What was measured."""
    figure: str
    """As published, in signs and digits."""
    value: float | None
    """What is pooled; None: it tells a direction, or stands beside."""
    ends: tuple[float, float] | None
    """Of the 95 % interval of that, where one was printed."""
    sign: int | None
    """Direction of what it found, 0 for nothing; None: it stands beside."""
    design: str
    population: Text
    years: str
    source: str
    address: str
    """Where it was read."""
    quality: str
    directness: int
    """Steps that its setting is away: 0 to 3."""

    @property
    def recalled(self) -> bool:
        """Whether nobody has seen the figure while writing it down."""
        return QUALITY[self.quality] >= RECALLED


class Link(NamedTuple):
    """What a unit of what was measured is worth in the parameter, which is always an assumption."""

    factor: Range
    why: Text


class Judged(NamedTuple):
    """Where somebody who read the rows puts the parameter: 5 %, middle and 95 %."""

    at: Range
    rows: tuple[str, ...]


class Card(NamedTuple):
    """What is known of a parameter."""

    name: str
    """Of the parameter or vector."""
    parameters: tuple[str, ...]
    """Those that it speaks of."""
    about: str
    scale: Scale
    bounds: tuple[float, float]
    """Least and most that the parameter can be."""
    in_use: bool
    """Whether the table of parameters has the prior that follows from the card."""
    improve: Text
    """What would say more."""
    link: Link | None
    judged: Judged | None
    studies: tuple[Study, ...]


@cache
def cards() -> Mapping[str, Card]:
    """Return the city's cards by name, in the order of the table of parameters; maybe none.

    Raises:
        Problem: a card is not what it should be; names file, key, found and expected.
    """
    return read_cards(city.file(FOLDER))


def read_cards(folder: Path) -> dict[str, Card]:
    """Return the cards of a folder by name, in the order of the table of parameters.

    Raises:
        Problem: a card is not what it should be, or two speak of one parameter.
    """
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    found: list[Card] = []
    spoken: dict[str, str] = {}
    with gathering() as problems:
        for file in files:
            with problems.noted():
                card = read_card(read(folder, file.name)._replace(file=f"{FOLDER}/{file.name}"))
                for name in card.parameters:
                    if name in spoken:
                        once = worded("expected.one_card_each")
                        raise Problem(f"{FOLDER}/{file.name}", name, spoken[name], once)
                    spoken[name] = file.name
                found.append(card)
    order = {name: number for number, name in enumerate(PARAMETERS)}
    found.sort(key=lambda card: order[card.parameters[0]])
    return {card.name: card for card in found}


def read_card(file: Table) -> Card:
    """Return a card.

    Raises:
        Problem: it is not what it should be.
    """
    file.only(*KEYS)
    name, parameters = _parameters(file)
    about = file.choice("about", *ABOUT)
    scale = cast("Scale", file.choice("scale", *SCALES))
    studies = tuple(_study(table, scale) for table in _listed(file))
    for number, study in enumerate(studies):
        if study.row in [each.row for each in studies[:number]]:
            raise Problem(file.file, "estimates", study.row, worded("expected.each_row_once"))
    link = _link(file) if "link" in file.values else None
    if link is None and any(study.value is not None for study in studies):
        raise file.problem("link", worded("expected.link"))
    judged = _judged(file, [study.row for study in studies]) if "judged" in file.values else None
    if about == "effect" and judged is None and all(study.value is None for study in studies):
        raise file.problem("judged", worded("expected.judgement"))
    bounds = _bounds(file)
    if scale == "log" and bounds[0] <= 0.0:
        raise file.problem("bounds", worded("expected.two_numbers_above_0"))
    in_use, improve = file.flag("in_use"), file.both("improve")
    return Card(name, parameters, about, scale, bounds, in_use, improve, link, judged, studies)


def _parameters(file: Table) -> tuple[str, tuple[str, ...]]:
    stem = Path(file.file).stem
    name = stem.replace("-", ":")
    vector = tuple(each for each in PARAMETERS if each.partition(":")[0] == name)
    if not vector and name not in PARAMETERS:
        hint = meant(nearest(name, PARAMETERS))
        raise Problem(file.file, "", stem, worded("expected.card_file"), hint)
    if "elements" not in file.values:
        return name, vector or (name,)
    chosen = tuple(f"{name}:{element}" for element in file.texts("elements"))
    if not chosen or set(chosen) - set(vector):
        listed = [each.partition(":")[2] for each in vector]
        raise file.problem("elements", worded("expected.some_of", names=series(listed)))
    return name, chosen


def _listed(file: Table) -> Iterator[Table]:
    """Yield the tables of studies, each named by its row where it has one."""
    for table in file.tables("estimates") if "estimates" in file.values else ():
        row = table.values.get("row")
        yield table._replace(place=f"estimates.{row}") if row and isinstance(row, str) else table


def _study(table: Table, scale: Scale) -> Study:
    table.only(*COLUMNS)
    row = table.text("row")
    if _ROW.fullmatch(row) is None or (
        _PUBLIC.fullmatch(row) and row not in ledger() and row not in figures()
    ):
        raise table.problem("row", worded("expected.row_id"))
    value = _positive(table, "value", scale) if "value" in table.values else None
    directness = table.whole("directness")
    if directness >= len(DIRECTNESS):
        last = len(DIRECTNESS) - 1
        raise table.problem("directness", worded("expected.range_to", last=last))
    return Study(
        row,
        table.both("what"),
        table.text("figure"),
        value,
        _ends(table, value, scale),
        _sign(table, value, scale),
        table.choice("design", *DESIGN),
        table.both("population"),
        table.text("years"),
        table.text("source"),
        _address(table),
        table.choice("quality", *QUALITY),
        directness,
    )


def _address(table: Table) -> str:
    address, quality = table.text("address"), table.choice("quality", *QUALITY)
    if address == MEMORY and QUALITY[quality] < RECALLED:
        raise table.problem("address", worded("expected.where_read"))
    return address


def _positive(table: Table, key: str, scale: Scale) -> float:
    value = table.number(key)
    if not math.isfinite(value) or (scale != "level" and value <= 0.0):
        raise table.problem(key, worded("expected.number_on_scale", scale=scale))
    return value


def _ends(table: Table, value: float | None, scale: Scale) -> tuple[float, float] | None:
    if "low" not in table.values and "high" not in table.values:
        return None
    low, high = (_positive(table, end, scale) for end in ("low", "high"))
    if value is None or not low < high or not low <= value <= high:
        raise table.problem("low", worded("expected.value_within"))
    return low, high


def _sign(table: Table, value: float | None, scale: Scale) -> int | None:
    if value is not None:
        if "sign" in table.values:
            raise table.problem("sign", worded("expected.nothing_beside_value"))
        nothing = 1.0 if scale == "log_ratio" else 0.0
        return (value > nothing) - (value < nothing)
    if "sign" not in table.values:
        return None
    sign = table.values["sign"]
    if isinstance(sign, bool) or sign not in (-1, 0, 1):
        raise table.problem("sign", worded("expected.sign"))
    return int(sign)


def _three(table: Table) -> Range:
    found = Range(table.number("low"), table.number("middle"), table.number("high"))
    if not found.low <= found.middle <= found.high:
        raise table.problem("middle", worded("expected.middle_within"))
    return found


def _link(file: Table) -> Link:
    table = file.table("link").only("low", "middle", "high", "why")
    factor = _three(table)
    if factor.low < 0.0 or (factor.low == 0.0 and file.values["scale"] == "log"):
        raise table.problem("low", worded("expected.at_least_0_on_scale"))
    return Link(factor, table.both("why"))


def _judged(file: Table, rows: list[str]) -> Judged:
    table = file.table("judged").only("low", "middle", "high", "rows")
    found = _three(table)
    if file.values["scale"] == "log" and found.low <= 0.0:
        raise table.problem("low", worded("expected.number_above_0"))
    cited = table.texts("rows")
    for row in cited:
        if row not in rows:
            raise table.problem("rows", worded("expected.rows_of_card"))
    return Judged(found, cited)


def _bounds(file: Table) -> tuple[float, float]:
    if "bounds" not in file.values:
        return UNBOUNDED
    value = file.values["bounds"]
    fits = isinstance(value, list) and len(value) == 2
    fits = fits and all(isinstance(end, int | float) for end in value)
    if not fits or not value[0] < value[1]:
        ends = {key: worded(f"cards.{key}") for key in ("least", "most")}
        raise file.problem("bounds", worded("expected.least_most", **ends))
    return float(value[0]), float(value[1])
