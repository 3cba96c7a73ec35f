"""What the model cannot say, and how to make the same numbers again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.digest import model_hash
from sim.language import Language, Text
from sim.present.report.document import (
    Block,
    Cell,
    Code,
    Column,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
)
from sim.present.report.given import Given
from sim.present.report.held import MOST
from sim.present.report.likelihoods import run_name
from sim.present.report.wording import NONE, columns, listed, user_name
from sim.store.scenario_text import scenario_text
from sim.text.catalogue import say, worded
from sim.text.joining import series

CANNOT = ("no_forecast", "nothing_of_2022", "nothing_single", "settles_nothing", "model_error")
"""Texts of what holds of every result."""
STRICT_ONLY = ("attribute", "gates", "futures", "deadline", "search", "watch")
"""Commands whose effects are of strict likelihoods in the default or chosen reading."""


def limits(given: Sequence[Given], blocks: Sequence[Block], language: Language) -> list[Block]:
    """Return the section on what the model and these results cannot say.

    Args:
        given: the results.
        blocks: the report so far; nothing is said of what it does not hold.
        language: of all words.
    """
    always = (worded(f"report.{each}") for each in CANNOT)
    told = [*always, _of_readings(given), *_of_thresholds(given)]
    if any(isinstance(each, Picture) and "map" in each.key for each in blocks):
        told.append(worded("report.maps_schematic"))
    head = Heading(2, say("report.limits", language), "limits")
    return [head, Listing(tuple(text.in_(language) for text in told))]


def _of_readings(given: Sequence[Given]) -> Text:
    """Say that other readings are shown, or in which results they are not to be had."""
    without = [
        each for each in given
        if each.result is None and not each.packages and each.kind != "study"
    ]  # fmt: skip
    if not without:
        return worded("report.other_reading")
    return worded("report.no_other_reading", results=_names(without))


def _of_thresholds(given: Sequence[Given]) -> list[Text]:
    """Say of which results effects are of strict likelihoods only."""
    found = [each for each in given if each.command in STRICT_ONLY]
    return [worded("report.strict_only", results=_names(found))] if found else []


def _names(given: Sequence[Given]) -> Text:
    return series(f"{each.label} {each.name}" for each in given)


def reproduce(given: Sequence[Given], folders: Sequence[str], language: Language) -> list[Block]:
    """Return the section on how to make the results and this report again.

    Args:
        given: the results.
        folders: as they were named.
        language: of all words.
    """
    blocks: list[Block] = [
        Heading(2, say("report.reproduce", language), "reproduce"),
        Paragraph(_note(given, language)),
        _results(given, language),
        _files(given, language),
        Paragraph(say("report.this_report", language)),
        Code(f"sim report {' '.join(folders)} --lang {language}"),
    ]
    for each in given:
        if each.result is not None:
            blocks.append(_scenario(each.label, run_name(each, language), language))
            blocks.append(Code(str(each.result.manifest.get("command", NONE))))
            blocks.append(Code(scenario_text(each.result.manifest["scenario"])))
        for number, package in enumerate(each.packages[:MOST], start=1):
            name = user_name(package.name, language)
            blocks.append(_scenario(each.label, name, language, f"-{number}"))
            blocks.append(Code(scenario_text(package.scenario)))
    return blocks


def _scenario(label: str, name: str, language: Language, further: str = "") -> Heading:
    title = say("list.labelled", language, name=label, told=name)
    return Heading(3, title, f"scenario-{label}{further}")


def _note(given: Sequence[Given], language: Language) -> str:
    """Say what follows; a command only of runs, and scenarios only where results hold them."""
    parts = ["each_result", "each_hash"]
    if any(each.result is not None for each in given):
        parts.append("each_command")
    if any(each.result is not None or each.packages for each in given):
        parts.append("full_scenarios")
    below = listed([say(f"report.{part}", language) for part in parts], language)
    return say("report.same_bytes", language, below=below)


def _results(given: Sequence[Given], language: Language) -> Table:
    heads = (
        ("result", False, 2.4),
        ("kind", False, 1.0),
        ("seed", True, 0.8),
        ("replicates", True, 0.9),
        ("model", False, 1.4),
        ("scenario", False, 1.4),
        ("versions", False, 2.6),
    )
    return Table(
        "results",
        say("report.results", language),
        columns(heads, language),
        tuple(_result(each) for each in given),
        say("report.own_model", language, model=model_hash()),
    )


def _result(each: Given) -> tuple[Cell, ...]:
    said: Mapping[str, Any] = each.result.manifest if each.result else each.document
    scenario = str(said.get("scenario_hash", NONE))[:12]
    versions = ", ".join(f"{name} {number}" for name, number in _versions(said))
    numbers = [said.get(key) for key in ("seed", "replicates")]
    return (
        Cell(f"{each.label} {each.name}"),
        Cell(each.command),
        *(Cell(NONE) if number is None else Cell(f"{number:,}" if key else str(number), (number,))
          for key, number in enumerate(numbers)),
        Cell(NONE if each.model is None else each.model[:12]),
        Cell(scenario),
        Cell(versions or NONE),
    )  # fmt: skip


def _versions(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = said.get("versions")
    if isinstance(found, dict):
        yield from ((str(name), str(number)) for name, number in found.items())


def _files(given: Sequence[Given], language: Language) -> Table:
    rows = [
        (Cell(f"{each.label} {each.name}/{stamp.name}"), Cell(stamp.sha256))
        for each in given
        for stamp in each.stamps
    ]
    return Table(
        "files",
        say("report.files", language),
        (*columns([("file", False, 2.2)], language), Column("SHA-256", share=4.0)),
        tuple(rows),
        say("report.hashed_now", language),
    )
