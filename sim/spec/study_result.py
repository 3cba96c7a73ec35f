"""What a study found, as Python has it: its tables as frames, and as it shows itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sim.language import Language
from sim.spec.findings import Findings, Listing, Sentence
from sim.spec.frames import dataset_of, frame_of, named
from sim.spec.notebook import html_of
from sim.spec.table import Table

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


class Package(Protocol):
    """A scenario that was looked at."""

    @property
    def id(self) -> str:
        """Return what files call it."""

    def hash(self) -> str:
        """Return the SHA-256 of what determines its trajectories."""


@dataclass(frozen=True, repr=False)
class StudyResult:
    """What a study found: sentences, tables and figures, and the records behind them."""

    findings: Findings
    """All that it says, in the order in which it is read, in both languages."""
    found: Any
    """What it computed, as its file in ``sim/studies/`` declares it (`Found`); not stable."""
    scenarios: Sequence[Package]
    """What was run, in the order in which the study looks at it."""
    folder: Path | None
    """Where its files are; None: nowhere, since no folder was asked for."""
    language: Language
    """Of what it says and shows."""
    main: str
    """Name of the table that is taken where none is named."""

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of its tables, each that of a CSV file without its ending."""
        return tuple(self._tables())

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it says in words, without the tables."""
        parts = self.findings.parts
        told = [
            (part.text,) if isinstance(part, Sentence) else part.items
            for part in parts
            if isinstance(part, Sentence | Listing)
        ]
        return tuple(text.in_(self.language) for texts in told for text in texts)

    def to_pandas(self, table: str | None = None) -> "pd.DataFrame":
        """Return a table with the columns of its CSV file; months are dates.

        Its ``attrs`` hold study, name, seed, replicates, model hash, and scenarios by their hashes.

        Args:
            table: one of `tables`; by default the study's main one.

        Raises:
            Problem: there is no such table, or pandas is not installed.
        """
        tables = self._tables()
        name = named(table or self.main, self.tables, f"{self.findings.study}.to_pandas()")
        return frame_of(tables[name], self._attributes())

    def to_xarray(self, table: str | None = None) -> "xr.Dataset":
        """Return a table as a dataset; its dimensions are the columns that tell its rows apart.

        Args:
            table: one of `tables`; by default the study's main one.

        Raises:
            Problem: there is no such table, or xarray is not installed.
        """
        return dataset_of(self.to_pandas(table))

    def _tables(self) -> dict[str, Table]:
        parts = self.findings.parts
        return {part.name: part for part in parts if isinstance(part, Table) and part.name}

    def _attributes(self) -> dict[str, object]:
        found = self.findings
        return {
            "study": found.study,
            "name": found.name.in_(self.language),
            "seed": found.seed,
            "replicates": found.replicates,
            "model_hash": found.model_hash,
            "scenarios": {each.id: each.hash() for each in self.scenarios},
        }

    def __str__(self) -> str:
        """Return what it says in words."""
        return "\n".join(self.sentences)

    def __repr__(self) -> str:
        """Return in one line what it is, and which tables it has."""
        found, tables = self.findings, ", ".join(self.tables)
        rests = f"seed {found.seed}, {found.replicates} replicates"
        return f"<{found.study}: {found.name.in_(self.language)} ({rests}; tables: {tables})>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return html_of(self)
