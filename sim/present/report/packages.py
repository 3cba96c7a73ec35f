"""Deadlines of a plan, and the best packages that a search found."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.estimate import Interval
from sim.language import Language, Text
from sim.plan import PLAN
from sim.present.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.present.report.given import Given
from sim.present.report.wording import apart_cell, likely_cell
from sim.text.numbers import percent, plain
from sim.views.deadline import Latest, Question, Start, told
from sim.views.of_scenario import count_name as name_of_count


def deadline_section(given: Given, number: int, language: Language) -> list[Block]:
    """Return the part on how late one plan may start."""
    rows = given.document["deadline.csv"]
    question, starts = _asked(rows)
    count, level = question.goal.in_(language), percent(question.wanted)
    name = question.lever.in_(language)
    verdict, because = deadline_told(given, language)
    return [
        Heading(
            3,
            Text(f"How late may it start: {name}", f"最迟何时启动：{name}").in_(language),
            f"deadline-{number}",
        ),
        Paragraph(verdict, "lead"),
        Paragraph(because),
        Table(
            f"deadline-{number}",
            Text(
                f"Likelihood by start of the plan: {count}; level asked for: {level}",
                f"按启动时间的可能性：{count}；要求水平：{level}",
            ).in_(language),
            (
                Column(Text("Start", "启动").in_(language)),
                Column(Text("Likelihood", "可能性").in_(language), True),
                Column(Text("Against the first, points", "较最早启动，百分点").in_(language), True),
            ),
            tuple(
                (Cell(each.month), likely_cell(each.likelihood), apart_cell(each.change))
                for each in starts
            ),
            given.cite("deadline.csv"),
        ),
    ]


def deadline_told(given: Given, language: Language) -> list[str]:
    """Return whether there is a deadline, and what that rests on."""
    rows = given.document["deadline.csv"]
    question, starts = _asked(rows)
    bounds = (rows[0][key] or None for key in ("latest", "latest_low", "latest_high"))
    return told(question, starts, Latest(rows[0]["verdict"], *bounds), language)


def _asked(rows: Sequence[Mapping[str, Any]]) -> tuple[Question, list[Start]]:
    """Return the question, and what was found for each start."""
    lever = next(entry.name for entry in PLAN.levers if entry.id == rows[0]["lever"])
    question = Question(lever, name_of_count(rows[0]["count"]), rows[0]["level"])
    return question, [Start(row["start"], _interval(row), _change(row)) for row in rows]


def _interval(row: Mapping[str, Any]) -> Interval:
    return Interval(row["likelihood"], row["low"], row["high"])


def _change(row: Mapping[str, Any]) -> Interval:
    return Interval(row["difference"], row["difference_low"], row["difference_high"])


def search_section(given: Given, number: int, language: Language) -> list[Block]:
    """Return the part on one search."""
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
