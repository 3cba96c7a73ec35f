"""``sim plan``: what the city wrote, as data."""

from collections.abc import Sequence

from sim.evidence.coverage import parts
from sim.evidence.instruments import said_of_counts, said_of_instrument, said_of_instruments
from sim.experiments.costs import FORGONE
from sim.language import Language, Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN, Instrument, Lever, Reading
from sim.present.screen import print_line, print_table
from sim.present.terminal import print_parts
from sim.problems import Problem
from sim.text.catalogue import titles, worded
from sim.text.joining import COLON, COMMA, SEMICOLON


def _heads(language: Language, *names: str) -> list[str]:
    return titles("plan_table", names, language)


def _tracks(cluster: str, language: Language) -> list[str]:
    return [track.name.in_(language) for track in PLAN.tracks if track.cluster == cluster]


def _readings(readings: Sequence[Reading]) -> str:
    """Return the default reading and, in brackets, the other, as a scenario file has them."""
    default, *others = readings
    return f"{default} ({', '.join(others)})" if others else default


def show_plan(language: Language) -> None:
    """Print the counts, the clusters, and the plans with their instruments."""
    print_table(
        _heads(language, "id", "count", "target", "unit", "about", "reading", "section"),
        [
            (
                count.id,
                count.name.in_(language),
                str(count.target),
                count.unit.in_(language),
                "左右" if count.about else "",
                _readings(count.readings),
                count.section.in_(language),
            )
            for count in PLAN.counts
        ],
        numbers=(2,),
        whole=(0,),
    )
    _print_measured(said_of_counts(), language)
    names = {district.id: district.name.in_(language) for district in PLAN.districts}
    print_table(
        _heads(language, "cluster", "districts", "tracks"),
        [
            (
                cluster.name.in_(language),
                COMMA.in_(language).join(names[district] for district in cluster.districts),
                COMMA.in_(language).join(_tracks(cluster.id, language)),
            )
            for cluster in PLAN.clusters
        ],
    )
    for source, tracks in _named_elsewhere(language):
        print_line(f"{COMMA.in_(language).join(tracks)}{COLON.in_(language)}{source}")
    print_table(
        _heads(language, "id", "lever", "section", "instruments"),
        [
            (
                lever.id,
                lever.name.in_(language),
                lever.section.in_(language),
                SEMICOLON.in_(language).join(
                    entry.name.in_(language) for entry in lever.instruments
                ),
            )
            for lever in PLAN.levers
        ],
        whole=(0,),
    )
    _print_measured(said_of_instruments(), language)


def show_text(name: str | None, language: Language) -> None:
    """Print the plan's text, sentence by sentence, with what stands for it in the model.

    Raises:
        Problem: an entry of the plan is asked for as well.
    """
    if name is not None:
        raise Problem("--text", "", name, worded("expected.text_alone"))
    print_parts(parts(), language)


def _print_measured(said: Text | None, language: Language) -> None:
    """Print what was measured to have no detectable effect, if anything was."""
    if said is not None:
        print_line(said.in_(language))


def _named_elsewhere(language: Language) -> list[tuple[str, list[str]]]:
    """Return where the names of tracks were read that the plan's text does not list, with them."""
    found: dict[str, list[str]] = {}
    for track in PLAN.tracks:
        if track.source.en.startswith("figure"):
            found.setdefault(track.source.in_(language), []).append(track.name.in_(language))
    return list(found.items())


def show_entry(name: str, language: Language) -> None:
    """Print a plan, a safeguard or one instrument: what it acts on, its cost, its sentence.

    Raises:
        Problem: the plan has nothing of that name.
    """
    levers = {lever.id: lever for lever in PLAN.levers}
    try:
        lever = levers[PLAN.resolve("lever", name)]
        _show_some(lever, lever.instruments, language)
    except Problem as problem:
        instrument = _instrument(name, problem)
        _show_some(levers[instrument.lever], [instrument], language)


def _instrument(name: str, unknown_lever: Problem) -> Instrument:
    try:
        wanted = PLAN.resolve("instrument", name)
    except Problem as problem:
        raise (unknown_lever if unknown_lever.hint else problem) from None
    return next(entry for entry in PLAN.instruments if entry.id == wanted)


def _show_some(lever: Lever, entries: Sequence[Instrument], language: Language) -> None:
    print_line(f"{lever.name.in_(language)} · {lever.id} · {lever.section.in_(language)}")
    for entry in entries:
        print_line()
        print_line(f"{entry.name.in_(language)} · {entry.id}")
        for label, value in _facts(entry, language):
            print_line(f"{label}{COLON.in_(language)}{value}", indent=4)


def _facts(entry: Instrument, language: Language) -> list[tuple[str, str]]:
    facts = {
        "acts_on": entry.acts_on.in_(language),
        "measured": said_of_instrument(entry.id).in_(language),
        "dose": f"{entry.dose:g}",
        "ramp": str(entry.ramp_months),
    }
    if entry.cost is not None:
        cost = PARAMETERS[entry.cost]
        spread = f"{cost.default:g} ({cost.prior.low:g} - {cost.prior.high:g}); {cost.source}"
        facts["cost"] = spread
        if entry.id in FORGONE:
            facts["booked"] = FORGONE[entry.id].in_(language)
    facts |= {"section": entry.section.in_(language), "sentence": entry.sentence}
    if language != "zh":
        facts["in_english"] = entry.gloss
    return list(zip(_heads(language, *facts), facts.values(), strict=True))
