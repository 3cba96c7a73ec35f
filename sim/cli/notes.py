"""What is to be known about a scenario that can be run, but may not be as it was meant."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from sim.language import Language, Text, visible
from sim.scenario import Scenario, read_scenario
from sim.scenario.explain import explain_processes
from sim.scenario.files import read_toml
from sim.text.catalogue import say, worded
from sim.views.letters import outside

LEFT_OVER = 128
"""Draws of prices at which it is said what remains of moved money."""


def read_here(file: str, language: Language) -> Scenario:
    """Return a scenario of this machine's; what it changes in the order of a month is said.

    Raises:
        Problem: the file cannot be used.
    """
    scenario = read_scenario(file, foreign=True)
    print_processes(scenario, language)
    return scenario


def print_processes(scenario: Scenario, language: Language) -> None:
    """Print what a scenario changes in the order of a month, where it does not mix with results."""
    place = str(scenario.file or scenario.id)
    _print(place, explain_processes(scenario), language)
    _print(place, _left_of_moves(scenario), language)


def print_notes(scenario: Scenario, language: Language) -> None:
    """Print where it does not mix with results what to know about a scenario."""
    place = str(scenario.file or scenario.id)
    _print(place, _on_nothing(scenario.file), language)
    print_processes(scenario, language)
    print_letters(place, language, scenario.name, scenario.description)


def print_letters(place: str, language: Language, *texts: Text) -> None:
    """Print what becomes of letters that the project's font lacks, if there are any."""
    _print(place, _on_letters(*texts), language)


def _print(place: str, notes: Iterable[Text], language: Language) -> None:
    for note in notes:
        print(say("notes.at", language, place=place, note=note), file=sys.stderr)


def _left_of_moves(scenario: Scenario) -> Iterator[Text]:
    """Yield what remains of moved money at drawn prices."""
    moved = scenario.moved()
    if not moved:
        return
    from sim.experiments.costs import left_by_draw  # takes a while to load

    for each in moved:
        left = left_by_draw(scenario, each, scenario.seed, np.arange(LEFT_OVER))
        low, middle, high = (f"{value:.1f}" for value in np.percentile(left, (5, 50, 95)))
        yield worded(
            "notes.left_of_move",
            of=each.move.of,
            middle=middle,
            left_over=LEFT_OVER,
            low=low,
            high=high,
        )


def _on_nothing(file: Path | None) -> Iterator[Text]:
    if file is not None and not read_toml(file):
        yield worded("notes.says_nothing")


def _on_letters(*texts: Text) -> Iterator[Text]:
    """Yield what becomes, in figures and the PDF, of letters that the project's font lacks."""
    lacking = outside(visible("".join(part for text in texts for part in text)))
    if not lacking:
        return
    # Matplotlib takes a while to load.
    from sim.views.fonts import REPLACEMENT, missing

    lost = missing(lacking)
    lent = "".join(mark for mark in lacking if mark not in lost)
    if lent:
        yield worded("notes.letters_lent", letters=lent)
    if lost:
        yield worded("notes.letters_lost", letters=lost, replacement=REPLACEMENT)
