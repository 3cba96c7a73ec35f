"""What the model cannot say, and how to make the same numbers again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.digest import model_hash
from sim.language import Language, Text
from sim.present.report.document import (
    Block,
    Cell,
    Code,
    Column,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
)
from sim.present.report.given import Given
from sim.present.report.held import MOST
from sim.present.report.likelihoods import run_name
from sim.present.report.wording import NONE, listed, user_name
from sim.store.scenario_text import scenario_text

CANNOT = (
    Text(
        "It does not forecast. Every number is conditional on the model and its assumptions; read"
        " differences and rankings before levels.",
        "它不作预测。所有数字均以模型及其假设为条件；请先看差异与排序，再看水平。",
    ),
    Text(
        "It does not know what 2022 was like: output, firms and talents of future industries"
        " in 2022"
        " are not published and are priors here.",
        "它不知道2022年的真实状况：当年未来产业的产值、企业与人才数并未公布，在此为先验。",
    ),
    Text(
        "It says nothing about single firms, districts' finances, national projects, or anything"
        " else that has no mechanism in it.",
        "它不涉及单个企业、各区财政、国家项目，以及模型中没有机制的任何事物。",
    ),
    Text(
        "It does not settle what researchers disagree about, such as whether government money"
        " crowds"
        " private money in or out: such questions are uncertain parameters.",
        "它不能裁决学界的分歧，例如政府资金对社会资本是带动还是挤出：此类问题在模型中为不确定参数。",
    ),
    Text(
        "Intervals say how far a likelihood may be from what endless replicates of the same model"
        " would give. They do not contain the error of the model itself.",
        "区间只表示可能性与同一模型无限次模拟结果的距离，不包含模型本身的误差。",
    ),
)
"""Holds of every result."""
OTHER_READING = Text(
    "Where the plan's wording is open, a count is read in one way; the other reading is shown where"
    " its likelihood differs.",
    "方案措辞有歧义处，计数采用其中一种口径；另一口径的可能性不同时一并列出。",
)
MAPS = Text("Maps are schematic.", "地图均为示意图。")
STRICT_ONLY = ("attribute", "gates", "futures", "deadline", "search", "watch")
"""Commands whose effects are of strict likelihoods in the default or chosen reading."""


def limits(given: Sequence[Given], blocks: Sequence[Block], language: Language) -> list[Block]:
    """Return the section on what the model and these results cannot say.

    Args:
        given: the results.
        blocks: the report so far; nothing is said of what it does not hold.
        language: of all words.
    """
    head = Text("What the model cannot say", "模型不能说明什么").in_(language)
    told = [*CANNOT, _of_readings(given), *_of_thresholds(given)]
    if any(isinstance(each, Picture) and "map" in each.key for each in blocks):
        told.append(MAPS)
    return [Heading(2, head, "limits"), Listing(tuple(text.in_(language) for text in told))]


def _of_readings(given: Sequence[Given]) -> Text:
    """Say that other readings are shown, or in which results they are not to be had."""
    without = [
        each for each in given
        if each.result is None and not each.packages and each.kind != "study"
    ]  # fmt: skip
    if not without:
        return OTHER_READING
    names = _names(without)
    return Text(
        "Where the plan's wording is open, a count is read in one way; these results hold no"
        f" likelihoods in the other reading: {names.en}.",
        f"方案措辞有歧义处，计数采用其中一种口径；以下结果不含另一口径的可能性：{names.zh}。",
    )


def _of_thresholds(given: Sequence[Given]) -> list[Text]:
    """Say of which results effects are of strict likelihoods only."""
    names = _names([each for each in given if each.command in STRICT_ONLY])
    if not names.en:
        return []
    return [
        Text(
            "What these results tell apart is told apart at the strict threshold and in one reading"
            f" only: {names.en}.",
            f"以下结果所区分的差异仅就严格判定与一种口径而言：{names.zh}。",
        )
    ]


def _names(given: Sequence[Given]) -> Text:
    names = [f"{each.label} {each.name}" for each in given]
    return Text(", ".join(names), "、".join(names))


def reproduce(given: Sequence[Given], folders: Sequence[str], language: Language) -> list[Block]:
    """Return the section on how to make the results and this report again.

    Args:
        given: the results.
        folders: as they were named.
        language: of all words.
    """
    blocks: list[Block] = [
        Heading(2, Text("How to reproduce it", "如何复现").in_(language), "reproduce"),
        Paragraph(_note(given, language)),
        _results(given, language),
        _files(given, language),
        Paragraph(Text("This report:", "本报告：").in_(language)),
        Code(f"sim report {' '.join(folders)} --lang {language}"),
    ]
    colon = Text(": ", "：").in_(language)
    for each in given:
        if each.result is not None:
            blocks.append(
                Heading(
                    3, f"{each.label}{colon}{run_name(each, language)}", f"scenario-{each.label}"
                )
            )
            blocks.append(Code(str(each.result.manifest.get("command", NONE))))
            blocks.append(Code(scenario_text(each.result.manifest["scenario"])))
        for number, package in enumerate(each.packages[:MOST], start=1):
            name = user_name(package.name, language)
            anchor = f"scenario-{each.label}-{number}"
            blocks.append(Heading(3, f"{each.label}{colon}{name}", anchor))
            blocks.append(Code(scenario_text(package.scenario)))
    return blocks


def _note(given: Sequence[Given], language: Language) -> str:
    """Say what follows; a command only of runs, and scenarios only where results hold them."""
    parts = [Text("each result", "各结果"), Text("the SHA-256 of each file", "各文件的 SHA-256")]
    if any(each.result is not None for each in given):
        parts.append(Text("the command of each run", "各次运行的命令"))
    if any(each.result is not None or each.packages for each in given):
        parts.append(
            Text(
                "scenarios in full, which can be saved as files and run",
                "完整情景（可存为文件后运行）",
            )
        )
    below = listed([part.in_(language) for part in parts], language)
    return Text(
        "The same scenario, seed, number of replicates and model version give the same bytes on any"
        f" machine. Below: {below}.",
        f"情景、种子、模拟次数和模型版本相同，则在任何机器上得到相同的字节。以下为{below}。",
    ).in_(language)


def _results(given: Sequence[Given], language: Language) -> Table:
    heads = (
        (Text("Result", "结果"), False, 2.4),
        (Text("Kind", "类型"), False, 1.0),
        (Text("Seed", "种子"), True, 0.8),
        (Text("Replicates", "模拟次数"), True, 0.9),
        (Text("Model", "模型"), False, 1.4),
        (Text("Scenario", "情景"), False, 1.4),
        (Text("Versions", "软件版本"), False, 2.6),
    )
    return Table(
        "results",
        Text("Results in this report", "本报告所用的结果").in_(language),
        tuple(Column(text.in_(language), right, share) for text, right, share in heads),
        tuple(_result(each) for each in given),
        Text(f"model of this report: {model_hash()}", f"撰写本报告的模型：{model_hash()}").in_(
            language
        ),
    )


def _result(each: Given) -> tuple[Cell, ...]:
    said: Mapping[str, Any] = each.result.manifest if each.result else each.document
    scenario = str(said.get("scenario_hash", NONE))[:12]
    versions = ", ".join(f"{name} {number}" for name, number in _versions(said))
    numbers = [said.get(key) for key in ("seed", "replicates")]
    return (
        Cell(f"{each.label} {each.name}"),
        Cell(each.command),
        *(Cell(NONE) if number is None else Cell(f"{number:,}" if key else str(number), (number,))
          for key, number in enumerate(numbers)),
        Cell(NONE if each.model is None else each.model[:12]),
        Cell(scenario),
        Cell(versions or NONE),
    )  # fmt: skip


def _versions(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = said.get("versions")
    if isinstance(found, dict):
        yield from ((str(name), str(number)) for name, number in found.items())


def _files(given: Sequence[Given], language: Language) -> Table:
    rows = [
        (Cell(f"{each.label} {each.name}/{stamp.name}"), Cell(stamp.sha256))
        for each in given
        for stamp in each.stamps
    ]
    return Table(
        "files",
        Text("Files and their SHA-256", "文件及其 SHA-256").in_(language),
        (Column(Text("File", "文件").in_(language), share=2.2), Column("SHA-256", share=4.0)),
        tuple(rows),
        Text("computed when this report was written", "撰写本报告时计算").in_(language),
    )
