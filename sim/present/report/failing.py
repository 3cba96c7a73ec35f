"""Why a count fails: gates that hold it back."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sim.estimate.paired import Difference
from sim.language import Language, Text
from sim.plan import PLAN
from sim.present.figure import drawn
from sim.present.report.document import Block, Cell, Column, Heading, Picture, Table
from sim.present.report.drawing import picture
from sim.present.report.given import Given, rests_on
from sim.present.report.wording import (
    apart,
    apart_cell,
    bracketed,
    count_name,
    gap,
    listed,
    title_of,
    user_name,
)
from sim.store.fill import Sample
from sim.studies.gates import GATES, Gate, Held
from sim.studies.gates import figure as gates_figure
from sim.studies.study import Basis
from sim.text.catalogue import capital
from sim.text.together import Estimated

Rows = Mapping[tuple[str, str], Mapping[str, Any]]
"""Of ``gates.csv``, by gate and count."""


def gates_section(given: Given, number: int, language: Language) -> list[Block]:
    """Return the part on what holds each count back: the figure, and its numbers."""
    known = {(row["gate"], row["count"]): row for row in given.document["gates.csv"]}
    opened = [gate for gate in GATES if gate.id in given.document["gates"]]
    title = Text("What holds each count back", "各目标的瓶颈").in_(language)
    return [
        Heading(3, title, f"gates-{number}"),
        _gates_picture(given, opened, known, number, language),
        _gates_table(given, opened, known, number, language),
    ]


def _gates_picture(
    given: Given, opened: list[Gate], known: Rows, number: int, language: Language
) -> Picture:
    counts = [
        Held(
            count.id,
            known[opened[0].id, count.id]["likelihood"],
            [_gain(known[gate.id, count.id]) for gate in opened],
        )
        for count in PLAN.counts
    ]
    name = user_name(given.document["base"]["name"], language)
    return picture(
        f"gates-{number}",
        partial(drawn, gates_figure(opened, counts, _basis(given)), language),
        Text(
            f"Points of likelihood gained when one gate is made twice as wide, {name}",
            f"单独将某一环节放宽一倍时可能性的增量（百分点），{name}",
        ).in_(language),
        _largest(opened, counts, language),
        given.cite("gates.csv"),
    )


def _basis(given: Given) -> Basis:
    name, replicates, seed, model, remark, _ = rests_on(given)
    return Basis(name, Sample(seed, replicates), model, remark)


def _adds(gate: Gate, gain: Estimated, language: Language) -> str:
    return gate.name.in_(language) + bracketed(apart(gain, language), language)


def _largest(opened: list[Gate], counts: list[Held], language: Language) -> str:
    """Return which gate clearly adds most to each count, for people who cannot see it."""
    told = [
        f"{count_name(count.id, language)} "
        + listed([_adds(opened[at], held.gains[at], language) for at in held.largest], language)
        for count, held in zip(PLAN.counts, counts, strict=True)
        if held.largest
    ]
    if not told:
        return Text("No gate clearly adds to any count.", "没有环节使任何目标明显提高。").in_(
            language
        )
    joined = listed(told, language)
    return Text(
        "The gate that clearly adds most to each count, and those whose intervals reach its own:"
        f" {joined}.",
        f"各目标增量明显且最大的环节（及区间与之重叠者）：{joined}。",
    ).in_(language)


def _gain(row: Mapping[str, Any]) -> Difference:
    return gap(row, "difference", "low", "high")


def _gates_table(
    given: Given, opened: list[Gate], known: Rows, number: int, language: Language
) -> Table:
    cells = tuple(
        (
            Cell(title_of(count.id, language)),
            *(apart_cell(_gain(known[gate.id, count.id]), stacked=True) for gate in opened),
        )
        for count in PLAN.counts
    )
    return Table(
        f"gates-{number}",
        Text(
            "Points of likelihood when one gate is made twice as wide, all else equal",
            "单独将某一环节放宽一倍时可能性的变化（百分点）",
        ).in_(language),
        (
            Column(Text("Count", "目标").in_(language), share=1.7),
            *(Column(capital(gate.name.in_(language)), True, 1.6) for gate in opened),
        ),
        cells,
        given.cite("gates.csv"),
    )
