"""What a store holds: listed, verified, explained, asked, and removed."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sim.compiled import model_hash
from sim.experiments.block import REPLICATES
from sim.experiments.refused import refused
from sim.experiments.store import DAMAGED, DRAFTS, SCENARIO, Damaged, Kept, Store, kept
from sim.language import Text
from sim.problems import Problem

ABANDONED = timedelta(days=1)
"""Age from which on a draft is what a killed process left: a block is written within seconds."""


class Entry(NamedTuple):
    """The blocks of one scenario and seed under one version of the model."""

    model: str
    """First digits of the model's hash."""
    scenario: str
    """First digits of the scenario's hash."""
    seed: str
    said: dict[str, Any]
    """What is written down about the scenario."""
    blocks: tuple[Kept, ...]
    bytes: int

    @property
    def replicates(self) -> int:
        """Return how many replicates there are."""
        return REPLICATES * len(self.blocks)

    @property
    def current(self) -> bool:
        """Return whether the present version of the model made them."""
        return model_hash().startswith(self.model)


def entries(store: Store) -> list[Entry]:
    """Return what a store holds, scenario by scenario.

    Raises:
        Problem: the store cannot be read.
    """
    with refused(store.place):
        if not store.files.exists(store.root):
            return []
        found: dict[tuple[str, str, str], list[tuple[Kept, int]]] = {}
        for path, about in sorted(store.files.find(store.root, detail=True).items()):
            place = path.removeprefix(store.root).strip("/").split("/")
            block = kept(path)
            if len(place) == 4 and place[0] not in (DRAFTS, DAMAGED) and block is not None:
                key = (place[0], place[1], place[2].removeprefix("s"))
                found.setdefault(key, []).append((block, int(about["size"])))
    return [_entry(store, key, blocks) for key, blocks in found.items()]


def _entry(store: Store, key: tuple[str, str, str], blocks: list[tuple[Kept, int]]) -> Entry:
    model, scenario, seed = key
    said = store.description(f"{store.root}/{model}/{scenario}")
    size = sum(size for _, size in blocks)
    return Entry(model, scenario, seed, said, tuple(block for block, _ in blocks), size)


def damaged(store: Store, *, repair: bool) -> list[Kept]:
    """Read every block and return those that are not what their names and folders say.

    Args:
        store: whose blocks.
        repair: whether to set them aside, so that the next experiment runs them again.

    Raises:
        Problem: the store cannot be read or written.
    """
    found = []
    for entry in entries(store):
        for block in entry.blocks:
            try:
                store.read(block)
            except Damaged:
                found.append(block)
                if repair:
                    store.set_aside(block)
    return found


def clear_drafts(store: Store) -> int:
    """Remove what killed processes left half-written, and return how many files that were.

    Raises:
        Problem: the store cannot be read or written.
    """
    drafts = f"{store.root}/{DRAFTS}"
    with refused(drafts):
        found = store.files.find(drafts) if store.files.exists(drafts) else []
        left = [path for path in found if datetime.now(UTC) - _modified(store, path) > ABANDONED]
        for path in left:
            store.files.rm(path)
    return len(left)


def _modified(store: Store, path: str) -> datetime:
    at: datetime = store.files.modified(path)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def chosen(store: Store, name: str | None, *, other_versions: bool) -> list[Entry]:
    """Return the entries that a name means: a scenario's id or hash, or a model's hash.

    Args:
        store: to look in.
        name: beginning of a hash, or a scenario's id; None means all of them.
        other_versions: only what other versions of the model made.

    Raises:
        Problem: nothing is called so.
    """
    found = [
        entry
        for entry in entries(store)
        if (name is None or _is_called(entry, name)) and not (other_versions and entry.current)
    ]
    if not found and name is not None:
        known = ", ".join(sorted({str(entry.said["id"]) for entry in entries(store)})[:8]) or "—"
        expected = Text(f"something in the store: {known}", f"结果库中已有的：{known}")
        raise Problem(store.place, "", name, expected)
    return found


def _is_called(entry: Entry, name: str) -> bool:
    hashes = (str(entry.said["hash"]), str(entry.said["model_hash"]))
    return bool(name) and (
        name == entry.said["id"] or any(each.startswith(name) for each in hashes)
    )


def remove(store: Store, gone: list[Entry]) -> None:
    """Remove entries, and what is written down about a scenario with its last one.

    Raises:
        Problem: the store cannot be written.
    """
    for entry in gone:
        folder = f"{store.root}/{entry.model}/{entry.scenario}"
        with refused(folder):
            for block in entry.blocks:
                store.files.rm(block.path)
            if not any(kept(path) for path in store.files.find(folder)):
                store.files.rm(f"{folder}/{SCENARIO}")
            for empty in (f"{folder}/s{entry.seed}", folder, f"{store.root}/{entry.model}"):
                with suppress(FileNotFoundError):  # object stores have no empty folders
                    if not store.files.ls(empty, refresh=True):
                        store.files.rmdir(empty)


def ask(store: Store, question: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Answer a question in SQL with DuckDB, over the blocks of the present model.

    The view ``months`` has a row for each replicate and month, with scenario (its id), seed, draw
    and the thirteen counts; measures are there in Decembers.

    Returns:
        Names of the columns, and the rows.

    Raises:
        Problem: there is nothing to ask, or the question is not one.
    """
    import duckdb

    current = [entry for entry in entries(store) if entry.current]
    if not current:
        expected = Text("a store with results of this version", "含本版本结果的结果库")
        raise Problem(store.place, "", "—", expected)
    connection = duckdb.connect()
    connection.register_filesystem(store.files)
    protocol = store.files.protocol
    scheme = protocol if isinstance(protocol, str) else protocol[0]
    parts = [
        f"SELECT {_quoted(str(entry.said['id']))} AS scenario, {int(entry.seed)} AS seed, *"
        f" FROM read_parquet([{', '.join(_quoted(f'{scheme}://{b.path}') for b in entry.blocks)}])"
        for entry in current
    ]
    try:
        connection.execute(f"CREATE VIEW months AS {' UNION ALL '.join(parts)}")
        answer = connection.execute(question)
        return [column[0] for column in answer.description or ()], answer.fetchall()
    except duckdb.Error as error:
        told = str(error).splitlines()[0]
        expected = Text("a question in SQL to the view months", "对视图 months 的 SQL 查询")
        raise Problem("sim store query", "", told, expected) from error
    finally:
        connection.close()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
