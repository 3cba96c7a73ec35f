"""A block: replicates of one scenario as the bytes of one Parquet file, and where that lies."""

import json
import logging
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim import ensemble
from sim.calendar import DECEMBER
from sim.digest import model_hash
from sim.engine.declared import Changes
from sim.ensemble import Trajectory
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Setup
from sim.store.arrays import numbers, table_in, values_of
from sim.store.held import Held, run_held
from sim.store.labels import labelled
from sim.store.starts import start_alike
from sim.text.logs import Said, show_if_asked

LOG = logging.getLogger(__name__)
FORMAT = 1
"""Written into every block; a reader of another format takes none of this one's."""
REPLICATES = 16
"""Replicates in a block: a few seconds of work, so that a killed sweep loses no more than that."""
YEAR = 12
HASH_SHOWN = 16
"""Hexadecimal digits of a hash in a folder's name: enough for a store, short enough to read."""
BLOCK = re.compile(r"([0-9]{7,})-([0-9a-f]{64})\.parquet")
"""Names of blocks; whatever is called otherwise is not ours, and left alone."""
ORIGIN = "origin"
"""Key in a file's metadata."""
_WARM: set[Changes] = set()
"""What is changed in the schedules whose rules this process has compiled and looked at."""


def schema(setup: Setup) -> pa.Schema:
    """Return the columns of a block: one row per replicate and month.

    Measures are kept for Decembers only, other months have none, unless the block is whole.
    """
    bare = pa.schema(
        [
            ("replicate", pa.int32()),
            ("draw", pa.int32()),
            ("month", pa.int16()),
            *((name, pa.float64()) for name in COUNTS),
            *((name, pa.float32()) for name in setup.measures),
        ]
    )
    return labelled(bare, own={each.name: each.unit for each in setup.processes.measures})


class Task(NamedTuple):
    """One block to run; plain data, so that it can travel to another machine."""

    setup: Setup
    seed: int
    first: int
    """Number of its first replicate, a multiple of ``REPLICATES``."""
    scenario: str = ""
    """Hash of the scenario, written into the block."""
    whole: bool = False
    """Whether to keep the measures of every month, as a result folder does."""
    held: Held | None = None
    """Couplings that are held at another run's paths."""


class Done(NamedTuple):
    """A block that was run."""

    content: bytes
    """The file; nothing if the replicates could not be run."""
    model_hash: str
    """Of the model that ran it: a worker elsewhere may have another version."""
    failure: str = ""
    """Why the model could not go on; the same task always fails in the same way."""


class Origin(NamedTuple):
    """Where a block comes from, as it says itself."""

    model: str
    scenario: str
    seed: int
    first: int
    replicates: int
    format: int
    whole: bool = False

    @property
    def place(self) -> str:
        """Return the place of the block below a store, up to the hash of its bytes."""
        return f"{folder_of(self.model, self.scenario)}/{name_of(self)}"


class Kept(NamedTuple):
    """A block that is in a store."""

    path: str
    first: int
    sha256: str

    @property
    def last(self) -> int:
        """Return the number of its last replicate."""
        return self.first + REPLICATES - 1


def kept(path: str) -> Kept | None:
    """Return the block that a path names; None if it is none."""
    match = BLOCK.fullmatch(path.rpartition("/")[2])
    return Kept(path, int(match[1]), match[2]) if match else None


def contradicting(blocks: Iterable[Kept]) -> list[Kept]:
    """Return the blocks of one scenario and seed that are not the only one of their replicates."""
    listed = list(blocks)
    many = Counter(block.first for block in listed)
    return [block for block in listed if many[block.first] > 1]


def folder_of(model: str, scenario: str) -> str:
    """Return the folder below a store of what a model made of a scenario, by their hashes."""
    return f"{model[:HASH_SHOWN]}/{scenario[:HASH_SHOWN]}"


def seed_folder(seed: int | str, whole: bool) -> str:
    """Return the folder below that of the blocks of a seed: of whole ones, or of others."""
    return f"{'w' if whole else 's'}{seed}"


def name_of(block: Task | Origin) -> str:
    """Return where a block lies below that folder, up to the hash of its bytes."""
    return f"{seed_folder(block.seed, block.whole)}/{block.first:07d}"


