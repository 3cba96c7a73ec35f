"""What a store holds: listed, verified, explained, and removed."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sim.digest import model_hash
from sim.problems import Problem
from sim.store.block import REPLICATES, Kept, contradicting, kept, seed_folder
from sim.store.refused import refused
from sim.store.store import DESCRIPTION, DRAFTS, Damaged, Store
from sim.text.catalogue import worded

FOLDER = re.compile(
    r"(?P<model>[0-9a-f]{16})/(?P<scenario>[0-9a-f]{16})/(?P<kind>[sw])(?P<seed>[0-9]{1,19})"
)
"""Where blocks lie below a store; what lies elsewhere is not ours, and left alone."""
ABANDONED = timedelta(days=1)
"""Age from which on a draft is what a killed process left: a block is written within seconds."""


class Entry(NamedTuple):
    """The blocks of one scenario and seed under one version of the model."""

    model: str
    """First digits of the model's hash."""
    scenario: str
    """First digits of the scenario's hash."""
    seed: str
    whole: bool
    """Whether the blocks are whole: those of runs, with the measures of every month."""
    said: dict[str, Any]
    """What is written down about the scenario."""
    names: tuple[str, ...]
    """Ids of all scenarios that do this, that of the one that came first first."""
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
        found: dict[tuple[str, ...], list[tuple[Kept, int]]] = {}
        for path, about in sorted(store.files.find(store.root, detail=True).items()):
            place = path.removeprefix(store.root).strip("/").split("/")
            block = kept(path)
            if block is not None and (match := FOLDER.fullmatch("/".join(place[:-1]))):
                key = match.groups()
                found.setdefault(key, []).append((block, int(about["size"])))
    return [_entry(store, key, blocks) for key, blocks in found.items()]


def _entry(store: Store, key: tuple[str, ...], blocks: list[tuple[Kept, int]]) -> Entry:
    model, scenario, kind, seed = key
    said, *also = store.descriptions(f"{store.root}/{model}/{scenario}")
    names = dict.fromkeys(str(each["id"]) for each in (said, *also))
    size = sum(size for _, size in blocks)
    return Entry(
        model,
        scenario,
        seed,
        kind == "w",
        said,
        tuple(names),
        tuple(block for block, _ in blocks),
        size,
    )


def damaged(store: Store, *, repair: bool) -> list[Kept]:
    """Read every block and return those that are not what their names and folders say.

    Two different ones of the same replicates are both returned: one of them is false.

    Args:
        store: whose blocks.
        repair: whether to set them aside, so that the next experiment runs them again.

    Raises:
        Problem: the store cannot be read or written.
    """
    found = []
    for entry in entries(store):
        doubtful = contradicting(entry.blocks)
        for block in entry.blocks:
            try:
                store.read(block)
                sound = block not in doubtful
            except Damaged:
                sound = False
            if not sound:
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
        names = sorted({name for entry in entries(store) for name in entry.names})
        known = ", ".join(names[:8]) or "—"
        raise Problem(store.place, "", name, worded("expected.in_store", names=known))
    return found


def _is_called(entry: Entry, name: str) -> bool:
    hashes = (str(entry.said["hash"]), str(entry.said["model_hash"]))
    return bool(name) and (name in entry.names or any(each.startswith(name) for each in hashes))


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
            left = store.files.find(folder)
            if not any(kept(path) for path in left):
                for path in left:
                    if DESCRIPTION.fullmatch(path.rpartition("/")[2]):
                        store.files.rm(path)
            own = seed_folder(entry.seed, entry.whole)
            for empty in (f"{folder}/{own}", folder, f"{store.root}/{entry.model}"):
                with suppress(FileNotFoundError):  # object stores have no empty folders
                    if not store.files.ls(empty, refresh=True):
                        store.files.rmdir(empty)
