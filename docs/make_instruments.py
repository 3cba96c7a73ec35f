"""Write the tables of docs/instruments.md from the measurement in the city's pack.

``python docs/make_instruments.py`` prints them; ``--write`` puts them between the page's markers.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from sim.evidence.instruments import Measured, basis, measured
from sim.spec.table import Table
from sim.studies.instruments import tables

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "instruments.md"
BEGIN = "<!-- begin: written by python docs/make_instruments.py -->"
END = "<!-- end -->"


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
        yield f"### {each.title.en}\n\n" + "\n".join(_lines(each))


def _lines(told: Table) -> Iterator[str]:
    yield _row(*(head.text.en for head in told.heads))
    yield _row(*("---" for _ in told.heads))
    for row in told.rows:
        yield _row(*(cell.text.en for cell in row))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def updated(page: str) -> str:
    """Return the page with its generated part written anew.

    Raises:
        ValueError: the page lacks one of the markers.
    """
    before, after = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:before]}\n\n{generated()}\n\n{page[after:]}"


def main() -> None:
    """Print the generated part, or write it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace it in docs/instruments.md")
    if parser.parse_args().write:
        PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(generated())


if __name__ == "__main__":
    main()
