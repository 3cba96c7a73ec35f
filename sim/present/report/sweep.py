"""Sweeps: their figures, and where each count is least and most likely."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.estimate.paired import Difference
from sim.experiments.reached import JOINT
from sim.experiments.sweep_indices import Explained, Index
from sim.experiments.targets import GROUPS, Target
from sim.language import Language, Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.present.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.present.report.drawing import picture
from sim.present.report.given import Given
from sim.present.report.wording import apart_cell, likely_cell, listed, title_of, user_name
from sim.scenario.variants import known as known_variants
from sim.text.catalogue import capital, say
from sim.text.joining import sentences
from sim.text.numbers import many, percent
from sim.views.by_chance import by_chance
from sim.views.experiment import Experiment
from sim.views.of_scenario import count_name, remark_on
from sim.views.parameter_names import parameter_meaning
from sim.views.sweep import figures_of_sweep
from sim.views.sweep_cells import base_of, intervals_of
from sim.views.sweep_indices import HEADS, index_rows
from sim.views.sweep_source import SEPARATOR, Outcome, Varied, all_of, names_of

MOST_UNPICKED = 2
"""Points up to which an extreme is not one of many: the base and another."""


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
            tuple(Difference(**each) for each in point["differences"]),
            number_ == said["base_point"],
        )
        for number_, point in enumerate(said["points"])
    ]
    indices = tuple(map(_explained, said["indices"]))
    rests = Experiment(
        Text(**said["name"]),
        said["replicates"],
        said["seed"],
        said["model_hash"],
        remark_on(said["base"]),
    )
    blocks: list[Block] = [
        Heading(3, Text(f"Sweep: {name}", f"扫描：{name}").in_(language), f"sweep-{number}")
    ]
    figures = figures_of_sweep(rests, said["design"], factors, points, indices, language)
    for figure in figures:
        caption = Text(
            f"{name}: {many(len(points), 'point')}, {many(said['replicates'], 'replicate')} each",
            f"{name}：{len(points)} 个点，各 {said['replicates']} 次模拟",
        ).in_(language)
        told = _range_of(points, language)
        key = f"{figure.stem}-{number}"
        blocks.append(picture(key, figure.draw, caption, told, given.cite("sweep.json")))
    blocks.append(_extremes(given, number, factors, points, language))
    warning = by_chance(intervals_of(points))
    if warning is not None:
        blocks.append(Paragraph(warning.in_(language), "note"))
    if indices:
        blocks.append(_indices(given, number, factors, indices, language))
    return blocks


def _explained(said: Mapping[str, Any]) -> Explained:
    """Return what the sweep's file says that its factors explain."""
    factors = said["factors"]
    return Explained(
        said["count"],
        said["of"],
        None if factors is None else tuple(Index(**row) for row in factors),
    )


def _varied(name: str) -> Varied:
    """Return a factor by the name that the sweep's file gives it."""
    id_, _, field = name.partition(".")
    if not field:
        if id_ in known_variants():
            return Varied(known_variants()[id_].name)
        return Varied(parameter_meaning(id_) if id_ in PARAMETERS else Text(id_, id_))
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
        ends = dict.fromkeys((percent(min(found)), percent(max(found))))
        told.append(f"{title_of(count.id, language)} {' – '.join(ends)}")
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
    """Return a table of where each count is least and most likely, against the base."""
    heads = (
        (Text("Count", "目标"), False, 1.6),
        (Text("Base", "基准"), True, 0.9),
        (Text("Lowest", "最低"), True, 0.7),
        (Text("against the base, points", "与基准之差，百分点"), True, 1.3),
        (Text("where", "所在点"), False, 2.0),
        (Text("Highest", "最高"), True, 0.7),
        (Text("against the base, points", "与基准之差，百分点"), True, 1.3),
        (Text("where", "所在点"), False, 2.0),
    )
    named = names_of(factors, points, language)
    base = base_of(points)
    columns = [*(count.id for count in PLAN.counts), JOINT]
    rows = []
    for column, count in enumerate(columns):
        values = [all_of(point)[column].value for point in points]
        cells = [likely_cell(all_of(base)[column])]
        for end in (min(values), max(values)):
            at = [place for place, value in enumerate(values) if value == end]
            change = points[at[0]].changes[column]
            cells += [
                Cell(percent(end), (end,)),
                apart_cell(change),
                Cell(_where([named.in_a_line[place] for place in at], len(points), language)),
            ]
        rows.append((Cell(capital(count_name(count).in_(language))), *cells))
    common = SEPARATOR.join(filter(None, named.heads))
    picked = len(points) > MOST_UNPICKED
    caption = Text(
        "Where each count is least and most likely, and its paired difference to the base"
        + ("; the extreme of many points flatters" if picked else "")
        + (f". Points by {common}" if common else ""),
        "各项目标可能性最低与最高的点及其与基准的成对之差"
        + ("；从众多点中取极值会夸大差异" if picked else "")
        + (f"。各点依次为{common}" if common else ""),
    )
    return Table(
        f"sweep-{number}",
        caption.in_(language),
        tuple(Column(head.in_(language), right, share) for head, right, share in heads),
        tuple(rows),
        given.cite("sweep.json"),
    )


def _where(names: Sequence[str], of: int, language: Language) -> str:
    """Return at which points an extreme is reached: none is picked where all or many do."""
    if len(names) == of:
        return Text("at every point", "所有点").in_(language)
    more = len(names) - 1
    if not more:
        return names[0]
    return Text(f"{names[0]}, and at {more} more", f"{names[0]}，另有{more}个点相同").in_(language)


def _indices(
    given: Given,
    number: int,
    factors: Sequence[Varied],
    found: Sequence[Explained],
    language: Language,
) -> Table:
    """Return a table of what each factor explains of each likelihood."""
    return Table(
        f"sweep-indices-{number}",
        sentences(
            say("sweep_indices.subtitle", language) + Text(".", "。").in_(language),
            say("sweep_indices.verdict", language),
            language=language,
        ),
        tuple(
            Column(capital(say(key, language)), place > 1, 1.5) for place, key in enumerate(HEADS)
        ),
        tuple(tuple(map(Cell, row)) for row in index_rows(factors, found, language)),
        given.cite("sweep.json"),
    )
