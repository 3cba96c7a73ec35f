"""What the numbers rest on: parameters, their sources, and how much of the answer is assumed."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sim.digest import model_hash
from sim.estimate.records import Decisions
from sim.language import Language, Text
from sim.parameters import ASSUMPTION, CHOSEN, PARAMETERS
from sim.plan import COUNTS, PLAN
from sim.present.report.document import Block, Cell, Column, Heading, Paragraph, Table
from sim.present.report.given import Given
from sim.present.report.held import Held
from sim.present.report.wording import NONE
from sim.studies.shared.influence import rests_on
from sim.studies.shared.split import no_split
from sim.text.joining import joined
from sim.text.numbers import percent
from sim.views.parameter_names import PRIORS, parameter_meaning, parameter_source, parameter_unit

Said = Mapping[str, Any]
"""A parameter as a manifest describes it."""

GROUPS = {
    "population": Text("Firms, talents and funds of 2022", "2022年的企业、人才与基金"),
    "entry": Text("Founding of firms", "企业创立"),
    "exit": Text("Closing of firms", "企业退出"),
    "finance": Text("Finance", "融资"),
    "talent": Text("Talents", "人才"),
    "knowledge": Text("Knowledge", "知识"),
    "readiness": Text("Readiness of technology", "技术成熟度"),
    "breakthroughs": Text("Breakthroughs", "突破"),
    "market": Text("Markets", "市场"),
    "linkage": Text("Links between firms", "企业关联"),
    "certification": Text("Certificates", "资质认定"),
    "programmes": Text("Programmes", "项目与平台"),
    "consequences": Text("What components, products and standards bring", "部件、产品与标准的后果"),
    "levers": Text("How doses act", "力度的作用"),
    "counts": Text("How counts are counted", "计数方式"),
    "cost": Text("Public cost", "公共成本"),
}


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
        told.append(no_split(packages[0].summary.replicates))
    if ranges:
        wide = sum(high - low >= WIDE for low, high in ranges)
        told.append(
            Text(
                f"For {wide} of {len(PLAN.counts)} counts the likelihood moves by"
                f" {100 * WIDE:.0f} points or more as the parameters vary: there the answer rests"
                " on what is assumed more than on"
                " chance.",
                f"{COUNTS.zh}项中有 {wide} 项的可能性随参数变动达{100 * WIDE:.0f}个百分点或以上，"
                "其答案更多取决于假设而非偶然。",
            )
            if wide
            else Text(
                f"For no count does the likelihood move by {100 * WIDE:.0f} points or more as the"
                " parameters vary.",
                f"没有一项目标的可能性随参数变动达{100 * WIDE:.0f}个百分点或以上。",
            )
        )
    told.append(Text("Read differences before levels.", "请先看差异，再看水平。"))
    return [each.in_(language) for each in told]


def assumptions(given: Sequence[Given], language: Language) -> list[Block]:
    """Return the section on assumptions: the share, group by group, and what was fixed."""
    head = Heading(2, Text("What it rests on", "依据与假设").in_(language), "assumptions")
    found = recorded(given)
    if found is None:
        unknown = Text(
            "The results were made by another version of the model and hold no table of its"
            " parameters: add a run of that version to see them.",
            "结果由另一模型版本生成，且不含参数表：请加入该版本的一次运行以查看。",
        )
        return [head, Paragraph(unknown.in_(language), "warning")]
    entries, source = found
    uncertain = sum(map(_uncertain, entries))
    drawn = Text(
        f"The model has {len(entries)} parameters. {uncertain} are uncertain and drawn anew for"
        " every pair of replicates.",
        f"模型共有 {len(entries)} 个参数，其中 {uncertain} 个为不确定参数，每对模拟重新抽样。",
    )
    listed = Text(
        "All of them stand in the appendix, with prior and source; F and a number name a figure in"
        " figures.csv.",
        "全部参数连同先验与来源见附录；F 加数字为 figures.csv 中的数据编号。",
    )
    told = joined([drawn, rests_on(decided(given)), listed]).in_(language)
    blocks: list[Block] = [head, Paragraph(told), _by_group(entries, source, language)]
    fixed = [entry for entry in entries if entry.get("fixed") is not None]
    if fixed:
        values = "; ".join(f"{entry['name']} = {entry['fixed']:g}" for entry in fixed)
        blocks.append(
            Paragraph(
                Text(f"Fixed by the scenario: {values}.", f"情景中固定的参数：{values}。").in_(
                    language
                )
            )
        )
    return blocks


def _by_group(entries: Sequence[Said], source: str, language: Language) -> Table:
    heads = (
        (Text("Group", "分组"), False, 3.0),
        (Text("Parameters", "参数"), True, 1.0),
        (Text("Uncertain", "不确定"), True, 1.0),
        (Text("Assumed", "为假设"), True, 1.0),
        (Text("Share assumed", "假设所占比例"), True, 1.0),
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
    caption = Text("Parameters by group, and how many are assumed", "各组参数及其中的假设")
    return Table(
        "assumptions",
        caption.in_(language),
        tuple(Column(text.in_(language), right, share) for text, right, share in heads),
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
        (Text("Parameter", "参数"), False, 2.2),
        (Text("Default", "默认值"), True, 1.2),
        (Text("Prior", "先验"), False, 2.0),
        (Text("Meaning", "含义"), False, 3.0),
        (Text("Source", "来源"), False, 3.4),
    )
    columns = tuple(Column(text.in_(language), right, share) for text, right, share in heads)
    title = Text("Appendix: all parameters", "附录：全部参数").in_(language)
    blocks: list[Block] = [Heading(2, title, "parameters")]
    for group, members in _grouped(entries):
        rows = tuple(_parameter(entry, language) for entry in members)
        name = group_name(group, language)
        blocks.append(Table(f"parameters-{group}", name, columns, rows, source))
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
