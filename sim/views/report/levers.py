"""What the likelihoods are sensitive to: luck and parameters, sweeps, gates, futures, dates."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.estimate import Interval
from sim.experiments.gates import GATES
from sim.experiments.targets import GROUPS, Target
from sim.language import Language, Text
from sim.parameters import PARAMETERS, find
from sim.plan import PLAN
from sim.views.experiment import Experiment
from sim.views.numbers import percent, plain
from sim.views.of_scenario import count_name as name_of_count
from sim.views.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.views.report.drawing import picture
from sim.views.report.given import Given
from sim.views.report.likelihoods import run_name
from sim.views.report.wording import (
    NONE,
    apart_cell,
    gap,
    likely_cell,
    listed,
    title_of,
    user_name,
)
from sim.views.sweep import figures_of_sweep
from sim.views.sweep_source import Outcome, Varied, point_text
from sim.views.words import capital


def sensitivities(given: Sequence[Given], language: Language) -> list[Block]:
    """Return the section on what the likelihoods depend on, as far as the results say."""
    blocks: list[Block] = []
    for number, each in enumerate(given, start=1):
        section = SECTIONS.get(each.kind)
        if section is not None:
            blocks += section(each, number, language)
    if not blocks:
        return []
    head = Text("What it is sensitive to", "对什么敏感").in_(language)
    return [Heading(2, head, "sensitivities"), *blocks]


def _luck(run: Given, number: int, language: Language) -> list[Block]:
    assert run.result is not None
    heads = (
        (Text("Count", "目标"), False, 2.2),
        (Text("Luck", "偶然"), True, 1.0),
        (Text("Parameters", "参数"), True, 1.0),
        (Text("Likelihood over parameters", "可能性随参数变化"), True, 1.6),
    )
    rows = tuple(
        (
            Cell(title_of(count.id, language)),
            _share(count.luck_share),
            _share(count.parameter_share),
            Cell(
                f"{percent(count.over_parameters[0])} – {percent(count.over_parameters[1])}",
                count.over_parameters,
            ),
        )
        for count in run.result.summary.counts
    )
    name = run_name(run, language)
    return [
        Heading(
            3,
            Text(f"Luck and parameters: {name}", f"偶然与参数：{name}").in_(language),
            f"luck-{number}",
        ),
        Table(
            f"luck-{number}",
            Text(
                "How much of each count's spread in 2030 is chance, and how much is not knowing the"
                " parameters",
                "2030年各项计数的散布中，偶然与参数未知各占多少",
            ).in_(language),
            tuple(Column(head.in_(language), right, share) for head, right, share in heads),
            rows,
            run.cite("summary.json"),
        ),
    ]


def _share(value: float | None) -> Cell:
    return Cell(NONE, quiet=True) if value is None else Cell(percent(value), (value,))


def _sweep(given: Given, number: int, language: Language) -> list[Block]:
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


def _gates(given: Given, number: int, language: Language) -> list[Block]:
    rows = given.document["gates.csv"]
    gates = [gate for gate in GATES if any(row["gate"] == gate.id for row in rows)]
    known = {(row["gate"], row["count"]): row for row in rows}
    cells = [
        (
            Cell(title_of(count.id, language)),
            *(_opened(known[gate.id, count.id]) for gate in gates),
        )
        for count in PLAN.counts
    ]
    return [
        Heading(
            3, Text("What holds each count back", "各目标的瓶颈").in_(language), f"gates-{number}"
        ),
        Table(
            f"gates-{number}",
            Text(
                "Points of likelihood when one gate is made twice as wide, all else equal",
                "单独将某一环节放宽一倍时可能性的变化（百分点）",
            ).in_(language),
            (
                Column(Text("Count", "目标").in_(language), share=1.7),
                *(Column(capital(gate.name.in_(language)), True, 1.6) for gate in gates),
            ),
            tuple(cells),
            given.cite("gates.csv"),
        ),
    ]


def _opened(row: Mapping[str, Any]) -> Cell:
    return apart_cell(gap(row, "difference", "low", "high"), stacked=True)


def _futures(given: Given, number: int, language: Language) -> list[Block]:
    rows = given.document["futures.csv"]
    head = Text("Which futures fail", "哪些未来情形会失败").in_(language)
    title = Heading(3, head, f"futures-{number}")
    if not rows:
        none = Text("No rule over the parameters was found.", "未发现关于参数的规则。")
        return [title, Paragraph(none.in_(language))]
    count = name_of_count(rows[0]["count"]).in_(language)
    heads = (
        (Text("Rule", "规则"), False, 4.0),
        (Text("Share of futures", "占全部情形"), True, 1.0),
        (Text("Fail in it", "其中失败"), True, 1.0),
        (Text("Of all failures", "占全部失败"), True, 1.0),
        (Text("Fail overall", "总体失败"), True, 1.0),
    )
    names = ("mass", "density", "coverage", "base")
    return [
        title,
        Table(
            f"futures-{number}",
            Text(
                f"Futures in which the target is missed: {count}; measured on draws the rules were"
                " not found on",
                f"未达目标的未来情形：{count}；以未用于发现规则的抽样衡量",
            ).in_(language),
            tuple(Column(text.in_(language), right, share) for text, right, share in heads),
            tuple((Cell(row["rule"]), *(_share(row[name]) for name in names)) for row in rows),
            given.cite("futures.csv"),
        ),
    ]


def _deadline(given: Given, number: int, language: Language) -> list[Block]:
    rows = given.document["deadline.csv"]
    lever = next(entry.name for entry in PLAN.levers if entry.id == rows[0]["lever"])
    count, level = name_of_count(rows[0]["count"]).in_(language), percent(rows[0]["level"])
    name = lever.in_(language)
    return [
        Heading(
            3,
            Text(f"How late may it start: {name}", f"最迟何时启动：{name}").in_(language),
            f"deadline-{number}",
        ),
        Table(
            f"deadline-{number}",
            Text(
                f"Likelihood by start of the plan: {count}; level asked for: {level}",
                f"按启动时间的可能性：{count}；要求水平：{level}",
            ).in_(language),
            (
                Column(Text("Start", "启动").in_(language)),
                Column(Text("Likelihood", "可能性").in_(language), True),
            ),
            tuple((Cell(row["start"]), likely_cell(_interval(row))) for row in rows),
            given.cite("deadline.csv"),
        ),
    ]


def _interval(row: Mapping[str, Any]) -> Interval:
    return Interval(row["likelihood"], row["low"], row["high"])


def _search(given: Given, number: int, language: Language) -> list[Block]:
    rows = [row for row in given.document["finalists.csv"] if row["likelihood"] is not None]
    tried = len(given.document["search.csv"])
    base = Text("base", "基准").in_(language)
    heads = (
        (Text("Rank", "名次"), False, 0.6),
        (Text("Cost, 亿元", "成本（亿元）"), True, 0.8),
        (Text("Likelihood, run anew", "可能性（重新模拟）"), True, 1.4),
        (Text("Doses", "力度"), False, 5.0),
    )
    cells = tuple(
        (
            Cell(base if row["rank"] == "0" else row["rank"]),
            Cell(plain(row["cost"]), (row["cost"],)),
            likely_cell(_interval(row)),
            Cell(_doses(row, language)),
        )
        for row in rows
    )
    return [
        Heading(
            3, Text("Best packages found", "搜索到的最优组合").in_(language), f"search-{number}"
        ),
        Table(
            f"search-{number}",
            Text(
                "Finalists of the search, run again with fresh seeds so that the winner is not"
                f" flattered ({tried} packages tried)",
                f"搜索的入围组合，以新种子重新模拟以免高估（共试 {tried} 个组合）",
            ).in_(language),
            tuple(Column(text.in_(language), right, share) for text, right, share in heads),
            cells,
            given.cite("finalists.csv"),
        ),
    ]


def _doses(row: Mapping[str, Any], language: Language) -> str:
    return " · ".join(
        f"{lever.name.in_(language)} {float(row[f'{lever.id}.dose']):.1f}" for lever in PLAN.levers
    )


SECTIONS: dict[str, Callable[[Given, int, Language], list[Block]]] = {
    "run": _luck,
    "sweep": _sweep,
    "gates": _gates,
    "futures": _futures,
    "deadline": _deadline,
    "search": _search,
}
