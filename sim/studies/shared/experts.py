"""What experts say, side by side: how well they knew what is known, and what each holds."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sim.estimate.cooke import Score, Scored
from sim.evidence import forms
from sim.evidence.elicitation import Panel, pool, quantiles
from sim.evidence.forms import FIELDS, POOLS, Question
from sim.language import Text
from sim.spec.findings import Part, Sentence
from sim.spec.stored import as_json
from sim.spec.table import Column, table
from sim.text.catalogue import worded
from sim.views.parameter_names import parameter_meaning, short_names, unit_in_words

SURE: Final = 20
"""Known answers below which calibration is called a hint."""
NONE: Final = "—"
SAME: Final = "The same"
"""How an English meaning begins that says nothing without the one before it."""
WHO: Final = {name: worded(f"elicit.{name}") for name in POOLS}


class _Line(NamedTuple):
    """An expert, or a pool, with its scores."""

    who: str
    score: Score
    information: float | None
    """Over all questions; None of a pool."""
    weight: float | None


class _Held(NamedTuple):
    """What somebody holds of a parameter."""

    parameter: str
    who: str
    quantiles: tuple[float, float, float]


def asked(parameters: str | None) -> tuple[Question, ...]:
    """Return the questions of a form as people read them.

    Args:
        parameters: names with commas between; None for the usual ones.

    Raises:
        Problem: a name is unknown, stands twice, or there are too many.
    """
    given = None if parameters is None else [each.strip() for each in parameters.split(",")]
    names = forms.usual() if given is None else given
    return tuple(in_words(each) for each in forms.questions(names, "--parameters"))


def in_words(question: Question) -> Question:
    """Return a question about a parameter with name, meaning and unit as people read them."""
    if question.answer is not None:
        return question
    name, meaning = short_names()[question.id], parameter_meaning(question.id)
    told = [
        one if one == more or more.startswith(SAME) else f"{one} · {more}"
        for one, more in zip(name.both, meaning.both, strict=True)
    ]
    return question._replace(text=Text(*told), unit=unit_in_words(question.unit.en))


def said(panel: Panel, scored: Scored) -> Iterator[Part]:
    """Yield the scores, what each expert and both pools hold, and how to read that."""
    yield table(
        "scores",
        worded("elicit.scores", seeds=len(panel.seeds)),
        SCORES,
        list(_lines(panel, scored)),
    )
    yield table("answers", worded("elicit.answers"), ANSWERS, list(_held(panel, scored)))
    yield Sentence(worded("elicit.note", level=_number(scored.level)), "note")
    if len(panel.seeds) < SURE:
        yield Sentence(worded("elicit.few"), "note")


def pools(panel: Panel, scored: Scored) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the file of each expert and of both pools."""
    for name, weights in panel.weights(scored).items():
        yield f"{name}.json", as_json(pool(panel, name, weights))


def _lines(panel: Panel, scored: Scored) -> Iterator[_Line]:
    told = zip(panel.experts, scored.scores, panel.informed(), scored.weights.tolist(), strict=True)
    yield from (_Line(*each) for each in told)
    for name, score in zip(POOLS, (scored.equal, scored.performance), strict=True):
        yield _Line(name, score, None, None)


def _held(panel: Panel, scored: Scored) -> Iterator[_Held]:
    for number in panel.asked:
        for who, weights in panel.weights(scored).items():
            told = quantiles(panel, number, weights)
            yield _Held(panel.questions[number].id, who, told)


def _who(name: str) -> Text:
    return WHO.get(name, Text(name, name))


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.3g}"


SCORES: Sequence[Column[_Line]] = (
    Column(
        ("expert",),
        lambda row: (row.who,),
        worded("elicit.expert"),
        lambda row: _who(row.who),
        number=False,
    ),
    Column(
        ("calibration",),
        lambda row: (row.score.calibration,),
        worded("elicit.calibration"),
        lambda row: _number(row.score.calibration),
    ),
    Column(
        ("information",),
        lambda row: (row.score.information,),
        worded("elicit.information"),
        lambda row: _number(row.score.information),
    ),
    Column(
        ("information_all",),
        lambda row: (row.information,),
        worded("elicit.all"),
        lambda row: _number(row.information),
    ),
    Column(
        ("weight",),
        lambda row: (row.weight,),
        worded("elicit.weight"),
        lambda row: _number(row.weight),
    ),
)
ANSWERS: Sequence[Column[_Held]] = (
    Column(
        ("parameter",),
        lambda row: (row.parameter,),
        worded("elicit.parameter"),
        lambda row: short_names()[row.parameter],
        number=False,
    ),
    Column(
        ("expert",),
        lambda row: (row.who,),
        worded("elicit.expert"),
        lambda row: _who(row.who),
        number=False,
    ),
    *(
        Column(
            (field,),
            lambda row, place=place: (row.quantiles[place],),  # type: ignore[misc]
            Text(head, head),
            lambda row, place=place: _number(row.quantiles[place]),  # type: ignore[misc]
        )
        for place, (field, head) in enumerate(zip(FIELDS, ("5 %", "50 %", "95 %"), strict=True))
    ),
)
