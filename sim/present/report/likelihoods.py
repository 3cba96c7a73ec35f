"""What a run says: likelihoods, trajectories against targets, maps."""

from collections.abc import Sequence
from functools import partial

from sim.estimate import CountSummary
from sim.evidence.instruments import said_of_counts
from sim.language import Language, Text
from sim.ledger import TABLE
from sim.plan import PLAN, YEAR
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
        Heading(
            2, Text("How likely is each count?", "各项目标有多大可能？").in_(language), "likelihood"
        ),
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
        told = Text(
            f"Likelihoods of {len(left)} further packages are in the same files:"
            f" {listed(left, 'en')}.",
            f"另有 {len(left)} 个组合的可能性见同一文件：{listed(left, 'zh')}。",
        )
        blocks.append(Paragraph(told.in_(language), "note"))
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
    thresholds = Text(
        "Strict: at the target or above. 左右: within the tolerance that the scenario states, where"
        " the plan says about.",
        "严格：达到或超过目标。左右：方案写有“左右”的目标，低于目标而在情景容差以内亦计。",
    )
    spread = Text(
        "In brackets: 95% Monte-Carlo interval, which more replicates narrow. Over parameters: the"
        " middle 80% of the likelihood as the uncertain parameters vary, which only knowledge"
        " narrows.",
        "括号内为95%蒙特卡洛区间，模拟次数越多越窄。随参数变化：不确定参数变动时可能性的中间80%，"
        "只有更多知识才能使之变窄。",
    )
    parts = Text(
        f"Luck and parameters: how much of each count's spread in {YEAR} is chance, and how much is"
        " not knowing the parameters.",
        f"偶然与参数：{YEAR}年各项计数的散布中，偶然与参数未知各占多少。",
    )
    told = (thresholds, spread, parts)
    return sentences(*(each.in_(language) for each in told), language=language)


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
        Text(
            f"Likelihood of each count at the end of {YEAR}, {name}",
            f"{YEAR}年底各项目标的可能性，{name}",
        ).in_(language),
        Text(
            f"Strict likelihoods: {listed(told, 'en')}.", f"严格可能性：{listed(told, 'zh')}。"
        ).in_(language),
        run.cite(SUMMARY),
    )


def trajectories(runs: Sequence[Given], language: Language) -> list[Block]:
    """Return the fans of every run."""
    blocks: list[Block] = [
        Heading(2, Text("How the counts get there", f"目标如何走向{YEAR}年").in_(language), "fans")
    ]
    for run in runs:
        name = run_name(run, language)
        blocks.append(
            picture(
                f"fans-{run.label}",
                partial(drawn, fans(_result(run)), language),
                Text(f"Trajectories against targets, {name}", f"各项计数与目标值，{name}").in_(
                    language
                ),
                _ends(_result(run).summary.counts, language),
                run.cite(TABLES),
            )
        )
    return blocks


def _ends(counts: Sequence[CountSummary], language: Language) -> str:
    told = [
        Text(
            f"{title_of(count.id, 'en')} {plain(count.median)} of {exact(count.target)}",
            f"{title_of(count.id, 'zh')} {plain(count.median)}（目标 {exact(count.target)}）",
        ).in_(language)
        for count in counts
    ]
    joined = listed(told, language)
    return Text(f"Medians at the end of {YEAR}: {joined}.", f"{YEAR}年底中位数：{joined}。").in_(
        language
    )


def maps(runs: Sequence[Given], language: Language) -> list[Block]:
    """Return the maps of every run; those of a quantity share their colours."""
    blocks: list[Block] = [Heading(2, Text("Where it happens", "空间分布").in_(language), "maps")]
    for quantity in QUANTITIES:
        measure = say(f"map.{quantity}", language)
        for number, run in enumerate(runs, start=1):
            name = run_name(run, language)
            caption = Text(
                f"{measure}: median by district, {name} (schematic)",
                f"各区{measure}中位数，{name}（示意图）",
            ).in_(language)
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
    joined = listed(told, language)
    return Text(f"Largest at the end of {YEAR}: {joined}.", f"{YEAR}年底居前的区：{joined}。").in_(
        language
    )
