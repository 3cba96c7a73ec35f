"""What a run says: likelihoods, trajectories against targets, maps."""

from collections.abc import Sequence
from functools import partial

from sim.estimate import CountSummary
from sim.evidence.instruments import said_of_counts
from sim.language import Language
from sim.ledger import TABLE
from sim.plan import PLAN
from sim.plan.observable import FILE
from sim.present.figure import drawn
from sim.present.report.document import Block, Heading, Paragraph, Picture
from sim.present.report.drawing import picture
from sim.present.report.given import Given
from sim.present.report.held import MOST, SUMMARY, Held, held, of_run
from sim.present.report.studied import table_blocks
from sim.present.report.tables import other_readings, side_by_side, table
from sim.present.report.wording import (
    listed,
    title_of,
)
from sim.store import Result
from sim.studies.shared.courses import fans
from sim.studies.shared.likelihoods import likelihood
from sim.studies.shared.maps import QUANTITIES, district_map
from sim.studies.shared.observed import published, unobservable
from sim.studies.shared.of_run import adjusted
from sim.text.catalogue import say
from sim.text.joining import sentences
from sim.text.numbers import exact, percent, plain

TABLES = "trajectories.parquet"


def run_name(given: Given, language: Language) -> str:
    """Return the name of the scenario that was run."""
    return of_run(given).called(language)


def likelihoods(given: Sequence[Given], language: Language) -> list[Block]:
    """Return the likelihoods of every package that results hold, at both thresholds.

    Runs have their chart. Of a result with many packages the first few are shown.
    """
    packages = held(given)
    if not packages:
        return []
    blocks: list[Block] = [
        Heading(2, say("report.likelihood", language), "likelihood"),
        Paragraph(_how_to_read(language), "note"),
    ]
    summaries = (each.summary for each in packages)
    for line in dict.fromkeys(line for each in summaries for line in adjusted(each)):
        blocks.append(Paragraph(line.in_(language), "note"))
    if (remark := said_of_counts()) is not None:
        blocks.append(Paragraph(remark.in_(language), "note"))
    shown = [each for each in packages if not _is_further(each)]
    charts = {each.label: each for each in given if each.result is not None}
    for each in shown:
        if len(packages) > 1:
            anchor = f"likelihood-{each.key.lower()}"
            blocks.append(Heading(3, each.called(language), anchor))
        if each.key in charts:
            blocks.append(chart(charts[each.key], language))
        blocks += [*table(each, language), *other_readings(each, language)]
    if (known := published()) is not None:
        blocks += table_blocks(known, "published", f"{FILE}, {TABLE}", language)
    if (unseen := unobservable()) is not None:
        blocks.append(Paragraph(unseen.in_(language), "note"))
    if left := [each.called(language) for each in packages if _is_further(each)]:
        told = say("report.further", language, packages=len(left), names=listed(left, language))
        blocks.append(Paragraph(told, "note"))
    if 1 < len(shown) <= MOST:
        blocks += side_by_side(shown, language)
    return blocks


def _is_further(package: Held) -> bool:
    """Return whether a package is one of those of a result that are not shown one by one."""
    _, _, number = package.key.partition("-")
    return bool(number) and int(number) > MOST


def part(run: Given, about: str, language: Language) -> Heading:
    """Return the heading of what a section says about one of several runs."""
    return Heading(3, run_name(run, language), f"{about}-{run.label.lower()}")


def _how_to_read(language: Language) -> str:
    """Say what the columns are."""
    told = (say(f"report.{key}", language) for key in ("thresholds", "spread", "parts"))
    return sentences(*told, language=language)


def _result(given: Given) -> Result:
    assert given.result is not None
    return given.result


def chart(run: Given, language: Language) -> Picture:
    """Return the likelihood chart of a run."""
    name = run_name(run, language)
    counts = _result(run).summary.counts
    told = [f"{title_of(count.id, language)} {percent(count.likelihood.value)}" for count in counts]
    return picture(
        f"likelihood-{run.label}",
        partial(drawn, likelihood(_result(run)), language),
        say("report.likelihood_chart", language, name=name),
        say("report.strict_likelihoods", language, counts=listed(told, language)),
        run.cite(SUMMARY),
    )


def trajectories(runs: Sequence[Given], language: Language) -> list[Block]:
    """Return the fans of every run."""
    blocks: list[Block] = [Heading(2, say("report.trajectories", language), "fans")]
    for run in runs:
        name = run_name(run, language)
        blocks.append(
            picture(
                f"fans-{run.label}",
                partial(drawn, fans(_result(run)), language),
                say("report.fans", language, name=name),
                _ends(_result(run).summary.counts, language),
                run.cite(TABLES),
            )
        )
    return blocks


def _ends(counts: Sequence[CountSummary], language: Language) -> str:
    told = [
        say(
            "report.median_of",
            language,
            count=title_of(count.id, language),
            median=plain(count.median),
            target=exact(count.target),
        )
        for count in counts
    ]
    return say("report.medians", language, counts=listed(told, language))


def maps(runs: Sequence[Given], language: Language) -> list[Block]:
    """Return the maps of every run; those of a quantity share their colours."""
    blocks: list[Block] = [Heading(2, say("report.maps", language), "maps")]
    for quantity in QUANTITIES:
        measure = say(f"map.{quantity}", language)
        for number, run in enumerate(runs, start=1):
            name = run_name(run, language)
            caption = say("report.map", language, measure=measure, name=name)
            beside = tuple(_result(other) for other in runs if other is not run)
            draw = partial(drawn, district_map(_result(run), quantity, beside=beside), language)
            told = _leaders(_result(run), quantity, language)
            key = f"map-{quantity}-{number}"
            blocks.append(picture(key, draw, caption, told, run.cite(TABLES), vectors=False))
    return blocks


def _leaders(result: Result, quantity: str, language: Language) -> str:
    """Return which districts have most when counts are due."""
    at = result.summary.at
    ends = [
        (
            float(sorted(result.measure(f"{quantity}_{place.id}")[:, at])[result.replicates // 2]),
            place,
        )
        for place in PLAN.districts
    ]
    ends.sort(key=lambda entry: -entry[0])
    told = [f"{place.name.in_(language)} {plain(value)}" for value, place in ends[:5]]
    return say("report.largest", language, districts=listed(told, language))
