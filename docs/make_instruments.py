"""Write the tables of docs/instruments.md from the measurement in the city's pack.

``python docs/make_instruments.py`` prints them; ``--write`` puts them between the page's markers.
"""

from collections.abc import Iterator

import written

from sim.evidence.instruments import Measured, basis, measured
from sim.spec.table import Table
from sim.studies.instruments import tables


def generated() -> str:
    """Return the generated part of the page.

    Raises:
        LookupError: the pack holds no measurement.
    """
    found = measured()
    if found is None:
        raise LookupError("the city's pack holds no evidence/instruments.csv")
    head = f"Measured on {found.date} {basis(found).en}, seed {found.seed}."
    return "\n\n".join((head, *_pages(found)))


def _pages(found: Measured) -> Iterator[str]:
    for each in tables(found):
        yield f"## {each.title.en}\n\n" + "\n".join(_lines(each))


def _lines(told: Table) -> Iterator[str]:
    yield _row(*(head.text.en for head in told.heads))
    yield _row(*("---" for _ in told.heads))
    for row in told.rows:
        yield _row(*(cell.text.en for cell in row))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


if __name__ == "__main__":
    written.main("instruments", generated, __doc__)
