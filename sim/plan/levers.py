"""What the plan says the city will do: sentences, and the levers and instruments they name."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sim.mechanisms import MECHANISMS
from sim.plan.catalogue import STANDS, Instrument, Lever, LeverKind, Policy, Sentence
from sim.plan.sections import section
from sim.problems import meant, nearest
from sim.text.catalogue import worded
from sim.toml_tables import Table

SENTENCES_FILE = "sentences.toml"
WORDS: Final = ("zh", "en", "left_out")
FILES: dict[LeverKind, str] = {"plan": "plans.toml", "safeguard": "safeguards.toml"}

COST = "cost:{}"
"""Name of the parameter that is an instrument's yearly public cost."""


def sentences(file: Table) -> Iterator[Sentence]:
    """Yield the sentences of a file.

    Raises:
        Problem: an entry is incomplete, or has not exactly one of instruments and a reason.
    """
    for table in file.only("sentences").tables("sentences"):
        table.only("section", "policies", *WORDS, *STANDS)
        policies = table.tables("policies") if "policies" in table.values else ()
        yield Sentence(
            **_said(table),
            section=section(table),
            policies=tuple(Policy(**_said(each.only(*WORDS, *STANDS))) for each in policies),
        )


def _said(table: Table) -> dict[str, Any]:
    """Return some words of the plan with what stands for them.

    Raises:
        Problem: they have not exactly one of things that stand for them and a reason.
    """
    stands = {kind: table.texts(kind) for kind in STANDS if kind in table.values}
    if any(stands.values()) == ("left_out" in table.values):
        kinds = ", ".join(STANDS)
        raise table.problem("left_out", worded("expected.kinds", kinds=kinds))
    left_out = None if stands else table.both("left_out")
    return {
        "words": table.text("zh"),
        "gloss": table.text("en"),
        "stands": stands,
        "left_out": left_out,
    }


def levers(file: Table, kind: LeverKind, said: Iterable[Sentence]) -> Iterator[Lever]:
    """Yield the levers of a file.

    Args:
        file: the file.
        kind: what all of them are.
        said: the plan's sentences.

    Raises:
        Problem: an entry is incomplete, or an instrument is named by no sentence of its section.
    """
    said = tuple(said)
    for table in file.only("levers").tables("levers"):
        table.only("id", "section", "name", "aliases", "instruments")
        here = section(table)
        yield Lever(
            id=table.text("id"),
            kind=kind,
            name=table.both("name"),
            aliases=table.texts("aliases"),
            section=here,
            instruments=tuple(
                _instrument(entry, table.text("id"), [one for one in said if one.section == here])
                for entry in table.tables("instruments")
            ),
        )


def _instrument(table: Table, lever: str, said: Iterable[Sentence]) -> Instrument:
    table.only("id", "name", "aliases", "moves", "ramp_months", "part_of")
    name = table.text("id")
    sentence = next((one for one in said if name in one.instruments), None)
    if sentence is None:
        raise table.problem("id", worded("expected.named_in_sentence", file=SENTENCES_FILE))
    return Instrument(
        id=name,
        lever=lever,
        name=table.both("name"),
        aliases=table.texts("aliases"),
        section=sentence.section,
        sentence=sentence.sentence,
        gloss=sentence.gloss,
        moves=_registered(table),
        cost=COST.format(name),
        ramp_months=table.whole("ramp_months"),
        part_of=table.text("part_of") if "part_of" in table.values else None,
    )


def _registered(table: Table) -> str:
    """Return the mechanism that an instrument moves.

    Raises:
        Problem: there is none of that name; names the nearest.
    """
    name = table.text("moves")
    if name not in MECHANISMS:
        raise table.problem("moves", worded("expected.mechanism"), meant(nearest(name, MECHANISMS)))
    return name