def run_block(task: Task) -> Done:
    """Run one block and return its file; the same task gives the same bytes anywhere."""
    show_if_asked()  # this may be a worker, which no command line has set up
    began = time.perf_counter()
    warm_up_once(task)
    seed = task.seed
    replicates = range(task.first, task.first + REPLICATES)
    try:
        block = [_run(task, number) for number in replicates]
    except (OverflowError, ensemble.ContradictedError) as error:
        LOG.warning(Said("block_failed", first=task.first, why=str(error)))
        return Done(b"", model_hash(), str(error))
    took, last = f"{time.perf_counter() - began:.2f}", task.first + REPLICATES - 1
    LOG.info(Said("block_run", first=task.first, last=last, seed=seed, seconds=took))
    return packed(task, block)


def _run(task: Task, replicate: int) -> Trajectory:
    if task.held is None:
        return ensemble.run_one(task.setup, task.seed, replicate, start_alike)
    return run_held(task.setup, task.seed, replicate, task.held, start_alike)


def packed(task: Task, block: Sequence[Trajectory]) -> Done:
    """Return a block that was run, as its file.

    Args:
        task: which it is.
        block: its trajectories, in order.
    """
    own = Origin(model_hash(), task.scenario, task.seed, task.first, REPLICATES, FORMAT, task.whole)
    table = _table(block, task).replace_schema_metadata({ORIGIN: json.dumps(own._asdict())})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", use_dictionary=False, row_group_size=1 << 20)
    return Done(sink.getvalue().to_pybytes(), model_hash())


def unpacked(content: bytes, task: Task) -> list[Trajectory]:
    """Return the trajectories in the file of a whole block; their parameters are drawn again.

    Raises:
        pyarrow.ArrowException, KeyError, ValueError: it holds something else than such a block.
    """
    table = table_in(content)
    if not table.schema.equals(schema(task.setup)):
        raise ValueError("columns")
    months = task.setup.months
    shape = (REPLICATES, months)
    counts, measures = (
        np.stack([values_of(table, name).reshape(shape) for name in names], axis=2)
        for names in (COUNTS, task.setup.measures)
    )
    replicates = values_of(table, "replicate").reshape(shape)[:, 0]
    draws = values_of(table, "draw").reshape(shape)[:, 0]
    found = []
    for row, (replicate, draw) in enumerate(zip(replicates.tolist(), draws.tolist(), strict=True)):
        tries = ensemble.tries_of(task.setup, replicate, draw)
        values = ensemble.draw_values(task.setup, task.seed, draw)
        found.append(Trajectory(replicate, draw, counts[row], measures[row], values, tries))
    return found


def warm_up_once(task: Task) -> None:
    """Compile or load the rules, once for each schedule: that takes a tenth of a replicate's time.

    Raises:
        Problem: a process from a file cannot be used, or does what it does not declare.
    """
    changes = task.setup.processes
    if changes not in _WARM:
        ensemble.warm_up(task.setup, task.seed)
        _WARM.add(changes)


def origin(content: bytes) -> Origin | None:
    """Return where a block comes from; None if the bytes are not a block of this format."""
    try:
        said = pq.read_schema(pa.BufferReader(content)).metadata[ORIGIN.encode()]
        found = Origin(**json.loads(said))
    except (pa.ArrowException, TypeError, KeyError, ValueError):
        return None
    return found if (found.format, found.replicates) == (FORMAT, REPLICATES) else None


def decembers(months: int) -> NDArray[np.int64]:
    """Return the months of a run that are Decembers."""
    return np.arange(DECEMBER, months, YEAR)


def _table(block: Sequence[Trajectory], task: Task) -> pa.Table:
    """Return trajectories as one table, column by column: one call a column, not a replicate."""
    months = len(block[0].counts)
    kept = np.full(months, task.whole)
    kept[decembers(months)] = True
    there = np.tile(kept, len(block))
    counts = np.concatenate([each.counts for each in block])
    measures = np.concatenate([each.measures for each in block])
    replicates = np.array([each.replicate for each in block], dtype=np.int32)
    draws = np.array([each.draw for each in block], dtype=np.int32)
    columns = [
        numbers(np.repeat(replicates, months)),
        numbers(np.repeat(draws, months)),
        numbers(np.tile(np.arange(months, dtype=np.int16), len(block))),
        *(numbers(column) for column in counts.T.copy()),
        *(numbers(column, there) for column in measures.T.copy()),
    ]
    return pa.Table.from_arrays(columns, schema=schema(task.setup))
