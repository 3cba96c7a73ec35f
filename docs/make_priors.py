"""Take priors that follow from evidence cards into the table of parameters.

``python docs/make_priors.py crowding stars_gain`` prints what would change; ``--write`` writes the
parameters, what their sources are called in Chinese, and in the cards that they are in use. ``all``
stands for every card from which a prior follows. Numbers change by it: trajectories, sanity and
instruments are then recorded anew (CONTRIBUTING.md).
"""

import argparse
import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sim import city, csv_files
from sim.evidence.cards.derive import verdict
from sim.evidence.cards.files import Card, cards
from sim.language import Text

PARAMETERS: Final = "parameters.csv"
SOURCES: Final = "sources.toml"
CARDS: Final = "evidence/cards"
PUBLIC: Final = re.compile(r"[FG]\d{3}")
"""A row of figures.csv or ledger.csv."""
YEAR: Final = re.compile(r"(19|20)\d\d")
UNUSED, USED = "in_use = false", "in_use = true"
SHORTER: Final = {
    "a teaching page": "一份教学网页",
    " and others": "等",
    ", by ": "、",
    ", and ": "、",
    ", ": "、",
}
"""Words in a list of authors, and what stands between names, in Chinese."""
Row = dict[str, str]


def chosen(names: Sequence[str]) -> dict[str, Card]:
    """Return the cards of these names from which a prior follows; of all for ``all``.

    Raises:
        SystemExit: there is no such card, or none follows.
    """
    found = {name: card for name, card in cards().items() if verdict(card).prior is not None}
    if list(names) == ["all"]:
        return found
    if unknown := [name for name in names if name not in found]:
        raise SystemExit(f"{unknown[0]}: no card from which a prior follows; see sim cards")
    return {name: found[name] for name in names}


def source_of(card: Card, before: str) -> Text:
    """Return what a parameter's source is called, with figures that its source named before."""
    basis = verdict(card).basis
    sized = [study for study in card.studies if study.value is not None]
    public = [study.row for study in sized if PUBLIC.fullmatch(study.row)]
    if basis == "judgement":
        told = Text("assumption; judged on its evidence card", "假设；在证据卡上判断")
    elif basis == "weak":
        told = Text(
            "assumption; weak or disputed estimates, pooled on its evidence card",
            "假设；估计薄弱或有争议，在证据卡上合并",
        )
    elif public:
        told = Text(
            f"{', '.join(public)}: pooled on its evidence card",
            f"{'、'.join(public)}：在证据卡上合并",
        )
    else:
        told = _published(sized[0].source, sized[0].years, len({each.source for each in sized}))
    beside = [row for row in dict.fromkeys(PUBLIC.findall(before)) if row not in public]
    if not beside:
        return told
    return Text(f"{told.en}; beside {', '.join(beside)}", f"{told.zh}；另见{'、'.join(beside)}")


def _published(source: str, years: str, sources: int) -> Text:
    first = source if YEAR.search(source) else f"{source} ({years})"
    chinese = first
    for word, shorter in SHORTER.items():
        chinese = chinese.replace(word, shorter)
    more = (f" and {sources - 1} more", f"等{sources}项") if sources > 1 else ("", "")
    return Text(
        f"literature: {first}{more[0]}, pooled on its evidence card",
        f"文献：{chinese}{more[1]}，在证据卡上合并",
    )


def adopted(table: str, from_cards: Mapping[str, Card]) -> tuple[str, dict[str, str]]:
    """Return a table of parameters with the priors of cards, and its new sources in Chinese."""
    by_parameter = {name: card for card in from_cards.values() for name in card.parameters}
    rows: list[Row] = list(csv.DictReader(io.StringIO(table)))
    told: dict[str, str] = {}
    for row in rows:
        card = by_parameter.get(row["name"])
        prior = None if card is None else verdict(card).prior
        if card is None or prior is None:
            continue
        source = source_of(card, row["source"])
        ends = [repr(number).removesuffix(".0") for number in prior[1:]]
        row["prior"], (row["low"], row["default"], row["high"]) = prior[0], ends
        row["source"] = source.en
        told[source.en] = source.zh
    return csv_files.table(list(rows[0]), [row.values() for row in rows]), told


def with_sources(text: str, told: Mapping[str, str]) -> str:
    """Return the Chinese words for sources with those that it lacks."""
    lacking = {en: zh for en, zh in told.items() if json.dumps(en, ensure_ascii=False) not in text}
    lines = (
        f"{json.dumps(en, ensure_ascii=False)} = {json.dumps(zh, ensure_ascii=False)}\n"
        for en, zh in lacking.items()
    )
    return text + "".join(lines)


def main() -> None:
    """Print or write what follows from the cards that are named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="+", metavar="CARD", help="names of cards, or all")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = chosen(options.names)
    table = city.file(PARAMETERS).read_text(encoding="utf-8")
    new, told = adopted(table, found)
    before = set(table.splitlines())
    for line in new.splitlines():
        if line not in before:
            print(line)
    if options.write:
        pack = Path(str(city.file(PARAMETERS))).parent
        (pack / PARAMETERS).write_text(new, encoding="utf-8")
        sources = (pack / SOURCES).read_text(encoding="utf-8")
        (pack / SOURCES).write_text(with_sources(sources, told), encoding="utf-8")
        for name in found:
            card = pack / CARDS / f"{name.replace(':', '-')}.toml"
            text = card.read_text(encoding="utf-8").replace(UNUSED, USED, 1)
            card.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
