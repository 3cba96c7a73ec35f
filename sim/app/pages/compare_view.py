"""Two to four packages side by side: paired differences, costs, the map of differences."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nicegui import ui

from sim.app.package import Package, named, preset
from sim.app.pages.elements import put, text, tool
from sim.app.pages.figures import draw, put_figures, put_texts
from sim.app.pages.pickers import choice
from sim.app.pictures import Drawing
from sim.app.session import Session
from sim.app.tables import drawings_of
from sim.app.words import say
from sim.experiments.compare import Comparison, all_against_first
from sim.experiments.comparison_files import files_of
from sim.experiments.fill import Sample
from sim.language import Language
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, scenario_names
from sim.views.from_comparison import comparison_figures
from sim.views.numbers import percent, plain, points
from sim.views.words import capital

if TYPE_CHECKING:
    from sim.app.pages.lab import Page

LARGEST = 4
STEPS = (16, 128)
"""After so many replicates of each the table is shown; the figures come with the last."""
REPLICATES = STEPS[-1]
SHOWN = ("differences", "difference_map_output", "difference_map_firms")
"""Stems of the figures on the page; files hold all numbers."""


class CompareView:
    """Packages, and how all others differ from the first."""

    def __init__(self, session: Session, page: "Page") -> None:
        """Build it into the element that is open."""
        self.session, self.page = session, page
        self.task: asyncio.Task[None] | None = None
        language = session.language
        if not session.compared:
            session.compared = [preset(session.package.base)]
            if not session.package.same_as(session.compared[0]):
                session.compared.append(session.package)
        with ui.element("div").classes("heading"):
            text(say("compare_title", language), "h2")
            self.status = text("", "span", "badge")
            self.status.props["role"] = "status"
            with ui.element("div").classes("tools"):
                self.begin = tool(
                    say("compare", language), self.start, kind="main-tool", mark="compare"
                )
                self.halt = tool(say("stop", language), self.stop, mark="stop-compare")
        self.halt.set_visibility(False)
        with ui.element("div").classes("packages"):
            self.list = ui.element("ol").classes("compared")
            with ui.element("div").classes("tools"):
                tool(say("add_current", language), self.add_current, mark="add-current")
                names = {
                    "": "…",
                    **{name: named(preset(name)).in_(language) for name in _presets()},
                }
                choice(say("add_scenario", language), names, "", self.add_preset, "add-preset")
        self.result = ui.element("div").classes("result")
        self._list()
        if session.shows("compare", session.compared):
            self.start()

    def close(self) -> None:
        """End its work."""
        self.stop()

    def add_current(self) -> None:
        """Add the package of now."""
        self._add(self.session.package)

    def add_preset(self, name: str) -> None:
        """Add a scenario of the folder."""
        if name:
            self._add(preset(name))

    def _add(self, package: Package) -> None:
        compared = self.session.compared
        if any(package.same_as(other) for other in compared):
            put(self.status, say("there_already", self.session.language))
        elif len(compared) >= LARGEST:
            put(self.status, say("four_at_most", self.session.language))
        else:
            compared.append(package)
            put(self.status, "")
        self._list()

    def remove(self, number: int) -> None:
        """Take a package off the list."""
        del self.session.compared[number]
        self._list()

    def _list(self) -> None:
        language = self.session.language
        self.list.clear()
        with self.list:
            for number, package in enumerate(self.session.compared):
                with ui.element("li"):
                    text("ABCD"[number], "b", f"mark package-{number}")
                    text(named(package).in_(language))
                    if len(self.session.compared) > 1:
                        self._remover(number, named(package).in_(language))
        self.begin.props["disabled"] = len(self.session.compared) < 2
        self.begin.update()

    def _remover(self, number: int, name: str) -> None:
        label = say("remove", self.session.language, name=name)
        tool("×", lambda: self.remove(number), kind="quiet", name=label)

    def start(self) -> None:
        """Compare the packages of the list."""
        if len(self.session.compared) < 2:
            return
        self.stop()
        self.session.stop()
        self.begin.set_visibility(False)
        self.halt.set_visibility(True)
        self.task = self.session.alongside(self._run(list(self.session.compared)))

    def stop(self) -> None:
        """Stop; what was found stays."""
        if self.task is not None:
            self.task.cancel()
            self.task = None
        self.begin.set_visibility(True)
        self.halt.set_visibility(False)

    async def _run(self, packages: list[Package]) -> None:
        session, language = self.session, self.session.language
        scenarios = [_labelled(package, number) for number, package in enumerate(packages)]
        total = REPLICATES * len(packages)
        try:
            await session.engine.ready(scenarios[0])
            found: list[Comparison] = []
            growths = [session.engine.growth(scenario) for scenario in scenarios]
            done = dict.fromkeys((scenario.id for scenario in scenarios), 0)
            for step in STEPS:
                for scenario, growth in zip(scenarios, growths, strict=True):
                    async for number in growth.follow(range(step)):
                        done[scenario.id] = max(number, done[scenario.id])
                        part = {"number": sum(done.values()), "wanted": total}
                        put(self.status, say("gates_progress", language, **part))
                ensembles = [
                    growth.replicates.ensemble(scenario, range(step))
                    for scenario, growth in zip(scenarios, growths, strict=True)
                ]
                found = await session.aside(all_against_first, ensembles)
                self._table(found)
            put(self.status, say("computing", language))
            sample = Sample(scenarios[0].seed, REPLICATES)
            chosen = [
                figure
                for figure in comparison_figures(found, sample, language)
                if figure.stem.startswith(SHOWN)
            ]
            drawings = drawings_of(chosen, found)
            drawn = await draw(session, drawings)
            self._figures(found, drawings, drawn, sample)
            put(self.status, say("compared_done", language, pairs=REPLICATES))
            session.showed("compare", packages)
        except (Problem, ValueError) as problem:
            put(self.status, _words(problem, language))
        self.stop()

    def _table(self, found: list[Comparison]) -> None:
        language = self.session.language
        self.result.clear()
        with (
            self.result,
            ui.element("div").classes("scrolls"),
            ui.element("table").classes("plain compare"),
        ):
            others = (say("less", language, package=mark) for mark in "BCD"[: len(found)])
            heads = [say("goal", language), "A", *others]
            with ui.element("thead"), ui.element("tr"):
                for head in heads:
                    text(head, "th").props["scope"] = "col"
            with ui.element("tbody"):
                for number, count in enumerate(PLAN.counts):
                    first = percent(found[0].counts[number].first)
                    changes = [each.counts[number].likelihood for each in found]
                    _line(capital(count.name.in_(language)), heads, first, changes)
                joint = percent(found[0].joint_likelihoods[0])
                _line(say("all_counts", language), heads, joint, [each.joint for each in found])
                _costs(say("cost", language), [each.costs for each in found])

    def _figures(
        self, found: list[Comparison], drawings: list[Drawing], drawn: list[bytes], sample: Sample
    ) -> None:
        session = self.session
        with self.result:
            put_texts(session, list(files_of(found, [[] for _ in found], sample)))
            put_figures(session, drawings, drawn, say("compare_title", session.language))


def _line(name: str, heads: list[str], first: str, changes: list[Any]) -> None:
    """Add a row; its cells say what they are under, for where there is no room for columns."""
    with ui.element("tr"):
        text(name, "th").props["scope"] = "row"
        text(first, "td").props["data-head"] = heads[1]
        for head, change in zip(heads[2:], changes, strict=True):
            kind = "tie" if change.tie else "up" if change.value > 0 else "down"
            with ui.element("td").classes(f"change {kind}") as cell:
                cell.props["data-head"] = head
                text(points(round(change.value, 3)), "b")
                ends = (points(round(end, 3)) for end in (change.low, change.high))
                text(" … ".join(ends), "small")


def _costs(name: str, costs: list[tuple[float, float]]) -> None:
    """Add the row of what the packages cost; it names each, as its column is of a difference."""
    with ui.element("tr").classes("costs"):
        text(name, "th").props["scope"] = "row"
        spent = (costs[0][0], *(second for _, second in costs))
        for mark, each in zip("ABCD", spent, strict=False):
            text(f"{mark}: {plain(each)} 亿元", "td")


def _labelled(package: Package, number: int) -> Scenario:
    """Return a package's scenario with an id and a name of its own, for tables and figures."""
    scenario = package.scenario
    return replace(
        scenario,
        id=f"{'abcd'[number]}-{scenario.id}",
        name=named(package),
    )


def _presets() -> list[str]:
    """Return the scenarios that can be read; `sim check` tells what is wrong with others."""
    known = []
    for name in scenario_names():
        try:
            preset(name)
        except Problem:
            continue
        known.append(name)
    return known


def _words(problem: Exception, language: Language) -> str:
    return problem.in_(language) if isinstance(problem, Problem) else str(problem)
