"""What experts answered: the panel that their forms come to, scored and pooled."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.estimate import cooke
from sim.estimate.cooke import QUANTILES, Knots, Scored
from sim.estimate.groups import Floats
from sim.evidence.forms import POOLS, Form, Question, answers, named
from sim.problems import Problem, gathering
from sim.text.catalogue import worded


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


def panel(files: Sequence[Form]) -> Panel:
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
                found[_expert(file, found)] = answers(file)
    first = next(iter(found.values()))
    with gathering() as problems:
        for file, own in zip(files, found.values(), strict=True):
            for name in sorted(first.keys() ^ own.keys()):
                expected = worded("expected.questions_of", file=files[0])
                problems.add(Problem(str(file), "id", name, expected))
    asked = tuple(question for question, _ in first.values())
    quantiles_ = [[own[each.id][1] for each in asked] for own in found.values()]
    return Panel(tuple(found), asked, np.array(quantiles_))


def _expert(file: Form, known: Mapping[str, object]) -> str:
    if file.stem in known:
        raise Problem(str(file), "", file.stem, worded("expected.each_expert_once"))
    return named(file.stem, str(file))


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
