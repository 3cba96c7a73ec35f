"""The best packages that a search found."""

from collections.abc import Mapping
from typing import Any

from sim.estimate import Interval
from sim.language import Language, Text
from sim.plan import PLAN
from sim.present.report.document import Block, Cell, Column, Heading, Table
from sim.present.report.given import Given
from sim.present.report.wording import likely_cell
from sim.text.numbers import plain


def _interval(row: Mapping[str, Any]) -> Interval:
    return Interval(row["likelihood"], row["low"], row["high"])


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
