"""What experts are asked, as a form that is a table; and what a filled-in one says.

A form has a row for each question: first those whose answers are in the ledger (``seeds.toml`` of
the city's pack says which), by which experts are scored, then parameters. An expert fills in three
quantiles a row; the file's name is the expert's.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from math import exp, inf, isfinite, log
from typing import Final, Literal, NamedTuple, Protocol

from sim import city
from sim.csv_files import Readable, Row, is_number, read_rows, table, text_of
from sim.evidence.influence import by_parameter, shipped, status_of
from sim.language import Text
from sim.ledger import TABLE as LEDGER
from sim.ledger import ledger
from sim.parameters import PARAMETERS, UNCERTAIN, find
from sim.problems import Problem, gathering, meant, nearest
from sim.scenario.place import shorten
from sim.text.catalogue import worded
from sim.toml_tables import read

SEEDS: Final = "evidence/seeds.toml"
MOST: Final = 15
"""Parameters on a form: more tire."""
FIELDS: Final = ("q05", "q50", "q95")
NOTE: Final = "note"
TYPED: Final = (*FIELDS, NOTE)
"""Columns that an expert fills in."""
LARGEST: Final = 1e100
"""Sums and powers of numbers beyond it may be none any more."""
COLUMNS: Final = (
    *("kind", "id", "question_en", "question_zh", "unit_en", "unit_zh", "above", "below"),
    *TYPED,
)
POOLS: Final = ("equal", "performance")
NAME: Final = re.compile(r"[\w-]+")
Kind = Literal["seed", "parameter"]
Told = Mapping[str, Mapping[str, str]]
"""Id of a question -> column -> what an expert filled in."""
NOTHING_YET: Final[Told] = {}


class Form(Readable, Protocol):
    """A file that has an expert's name."""

    @property
    def stem(self) -> str:
        """The name."""


class Question(NamedTuple):
    """What experts are asked."""

    kind: Kind
    id: str
    """Of a row of the ledger, or of a parameter."""
    text: Text
    unit: Text
    above: float
    """Every answer is above this."""
    below: float
    log: bool
    """Whether the background is flat in the logarithm."""
    answer: float | None
    """If it is known."""

    def scaled(self, value: float) -> float:
        """Return a value on the scale on which the background is flat."""
        if not self.log:
            return value
        return log(value) if value > 0.0 else -inf

    def plain(self, scaled: float) -> float:
        """Return the value that `scaled` was called on."""
        return exp(scaled) if self.log else scaled


def seeds() -> tuple[Question, ...]:
    """Return the questions of the city's pack whose answers are known.

    Raises:
        Problem: there are none, one is not whole, or its row of the ledger has no number.
    """
    city.present(SEEDS)
    found = []
    for each in read(city.folder(), SEEDS).tables("seed"):
        each.only("entry", "log", "unit", "en", "zh")
        name = each.text("entry")
        entry = ledger().get(name)
        if entry is None or entry.value is None:
            raise each.problem("entry", worded("expected.ledger_row", ledger=LEDGER))
        text = Text(each.text("en"), each.text("zh"))
        told = (text, each.both("unit"), 0.0, inf, each.flag("log"), entry.value)
        found.append(Question("seed", name, *told))
    return tuple(found)


def of_parameter(name: str, where: str) -> Question:
    """Return the question about a parameter.

    Raises:
        Problem: there is no such parameter, or none that is drawn.
    """
    entry = find(name, where)
    if name not in UNCERTAIN:
        raise Problem(where, name, entry.prior.kind, worded("expected.drawn"))
    above = 0.0 if entry.prior.low >= 0.0 else -inf
    below = 1.0 if entry.unit == "share" else inf
    unit = Text(entry.unit, entry.unit)
    logs = entry.prior.kind == "loguniform"
    return Question("parameter", name, entry.meaning, unit, above, below, logs, None)


def usual() -> tuple[str, ...]:
    """Return the parameters that a form asks about unless others are named.

    Those are the most influential ones that are assumed, as the city's register of influence says.

    Raises:
        Problem: the city has no register.
    """
    register = shipped()
    if register is None:
        raise Problem("--parameters", "", "—", worded("expected.names_of_parameters"))
    ranked = by_parameter(register.of("level"))
    wanted = [name for name in ranked if name in PARAMETERS and status_of(name) == "assumed"]
    return tuple(wanted[:MOST])


def questions(names: Sequence[str], where: str) -> tuple[Question, ...]:
    """Return the questions of a form: the seeds, then some parameters.

    Raises:
        Problem: a name is unknown, stands twice, or there are too many.
    """
    if len(names) > MOST:
        raise Problem(where, "", str(len(names)), worded("expected.at_most", most=MOST))
    for name in names:
        if names.count(name) > 1:
            raise Problem(where, name, "2", worded("expected.each_parameter_once"))
    return (*seeds(), *(of_parameter(name, where) for name in names))


