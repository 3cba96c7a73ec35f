"""What has happened since October 2022: a table of dated facts, and what they mean for a run.

A fact is used from its month on. Seen from an earlier month it is not known yet, but it is known
that it has not happened: an instrument has not begun, a programme has not opened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sim import city
from sim.calendar import month_index
from sim.csv_files import read_rows
from sim.language import Text
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Observed, Placed
from sim.model.world.tables import NOBODY
from sim.plan import PLAN
from sim.problems import Problem, gathering
from sim.scenario import check
from sim.scenario.files import BESIDE
from sim.scenario.place import Place
from sim.text.catalogue import worded
from sim.toml_tables import NOTHING

FILE: Final = "facts.csv"
"""Name of the table, in the city's pack or in the user's folder of scenarios."""
COLUMNS: Final = (
    *("id", "date", "kind", "what", "place", "low", "high", "source"),
    *("note_en", "note_zh"),
)
KINDS: Final[Mapping[str, Text]] = {
    kind: worded(f"fact.{kind}") for kind in ("lever", "opened", "complete", "count")
}
"""Kinds of facts."""
_CELLS: Final[Mapping[str, check.Check[str]]] = dict.fromkeys(COLUMNS, check.written)


@dataclass(frozen=True)
class Fact:
    """One line of the table."""

    id: str
    date: str
    """Month (``YYYY-MM``) in which it happened, or up to which it holds."""
    kind: str
    what: str
    """Instrument, kind of programme, or count."""
    place: str
    """District or named zone of a programme; else nothing."""
    low: float | None
    """Least value that a count can have had."""
    high: float | None
    source: str
    """Ids of figures, or a reference."""
    note: Text

    @property
    def month(self) -> int:
        """Return the number of its month."""
        return month_index(self.date)

    def plain(self) -> dict[str, object]:
        """Return the fact as plain data."""
        return asdict(self) | {"note": self.note._asdict()}


def facts_file() -> Path:
    """Return the table of facts: the one where the user is, else the city's.

    A pack of the user's own is edited itself.
    """
    own = BESIDE / FILE
    return own if city.comes_along() and own.is_file() else city.file(FILE)


def last_month() -> str:
    """Return the last month in which something can have happened.

    It is that of the computer's clock, unless the city's record reaches further: then it is slow.
    """
    today = datetime.now(tz=UTC)
    return max(f"{today.year}-{today.month:02d}", city.about().known or "")


def last_known() -> str:
    """Return the last month that is known: of the record, or that of the last fact if it is later.

    Raises:
        Problem: the city says none, or the table of facts cannot be used.
    """
    months = [fact.date for fact in read_facts()]
    if not (known := max([*months, city.about().known or ""])):
        expected = worded("expected.month_of_facts", city=city.CITY)
        raise Problem("--as-of", "", NOTHING, expected)
    return known


def read_facts(file: Path | None = None) -> tuple[Fact, ...]:
    """Return the facts of a table, in the order of their dates.

    Args:
        file: the table; by default ``facts_file()``, and no facts where a pack has none.

    Raises:
        Problem: it cannot be read, or lines are not what they should be; names line and column.
    """
    path = file or facts_file()
    if file is None and not path.exists():
        return ()
    facts: list[Fact] = []
    with gathering() as problems:
        for line, cells in read_rows(path, COLUMNS):
            with problems.noted():
                place = Place(f"{path}:{line}")
                facts.append(_fact(cells, place))
                check_past(facts[-1].date, place.under("date"))
        with problems.noted():
            _check_unique(facts, path)
    return tuple(sorted(facts, key=lambda fact: (fact.month, fact.id)))


def check_past(date: str, place: Place) -> None:
    """Make sure that a month is not in the future.

    Raises:
        Problem: it is.
    """
    if date > (last := last_month()):
        raise place.problem(date, worded("expected.month_until", last=last))


def facts_from_plain(value: object, place: Place) -> tuple[Fact, ...]:
    """Return facts from plain data, as a resolved scenario has them.

    Raises:
        Problem: something is not what it should be.
    """
    if not isinstance(value, list):
        raise place.problem(value, worded("expected.facts"))
    found = []
    for number, entry in enumerate(value):
        here = place.under(str(number))
        given = check.mapping(entry, here)
        note = check.both_languages(given.pop("note", None), here.under("note"))
        row = {key: "" if said is None else str(said) for key, said in given.items()}
        row |= {"note_en": note.en, "note_zh": note.zh}
        found.append(_fact(check.table(_CELLS, complete=True)(row, here), here))
    return tuple(found)


def _fact(said: Mapping[str, str], place: Place) -> Fact:
    found: dict[str, Any] = {name: field(name, said, place.under(name)) for name in _CHECKS}
    note = Text(found.pop("note_en"), found.pop("note_zh"))
    return Fact(**found, note=note)


def field(name: str, said: Mapping[str, str], place: Place) -> str | float | None:
    """Return one field of a line in the form in which a fact has it.

    Args:
        name: of the field.
        said: the line; fields before this one in ``ORDER`` are right.
        place: of the field, for the message.

    Raises:
        Problem: it is not what it should be.
    """
    return _CHECKS[name](said, said[name], place)


def _kind(_: Mapping[str, str], written: str, place: Place) -> str:
    return check.one_of(*KINDS)(written, place)


def _date(_: Mapping[str, str], written: str, place: Place) -> str:
    return check.month(written, place)


def _text(_: Mapping[str, str], written: str, place: Place) -> str:
    return check.string(written, place)


def _what(said: Mapping[str, str], name: str, place: Place) -> str:
    """Return the id of what a fact is about."""
    if said["kind"] == "lever":
        return check.plan_name("instrument", name, place)
    if said["kind"] == "count":
        return check.plan_name("count", name, place)
    return check.one_of(*PROGRAMME_KINDS)(name, place)


def _where(said: Mapping[str, str], name: str, place: Place) -> str:
    """Return the id of the named zone or district of an opening."""
    if said["kind"] != "opened":
        return _nothing(name, place)
    if name in {zone.id for zone in PLAN.zones}:
        return name
    return check.plan_name("district", name, place)


def _nothing(written: str, place: Place) -> str:
    if written:
        raise place.problem(written, worded("expected.nothing_here"))
    return ""


def _low(said: Mapping[str, str], written: str, place: Place) -> float | None:
    if said["kind"] != "count":
        _nothing(written, place)
        return None
    try:
        value = float(written)
    except ValueError as error:
        raise place.problem(written, worded("expected.number")) from error
    return check.number(0.0)(value, place)


def _high(said: Mapping[str, str], written: str, place: Place) -> float | None:
    high, low = _low(said, written, place), said["low"]
    if high is not None and high < float(low):
        raise place.problem(high, worded("expected.at_least", low=float(low)))
    return high


_CHECKS: Final[Mapping[str, Callable[[Mapping[str, str], str, Place], str | float | None]]] = {
    "kind": _kind,
    "date": _date,
    "what": _what,
    "place": _where,
    "low": _low,
    "high": _high,
    "source": _text,
    "note_en": _text,
    "note_zh": _text,
    "id": _text,
}
ORDER: Final = tuple(_CHECKS)
"""Fields in the order in which each can be checked."""


def _check_unique(facts: Iterable[Fact], path: Path) -> None:
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            expected = worded("expected.new_id")
            raise Problem(str(path), "id", fact.id, expected)
        seen.add(fact.id)


def start_as_known(facts: Sequence[Fact], as_of: str, instrument: str, start: str) -> str:
    """Return the month in which an instrument starts, as far as facts tell it.

    Args:
        facts: the facts.
        as_of: month up to which they are known. What is known to have begun later, had not begun.
        instrument: id of the instrument.
        start: where facts leave it open.
    """
    for fact in facts:
        if fact.kind == "lever" and fact.what == instrument:
            known = fact.month <= month_index(as_of)
            return fact.date if known else max(start, month_after(as_of))
    return start


def month_after(label: str) -> str:
    """Return the month after one (``YYYY-MM``)."""
    year, month = int(label[:4]), int(label[5:])
    return f"{year + month // 12}-{month % 12 + 1:02d}"


def placed(facts: Sequence[Fact], as_of: str) -> tuple[Placed, ...]:
    """Return the programmes that are known to have opened."""
    zones = {zone.id: number for number, zone in enumerate(PLAN.zones)}
    districts = {district.id: district.number for district in PLAN.districts}
    home = {zone.id: zone.district for zone in PLAN.zones}
    return tuple(
        Placed(
            PROGRAMME_KINDS.index(fact.what),
            NOBODY,
            districts[home.get(fact.place, fact.place)],
            zones.get(fact.place, NOBODY),
            fact.month,
        )
        for fact in facts
        if fact.kind == "opened" and fact.month <= month_index(as_of)
    )


def held(facts: Sequence[Fact], as_of: str) -> tuple[tuple[int, int], ...]:
    """Return (kind, month): the month from which on other programmes of a kind may open."""
    known = month_index(as_of)
    return tuple(
        sorted(
            (PROGRAMME_KINDS.index(fact.what), min(fact.month, known) + 1)
            for fact in facts
            if fact.kind == "complete"
        )
    )


def observed(facts: Sequence[Fact], as_of: str) -> tuple[Observed, ...]:
    """Return the counts that are known, in the order of their months."""
    known = month_index(as_of)
    return tuple(
        Observed(COUNTS.index(fact.what), fact.month, fact.low or 0.0, fact.high)
        for fact in sorted(facts, key=lambda fact: fact.month)
        if fact.kind == "count" and fact.month <= known and fact.high is not None
    )
