"""Trajectories: fans of a count against its target, or of a measure by cluster and district."""

import asyncio
from typing import TYPE_CHECKING, Any

import numpy as np
from nicegui import ui
from numpy.typing import NDArray

from sim.app.charts import LEVELS, Panel, edges_of, fans, height
from sim.app.growth import Replicates
from sim.app.pages.charting import Chart, Rows
from sim.app.pages.elements import put, text
from sim.app.pages.pickers import choice
from sim.app.session import Session
from sim.app.words import say, some
from sim.calendar import month_label
from sim.estimate import thresholds
from sim.estimate.readings import in_reading
from sim.plan import PLAN, READINGS
from sim.scenario import Scenario
from sim.views.numbers import exact
from sim.views.words import capital
from sim.world.layout import BREAKDOWN, MEASURES

if TYPE_CHECKING:
    from sim.app.pages.lab import Page

PACE = 1.0
"""Seconds between two drawings."""
AREAS = {"cluster": PLAN.clusters, "district": PLAN.districts}


class TrajectoryView:
    """One count, or a measure by area."""

    def __init__(self, session: Session, page: "Page") -> None:
        """Build it into the element that is open."""
        del page
        self.session = session
        self.panels: list[Panel] = []
        self.task: asyncio.Task[None] | None = None
        self.due = False
        language = session.language
        subjects = {f"count:{count.id}": capital(count.name.in_(language)) for count in PLAN.counts}
        for kind in AREAS:
            for quantity in BREAKDOWN:
                subjects[f"{kind}:{quantity}"] = say(
                    f"by_{kind}", language, quantity=capital(say(quantity, language))
                )
        self.subject = f"count:{session.count}"
        with ui.element("div").classes("heading"):
            text(say("trajectories", language), "h2")
            choice(say("show", language), subjects, self.subject, self.choose, "subject")
        self.chart = Chart(
            "trajectories", say("fan_label", language), self.rows, language, dark=session.dark
        )
        self.note = text(say("waiting", language), "p", "note")
        session.on_answer.append(self.refresh)
        self.refresh()

    def close(self) -> None:
        """Hear no more of answers."""
        if self.refresh in self.session.on_answer:
            self.session.on_answer.remove(self.refresh)
        if self.task is not None:
            self.task.cancel()

    def choose(self, subject: str) -> None:
        """Show another count or measure."""
        self.subject = subject
        kind, _, name = subject.partition(":")
        if kind == "count":
            self.session.count = name
        self.refresh()

    def refresh(self) -> None:
        """Draw what is known now, soon."""
        self.due = True
        if self.task is None or self.task.done():
            self.task = self.session.alongside(self._draw())

    async def _draw(self) -> None:
        while self.due:
            self.due = False
            session, language = self.session, self.session.language
            number, growth = session.number, session.growth
            if number and growth is not None:
                package = session.package.scenario
                compared = session.beside is not None and session.change is not None
                before = session.beside.replicates if session.beside and compared else None
                told = (self.subject, package, growth.replicates, number, before, language)
                self.panels = await session.aside(panels_of, *told)
                words = some(language, "median", "before")
                words["unit"] = unit_of(self.subject, package, language)
                option = fans(self.panels, words, dark=session.dark, narrow=session.narrow)
                self.chart.show(option, height(len(self.panels), narrow=session.narrow))
                put(self.note, say("fan_note", language, number=number))
            await asyncio.sleep(PACE)

    def rows(self) -> Rows:
        """Return the numbers of the chart."""
        head = ["panel", "month", *(f"p{100 * level:g}" for level in LEVELS)]
        return head, (
            [panel.title, month_label(month), *panel.edges[:, month].tolist()]
            for panel in self.panels
            for month in range(panel.edges.shape[1])
        )


def panels_of(
    subject: str,
    scenario: Scenario,
    replicates: Replicates,
    number: int,
    before: Replicates | None,
    language: Any,
) -> list[Panel]:
    """Return the fans of a subject: ``count:ID``, ``cluster:QUANTITY`` or ``district:QUANTITY``."""
    kind, _, name = subject.partition(":")
    if kind == "count":
        values = _count(name, scenario, replicates)[:number]
        earlier = None if before is None else np.median(_count(name, scenario, before), axis=0)
        return [Panel(name, edges_of(values), _targets(name, scenario, language), earlier)]
    panels = []
    for area in AREAS[kind]:
        column = MEASURES.index(f"{name}_{area.id}")
        earlier = None if before is None else np.median(before.measures[:, :, column], axis=0)
        edges = edges_of(replicates.measures[:number, :, column])
        panels.append(Panel(capital(area.name.in_(language)), edges, (), earlier))
    return panels


def _count(name: str, scenario: Scenario, replicates: Replicates) -> NDArray[np.float64]:
    """Return a count in the scenario's reading, shape (R, M)."""
    number, count = next((at, each) for at, each in enumerate(PLAN.counts) if each.id == name)
    return in_reading(replicates.counts[:, :, number], count, scenario.readings[name])


def _targets(name: str, scenario: Scenario, language: Any) -> tuple[tuple[str, float], ...]:
    number, count = next((at, each) for at, each in enumerate(PLAN.counts) if each.id == name)
    target = float(count.target)
    lines = [(say("target", language, target=exact(target)), target)]
    if count.about:
        about = float(thresholds(scenario.tolerance).about[number])
        lines.append((say("about_target", language, target=exact(about)), about))
    return tuple(lines)


def unit_of(subject: str, scenario: Scenario, language: Any) -> str:
    """Return the unit of what is shown, and how it is read."""
    kind, _, name = subject.partition(":")
    if kind != "count":
        return ""
    count = next(each for each in PLAN.counts if each.id == name)
    reading = READINGS[scenario.readings[name]].in_(language)
    return f"{capital(count.unit.in_(language))} · {reading}"
