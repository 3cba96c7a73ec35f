"""The part of a page of docs/ that a script beside it writes, between two markers."""

import argparse
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
END = "<!-- end -->"


def updated(page: str, name: str, generated: str) -> str:
    """Return a page with its generated part written anew.

    Args:
        page: as it is.
        name: of the page: ``data`` for docs/data.md, which docs/make_data.py writes.
        generated: what stands between the markers.

    Raises:
        ValueError: the page lacks one of the markers.
    """
    begin = f"<!-- begin: written by python docs/make_{name}.py -->"
    before, after = page.index(begin) + len(begin), page.index(END)
    return f"{page[:before]}\n\n{generated}\n\n{page[after:]}"


def main(name: str, generated: Callable[[], str], about: str | None) -> bool:
    """Print the generated part, or write it into the page; return whether it was written."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--write", action="store_true", help=f"replace it in docs/{name}.md")
    write: bool = parser.parse_args().write
    if write:
        page = HERE / f"{name}.md"
        text = updated(page.read_text(encoding="utf-8"), name, generated())
        page.write_text(text, encoding="utf-8")
    else:
        print(generated())
    return write
