"""What has happened since October 2022: a table of dated facts, and what they mean for a run.

A fact is used from its month on. Seen from an earlier month it is not known yet, but it is known
that it has not happened: an instrument has not begun, a programme has not opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

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

FILE: Final = "facts.csv"
"""Name of the table, in the city's pack or in the user's folder of scenarios."""
COLUMNS: Final = (
    *("id", "date", "kind", "what", "place", "low", "high", "source"),
    *("note_en", "note_zh"),
)
KINDS: Final[Mapping[str, Text]] = {
    "lever": Text("an instrument began", "政策工具开始实施"),
    "opened": Text("a programme opened", "载体启用"),
    "complete": Text("all openings up to the date are listed", "此前启用者均已列出"),
    "count": Text("a count was observed", "观测到某项数量"),
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
                facts.append(_fact(cells, Place(f"{path}:{line}")))
        with problems.noted():
            _check_unique(facts, path)
    return tuple(sorted(facts, key=lambda fact: (fact.month, fact.id)))


def facts_from_plain(value: object, place: Place) -> tuple[Fact, ...]:
    """Return facts from plain data, as a resolved scenario has them.

    Raises:
        Problem: something is not what it should be.
    """
    if not isinstance(value, list):
        raise place.problem(value, Text("a list of facts", "事实列表"))
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
    kind = check.one_of(*KINDS)(said["kind"], place.under("kind"))
    date = check.month(said["date"], place.under("date"))
    what = _what(kind, said["what"], place.under("what"))
    where = _where(kind, said["place"], place.under("place"))
    low, high = (_number(kind, said[end], place.under(end)) for end in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise place.under("high").problem(high, Text(f"at least {low:g}", f"不小于 {low:g}"))
    source = check.string(said["source"], place.under("source"))
    english, chinese = (check.string(said[key], place.under(key)) for key in COLUMNS[-2:])
    name = check.string(said["id"], place.under("id"))
    return Fact(name, date, kind, what, where, low, high, source, Text(english, chinese))


def _what(kind: str, name: str, place: Place) -> str:
    """Return the id of what a fact is about."""
    if kind == "lever":
        return check.plan_name("instrument", name, place)
    if kind == "count":
        return check.plan_name("count", name, place)
    return check.one_of(*PROGRAMME_KINDS)(name, place)


def _where(kind: str, name: str, place: Place) -> str:
    """Return the id of the named zone or district of an opening."""
    if kind != "opened":
        if name:
            raise place.problem(name, Text("nothing here", "此处为空"))
        return ""
    if name in {zone.id for zone in PLAN.zones}:
        return name
    return check.plan_name("district", name, place)


def _number(kind: str, written: str, place: Place) -> float | None:
    if kind != "count":
        if written:
            raise place.problem(written, Text("nothing here", "此处为空"))
        return None
    try:
        value = float(written)
    except ValueError as error:
        raise place.problem(written, Text("a number", "数")) from error
    return check.number(0.0)(value, place)


def _check_unique(facts: Iterable[Fact], path: Path) -> None:
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            expected = Text("an id that no other line has", "不与其他行重复的编号")
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
            return fact.date if known else max(start, _after(as_of))
    return start


def _after(label: str) -> str:
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
