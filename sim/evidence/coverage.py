"""The plan's text, sentence by sentence: what stands for it in the model, and how strongly it acts.

Nothing is hidden here: a sentence that nothing stands for says why, and an instrument says what it
was measured to move alone, by which rules and when.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from sim.digest import priors_digest, rules_digest
from sim.evidence.instruments import BASES, INSTRUMENTS, OUTCOMES, Measured, measured
from sim.indicators import INDICATORS
from sim.language import NOTHING, Language, Text
from sim.plan import PLAN, Sentence
from sim.plan.catalogue import Policy
from sim.spec.findings import Listing, Part
from sim.spec.findings import Sentence as Said
from sim.spec.table import Table, read, table
from sim.text.catalogue import worded
from sim.text.joining import commas, ended, in_both, joined, semicolons
from sim.text.numbers import change

KINDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "counts": {count.id: count.name for count in PLAN.counts},
    "measures": {name: each.label for name, each in INDICATORS.items() if each.measure},
    "instruments": INSTRUMENTS,
    "clusters": {cluster.id: cluster.name for cluster in PLAN.clusters},
    "tracks": {track.id: track.name for track in PLAN.tracks},
    "districts": {district.id: district.name for district in PLAN.districts},
    "zones": {zone.id: zone.name for zone in PLAN.zones},
}
"""What can stand for words of the plan, by kind and id."""


class Line(NamedTuple):
    """Words of the plan beside what the model holds of them."""

    section: Text
    said: Policy
    within: bool
    """Whether the words are part of the sentence before."""
    stands: Text
    """What stands for them, or why nothing does."""
    strength: tuple[Text, ...]
    """Of each instrument among it."""


def lines() -> Iterator[Line]:
    """Yield every sentence of the plan, each followed by what it names within itself."""
    found = measured()
    for sentence in PLAN.sentences:
        for said in (sentence, *sentence.policies):
            names = said.stands.get("instruments", ())
            # The parts of a sentence say how strong their instruments are: not the whole again.
            told = () if said is sentence and _in_parts(sentence, names) else names
            strength = tuple(_strength(name, found) for name in told)
            yield Line(sentence.section, said, said is not sentence, _stands(said), strength)


def coverage() -> Table:
    """Return the plan's text as a table: the words, what stands for them, and how strong it is."""
    return table(
        "",
        worded("coverage.title"),
        (
            read(worded("coverage.words"), _words, share=2.2, number=False),
            read(worded("coverage.section"), lambda line: line.section, share=0.5, number=False),
            read(worded("coverage.stands"), lambda line: line.stands, share=1.6, number=False),
            read(worded("coverage.strength"), _all, share=1.8, number=False),
        ),
        lines(),
    )


def parts() -> Iterator[Part]:
    """Yield the same to be read on a terminal: section by section."""
    for section, its in groupby(lines(), lambda line: line.section):
        yield Said(section)
        yield Listing(tuple(map(_item, its)))
    yield from notes()


def notes() -> Iterator[Said]:
    """Yield what has to be known of both."""
    out = sum(each.left_out is not None for each in PLAN.sentences)
    yield Said(worded("coverage.left_out", all=len(PLAN.sentences), out=out))
    found = measured()
    if found is not None:
        other = (found.rules, found.priors) != (rules_digest(), priors_digest())
        now = worded("coverage.other_rules") if other else NOTHING
        basis = {"pairs": found.replicates, "date": found.date, "rules": found.rules[:8]}
        yield Said(worded("coverage.basis", **basis, now=now), "note")
    yield Said(worded("coverage.legend"), "note")


def _in_parts(sentence: Sentence, names: tuple[str, ...]) -> bool:
    within = {name for each in sentence.policies for name in each.stands.get("instruments", ())}
    return within >= set(names)


def _words(line: Line) -> Text:
    mark = "· " if line.within else ""
    return Text(*(f"{mark}{each}" for each in (line.said.gloss, line.said.words)))


def _stands(said: Policy) -> Text:
    if said.left_out is not None:
        return worded("coverage.nothing", why=said.left_out)
    told = [
        worded(f"coverage.{kind}", names=commas(KINDS[kind][name] for name in names))
        for kind, names in said.stands.items()
        if names
    ]
    return semicolons(told)


def _strength(name: str, found: Measured | None) -> Text:
    """Return the clearest change that an instrument alone was measured to make."""
    if found is None or name not in found.instruments:
        return worded("coverage.unmeasured", name=INSTRUMENTS[name])
    most = max(found.of_instrument(name), key=lambda each: abs(each.t))
    low, high = most.ends
    return worded(
        "coverage.none" if found.judge(most) == "none" else "coverage.measured",
        name=INSTRUMENTS[name],
        outcome=OUTCOMES[most.outcome],
        change=change(most.effect),
        low=change(low),
        high=change(high),
        base=worded("coverage.on" if most.base == BASES[0] else "coverage.off"),
    )


def _all(line: Line) -> Text:
    return joined(ended(each) for each in line.strength)


def _item(line: Line) -> Text:
    def written(language: Language) -> str:
        mark = "· " if line.within else ""
        gloss = f"\n{line.said.gloss}" if language != "zh" else ""
        words = f"{mark}{line.said.words}{gloss}"
        told = (line.stands, *line.strength)
        return "\n".join((words, *(f"→ {each.in_(language)}" for each in told)))

    return in_both(written)