def form(asked: Sequence[Question], told: Told = NOTHING_YET) -> str:
    """Return a form as CSV, with what was filled in so far."""

    def end(value: float) -> float | None:
        return value if isfinite(value) else None

    rows = (
        (
            each.kind,
            each.id,
            *each.text.both,
            *each.unit.both,
            end(each.above),
            end(each.below),
            *(told.get(each.id, {}).get(field) for field in TYPED),
        )
        for each in asked
    )
    return table(COLUMNS, rows)


def named(name: str, where: str) -> str:
    """Return an expert's name, which is that of a file.

    Raises:
        Problem: it cannot be one, or is that of a pool.
    """
    if NAME.fullmatch(name) is None or name in POOLS:
        expected = worded("expected.expert_name", pools=POOLS)
        raise Problem(where, "", shorten(name) or "—", expected)
    return name


def draft(file: Readable) -> tuple[tuple[Question, ...], Told]:
    """Return what a form asks, and what was filled in so far, whatever it is.

    Raises:
        Problem: it is no form, or asks something unknown, twice, or too much.
    """
    known, told = {each.id: each for each in seeds()}, dict[str, dict[str, str]]()
    for row in read_rows(file, COLUMNS, more=True):
        name = _question(row, file, known, told).id
        told[name] = {field: text_of(row.cells[field].strip()) for field in TYPED}
    return questions([name for name in told if name not in known], str(file)), told


def answers(file: Form) -> dict[str, tuple[Question, list[float]]]:
    """Return what a form asks and how it is answered, on the scale of each question, by id.

    Raises:
        Problem: it cannot be read, a name is unknown or stands twice, or an answer is missing or
            impossible; names row and field of each.
    """
    known = {each.id: each for each in seeds()}
    found: dict[str, tuple[Question, list[float]]] = {}
    with gathering() as problems:
        for row in read_rows(file, COLUMNS, more=True):
            with problems.noted():
                question = _question(row, file, known, found)
                found[question.id] = question, []  # it is there, whatever was answered
                cells = {field: row.cells[field] for field in FIELDS}
                found[question.id] = question, list(checked(cells, question, f"{file}:{row.line}"))
    with gathering() as problems:
        for missing in sorted(known.keys() - found.keys()):
            problems.add(Problem(str(file), missing, "—", worded("expected.every_seed_answered")))
        if found.keys() <= known.keys():
            problems.add(Problem(str(file), "kind", "—", worded("expected.parameters")))
    questions([name for name in found if name not in known], str(file))
    return found


def _question(
    row: Row, file: Readable, known: Mapping[str, Question], asked: Container[str]
) -> Question:
    """Return what a row asks.

    Args:
        row: of the form.
        file: the form.
        known: questions whose answers are known.
        asked: ids of the questions in rows before.

    Raises:
        Problem: it asks something unknown, or the same again.
    """
    found = _known(row, file, known)
    if found.id in asked:
        once = worded("expected.each_question_once")
        raise Problem(f"{file}:{row.line}", "id", found.id, once)
    return found


def _known(row: Row, file: Readable, known: Mapping[str, Question]) -> Question:
    where, kind, name = f"{file}:{row.line}", row.cells["kind"].strip(), row.cells["id"].strip()
    if kind == "parameter":
        try:
            return of_parameter(name, where)
        except Problem as problem:
            raise Problem(where, "id", shorten(name), problem.expected, problem.hint) from problem
    if kind != "seed":
        raise Problem(where, "kind", shorten(kind) or "—", worded("expected.seed_or_parameter"))
    if name not in known:
        hint = meant(nearest(name, known))
        expected = worded("expected.question_of", file=SEEDS)
        raise Problem(where, "id", shorten(name) or "—", expected, hint)
    return known[name]


def checked(cells: Mapping[str, str], asked: Question, where: str) -> Iterator[float]:
    """Yield an expert's quantiles on the scale of a question.

    Args:
        cells: what stands in the columns, in their order; while a form is filled in, in those in
            which something stands.
        asked: the question.
        where: to tell problems with.

    Raises:
        Problem: one is missing, no number, out of bounds or not above the one before.
    """
    before = asked.above
    for field, told in cells.items():
        cell = told.strip()
        if not is_number(cell) or not isfinite(value := float(cell)):
            raise Problem(where, field, shorten(cell) or "—", worded("expected.number"))
        if abs(value) >= LARGEST:
            raise Problem(where, field, shorten(cell), between(-LARGEST, LARGEST))
        if not (asked.scaled(before) < asked.scaled(value) and value < asked.below):
            raise Problem(where, field, shorten(cell), between(before, asked.below))
        before = value
        yield asked.scaled(value)


def between(above: float, below: float) -> Text:
    """Return in words what values are between; one of the ends is finite."""
    ends = (("above", above), ("below", below))
    told = {name: f"{end:g}" for name, end in ends if isfinite(end)}
    return worded(f"expected.{'_and_'.join(told)}", **told)
