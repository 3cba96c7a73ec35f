"""Blocks run again at random: the one proof that stored numbers are those of the model."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from sim.scenario import Scenario
from sim.store.arrays import table_in
from sim.store.block import Kept, Task, run_block
from sim.store.held import HELD, Held, parts_of
from sim.store.inventory import entries
from sim.store.shaken import from_resolved
from sim.store.store import Store


def at_random(store: Store, number: int) -> list[tuple[Kept, Task]]:
    """Return some blocks of the present model at random, each with what it is the outcome of.

    Raises:
        Problem: the store cannot be read, or a scenario in it cannot be run by this version.
    """
    there = [(entry, block) for entry in entries(store) if entry.current for block in entry.blocks]
    chosen = random.sample(there, min(number, len(there)))
    scenarios: dict[str, Scenario] = {}
    found = []
    for entry, block in chosen:
        mark = str(entry.said["hash"])
        if mark not in scenarios:
            folder = f"{store.root}/{entry.model}/{entry.scenario}"
            scenarios[mark] = from_resolved(resolved(entry.said), folder)
        setup, seed = scenarios[mark].setup(), int(entry.seed)
        held = _held(entry.said)
        found.append((block, Task(setup, seed, block.first, mark, entry.whole, held)))
    return found


def _held(said: Mapping[str, Any]) -> Held | None:
    """Return what is held in the runs that a description is of; None: nothing."""
    if HELD not in said:
        return None
    other = from_resolved(said[HELD]["path_of"], HELD)
    return Held(other.setup(), other.hash(), parts_of(said[HELD]["parts"]))


def resolved(said: Mapping[str, object]) -> dict[str, object]:
    """Return the scenario in what is written down about it."""
    return {key: value for key, value in said.items() if key not in ("model_hash", "hash", HELD)}


def differing(store: Store, tasks: Sequence[tuple[Kept, Task]]) -> list[Kept]:
    """Run blocks again and return those that hold other numbers.

    Raises:
        Problem: the store cannot be read, or a block is damaged.
    """
    return [block for block, task in tasks if _table(store.read(block)) != _again(task)]


def _again(task: Task) -> pa.Table | None:
    content = run_block(task).content
    return _table(content) if content else None


def _table(content: bytes) -> pa.Table:
    # The numbers, not the bytes: another version of the Parquet library may pack them otherwise.
    return table_in(content).replace_schema_metadata(None)
