"""Protects findings as JSON: what comes back is what was written, whatever it holds."""

import json
import math

import pytest

from sim.language import Text
from sim.spec import marks, palette
from sim.spec.findings import Figure, Findings, Listing, Part, Sentence
from sim.spec.stored import KINDS, document, findings_of
from sim.spec.table import Column, table

A = Text("a", "甲")
SCALE = marks.Scale(0.0, 1.0, ())
LAYERS: tuple[marks.Layer, ...] = (
    marks.Line((0.0, 1.0), (2.0, math.nan), name=A),
    marks.Dots((), ()),
    marks.Area((0.0,), (1.0,), (math.inf,), palette.MEDIAN),
    marks.Bars((0.0, 1.0), (3.0,), palette.BLUE, outline=1.0),
    marks.Pieces(((0.0, 0.0, 1.0, 1.0),), palette.BLUE),
    marks.Rule(0.5, palette.GREY, upright=True, label=A),
    marks.Strip(0.0, 1.0, palette.GREY),
)
COLUMNS: tuple[Column[float], ...] = (
    Column(("x", "y"), lambda row: (row, None), A, lambda _: A, quiet=lambda row: row > 1.0),
    Column(("hidden",), lambda row: (row,)),
)


def findings(*rows: float) -> Findings:
    ticked = SCALE._replace(ticks=(marks.Tick(0.0, A),))
    ending = marks.Ending(1.0, A, palette.GREY)
    panel = marks.Panel(A, SCALE, ticked, LAYERS, endings=(ending,))
    told = marks.Told(A, shift=0.1)
    row = marks.Row(0.0, ((told,), ()), (marks.Interval(0.5, 0.4, math.inf),), (0.0, 1.0))
    series, column = marks.Series(A, palette.BLUE), marks.Beside(A)
    all_marks: tuple[marks.Mark, ...] = (
        marks.Panels((panel,), 1, (3.0, 2.0)),
        marks.Rows(SCALE, (series,), (column, column), (row,), (3.0, 2.0)),
        marks.Map((marks.Plot(A, (1.0,), ("1",)),), A, (3.0, 2.0), (1.0, 1.0), 2.0),
        marks.Heat((A,), (marks.HeatRow(A, (marks.Shade("1"),)),), A, 1.0, (3.0, 2.0)),
        marks.Flow(
            (marks.Node(A, 0), marks.Node(A, 1)), (marks.Stream(0, 1, 1.0),), (series,), (3.0, 2.0)
        ),
    )
    parts: tuple[Part, ...] = (
        Sentence(A, "note"),
        Listing((A, A)),
        table("t", A, COLUMNS, rows),
        *(Figure("f", A, A, A, mark, (A,), A) for mark in all_marks),
    )
    return Findings("s", A, "0" * 64, 7, 2, parts)


def test_findings_come_back() -> None:
    found = findings(0.5, 1.5)
    again = findings_of(document(found))
    assert repr(again) == repr(found)  # not a number is not equal to itself
    assert {kind for kind in KINDS if f'"is": "{kind}"' in document(found)} == set(KINDS)


def test_what_only_programs_read_is_left_out() -> None:
    found = findings()
    alone = Findings(*(*vars(found).values(),))
    hidden = table("h", A, COLUMNS[1:], [1.0])
    told = Findings(**{**vars(alone), "parts": (hidden,)})
    assert findings_of(document(told)).parts == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"is": "Nothing"}', '{"is": "Findings"}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        findings_of(text)


def test_it_is_plain_json() -> None:
    json.loads(document(findings(math.inf)), parse_constant=pytest.fail)
