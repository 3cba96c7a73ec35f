"""What experts are asked and what they answer: a form as a table, and the panel that it comes to.

A form has a row for each question: first those whose answers are in the ledger (``seeds.toml`` of
the city's pack says which), by which experts are scored, then parameters. An expert fills in three
quantiles a row; the file's name is the expert's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import exp, inf, isfinite, log
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import numpy as np

from sim import city
from sim.csv_files import Row, is_number, read_rows, table
from sim.estimate import cooke
from sim.estimate.cooke import QUANTILES, Knots, Scored
from sim.estimate.groups import Floats
from sim.evidence.influence import by_parameter, shipped, status_of
from sim.language import Text
from sim.ledger import TABLE as LEDGER
from sim.ledger import ledger
from sim.parameters import PARAMETERS, UNCERTAIN, find
from sim.problems import Problem, gathering, meant, nearest
from sim.text.catalogue import worded
from sim.toml_tables import read

SEEDS: Final = "evidence/seeds.toml"
MOST: Final = 15
"""Parameters on a form: more tire."""
FIELDS: Final = ("q05", "q50", "q95")
COLUMNS: Final = (
    *("kind", "id", "question_en", "question_zh", "unit_en", "unit_zh", "above", "below"),
    *(*FIELDS, "note"),
)
POOLS: Final = ("equal", "performance")
NAME: Final = re.compile(r"[\w-]+")
Kind = Literal["seed", "parameter"]


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


class Panel(NamedTuple):
    """What experts answered, E of them, Q questions."""

    experts: tuple[str, ...]
    questions: tuple[Question, ...]
    answers: Floats
    """Quantiles on the scale of each question, shape (E, Q, 3)."""

    def between(self, number: int) -> tuple[float, float]:
        """Return the ends of a question's intrinsic range, on its scale."""
        asked = self.questions[number]
        truth = None if asked.answer is None else asked.scaled(asked.answer)
        bounds = asked.scaled(asked.above), asked.scaled(asked.below)
        return cooke.ends(self.answers[:, number], truth, *bounds)

    @property
    def seeds(self) -> list[int]:
        """Numbers of the questions whose answers are known."""
        return [n for n, each in enumerate(self.questions) if each.answer is not None]

    @property
    def asked(self) -> list[int]:
        """Numbers of the parameters among the questions."""
        return [n for n, each in enumerate(self.questions) if each.answer is None]

    def scored(self) -> Scored:
        """Return how well experts knew what is known, and what they count for."""
        known = [self.questions[n] for n in self.seeds]
        truths = np.array([each.scaled(each.answer or 0.0) for each in known])
        ranges = [self.between(n) for n in self.seeds]
        return cooke.scored(self.answers[:, self.seeds], truths, ranges)

    def informed(self) -> list[float]:
        """Return the mean information of each expert over all questions."""
        ranges = [self.between(n) for n in range(len(self.questions))]
        return [
            float(np.mean([cooke.information(q, r) for q, r in zip(own, ranges, strict=True)]))
            for own in self.answers
        ]

    def weights(self, found: Scored) -> dict[str, Floats]:
        """Return what experts count for, alone and in both pools, by name."""
        alone = dict(zip(self.experts, np.eye(len(self.experts)), strict=True))
        same = np.full(len(self.experts), 1.0 / len(self.experts))
        return {**alone, **dict(zip(POOLS, (same, found.weights), strict=True))}

    def held(self, number: int, weights: Floats) -> Knots:
        """Return what is held of a question, on its scale."""
        return cooke.pooled(self.answers[:, number], self.between(number), weights)


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


def form(asked: Sequence[Question]) -> str:
    """Return a form to fill in, as CSV."""

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
            *[None] * 4,
        )
        for each in asked
    )
    return table(COLUMNS, rows)


