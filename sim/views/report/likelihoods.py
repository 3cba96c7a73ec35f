"""What a run says: likelihoods, trajectories against targets, maps."""

from collections.abc import Sequence
from functools import partial

from sim.estimate import CountSummary
from sim.language import Language, Text
from sim.plan import PLAN, READINGS
from sim.store import Result
from sim.views.district_map import QUANTITIES, district_map
from sim.views.fans import fans
from sim.views.likelihood import likelihood
from sim.views.numbers import exact, percent, percent_range, plain
from sim.views.report.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from sim.views.report.drawing import picture
from sim.views.report.given import Given
from sim.views.report.wording import (
    NONE,
    likely_cell,
    listed,
    title_of,
    user_name,
)
from sim.views.words import say

SUMMARY = "summary.json"
TABLES = "trajectories.parquet"


def run_name(given: Given, language: Language) -> str:
    """Return the name of the scenario that was run."""
    return user_name(_result(given).manifest["scenario"]["name"], language)


def likelihoods(runs: Sequence[Given], language: Language) -> list[Block]:
    """Return the chart and the table of every run, and all runs side by side if there are many."""
    blocks: list[Block] = [
        Heading(
            2, Text("How likely is each count?", "各项目标有多大可能？").in_(language), "likelihood"
        ),
        Paragraph(_how_to_read(language), "note"),
    ]
    for run in runs:
        if len(runs) > 1:
            blocks.append(part(run, "likelihood", language))
        blocks += [chart(run, language), table(run, language), *_other_readings(run, language)]
    if len(runs) > 1:
        blocks += _side_by_side(runs, language)
    return blocks


def part(run: Given, about: str, language: Language) -> Heading:
    """Return the heading of what a section says about one of several runs."""
    return Heading(3, run_name(run, language), f"{about}-{run.label.lower()}")


def _how_to_read(language: Language) -> str:
    return Text(
        "Strict: at the target or above. 左右: within the tolerance that the scenario states, where"
        " the plan says about. In brackets: 95% Monte-Carlo interval, which more replicates narrow."
        " Over parameters: the middle 80% of the likelihood as the uncertain parameters vary, which"
        " only knowledge narrows.",
        "严格：达到或超过目标。左右：方案写有“左右”的目标，低于目标而在情景容差以内亦计。括号内为95%"
        "蒙特卡洛区间，模拟次数越多越窄。随参数变化：不确定参数变动时可能性的中间80%，只有更多知识才能使之变窄。",
    ).in_(language)


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
        partial(likelihood, _result(run), language),
        Text(
            f"Likelihood of each count at the end of 2030, {name}",
            f"2030年底各项目标的可能性，{name}",
        ).in_(language),
        Text(
            f"Strict likelihoods: {listed(told, 'en')}.", f"严格可能性：{listed(told, 'zh')}。"
        ).in_(language),
        run.cite(SUMMARY),
    )


def table(run: Given, language: Language) -> Table:
    """Return the thirteen counts of a run, and all of them together, as a table."""
    summary = _result(run).summary
    heads = (
        (Text("Count", "目标"), False, 3.1),
        (Text("Target", "目标值"), True, 0.9),
        (Text("Median", "中位数"), True, 0.9),
        (Text("80% range", "80%区间"), True, 1.4),
        (Text("Strict", "严格"), True, 1.7),
        (Text("左右", "左右"), True, 1.7),
        (Text("Over parameters", "随参数变化"), True, 1.3),
        (Text("Year reached", "达成年份"), True, 1.0),
    )
    rows = [_row(count, language) for count in summary.counts]
    joint = (
        Cell(say("likelihood.joint", language)),
        *[Cell("")] * 3,
        likely_cell(summary.joint),
        likely_cell(summary.joint_about),
        *[Cell("")] * 2,
    )
    return Table(
        f"likelihood-{run.label}",
        Text(
            f"Thirteen counts at the end of 2030, {run_name(run, language)}",
            f"2030年底的十三项目标，{run_name(run, language)}",
        ).in_(language),
        tuple(Column(head.in_(language), number, share) for head, number, share in heads),
        (*rows, joint),
        run.cite(SUMMARY),
    )


