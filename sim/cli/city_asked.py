"""The city of a command line, chosen before a command reads its plan."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sim import city
from sim.problems import Problem
from sim.scenario.files import BESIDE, SHIPPED, find, read_toml
from sim.scenario.keys import said
from sim.text.catalogue import worded

OPTION = "--city"
FOLDERS = ("sweeps", "objectives")
"""Beside the scenarios, where a file may lie that is called by its name."""
UPWARDS = ("extends", "base")
"""Keys by which a scenario and a sweep name the scenario that they start from."""


def settle(arguments: Sequence[str]) -> list[str]:
    """Choose the city that a command line asks for, and return the rest of it.

    The option wins, then the environment, then what a file says that is named: a
    scenario, a sweep or an objective.

    Raises:
        Problem: there is no such pack, or two files are about two cities.
    """
    rest, asked = _without_option(arguments)
    if asked is not None:
        city.choose(asked, OPTION, wins=True)
    elif city.VARIABLE not in os.environ:
        for argument in rest:
            for file, about in _said(argument):
                city.choose(about, str(file), file.parent)
    return rest


def _without_option(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    rest, asked = [], None
    waiting = iter(arguments)
    for argument in waiting:
        if argument == OPTION:
            asked = next(waiting, "")
        elif argument.startswith(f"{OPTION}="):
            asked = argument.removeprefix(f"{OPTION}=")
        else:
            rest.append(argument)
    if asked == "":
        raise Problem(OPTION, "", "—", worded("expected.city"))
    return rest, asked


def _said(argument: str) -> Iterator[tuple[Path, str]]:
    """Yield the city that a scenario or sweep says it is about, itself or by what it starts from.

    Whatever is wrong with a file is told by the command that reads it.
    """
    seen: set[Path] = set()
    with suppress(Problem, OSError, ValueError):
        file = None if argument.startswith("-") else _file(argument, Path())
        while file is not None and file not in seen:
            seen.add(file)
            told = read_toml(file)
            if isinstance(about := said(told, "city"), str):
                yield file, about
                return
            found = (said(told, key) for key in UPWARDS)
            start = next((name for name in found if name is not None), None)
            file = _file(start, file.parent) if isinstance(start, str) else None


def _file(name: str, nearby: Path) -> Path | None:
    with suppress(FileNotFoundError):
        return find(name, nearby)
    others = (place / folder / f"{name}.toml" for folder in FOLDERS for place in (BESIDE, SHIPPED))
    return next((file for file in others if file.is_file()), None)
