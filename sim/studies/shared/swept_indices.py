"""What the factors of a sweep explain, alone and in pairs: a sentence, tables and a figure."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sim.experiments.sweep_indices import LIKELIHOOD, Explained, Index, Pair
from sim.language import Text
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.table import Column, Table, read, table
from sim.studies.shared.indices import END, index_panels
from sim.studies.shared.swept_figures import titles
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.numbers import percent
from sim.views.of_scenario import count_name


def parts(factors: Sequence[Text], found: Sequence[Explained], basis: Basis) -> Iterator[Part]:
    """Yield what factors explain, alone and in pairs, or that points are too few."""
    yield Sentence(told_of_indices(len(factors), found))
    yield indices_table(factors, found)
    if any(each.pairs for each in found):
        yield pairs_table(factors, found)
    yield Sentence(worded("sweep_indices.verdict"), "note")
    yield indices_figure(basis, factors, found)


def record(found: Explained) -> dict[str, Any]:
    """Return what factors explain of one outcome as ``sweep.json`` has it."""
    return {
        "count": found.count_id,
        "of": found.of,
        "factors": found.indices and [index._asdict() for index in found.indices],
        "pairs": [pair._asdict() for pair in found.pairs],
    }


def told_of_indices(factors: int, found: Sequence[Explained]) -> Text:
    """Return in a sentence for how many likelihoods there are points enough."""
    own = [each for each in found if each.of == LIKELIHOOD]
    known = sum(any(each.known(factor) is not None for factor in range(factors)) for each in own)
    key = "sweep_indices.enough" if known == len(own) else "sweep_indices.few"
    return worded(key, known=known, all=len(own))


class Together(NamedTuple):
    """What two factors explain of one likelihood beyond what each does."""

    of: str
    one: Text
    other: Text
    pair: Pair


def pairs_table(factors: Sequence[Text], found: Sequence[Explained]) -> Table:
    """Return the pairs of factors whose common share can be told and is not nothing."""
    rows = [
        Together(each.count_id, factors[pair.one], factors[pair.other], pair)
        for each in found
        if each.of == LIKELIHOOD
        for pair in each.pairs
        if pair.known and pair.share > pair.error
    ]
    return table("", worded("sweep_indices.pairs"), TOGETHER, rows)


TOGETHER: Sequence[Column[Together]] = (
    read(worded("sweep_indices.count"), lambda row: count_name(row.of), share=1.5, number=False),
    read(worded("sweep_indices.factor"), lambda row: row.one, share=1.5, number=False),
    read(worded("sweep_indices.with"), lambda row: row.other, share=1.5, number=False),
    read(worded("sweep_indices.second"), lambda row: _share(row.pair.share, row.pair.error),
         share=1.5),
)  # fmt: skip


class Explains(NamedTuple):
    """What one factor explains of one likelihood; no factor: none of them can be told."""

    of: str
    factor: Text | None
    found: Index | None


def indices_table(factors: Sequence[Text], found: Sequence[Explained]) -> Table:
    """Return how much of each likelihood's variance over the points each factor explains."""
    rows = list(_explains(factors, found))
    return table("", worded("sweep_indices.subtitle"), EXPLAINS, rows)


def _explains(factors: Sequence[Text], found: Sequence[Explained]) -> Iterator[Explains]:
    for each in found:
        if each.of != LIKELIHOOD:
            continue
        known = [each.known(number) for number in range(len(factors))]
        if not any(known):
            yield Explains(each.count_id, None, None)
        else:
            for factor, index in zip(factors, known, strict=True):
                yield Explains(each.count_id, factor, index)


def _share(value: float, error: float) -> str:
    """Return an index with its interval; estimates scatter below nought and beyond one."""
    return f"{value:z.2f} ({value - error:z.2f} … {value + error:z.2f})".replace("-", "–")


def _index(row: Explains, which: str) -> Text | str:
    if row.found is None:
        return worded("sweep_indices.too_few")
    return _share(getattr(row.found, which), getattr(row.found, f"{which}_error"))


EXPLAINS: Sequence[Column[Explains]] = (
    read(worded("sweep_indices.count"), lambda row: count_name(row.of), share=1.5,
         number=False),
    read(worded("sweep_indices.factor"),
         lambda row: row.factor or worded("sweep_indices.any"), share=1.5, number=False),
    read(worded("sweep_indices.first"), lambda row: _index(row, "first"), share=1.5),
    read(worded("sweep_indices.total"), lambda row: _index(row, "total"), share=1.5),
)  # fmt: skip


def indices_figure(basis: Basis, factors: Sequence[Text], found: Sequence[Explained]) -> Figure:
    """Return what each factor explains of each count's likelihood, alone and with others."""
    told = [each for each in found if each.of == LIKELIHOOD]
    known = [[each.known(factor) for factor in range(len(factors))] for each in told]
    some = sum(any(index is not None for index in row) for row in known)
    title = worded("sweep_indices.title", known=some, all=len(known))
    notes = (worded("sweep_indices.verdict"), worded("sweep_indices.ends", end=percent(END)))
    mark = index_panels(titles(), factors, known, worded("sweep_indices.too_few"))
    return basis.figure(
        "sweep_indices", title, worded("sweep_indices.subtitle"), mark, *notes, alternative=title
    )
