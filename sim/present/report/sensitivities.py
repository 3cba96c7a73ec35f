"""What the likelihoods are sensitive to: luck and parameters, and what experiments found."""

from collections.abc import Callable, Sequence

from sim.language import Language, Text
from sim.present.report.document import Block, Cell, Column, Heading, Table
from sim.present.report.failing import futures_section, gates_section
from sim.present.report.given import Given
from sim.present.report.likelihoods import run_name
from sim.present.report.packages import search_section
from sim.present.report.swept import sweep_section
from sim.present.report.wording import share_cell, title_of
from sim.text.numbers import percent


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
            share_cell(count.luck_share),
            share_cell(count.parameter_share),
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


SECTIONS: dict[str, Callable[[Given, int, Language], list[Block]]] = {
    "run": _luck,
    "sweep": sweep_section,
    "gates": gates_section,
    "futures": futures_section,
    "search": search_section,
}
