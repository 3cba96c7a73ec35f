"""Questions in SQL to a store: read only, and to nothing outside it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fsspec.implementations.local import LocalFileSystem

from sim.problems import Problem
from sim.store import draft
from sim.store.inventory import Entry, entries
from sim.store.store import Store
from sim.text.catalogue import worded

VIEW = "months"
SAFE = (
    # What is asked may read the blocks and nothing else on this machine or in the network. What
    # opens access is closed before the question is seen, and cannot be opened again.
    "SET allowed_directories = [{folder}]",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def ask(store: Store, question: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Answer a question in SQL with DuckDB, over the blocks of the present model.

    The view ``months`` has a row for each replicate and month, with scenario (its id), seed, draw
    and the counts; measures are there in Decembers. Scenarios that do the same have the
    same rows, each under its own name.

    Returns:
        Names of the columns, and the rows.

    Raises:
        Problem: there is nothing to ask, the question is not one, or it asks for more than to read.
    """
    import duckdb

    current = [entry for entry in entries(store) if entry.current and not entry.whole]
    if not current:
        raise Problem(store.place, "", "—", worded("expected.store_with_results"))
    with _on_this_disk(store, current) as folder, duckdb.connect() as connection:
        try:
            for setting in SAFE:
                connection.execute(setting.format(folder=_quoted(f"{folder}/")))
            connection.execute(f"CREATE VIEW {VIEW} AS {_rows(store, current, folder)}")
            _refuse_more_than_reading(question)
            answer = connection.execute(question)
            return [column[0] for column in answer.description or ()], answer.fetchall()
        except duckdb.Error as error:
            raise _no_question(str(error).splitlines()[0]) from error


def _refuse_more_than_reading(question: str) -> None:
    """Make sure that a question is one statement that reads.

    Raises:
        Problem: it is none, several, or one that changes something (``COPY ... TO``, say).
        duckdb.Error: it is no SQL.
    """
    import duckdb

    reads = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
    kinds = [statement.type for statement in duckdb.extract_statements(question)]
    if len(kinds) != 1 or kinds[0] not in reads:
        raise _no_question(", ".join(kind.name for kind in kinds) or "—")


def _no_question(found: str) -> Problem:
    return Problem("sim store query", "", found, worded("expected.question", view=VIEW))


@contextmanager
def _on_this_disk(store: Store, current: Sequence[Entry]) -> Iterator[str]:
    """Yield a folder that is the store, or holds copies of its blocks, under a plain path.

    DuckDB takes brackets and stars in a path for a pattern, and reads whole files best where they
    are files: through a file system in Python its threads get parts of one another's.
    """
    with draft(Path(tempfile.gettempdir()), "sim-store") as place:
        place.path.chmod(0o700)
        folder = place.path / "store"
        if isinstance(store.files, LocalFileSystem):
            folder.symlink_to(Path(store.root).resolve(), target_is_directory=True)
        else:
            for entry in current:
                for block in entry.blocks:
                    copy = folder / block.path.removeprefix(f"{store.root}/")
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    copy.write_bytes(store.read(block))
        yield str(folder)


def _rows(store: Store, current: Sequence[Entry], folder: str) -> str:
    """Return the SQL of all rows, those of an entry once for each of its names."""
    parts = []
    for entry in current:
        inner = (block.path.removeprefix(f"{store.root}/") for block in entry.blocks)
        files = ", ".join(_quoted(f"{folder}/{path}") for path in inner)
        parts += [
            f"SELECT {_quoted(name)} AS scenario, {int(entry.seed)} AS seed, *"
            f" FROM read_parquet([{files}])"
            for name in entry.names
        ]
    return " UNION ALL ".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
