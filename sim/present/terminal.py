"""Findings on the terminal: tables and texts in the order in which they are read."""

from collections.abc import Iterable

from sim.language import Language
from sim.present.screen import print_line
from sim.present.tables import print_table
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import Table
from sim.text.numbers import hyphened


def print_parts(parts: Iterable[Part], language: Language) -> None:
    """Print what can be read on a terminal; figures are in files."""
    for number, part in enumerate(parts):
        if isinstance(part, Table) and part.read:
            if number:
                print_line()
            print_table(part, language)
        elif isinstance(part, Sentence):
            print_line(hyphened(part.text.in_(language)))
        elif isinstance(part, Listing):
            for item in part.items:
                first, *more = item.in_(language).split("\n")
                print_line(first, indent=2)
                for line in more:
                    print_line(line, indent=4)
