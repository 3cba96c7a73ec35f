"""The kinds of entry that the plan is made of, and the catalogue that holds them all.

Sections are cited as the plan numbers them: 三（六）is item 6 of section 3, in English 3(6).
Sentences are the plan's own, in Chinese; glosses are this project's English renderings of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from sim.indicators import INDICATORS, Reading
from sim.language import Text, plain
from sim.mechanisms import MECHANISMS
from sim.plan.names import Directory, Former, Named, Within, directory

GATES: Final = ("service", "hardware", "device", "medicine")
"""What stands between a firm and its market: sold while it is still tried; built and shown first;
licensed as a device; licensed as a medicine."""
LICENSED: Final = ("device", "medicine")
"""Those of them that an authority opens."""
LeverKind = Literal["plan", "safeguard"]


class Before(NamedTuple):
    """How much of a count stood before October 2022, as far as a figure tells."""

    number: float
    """In the count's unit."""
    source: Text


@dataclass(frozen=True)
class Count(Named):
    """One of the things that the plan counts."""

    target: int
    """In the count's unit."""
    unit: Text
    short: Text
    """Its name where there is little room."""
    about: bool
    """Whether the plan says 左右, about."""
    measure: str
    """Name of the indicator that it is measured by."""
    before: Before | None
    """Of a new count, what stood before October 2022; None: unknown, or part of the count."""
    section: Text
    sentence: str
    """The plan's sentence that sets the target."""
    gloss: str

    @property
    def reading(self) -> Reading:
        """How it is read by default, and how the model records it."""
        found = INDICATORS[self.measure].reading
        assert found is not None  # the reader of packs takes no other
        return found

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading that it can have, the default first.

        A stock can be read as its increase. What is new can be read as a stock only where it is
        known what stood before. A flow stays a flow.
        """
        if self.reading == "stock":
            return ("stock", "new")
        if self.reading == "new" and self.before is not None:
            return ("new", "stock")
        return (self.reading,)

    def other(self, reading: Reading) -> Reading:
        """Return the reading that it can have besides this, or this if there is none."""
        return next((entry for entry in self.readings if entry != reading), reading)


@dataclass(frozen=True)
class Cluster(Named):
    """One of the future-industry clusters."""

    districts: tuple[str, ...]
    """Ids of the districts that the plan designates, in its order."""
    section: Text
    sentence: str
    gloss: str


@dataclass(frozen=True)
class Track(Named):
    """One of the fields, each in a cluster."""

    cluster: str
    """Id of its cluster."""
    section: Text
    source: Text
    """Where its name was read: the section, or a figure where the text as printed lists none."""
    gate: str
    """What stands between its firms and their markets, one of ``GATES``."""


@dataclass(frozen=True)
class District(Named):
    """One of the city's districts."""

    number: int
    """Number on the map, from 0."""
    area_km2: float
    """Official land area in km2."""
    population: int
    """Residents in the 2020 census."""
    core: bool
    """Whether it is one of the core districts, where rents are higher."""
    former: tuple[Former, ...] = ()
    """Districts and counties that it has taken in."""


@dataclass(frozen=True)
class Zone(Named):
    """A place that the plan names for the first pilot zones."""

    district: str
    """Id of its district."""
    lon: float
    """Degrees east, WGS84."""
    lat: float
    """Degrees north, WGS84."""
    quality: str
    """How well its coordinates are supported, in the words of the figures."""
    section: Text


@dataclass(frozen=True)
class University(Named):
    """The seat of a research university."""

    district: str
    """Id of its district."""
    lon: float
    """Degrees east, WGS84."""
    lat: float
    """Degrees north, WGS84."""
    quality: str
    """How well its coordinates are supported, in the words of the figures."""


