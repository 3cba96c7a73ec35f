"""What a study found, as data in the order in which it is read."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sim.language import Text
from sim.spec.marks import Mark
from sim.spec.table import Table

Tone = Literal["lead", "body", "note", "warning"]


class Sentence(NamedTuple):
    """A paragraph; its tone says how loud it is."""

    text: Text
    tone: Tone = "body"
    baseline: int = 0
    """Replicates of the stored baseline that it says likelihoods are adjusted by; 0: it does not
    say that they are."""


class Listing(NamedTuple):
    """Short texts, each on its own."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Figure:
    """A mark with all that is written around it."""

    name: str
    """Stem of its files."""
    kicker: Text
    title: Text
    subtitle: Text
    mark: Mark
    notes: tuple[Text, ...]
    alternative: Text
    """What there is to see, for people who cannot."""


Part = Sentence | Listing | Table | Figure


@dataclass(frozen=True)
class Findings:
    """What a study found, and what it rests on."""

    study: str
    """Its id."""
    name: Text
    model_hash: str
    seed: int
    replicates: int
    """Of every scenario in it."""
    parts: tuple[Part, ...]
