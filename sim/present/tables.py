"""A declared table as a file and on the terminal."""

from collections.abc import Iterable
from itertools import chain, groupby

from sim import csv_files
from sim.language import Language
from sim.present.screen import Column, print_groups
from sim.spec.findings import Part
from sim.spec.table import Head, Table
from sim.text.numbers import hyphened


def csv(table: Table) -> str:
    """Return what files hold of a table, as CSV, by which Excel knows numbers and letters."""
    fields = [field for head in table.heads for field in head.fields]
    rows = (chain.from_iterable(cell.values for cell in row) for row in table.rows)
    return csv_files.table(fields, rows)


def print_table(table: Table, language: Language) -> None:
    """Print what people read of a table: beside the first column the others, group by group."""
    read = [(number, head) for number, head in enumerate(table.heads) if head.shown]

    def column(number: int, head: Head) -> Column:
        cells = [hyphened(row[number].text.in_(language)) for row in table.rows]
        return Column(head.text.in_(language), cells, head.number)

    names, *others = read
    groups = [
        [column(*each) for each in group]
        for _, group in groupby(others, lambda each: each[1].group)
    ]
    print_groups(table.title.in_(language), column(*names), groups)


def csv_files_of(parts: Iterable[Part]) -> list[tuple[str, str]]:
    """Return name and text of the file of every table that is in one."""
    tables = (part for part in parts if isinstance(part, Table))
    return [(f"{each.name}.csv", csv(each)) for each in tables if each.name]
