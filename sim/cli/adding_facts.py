"""``sim facts add``: ask for what a new fact lacks, check each answer, and add one line."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import LangOption
from sim.language import Language
from sim.text.catalogue import say

if TYPE_CHECKING:
    from sim.scenario.new_fact import Added


def add(  # noqa: PLR0913 - options of the command
    kind: Annotated[
        str | None, typer.Option("--kind", help="help.lever_opened_complete_or_count")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="help.month_yyyy_mm")] = None,
    what: Annotated[
        str | None, typer.Option("--what", help="help.instrument_programme_or_count")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", help="help.of_what_opened_district_or")
    ] = None,
    low: Annotated[str | None, typer.Option("--low", help="help.of_a_count_least")] = None,
    high: Annotated[str | None, typer.Option("--high", help="help.of_a_count_most")] = None,
    source: Annotated[str | None, typer.Option("--source", help="help.ids_of_rows_or_a")] = None,
    note_en: Annotated[str | None, typer.Option("--note-en", help="help.note_en")] = None,
    note_zh: Annotated[str | None, typer.Option("--note-zh", help="help.note_zh")] = None,
    name: Annotated[str | None, typer.Option("--id", help="help.name_of_the_fact")] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="help.table_else_the_one_that"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Add a fact: asks for what is not given."""
    given = {
        "kind": kind, "date": date, "what": what, "place": place, "low": low, "high": high,
        "source": source, "note_en": note_en, "note_zh": note_zh, "id": name,
    }  # fmt: skip
    with guarded(lang) as language:
        from sim.scenario.new_fact import add_facts, usual_file

        file = to or usual_file()
        said = _answers(
            {key: value for key, value in given.items() if value is not None}, file, language
        )
        _say_added(add_facts([said], file), said["id"], language)


def _say_added(added: "Added", name: str, language: Language) -> None:
    """Say where a new fact stands, and whether runs use it."""
    from sim.present.screen import print_line

    print_line(say("facts.added", language, name=name, file=added.file))
    say_where(added, language)


def say_where(added: "Added", language: Language) -> None:
    """Say how the table that facts were added to began, and whether runs use it."""
    from sim.present.screen import print_line
    from sim.scenario.facts import facts_file

    if added.copied:
        print_line(say("facts.began_as_copy", language))
    if not added.used:
        read = facts_file()
        print_line(say("facts.not_read_here", language, folder=read))


def _answers(given: Mapping[str, str], file: Path, language: Language) -> dict[str, str]:
    """Return every field of the fact, checked: as given, as answered, or as usual.

    Raises:
        Problem: something given is wrong, or is missing where there is nobody to ask.
    """
    from sim.scenario.facts import ORDER
    from sim.scenario.new_fact import fields_of

    said: dict[str, str] = {}
    for name in ORDER:
        if name not in given and said and name not in fields_of(said["kind"]):
            continue
        usual = _usual(name, {**said, **given})
        if name in given or not sys.stdin.isatty():
            said[name] = _checked(name, {**said, name: given.get(name, usual or "")}, file)
        else:
            said[name] = _asked(name, said, usual, file, language)
    return said


def _usual(name: str, said: Mapping[str, str]) -> str | None:
    """Return what a field is unless somebody says otherwise."""
    from sim.scenario.new_fact import usual_id

    if name == "id":
        return usual_id(said)
    notes = {"note_en": "note_zh", "note_zh": "note_en"}
    return said.get(notes[name]) if name in notes else None


def _checked(name: str, said: Mapping[str, str], file: Path) -> str:
    from sim.scenario.new_fact import check_new, checked
    from sim.scenario.place import Place

    place = Place(f"--{name.replace('_', '-')}")
    found = checked(name, said, place)
    if name == "id":
        check_new(found, file, place)
    return found


def _asked(
    name: str, said: Mapping[str, str], usual: str | None, file: Path, language: Language
) -> str:
    """Ask until the answer is right."""
    from sim.present.screen import print_line
    from sim.problems import Problem

    while True:
        answer = typer.prompt(say(f"asked.{name}", language), default=usual, err=True)
        try:
            return _checked(name, {**said, name: answer}, file)
        except Problem as problem:
            print_line(problem.in_(language))
