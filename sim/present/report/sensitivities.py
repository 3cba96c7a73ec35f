"""What the likelihoods are sensitive to, as experiments found."""

from collections.abc import Callable, Sequence

from sim.language import Language, Text
from sim.present.report.document import Block, Heading
from sim.present.report.failing import gates_section
from sim.present.report.given import Given


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


SECTIONS: dict[str, Callable[[Given, int, Language], list[Block]]] = {
    "gates": gates_section,
}
