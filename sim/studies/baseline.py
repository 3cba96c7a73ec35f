"""The baseline to be stored: what became of many replicates of two packages.

Whoever compares other packages with a few of the same replicates has their likelihoods from all of
these (`sim.experiments.baseline`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.estimate import CountSummary, Summary
from sim.experiments.baseline import document
from sim.experiments.likelihoods import summary_of
from sim.scenario import Scenario, read_scenario
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.caveats import caveats
from sim.studies.shared.counts import NAMES
from sim.studies.shared.known import with_one_past
from sim.studies.study import FILE, Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import percent, percent_range

REPLICATES = 2048
OUT = "baseline.json"


class Found(NamedTuple):
    """Both packages' likelihoods, and the file that is to be stored."""

    summaries: Sequence[Summary]
    stored: str


def design(options: Mapping[str, Any]) -> Design:
    """Return both packages."""
    packages, _ = with_one_past(
        [read_scenario(options[key], foreign=True) for key in ("file", "against")]
    )
    name = worded("baseline.name", first=unquoted(packages[0].name))
    return Design(packages, f"baseline-{packages[0].id}", name, options)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run both under the same luck and parameter draws."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    fill(packages, sample, store, where, watch)
    loaded = [load(each, sample, store) for each in packages]
    return Found([summary_of(each) for each in loaded], document(loaded))


Row = tuple[CountSummary, ...]
"""One count under each package."""


def _likelihood(package: int, word: str, scenario: Scenario) -> Column[Row]:
    fields = [f"likelihood_{word}{end}" for end in ("", "_low", "_high")]

    def shown(row: Row) -> str:
        found = row[package].likelihood
        return f"{percent(found.value)} ({percent_range(found.low, found.high)})"

    return Column(fields, lambda row: row[package].likelihood, scenario.name, shown)


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield how likely each target is under both packages."""
    first, second = (each.name for each in basis.scenarios)
    many = f"{basis.sample.replicates:,}"
    yield Sentence(worded("baseline.lead", replicates=many, first=first, second=second), "lead")
    name: Column[Row] = Column(
        ("count",),
        lambda row: (row[0].id,),
        worded("compare.count"),
        lambda row: NAMES[row[0].id],
        share=2.0,
        number=False,
    )
    columns = [name, *map(_likelihood, range(2), ("first", "second"), basis.scenarios)]
    rows = list(zip(*(each.counts for each in found.summaries), strict=True))
    yield table("baseline", worded("baseline.table"), columns, rows)
    yield Sentence(worded("baseline.note", file=OUT), "note")
    yield from caveats(basis)


def files(found: Found, _basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield what is to be stored."""
    yield OUT, found.stored


STUDY = Study(
    id="baseline",
    help=worded("baseline.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        FILE,
        Option(
            *("against", str, "business-as-usual", worded("baseline.option_against")),
            objects=Scenario,
        ),
    ),
    defaults={"replicates": REPLICATES},
    files=files,
)