def panel(files: Sequence[Path]) -> Panel:
    """Return what experts answered.

    Args:
        files: filled-in forms, one an expert.

    Raises:
        Problem: a file cannot be read, a name is unknown or stands twice, an answer is missing or
            impossible, or experts were asked different things; names row and field of each.
    """
    found: dict[str, dict[str, tuple[Question, list[float]]]] = {}
    with gathering() as problems:
        for file in files:
            with problems.noted():
                found[_expert(file, found)] = _answers(file)
    first = next(iter(found.values()))
    with gathering() as problems:
        for file, own in zip(files, found.values(), strict=True):
            for name in sorted(first.keys() ^ own.keys()):
                expected = worded("expected.questions_of", file=files[0])
                problems.add(Problem(str(file), "id", name, expected))
    asked = tuple(question for question, _ in first.values())
    answers = [[own[each.id][1] for each in asked] for own in found.values()]
    return Panel(tuple(found), asked, np.array(answers))


def _expert(file: Path, known: Mapping[str, object]) -> str:
    name = file.stem
    if name in known:
        raise Problem(str(file), "", name, worded("expected.each_expert_once"))
    if NAME.fullmatch(name) is None or name in POOLS:
        raise Problem(str(file), "", name, worded("expected.expert_name", pools=POOLS))
    return name


def _answers(file: Path) -> dict[str, tuple[Question, list[float]]]:
    known = {each.id: each for each in seeds()}
    found: dict[str, tuple[Question, list[float]]] = {}
    with gathering() as problems:
        for row in read_rows(file, COLUMNS, more=True):
            with problems.noted():
                question = _question(row, file, known)
                if question.id in found:
                    once = worded("expected.each_question_once")
                    raise Problem(f"{file}:{row.line}", "id", question.id, once)
                found[question.id] = question, []  # it is there, whatever was answered
                found[question.id] = question, list(_quantiles(row, question, file))
    with gathering() as problems:
        for missing in sorted(known.keys() - found.keys()):
            problems.add(Problem(str(file), missing, "—", worded("expected.every_seed_answered")))
        if found.keys() <= known.keys():
            problems.add(Problem(str(file), "kind", "—", worded("expected.parameters")))
    return found


def _question(row: Row, file: Path, known: Mapping[str, Question]) -> Question:
    where, kind, name = f"{file}:{row.line}", row.cells["kind"].strip(), row.cells["id"].strip()
    if kind == "parameter":
        try:
            return of_parameter(name, where)
        except Problem as problem:
            raise Problem(where, "id", name, problem.expected, problem.hint) from problem
    if kind != "seed":
        raise Problem(where, "kind", kind or "—", worded("expected.seed_or_parameter"))
    if name not in known:
        hint = meant(nearest(name, known))
        raise Problem(where, "id", name or "—", worded("expected.question_of", file=SEEDS), hint)
    return known[name]


def _quantiles(row: Row, asked: Question, file: Path) -> Iterator[float]:
    """Yield an expert's quantiles on the scale of a question.

    Raises:
        Problem: one is missing, no number, out of bounds or not above the one before.
    """
    before = asked.above
    for field in FIELDS:
        cell, where = row.cells[field].strip(), f"{file}:{row.line}"
        if not is_number(cell) or not isfinite(value := float(cell)):
            raise Problem(where, field, cell or "—", worded("expected.number"))
        if not before < value < asked.below:
            ends = (("above", before), ("below", asked.below))
            told = {name: f"{end:g}" for name, end in ends if isfinite(end)}
            raise Problem(where, field, cell, worded(f"expected.{'_and_'.join(told)}", **told))
        before = value
        yield asked.scaled(value)


def quantiles(panel_: Panel, number: int, weights: Floats) -> tuple[float, float, float]:
    """Return 5, 50 and 95 % of what is held of a question, in its own unit."""
    asked, held = panel_.questions[number], panel_.held(number, weights)
    low, middle, high = (asked.plain(held.quantile(u)) for u in QUANTILES)
    return low, middle, high


def pool(panel_: Panel, name: str, weights: Floats) -> dict[str, Any]:
    """Return what an expert or a pool holds of every parameter, as its file has it."""
    held = {panel_.questions[n].id: (n, panel_.held(n, weights)) for n in panel_.asked}
    return {
        "format": 1,
        "name": name,
        "weights": dict(zip(panel_.experts, weights.tolist(), strict=True)),
        "parameters": {
            parameter: {
                "log": panel_.questions[n].log,
                "values": [panel_.questions[n].plain(value) for value in knots.values.tolist()],
                "below": knots.below.tolist(),
            }
            for parameter, (n, knots) in held.items()
        },
    }
