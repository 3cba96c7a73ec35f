"""What is to be known about a scenario that can be run, but may not be as it was meant."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from sim.language import Language, Text, visible
from sim.scenario import Scenario, read_scenario
from sim.scenario.explain import explain_processes
from sim.scenario.files import read_toml
from sim.views.letters import outside

LEFT_OVER = 128
"""Draws of prices at which it is said what remains of moved money."""


def read_here(file: str, language: Language) -> Scenario:
    """Return a scenario of this machine's; what it changes in the order of a month is said.

    Raises:
        Problem: the file cannot be used.
    """
    scenario = read_scenario(file, foreign=True)
    print_processes(scenario, language)
    return scenario


def print_processes(scenario: Scenario, language: Language) -> None:
    """Print what a scenario changes in the order of a month, where it does not mix with results."""
    place = str(scenario.file or scenario.id)
    _print(place, explain_processes(scenario), language)
    _print(place, _left_of_moves(scenario), language)


def print_notes(scenario: Scenario, language: Language) -> None:
    """Print where it does not mix with results what to know about a scenario."""
    place = str(scenario.file or scenario.id)
    _print(place, _on_nothing(scenario.file), language)
    print_processes(scenario, language)
    print_letters(place, language, scenario.name, scenario.description)


def print_letters(place: str, language: Language, *texts: Text) -> None:
    """Print what becomes of letters that the project's font lacks, if there are any."""
    _print(place, _on_letters(*texts), language)


def _print(place: str, notes: Iterable[Text], language: Language) -> None:
    for note in notes:
        said = Text(f"{place}: {note.en}", f"{place}：{note.zh}")
        print(said.in_(language), file=sys.stderr)


def _left_of_moves(scenario: Scenario) -> Iterator[Text]:
    """Yield what remains of moved money at drawn prices."""
    moved = scenario.moved()
    if not moved:
        return
    from sim.experiments.costs import left_by_draw  # takes a while to load

    for each in moved:
        left = left_by_draw(scenario, each, scenario.seed, np.arange(LEFT_OVER))
        low, middle, high = (f"{value:.1f}" for value in np.percentile(left, (5, 50, 95)))
        yield Text(
            f"of what {each.move.of} gives, {middle} 亿元 remain at drawn prices"
            f" (5 to 95 % of {LEFT_OVER} draws: {low} to {high}; below 0 it is not enough)",
            f"{each.move.of} 所转出的资金，按抽取的价格剩余 {middle} 亿元"
            f"（{LEFT_OVER} 次抽样的5%至95%：{low} 至 {high}；为负即不足）",
        )


def _on_nothing(file: Path | None) -> Iterator[Text]:
    if file is not None and not read_toml(file):
        yield Text(
            "it says nothing, which stands for business as usual: no part of the plan is done",
            "文件为空，等同于一切照旧：不实施行动方案的任何部分",
        )


def _on_letters(*texts: Text) -> Iterator[Text]:
    """Yield what becomes, in figures and the PDF, of letters that the project's font lacks."""
    lacking = outside(visible("".join(part for text in texts for part in text)))
    if not lacking:
        return
    # Matplotlib takes a while to load.
    from sim.views.fonts import REPLACEMENT, missing

    lost = missing(lacking)
    lent = "".join(mark for mark in lacking if mark not in lost)
    if lent:
        yield Text(
            f"the font of figures lacks {lent}; here a font of this machine stands in",
            f"图中字体缺“{lent}”字，在本机以系统字体代替",
        )
    if lost:
        yield Text(
            f"neither the font of figures nor one of this machine has {lost}; figures and the PDF"
            f" show {REPLACEMENT} (installing Noto Sans CJK helps)",
            f"图中字体与本机字体均无“{lost}”字，图与 PDF 中以 {REPLACEMENT} 代替"
            "（可安装思源黑体等字体）",
        )
