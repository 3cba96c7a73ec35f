"""What the numbers rest on: parameters, their sources, and how much of the answer is assumed."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sim.digest import model_hash
from sim.estimate.records import Decisions
from sim.language import Language
from sim.parameters import ASSUMPTION, CHOSEN, PARAMETERS
from sim.present.report.document import Block, Cell, Heading, Paragraph, Table
from sim.present.report.given import Given
from sim.present.report.held import Held
from sim.present.report.wording import NONE, columns
from sim.studies.shared.influence import rests_on
from sim.studies.shared.split import no_split
from sim.text.catalogue import say, worded
from sim.text.joining import joined
from sim.text.numbers import percent
from sim.views.parameter_names import PRIORS, parameter_meaning, parameter_source, parameter_unit

Said = Mapping[str, Any]
"""A parameter as a manifest describes it."""

GROUPS = {
    group: worded(f"group.{group}")
    for group in (
        *("population", "entry", "exit", "finance", "talent", "knowledge", "readiness"),
        *("breakthroughs", "market", "linkage", "certification", "programmes", "consequences"),
        *("levers", "counts", "cost"),
    )
}
"""Groups of parameters in the order in which they are told, and what they are called."""


def decided(given: Sequence[Given]) -> Decisions | None:
    """Return what decides the counts of the first result that says so."""
    return next((each for one in given if one.result and (each := one.result.decisions())), None)


def _uncertain(entry: Said) -> bool:
    return entry["prior"]["kind"] not in CHOSEN


def _assumed(entry: Said) -> bool:
    return str(entry["source"]).startswith(ASSUMPTION)


def recorded(given: Sequence[Given]) -> tuple[list[Said], str] | None:
    """Return the parameters behind the results and where they were read.

    A run records its parameters. Other results do not: theirs are those of this version of the
    model, if this version made them; else None.
    """
    for each in given:
        if each.result is not None:
            return list(each.result.manifest["parameters"]), each.cite("manifest.json")
    if any(each.model not in (None, model_hash()) for each in given):
        return None
    here: list[Said] = [
        {
            "name": entry.name,
            "group": entry.group,
            "default": entry.default,
            "unit": entry.unit,
            "prior": {
                "kind": entry.prior.kind,
                "low": entry.prior.low,
                "high": entry.prior.high,
            },
            "fixed": None,
            "source": entry.source,
        }
        for entry in PARAMETERS.values()
    ]
    return here, f"parameters.csv · {model_hash()[:12]}"


WIDE = 0.5
"""Width of the middle 80% of a likelihood over the parameters from which on it says little."""


def rests_on_assumptions(
    given: Sequence[Given], packages: Sequence[Held], language: Language
) -> list[str]:
    """Return how much of the answer rests on assumptions, whatever the results are.

    Args:
        given: the results; nothing is said where none tells its parameters.
        packages: whose likelihoods they hold.
        language: of the sentences.
    """
    found = recorded(given)
    if found is None:
        return []
    told = [rests_on(decided(given))]
    counts = packages[0].summary.counts if packages else ()
    ranges = [each.over_parameters for each in counts if each.over_parameters]
    if packages and not ranges:
        told.append(no_split(packages[0].summary))
    if ranges:
        wide = sum(high - low >= WIDE for low, high in ranges)
        told.append(
            worded("report.wide" if wide else "report.none_wide", wide=wide, points=100 * WIDE)
        )
    told.append(worded("report.differences_first"))
    return [each.in_(language) for each in told]


def assumptions(given: Sequence[Given], language: Language) -> list[Block]:
    """Return the section on assumptions: the share, group by group, and what was fixed."""
    head = Heading(2, say("report.assumptions", language), "assumptions")
    found = recorded(given)
    if found is None:
        return [head, Paragraph(say("report.no_parameters", language), "warning")]
    entries, source = found
    uncertain = sum(map(_uncertain, entries))
    drawn = worded("report.parameters", parameters=len(entries), uncertain=uncertain)
    listed = worded("report.all_in_appendix")
    told = joined([drawn, rests_on(decided(given)), listed]).in_(language)
    blocks: list[Block] = [head, Paragraph(told), _by_group(entries, source, language)]
    fixed = [entry for entry in entries if entry.get("fixed") is not None]
    if fixed:
        values = "; ".join(f"{entry['name']} = {entry['fixed']:g}" for entry in fixed)
        blocks.append(Paragraph(say("report.fixed", language, values=values)))
    return blocks


def _by_group(entries: Sequence[Said], source: str, language: Language) -> Table:
    heads = (
        ("group", False, 3.0),
        ("parameters", True, 1.0),
        ("uncertain", True, 1.0),
        ("assumed", True, 1.0),
        ("share_assumed", True, 1.0),
    )
    rows = []
    for group, members in _grouped(entries):
        uncertain = [entry for entry in members if _uncertain(entry)]
        assumed = sum(map(_assumed, uncertain))
        share = assumed / len(uncertain) if uncertain else None
        rows.append(
            (
                Cell(group_name(group, language)),
                *(
                    Cell(str(many), (float(many),))
                    for many in (len(members), len(uncertain), assumed)
                ),
                Cell(NONE, quiet=True) if share is None else Cell(percent(share), (share,)),
            )
        )
    return Table(
        "assumptions",
        say("report.by_group", language),
        columns(heads, language),
        tuple(rows),
        source,
    )


def group_name(group: str, language: Language) -> str:
    """Return a group of parameters in words; one of another version by its own name."""
    return GROUPS[group].in_(language) if group in GROUPS else group


def _grouped(entries: Sequence[Said]) -> list[tuple[str, list[Said]]]:
    ordered = sorted(entries, key=lambda entry: list(GROUPS).index(entry["group"])
                     if entry["group"] in GROUPS else len(GROUPS))  # fmt: skip
    return [(name, list(members)) for name, members in groupby(ordered, lambda e: e["group"])]


def appendix(given: Sequence[Given], language: Language) -> list[Block]:
    """Return the table of all parameters, a group at a time."""
    found = recorded(given)
    if found is None:
        return []
    entries, source = found
    heads = (
        ("parameter", False, 2.2),
        ("default", True, 1.2),
        ("prior", False, 2.0),
        ("meaning", False, 3.0),
        ("source", False, 3.4),
    )
    title = say("report.appendix", language)
    blocks: list[Block] = [Heading(2, title, "parameters")]
    for group, members in _grouped(entries):
        rows = tuple(_parameter(entry, language) for entry in members)
        name = group_name(group, language)
        blocks.append(Table(f"parameters-{group}", name, columns(heads, language), rows, source))
    return blocks


def _parameter(entry: Said, language: Language) -> tuple[Cell, ...]:
    prior = entry["prior"]
    kind = PRIORS[prior["kind"]].in_(language) if prior["kind"] in PRIORS else prior["kind"]
    ends = f" {prior['low']:g} – {prior['high']:g}" if _uncertain(entry) else ""
    name = str(entry["name"])
    meaning = parameter_meaning(name).in_(language) if name in PARAMETERS else NONE
    unit = f" {parameter_unit(entry['unit'], language)}" if entry["unit"] else ""
    return (
        Cell(name),
        Cell(f"{entry['default']:g}{unit}", (float(entry["default"]),)),
        Cell(f"{kind}{ends}"),
        Cell(meaning),
        Cell(parameter_source(str(entry["source"]), language)),
    )
