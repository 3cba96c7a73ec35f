"""Where the time of a replicate goes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sim.language import Text
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, read, table
from sim.text.catalogue import worded

if TYPE_CHECKING:  # it loads Mesa, and with it pandas, which a run does without
    from sim.trace.times import Times

Spent = tuple[Text | str, float, float]
"""On what, seconds, and as a fraction of all."""
COLUMNS: Sequence[Column[Spent]] = (
    read(worded("profile.process"), lambda row: row[0], number=False),
    read(worded("profile.milliseconds"), lambda row: f"{1000 * row[1]:.2f}"),
    read(worded("profile.share"), lambda row: f"{row[2]:.0%}"),
)


def times_told(found: "Times") -> Iterator[Part]:
    """Yield the time of the start and of each process, of one replicate on one thread."""
    whole = found.start + sum(found.processes.values())
    told: list[tuple[Text | str, float]] = [
        (worded("profile.start"), found.start),
        *found.processes.items(),
        (worded("profile.whole"), whole),
    ]
    rows = [(name, took, took / whole) for name, took in told]
    yield table("", worded("profile.title"), COLUMNS, rows)
    yield Sentence(worded("profile.note", call=f"{1e6 * found.call:.1f}"), "note")
