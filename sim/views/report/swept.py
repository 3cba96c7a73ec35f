"""Sweeps: their figures, and where each count is least and most likely."""

from collections.abc import Sequence
from typing import Any

from sim.experiments.targets import GROUPS, Target
from sim.language import Language, Text
from sim.parameters import PARAMETERS, find
from sim.plan import PLAN
from sim.views.experiment import Experiment
from sim.views.numbers import percent
from sim.views.report.document import Block, Cell, Column, Heading, Table
from sim.views.report.drawing import picture
from sim.views.report.given import Given
from sim.views.report.wording import likely_cell, listed, title_of, user_name
from sim.views.sweep import figures_of_sweep
from sim.views.sweep_source import Outcome, Varied, point_text


def sweep_section(given: Given, number: int, language: Language) -> list[Block]:
    """Return the part on one sweep."""
    said = given.document
    name = user_name(said["name"], language)
    factors = [_varied(factor) for factor in said["factors"]]
    points = [
        Outcome(
            tuple(
                _value(value, factor)
                for value, factor in zip(point["values"], factors, strict=True)
            ),
            tuple(count.likelihood for count in point["summary"].counts),
            point["summary"].joint,
            point["public_cost"],
        )
        for point in said["points"]
    ]
    rests = Experiment(Text(**said["name"]), said["replicates"], said["seed"], said["model_hash"])
    blocks: list[Block] = [
        Heading(3, Text(f"Sweep: {name}", f"扫描：{name}").in_(language), f"sweep-{number}")
    ]
    for figure in figures_of_sweep(rests, said["design"], factors, points, language):
        caption = Text(
            f"{name}: {len(points)} points, {said['replicates']} replicates each",
            f"{name}：{len(points)} 个点，各 {said['replicates']} 次模拟",
        ).in_(language)
        told = _range_of(points, language)
        key = f"{figure.stem}-{number}"
        blocks.append(picture(key, figure.draw, caption, told, given.cite("sweep.json")))
    blocks.append(_extremes(given, number, factors, points, language))
    return blocks


def _varied(name: str) -> Varied:
    """Return a factor by the name that the sweep's file gives it."""
    id_, _, field = name.partition(".")
    if not field:
        return Varied(find(id_).meaning if id_ in PARAMETERS else Text(id_, id_))
    kind = "lever" if id_ in GROUPS["lever"] else "instrument"
    known = PLAN.levers if kind == "lever" else PLAN.instruments
    target = Target(kind, id_, field)
    return Varied(next(entry.name for entry in known if entry.id == target.id), field)


def _value(value: Any, factor: Varied) -> Any:
    return tuple(value.split()) if factor.field in ("districts", "clusters") and value else value


def _range_of(points: Sequence[Outcome], language: Language) -> str:
    told = []
    for number, count in enumerate(PLAN.counts):
        found = [point.counts[number].value for point in points]
        told.append(f"{title_of(count.id, language)} {percent(min(found))} – {percent(max(found))}")
    joined = listed(told, language)
    return Text(f"Lowest to highest likelihood: {joined}.", f"可能性最低至最高：{joined}。").in_(
        language
    )


def _extremes(
    given: Given,
    number: int,
    factors: Sequence[Varied],
    points: Sequence[Outcome],
    language: Language,
) -> Table:
    """Return a table of where each count is least and most likely."""
    heads = (
        (Text("Count", "目标"), False, 1.8),
        (Text("Lowest", "最低"), True, 1.2),
        (Text("where", "所在点"), False, 2.4),
        (Text("Highest", "最高"), True, 1.2),
        (Text("where", "所在点"), False, 2.4),
    )
    rows = []
    for column, count in enumerate(PLAN.counts):
        ordered = sorted(points, key=lambda point: point.counts[column].value)
        ends = (ordered[0], ordered[-1])
        cells = [
            cell
            for point in ends
            for cell in (
                likely_cell(point.counts[column]),
                Cell(_brief(point_text(factors, point, language))),
            )
        ]
        rows.append((Cell(title_of(count.id, language)), *cells))
    caption = Text(
        "Where each count is least and most likely; neighbouring intervals may overlap",
        "各项目标可能性最低与最高的点；区间可能相互重叠",
    )
    return Table(
        f"sweep-{number}",
        caption.in_(language),
        tuple(Column(head.in_(language), right, share) for head, right, share in heads),
        tuple(rows),
        given.cite("sweep.json"),
    )


def _brief(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
