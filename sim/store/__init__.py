"""Blocks of replicates, run once and read ever after; result folders, whole or not there."""

from sim.store.decides import drawn_in, write_decisions
from sim.store.folder import Draft, check_free, check_writable, draft, numbered, writing
from sim.store.manifest import describe, seal
from sim.store.result import Result, load_result
from sim.store.summaries import write_summaries
from sim.store.tables import BLOCK, TableWriter
from sim.store.unfinished import undone

__all__ = [
    "BLOCK",
    "Draft",
    "Result",
    "TableWriter",
    "check_free",
    "check_writable",
    "describe",
    "draft",
    "drawn_in",
    "load_result",
    "numbered",
    "seal",
    "undone",
    "write_decisions",
    "write_summaries",
    "writing",
]
