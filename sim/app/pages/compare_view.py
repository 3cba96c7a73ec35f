"""Two to four packages side by side: paired differences, costs, the map of differences."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from nicegui import ui

from sim.app.compare_work import Compared, compare_packages
from sim.app.package import Package, named, preset
from sim.app.pages.answering import MARKS, Controls, Origin, Watch, mark_older
from sim.app.pages.elements import put, text, tool
from sim.app.pages.figures import draw, put_figures, put_texts
from sim.app.pages.pickers import choice
from sim.app.pictures import Drawing
from sim.app.session import Session
from sim.app.tables import drawings_of
from sim.app.works import ANSWERS, Work
from sim.evidence.instruments import differing, remarks
from sim.experiments.compare import Comparison
from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import figures_of
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.scenario import scenario_names
from sim.studies.carried import carried
from sim.studies.shared.compared_file import document_of, file_tables
from sim.studies.shared.comparison import comparison_figures, rests_on
from sim.studies.shared.headline import headline
from sim.text.catalogue import capital, say
from sim.text.numbers import percent, plain, points

LARGEST = len(MARKS)
SHOWN = ("effects", "differences", "difference_map_output", "difference_map_firms")
"""Stems of the figures on the page; files hold all numbers."""


class CompareView:
    """Packages, and how all others differ from the first."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        self.shown: Compared | None = None
        self.drawing: asyncio.Task[None] | None = None
        language = session.language
        known = session.desk.latest("compare", self._fits)
        if not session.compared:
            session.compared = self._first() if known is None else list(known.packages)
        title = say("lab.compare_title", language)
        self.controls = Controls(
            session, title, say("lab.compare", language), "compare", self.start
        )
        with ui.element("div").classes("packages"):
            self.list = ui.element("ol").classes("compared")
            with ui.element("div").classes("tools"):
                tool(say("lab.add_current", language), self.add_current, mark="add-current")
                names = {
                    "": "…",
                    **{name: named(preset(name)).in_(language) for name in _presets()},
                }
                choice(say("lab.add_scenario", language), names, "", self.add_preset, "add-preset")
        self.origin = Origin(language)
        self.result = ui.element("div").classes("result")
        self.watch = Watch(session, "compare", self.refresh)
        if known is not None and known.about(tuple(session.compared)):
            self.watch.adopt(known)
        self._list()
        self.refresh()

    def _first(self) -> list[Package]:
        """Return what stands on the list at first: the reference, and the package if it differs."""
        package, reference = self.session.package, self.session.reference
        return [reference] if package.same_as(reference) else [reference, package]

    def _fits(self, work: Work) -> bool:
        """Return whether this tab, just loaded, would go on with what was compared before."""
        listed = self.session.compared
        if listed:
            return work.about(tuple(listed))
        return any(map(self.session.package.same_as, work.packages))

    def close(self) -> None:
        """Look no longer; the work goes on."""
        self.watch.close()
        if self.drawing is not None:
            self.drawing.cancel()

    def add_current(self) -> None:
        """Add the package of now."""
        self._add(self.session.package)

    def add_preset(self, name: str) -> None:
        """Add a scenario of the folder."""
        if name:
            self._add(preset(name))

    def _add(self, package: Package) -> None:
        compared, said = self.session.compared, ""
        if any(package.same_as(other) for other in compared):
            said = "there_already"
        elif len(compared) >= LARGEST:
            said = "four_at_most"
        else:
            compared.append(package)
        self._list()
        self.refresh()
        if said:
            put(self.controls.status, say(f"lab.{said}", self.session.language))

    def remove(self, number: int) -> None:
        """Take a package off the list."""
        del self.session.compared[number]
        self._list()
        self.refresh()

    def _list(self) -> None:
        language = self.session.language
        self.list.clear()
        with self.list:
            for number, package in enumerate(self.session.compared):
                with ui.element("li"):
                    text(MARKS[number], "b", f"mark package-{number}")
                    text(named(package).in_(language))
                    if len(self.session.compared) > 1:
                        self._remover(number, named(package).in_(language))
        self.controls.begin.props["disabled"] = len(self.session.compared) < 2
        self.controls.begin.update()

    def _remover(self, number: int, name: str) -> None:
        label = say("lab.remove", self.session.language, name=name)
        tool("×", lambda: self.remove(number), kind="quiet", name=label)

    def start(self) -> None:
        """Compare the packages of the list.

        Raises:
            BusyError: the visitor has too much under way.
        """
        packages = tuple(self.session.compared)
        if len(packages) > 1:
            run = partial(compare_packages, self.session.engine, packages)
            self.watch.start(ANSWERS, Work("compare", packages, None), run)

    def refresh(self) -> None:
        """Show how far the work is, what was found, and of which packages."""
        now = tuple(self.session.compared)
        newest, answered = self.watch.newest, self.watch.answered
        self.controls.show(newest, of_now=newest is not None and newest.about(now))
        if answered is None:
            return
        found: Compared = answered.found
        if found is not self.shown:
            self.shown = found
            if self.drawing is not None:
                self.drawing.cancel()
            self._table(found)
            if found.whole:
                self.drawing = self.session.alongside(self._draw(found))
        older = not answered.about(now)
        mark_older(self.result, older=older)
        pairs = say("lab.compared_done", self.session.language, pairs=found.sample.replicates)
        self.origin.tell(answered.packages, older=older, also=pairs)

    async def _draw(self, found: Compared) -> None:
        """Draw the figures, in the language and the colours of now."""
        session, language = self.session, self.session.language
        comparisons = list(found.comparisons)
        put(self.controls.status, say("lab.computing", language))
        told = found, language
        drawings = await session.engine.run(session.engine.drawings, _drawings, *told)
        drawn = await draw(session, drawings)
        basis = rests_on(comparisons, found.sample)
        tables = file_tables(comparisons, basis.name)
        files = csv_files_of(carried(tables, basis, comparisons[0].baseline))
        files.append(document_of(comparisons, [], basis))
        with self.result:
            put_texts(session, files)
            put_figures(session, drawings, drawn, say("lab.compare_title", language))
        put(self.controls.status, say("lab.sweep_done", language))

    def _table(self, compared: Compared) -> None:
        language, found = self.session.language, compared.comparisons
        self.result.clear()
        with self.result, ui.element("div").classes("headline"):
            for mark, each in zip(MARKS[1:], found, strict=False):
                text(f"A → {mark} · {headline(each.counts, language)}", "p")
        with (
            self.result,
            ui.element("div").classes("scrolls"),
            ui.element("table").classes("plain compare"),
        ):
            others = (say("lab.less", language, package=mark) for mark in MARKS[1 : len(found) + 1])
            heads = [say("lab.goal", language), MARKS[0], *others]
            with ui.element("thead"), ui.element("tr"):
                for head in heads:
                    text(head, "th").props["scope"] = "col"
            with ui.element("tbody"):
                for number, count in enumerate(PLAN.counts):
                    first = percent(found[0].counts[number].first)
                    changes = [each.counts[number].likelihood for each in found]
                    _line(capital(count.name.in_(language)), heads, first, changes)
                joint = percent(found[0].joint_likelihoods[0])
                _line(say("lab.all_counts", language), heads, joint, [each.joint for each in found])
                _costs(say("lab.cost", language), [each.costs for each in found])
        with self.result:
            for said in remarks(_instruments(found)):
                text(said.in_(language), "p", "note")


def _instruments(found: Sequence[Comparison]) -> set[str]:
    """Return the instruments that any package uses otherwise than the first."""
    first = found[0].first.resolved()["settings"]
    others = (each.second.resolved()["settings"] for each in found)
    return {name for other in others for name in differing(first, other)}


def _drawings(compared: Compared, language: Language) -> list[Drawing]:
    """Return the figures of the page, undrawn."""
    found = list(compared.comparisons)
    every = comparison_figures(found, rests_on(found, compared.sample))
    shown = (figure for figure in every if figure.name.startswith(SHOWN))
    return drawings_of([*figures_of(shown, language)], found)


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
        for mark, each in zip(MARKS, spent, strict=False):
            text(f"{mark}: {plain(each)} 亿元", "td")


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
