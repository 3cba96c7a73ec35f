"""How a study is carried out, and what its findings carry with them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sim import city, csv_files
from sim.digest import model_hash
from sim.estimate.precision import FIRST_LOOK, next_look
from sim.spec.findings import Figure, Findings, Part, Sentence
from sim.spec.table import Table, Value, carrying
from sim.store.fill import CouldNotRun, Sample, Watcher
from sim.studies.study import HASH_SHOWN, Basis, Design, Setting, Study, basis_of
from sim.text.catalogue import worded
from sim.text.together import half_width

ORIGIN = ("scenario", "baseline_replicates", "replicates", "seed", "model")
"""Fields by which every row of a study's tables ends."""


class Done(NamedTuple):
    """A study that was carried out."""

    found: Any
    """What it computed."""
    findings: Findings
    figures: Iterable[Figure]
    files: Sequence[tuple[str, str]]
    """Names and texts of what lies beside tables and figures."""
    left_out: Mapping[str, str] = MappingProxyType({})
    """Ids of scenarios that could not be run, and why."""


def carried_out(study: Study[Any], design: Design, setting: Setting, watch: Watcher) -> Done:
    """Carry out a study.

    Raises:
        Problem: as the study does.
    """
    own = study.own_folder
    left_out: dict[str, str] = {}
    while True:
        try:
            found, sample, reached = _computed(study, design, setting, watch)
            break
        except CouldNotRun as failed:
            left = None if study.going_on is None else study.going_on(design, failed.hashes)
            if left is None:
                raise
            design, left_out = left, {**left_out, **failed.causes}
    if own is not None:
        sample = sample._replace(replicates=own.replicates(found))
    also = (*reached, *map(_left_out, left_out.items()))
    return told(study, design, found, sample, also)._replace(left_out=left_out)


def told(
    study: Study[Any], design: Design, found: Any, sample: Sample, also: Iterable[Part] = ()
) -> Done:
    """Return what a study says of what it found.

    Args:
        study: that found it.
        design: what it looked at.
        found: what it computed.
        sample: the replicates of each scenario.
        also: what is said after it.
    """
    own = study.own_folder
    basis = basis_of(design.name, design.scenarios, sample)
    parts = carried((*study.parts(found, basis), *also), basis)
    findings = Findings(study.id, design.name, model_hash(), sample.seed, sample.replicates, parts)
    figures = (part for part in parts if isinstance(part, Figure))
    return Done(
        found,
        findings,
        figures if own is None else own.figures(found),
        () if study.files is None else tuple(study.files(found, basis)),
    )


def carried(parts: Iterable[Part], basis: Basis, baseline: int = 0) -> tuple[Part, ...]:
    """Return what a study says, with what it rests on in every row of its files.

    Args:
        parts: what it says.
        basis: what that rests on.
        baseline: replicates of the stored baseline that adjusts it, if no sentence says that.
    """
    every = tuple(parts)
    said = (each.baseline for each in every if isinstance(each, Sentence))
    baseline = max(baseline, *said, 0)
    origin = (
        basis.scenarios[0].id if basis.scenarios else None,
        baseline,
        basis.sample.replicates,
        basis.sample.seed,
        basis.model[:HASH_SHOWN],
    )
    return _ending(every, dict(zip(ORIGIN, origin, strict=True)))


def as_stored(parts: Iterable[Part], name: str) -> tuple[Part, ...]:
    """Return what a table of the city's pack says, its rows ending as they do there.

    Args:
        parts: what it says.
        name: of the table, one that a study wrote. What it lacks is left out.
    """
    lines = city.file(name).read_text(encoding=csv_files.ENCODING).splitlines()
    first = next(csv.DictReader(lines), {})
    return _ending(parts, {field: first[field] for field in ORIGIN if field in first})


def _ending(parts: Iterable[Part], origin: Mapping[str, Value]) -> tuple[Part, ...]:
    return tuple(carrying(each, origin) if isinstance(each, Table) else each for each in parts)


def _left_out(scenario: tuple[str, str]) -> Sentence:
    name, cause = scenario
    return Sentence(worded("study.left_out", name=name, cause=cause), "warning")


def _computed(
    study: Study[Any], design: Design, setting: Setting, watch: Watcher
) -> tuple[Any, Sample, Sequence[Sentence]]:
    """Return what a study finds, with how many replicates, and what to say of its precision."""
    sample, wanted = setting.sample, setting.precision
    if wanted is None or study.estimates is None:
        return study.compute(design, setting, watch), sample, ()
    replicates = FIRST_LOOK
    while True:
        sample = sample._replace(replicates=replicates)
        found = study.compute(design, setting._replace(sample=sample), watch)
        widest = max((half_width(each) for each in study.estimates(found)), default=0.0)
        following = next_look(replicates, widest, wanted)
        if following is None:
            break
        replicates = following
    said = {
        "widest": f"{100 * widest:.1f}",
        "asked": f"{100 * wanted:g}",
        "replicates": replicates,
    }
    if widest > wanted:
        return found, sample, [Sentence(worded("study.not_precise", **said), "warning")]
    return found, sample, [Sentence(worded("study.precise", **said), "note")]