def _row(count: CountSummary, language: Language) -> tuple[Cell, ...]:
    says_about = next(entry.about for entry in PLAN.counts if entry.id == count.id)
    year = count.median_year
    return (
        Cell(title_of(count.id, language)),
        Cell(exact(count.target), (float(count.target),)),
        Cell(plain(count.median), (count.median,)),
        Cell(f"{plain(count.p10)} – {plain(count.p90)}", (count.p10, count.p90)),
        likely_cell(count.likelihood),
        likely_cell(count.about) if says_about else Cell(NONE, quiet=True),
        Cell(percent_range(*count.over_parameters), count.over_parameters),
        Cell(NONE, quiet=True) if year is None else Cell(f"{year:.1f}", (year,)),
    )


def _other_readings(run: Given, language: Language) -> list[Block]:
    """Return a table of the counts whose likelihood is another one in their other reading."""
    counts = [count for count in _result(run).summary.counts if count.other is not None]
    if not counts:
        return []
    heads = (
        Text("Count", "目标"),
        Text("Read as", "口径"),
        Text("Strict", "严格"),
        Text("Or read as", "另一口径"),
        Text("Strict", "严格"),
    )
    rows = [
        (
            Cell(title_of(count.id, language)),
            Cell(READINGS[count.reading].in_(language)),
            likely_cell(count.likelihood),
            Cell(READINGS[count.other.reading].in_(language)),
            likely_cell(count.other.likelihood),
        )
        for count in counts
        if count.other is not None
    ]
    return [
        Table(
            f"readings-{run.label}",
            Text(
                "Where the plan's wording can be read in two ways and the likelihood differs",
                "方案措辞可作两种理解且可能性因此不同的目标",
            ).in_(language),
            tuple(
                Column(head.in_(language), number in (2, 4), 2.0 if number in (0, 1, 3) else 1.4)
                for number, head in enumerate(heads)
            ),
            tuple(rows),
            run.cite(SUMMARY),
        )
    ]


def _side_by_side(runs: Sequence[Given], language: Language) -> list[Block]:
    names = [run_name(run, language) for run in runs]
    summaries = [_result(run).summary for run in runs]
    rows = [
        (
            Cell(title_of(count.id, language)),
            *(likely_cell(each.counts[number].likelihood) for each in summaries),
        )
        for number, count in enumerate(summaries[0].counts)
    ]
    together = (Cell(say("likelihood.joint", language)), *(likely_cell(s.joint) for s in summaries))
    head = Text("Side by side", "并列比较").in_(language)
    caption = Text(
        "Strict likelihoods of all runs. Intervals of single likelihoods do not use that runs"
        " may be"
        " paired; the section on what changes does",
        "各次运行的严格可能性。单个可能性的区间未利用成对信息，成对比较见“有何变化”一节",
    )
    return [
        Heading(3, head, "side-by-side"),
        Table(
            "side-by-side",
            caption.in_(language),
            (
                Column(Text("Count", "目标").in_(language), share=1.6),
                *(Column(name, True) for name in names),
            ),
            (*rows, together),
            " · ".join(run.cite(SUMMARY) for run in runs),
        ),
    ]


def trajectories(runs: Sequence[Given], language: Language) -> list[Block]:
    """Return the fans of every run."""
    blocks: list[Block] = [
        Heading(2, Text("How the counts get there", "目标如何走向2030年").in_(language), "fans")
    ]
    for run in runs:
        name = run_name(run, language)
        blocks.append(
            picture(
                f"fans-{run.label}",
                partial(fans, _result(run), language),
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
    return Text(f"Medians at the end of 2030: {joined}.", f"2030年底中位数：{joined}。").in_(
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
            draw = partial(district_map, _result(run), quantity, language, beside=beside)
            told = _leaders(_result(run), quantity, language)
            key = f"map-{quantity}-{number}"
            blocks.append(picture(key, draw, caption, told, run.cite(TABLES), vectors=False))
    return blocks


def _leaders(result: Result, quantity: str, language: Language) -> str:
    """Return which districts have most at the end of 2030."""
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
    return Text(f"Largest at the end of 2030: {joined}.", f"2030年底居前的区：{joined}。").in_(
        language
    )