@dataclass(frozen=True)
class Instrument(Named):
    """One thing that a plan or safeguard says the city will do."""

    lever: str
    """Id of the plan or safeguard that it is part of."""
    section: Text
    sentence: str
    """The plan's sentence that names it."""
    gloss: str
    moves: str
    """Name of the mechanism that it moves."""
    cost: str | None
    """Name of the parameter that is its yearly public cost at dose 1."""
    ramp_months: int
    """Months from its start to its full dose."""
    part_of: str | None = None
    """Id of the plan's instrument of which a safeguard's sentence says a part, if it does."""
    dose: float = 1.0
    """How much of it; 1 is as written."""

    @property
    def acts_on(self) -> Text:
        """What it moves."""
        return MECHANISMS[self.moves].acts_on

    @property
    def programme(self) -> str | None:
        """Kind of programme that it calls for, if any."""
        return MECHANISMS[self.moves].programme


@dataclass(frozen=True)
class Lever(Named):
    """One of the plans or safeguards."""

    kind: LeverKind
    section: Text
    instruments: tuple[Instrument, ...]


STANDS: Final = (
    *("counts", "measures", "instruments", "clusters", "tracks", "districts", "zones"),
)
"""Kinds of things in the model that can stand for words of the plan."""


@dataclass(frozen=True)
class Policy:
    """Words of the plan, and what stands for them in the model."""

    words: str
    gloss: str
    stands: Mapping[str, tuple[str, ...]]
    """Ids by kind, of those kinds of which something stands for it; none if it is left out."""
    left_out: Text | None
    """Why nothing stands for it, if nothing does."""


@dataclass(frozen=True)
class Sentence(Policy):
    """A sentence of the plan."""

    section: Text
    policies: tuple[Policy, ...]
    """What it names within itself, where something else stands for it, or nothing does."""

    @property
    def sentence(self) -> str:
        """The words of it."""
        return self.words

    @property
    def instruments(self) -> tuple[str, ...]:
        """Ids of the instruments that stand for it."""
        return self.stands.get("instruments", ())


@dataclass(frozen=True)
class Catalogue:
    """The whole plan, every tuple in the plan's own order unless said otherwise."""

    counts: tuple[Count, ...]
    clusters: tuple[Cluster, ...]
    tracks: tuple[Track, ...]
    districts: tuple[District, ...]
    """By their numbers on the map."""
    zones: tuple[Zone, ...]
    universities: tuple[University, ...]
    plans: tuple[Lever, ...]
    safeguards: tuple[Lever, ...]
    sentences: tuple[Sentence, ...]

    @property
    def levers(self) -> tuple[Lever, ...]:
        """Plans, then safeguards."""
        return self.plans + self.safeguards

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """The default reading of every count, by its id. Do not change it: everybody shares it."""
        return {count.id: count.reading for count in self.counts}

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """Every instrument, lever by lever: the order in which the rules number them."""
        return tuple(entry for lever in self.levers for entry in lever.instruments)

    def measured_by(self, name: str) -> Count | None:
        """Return the count that is measured by an indicator, None if there is none."""
        return next((count for count in self.counts if count.measure == name), None)

    @cached_property
    def directories(self) -> dict[str, Directory]:
        """Names by kind of entry, for `resolve`."""
        entries: dict[str, tuple[Named, ...]] = {
            "lever": self.levers,
            "instrument": self.instruments,
            "count": self.counts,
            "cluster": self.clusters,
            "track": self.tracks,
            "district": self.districts,
            "zone": self.zones,
        }
        former = {"district": tuple(each for entry in self.districts for each in entry.former)}
        within = {
            "district": tuple(_within(zone, zone.district) for zone in self.zones),
            "cluster": tuple(_within(track, track.cluster) for track in self.tracks),
        }
        return {
            kind: directory(kind, group, former.get(kind, ()), within.get(kind, ()))
            for kind, group in entries.items()
        }

    def resolve(self, kind: str, name: str) -> str:
        """Return the id of the entry that goes by a name.

        Args:
            kind: lever, instrument, count, cluster, track, district or zone.
            name: its id, its English or Chinese name, with or without what kind of thing it is
                (计划, 区, plan, district), or its pinyin; case, spaces and punctuation are ignored.

        Raises:
            KeyError: there is no such kind.
            Problem: nothing of the kind goes by the name; names the nearest that does.
        """
        return self.directories[kind].find(name)


def _within(part: Named, whole: str) -> Within:
    return Within(tuple(map(plain, (part.id, *part.name, *part.aliases))), whole)
