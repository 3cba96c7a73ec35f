"""``sim export``: a result in a form that other programs read, whole or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sim.exchange import iamc, packages
from sim.exchange.geojson import as_geojson
from sim.exchange.result import Taken, opened
from sim.exchange.xlsx import as_workbook
from sim.language import Language
from sim.problems import Problem
from sim.store import check_free, draft, writing
from sim.text.catalogue import worded


class Format(NamedTuple):
    """A form that results can be given."""

    ending: str
    """Of the name of its file or folder where nobody names it."""
    content: Callable[[Taken, Path], bytes] | None
    """Returns what its file holds, from the result and the file's name."""
    fill: Callable[[Taken, Path], None] | None = None
    """Of a form that is a folder: fills it."""


def _iamc(taken: Taken, to: Path) -> bytes:
    return iamc.as_workbook(taken) if to.suffix == ".xlsx" else iamc.as_csv(taken)


FORMATS: Final[Mapping[str, Format]] = {
    "xlsx": Format(".xlsx", lambda taken, _: as_workbook(taken)),
    "iamc": Format("-iamc.csv", _iamc),
    "geojson": Format(".geojson", lambda taken, _: as_geojson(taken)),
    "datapackage": Format("-datapackage", None, packages.datapackage),
    "rocrate": Format("-rocrate", None, packages.crate),
}
NEW_FILE: Final = worded("expected.new_file")
ELSEWHERE: Final = worded("hint.out_names_another")


def export(folder: Path, form: str, out: Path | None, language: Language) -> Path:
    """Write a result in another form, and return where it is.

    Args:
        folder: of the result.
        form: one of ``FORMATS``.
        out: file or folder to write; by default beside the result, and named after it.
        language: of messages.

    Raises:
        Problem: the folder is no result or is damaged, it does not hold what the form is made of,
            or the place is taken or cannot be written.
    """
    taken, chosen = opened(folder, language), FORMATS[form]
    beside = folder.resolve()
    to = out or beside.with_name(f"{beside.name}{chosen.ending}")
    if chosen.fill is not None:
        check_free(to)
        with draft(to.parent, to.name) as unfinished:
            chosen.fill(taken, unfinished.path)
            return unfinished.settle(to.name)
    assert chosen.content is not None  # a form is a file or a folder
    _check_new(to)
    _write(to, chosen.content(taken, to))
    return to


def _check_new(to: Path) -> None:
    """Make sure that nothing is overwritten.

    Raises:
        Problem: there is something.
    """
    if to.exists() or to.is_symlink():
        raise Problem("--out", "", str(to), NEW_FILE, ELSEWHERE)


def _write(to: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all."""
    with draft(to.parent, to.name) as unfinished, writing(to):
        written = unfinished.path / to.name
        written.write_bytes(content)
        written.rename(to)
