"""From the plan's data files to the catalogue, with what they say of each other checked."""

from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from sim import city
from sim.indicators import INDICATORS
from sim.plan import goals, levers, looked_up, outlined, places
from sim.plan.catalogue import Catalogue, University, Zone
from sim.problems import Problem
from sim.text.catalogue import worded
from sim.text.joining import series
from sim.toml_tables import read

MOST: Final = 127
"""Entries of a kind: the tables hold numbers of districts, clusters and tracks in one byte."""


def load(folder: Traversable) -> Catalogue:
    """Return the catalogue that the data files in a folder describe.

    Raises:
        Problem: a file is missing or not TOML, an entry is incomplete or has other keys, an id
            stands twice, or an entry names another that does not exist.
    """
    clusters = read(folder, goals.CLUSTERS_FILE)
    where = read(folder, places.FILE).only("districts", "zones", "universities")
    said = tuple(levers.sentences(read(folder, levers.SENTENCES_FILE)))
    by_kind = {
        kind: tuple(levers.levers(read(folder, name), kind, said))
        for kind, name in levers.FILES.items()
    }
    catalogue = Catalogue(
        counts=tuple(goals.counts(read(folder, goals.COUNTS_FILE))),
        clusters=tuple(goals.clusters(clusters)),
        tracks=tuple(goals.tracks(clusters)),
        districts=places.districts(where),
        zones=tuple(places.zones(where)),
        universities=tuple(places.universities(where)),
        plans=by_kind["plan"],
        safeguards=by_kind["safeguard"],
        sentences=said,
    )
    _check(catalogue)
    return catalogue


def _check(catalogue: Catalogue) -> None:
    """Make sure that entries are few enough and named once, and that whatever they name exists.

    Counts and measures are columns of the same tables, and so are clusters and districts.
    """
    _few(goals.COUNTS_FILE, "counts", catalogue.counts)
    _few(goals.CLUSTERS_FILE, "clusters", catalogue.clusters)
    _few(goals.CLUSTERS_FILE, "tracks", catalogue.tracks)
    _few(places.FILE, "districts", catalogue.districts)
    _few(places.FILE, "universities", catalogue.universities)
    districts = [district.id for district in catalogue.districts]
    instruments = [instrument.id for instrument in catalogue.instruments]
    seats: tuple[Zone | University, ...] = (*catalogue.zones, *catalogue.universities)
    measures = [name for name, each in INDICATORS.items() if each.measure]
    _once(goals.COUNTS_FILE, [*measures, *(count.id for count in catalogue.counts)])
    _once(places.FILE, [*districts, *(seat.id for seat in seats)])
    areas = [*(cluster.id for cluster in catalogue.clusters), *districts]
    _once(f"{goals.CLUSTERS_FILE} + {places.FILE}", areas)
    _once(goals.CLUSTERS_FILE, [each.id for each in (*catalogue.clusters, *catalogue.tracks)])
    _once(" + ".join(levers.FILES.values()), [lever.id for lever in catalogue.levers])
    _once(" + ".join(levers.FILES.values()), instruments)
    for entry in catalogue.instruments:
        wholes = [
            each.id
            for each in catalogue.instruments
            if each.moves == entry.moves and each.part_of is None and each.id != entry.id
        ]
        _known(
            levers.FILES["safeguard"], f"{entry.id}.part_of", filter(None, [entry.part_of]), wholes
        )
    for cluster in catalogue.clusters:
        _known(goals.CLUSTERS_FILE, cluster.id, cluster.districts, districts)
    for seat in seats:
        _known(places.FILE, seat.id, [seat.district], districts)
    valid = {
        "counts": [count.id for count in catalogue.counts],
        "measures": measures,
        "instruments": instruments,
        "clusters": [cluster.id for cluster in catalogue.clusters],
        "tracks": [track.id for track in catalogue.tracks],
        "districts": districts,
        "zones": [zone.id for zone in catalogue.zones],
    }
    for sentence in catalogue.sentences:
        for words in (sentence, *sentence.policies):
            for kind, names in words.stands.items():
                _known(levers.SENTENCES_FILE, sentence.section.zh, names, valid[kind])


def _few(file: str, key: str, entries: Sequence[object]) -> None:
    if not 1 <= len(entries) <= MOST:
        raise Problem(file, key, str(len(entries)), worded("expected.so_many", most=MOST))


def _once(file: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise Problem(file, name, "×2", worded("expected.each_id_once"))
        seen.add(name)


def _known(file: str, key: str, names: Iterable[str], valid: Iterable[str]) -> None:
    listed = tuple(valid)
    for name in names:
        if name not in listed:
            many = worded("expected.one_of", names=series(listed))
            raise Problem(file, key, name, many if listed else worded("expected.without_key"))


PLAN: Final[Catalogue] = load(city.folder())
"""The plan; loaded once, when first imported."""
looked_up.check(PLAN, Path(__file__).parents[1], city.folder())
outlined.check(city.folder(), len(PLAN.districts))
