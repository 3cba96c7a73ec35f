"""Trajectories: fans of a count against its target, or of a measure by cluster and district."""

import asyncio
from typing import Any, NamedTuple

import numpy as np
from nicegui import ui
from numpy.typing import NDArray

from sim.app.charts import LEVELS, Panel, edges_of, fans, height
from sim.app.growth import Replicates
from sim.app.package import Package, named
from sim.app.pages.answering import Origin, mark_older
from sim.app.pages.charting import Chart, Rows
from sim.app.pages.elements import put, text
from sim.app.pages.pickers import choice
from sim.app.session import Session
from sim.app.shown import labels
from sim.calendar import month_label
from sim.estimate import thresholds
from sim.estimate.readings import in_reading
from sim.model.world.layout import BREAKDOWN, MEASURES
from sim.plan import PLAN, READINGS
from sim.scenario import Scenario
from sim.text.catalogue import capital, say
from sim.text.joining import sentences
from sim.text.numbers import exact

PACE = 1.0
"""Seconds between two drawings."""
ENOUGH = 32
"""Replicates from which on another package's median is worth fewer replicates of this one."""
AREAS = {"cluster": PLAN.clusters, "district": PLAN.districts}


class Shown(NamedTuple):
    """What is drawn."""

    package: Package
    reference: Package
    """Whose median stands beside the fans, if there is one."""
    panels: list[Panel]
    number: int
    """Replicates of the fans, and of the median beside them if there is one."""


class TrajectoryView:
    """One count, or a measure by area."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        self.shown: Shown | None = None
        self.task: asyncio.Task[None] | None = None
        self.due = False
        language = session.language
        subjects = {f"count:{count.id}": capital(count.name.in_(language)) for count in PLAN.counts}
        for kind in AREAS:
            for quantity in BREAKDOWN:
                subjects[f"{kind}:{quantity}"] = say(
                    f"lab.by_{kind}", language, quantity=capital(say(f"lab.{quantity}", language))
                )
        self.subject = session.chosen_of("subject", subjects, f"count:{session.count}")
        with ui.element("div").classes("heading"):
            text(say("lab.trajectories", language), "h2")
            choice(say("lab.show", language), subjects, self.subject, self.choose, "subject")
        self.origin = Origin(language)
        self.chart = Chart(
            "trajectories", say("lab.fan_label", language), self.rows, language, dark=session.dark
        )
        self.note = text(say("lab.waiting", language), "p", "note").props("data-do=fan-note")
        session.on_answer.append(self.refresh)
        session.on_package.append(self.mark)
        session.show_by_month(shown=True)
        self.refresh()

    def close(self) -> None:
        """Hear no more of answers."""
        self.session.show_by_month(shown=False)
        for listeners, mine in (
            (self.session.on_answer, self.refresh),
            (self.session.on_package, self.mark),
        ):
            if mine in listeners:
                listeners.remove(mine)
        if self.task is not None:
            self.task.cancel()

    def choose(self, subject: str) -> None:
        """Show another count or measure."""
        self.subject = self.session.choose("subject", subject)
        self.refresh()

    def mark(self) -> None:
        """Say whose fans these are: those of the package before, until its own are there."""
        if self.shown is not None:
            older = not self.shown.package.same_as(self.session.package)
            also = say("lab.of_each", self.session.language, number=self.shown.number)
            self.origin.tell((self.shown.package,), older=older, also=also)
            mark_older(self.chart.chart, older=older)

    def refresh(self) -> None:
        """Draw what is known now, soon."""
        self.due = True
        if self.task is None or self.task.done():
            self.task = self.session.alongside(self._draw())

    async def _draw(self) -> None:
        while self.due:
            self.due = False
            session = self.session
            number, growth, package = session.number, session.growth, session.package
            reference = session.reference
            if number and growth is not None:
                beside = session.other if session.change is not None else None
                run = None if beside is None else beside.growth
                before = None if run is None else run.replicates
                pair = paired(number, None if before is None else before.number)
                told = self.subject, package.scenario, growth.replicates, pair or number
                also = before if pair else None, session.language
                panels = await session.aside(panels_of, *told, *also)
                self.shown = Shown(package, reference, panels, pair or number)
                self._show(None if before is None else before.number, pair)
            await asyncio.sleep(PACE)

    def _show(self, before: int | None, pair: int) -> None:
        """Draw the fans and say on how many replicates they rest.

        Args:
            before: replicates of the package that this one is compared with, if there is one.
            pair: replicates of both that are drawn, 0 if only this package is.
        """
        session, language = self.session, self.session.language
        if self.shown is None:
            return
        panels, number = self.shown.panels, self.shown.number
        name = named(self.shown.reference).in_(language)
        words = {**labels(language, "median"), "before": name}
        words["unit"] = unit_of(self.subject, self.shown.package.scenario, language)
        option = fans(panels, words, dark=session.dark, narrow=session.narrow)
        self.chart.show(option, height(len(panels), narrow=session.narrow))
        note = say("lab.fan_note", language, number=number)
        if pair:
            also = say("lab.fan_before", language, name=name, number=pair)
            note = sentences(note, also, language=language)
        elif before is not None:
            waits = {"name": name, "there": before, "number": min(number, ENOUGH)}
            note = sentences(note, say("lab.fan_waits", language, **waits), language=language)
        put(self.note, note)
        self.mark()

    def rows(self) -> Rows:
        """Return the numbers of the chart."""
        head = ["panel", "month", *(f"p{100 * level:g}" for level in LEVELS)]
        panels = () if self.shown is None else self.shown.panels
        compared = any(panel.before is not None for panel in panels)
        number = 0 if self.shown is None else self.shown.number
        return [*head, *(["median_before"] if compared else []), "replicates"], (
            [panel.title, month_label(month), *panel.edges[:, month].tolist(),
             *([] if panel.before is None else [float(panel.before[month])]), number]
            for panel in panels
            for month in range(panel.edges.shape[1])
        )  # fmt: skip


def paired(number: int, before: int | None) -> int:
    """Return how many replicates both packages are shown with; 0: only one of them is.

    Both sides of a comparison hold the same replicates. The other package's are run when this
    one's are there: until it has enough of them, all of this package's say more.

    Args:
        number: replicates that this package is known by.
        before: of the package that it is compared with; None if there is none.
    """
    if before is None:
        return 0
    pair = min(number, before)
    return pair if pair == number or pair >= ENOUGH else 0


def panels_of(
    subject: str,
    scenario: Scenario,
    replicates: Replicates,
    number: int,
    before: Replicates | None,
    language: Any,
) -> list[Panel]:
    """Return the fans of a subject: ``count:ID``, ``cluster:QUANTITY`` or ``district:QUANTITY``.

    Args:
        subject: what is shown.
        scenario: of the package.
        replicates: of the package.
        number: how many of them are shown, in the order of the lab.
        before: of the other package, of which just as many are shown; None if none are.
        language: of the panels' names.
    """
    kind, _, name = subject.partition(":")
    if kind == "count":
        values = _count(name, scenario, replicates)[:number]
        earlier = None
        if before is not None:
            earlier = np.median(_count(name, scenario, before)[:number], axis=0)
        return [Panel(name, edges_of(values), _targets(name, scenario, language), earlier)]
    panels = []
    for area in AREAS[kind]:
        column = MEASURES.index(f"{name}_{area.id}")
        earlier = None
        if before is not None:
            earlier = np.median(before.measures[:number, :, column], axis=0)
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
    lines = [(say("lab.target", language, target=exact(target)), target)]
    if count.about:
        about = float(thresholds(scenario.tolerance).about[number])
        lines.append((say("lab.about_target", language, target=exact(about)), about))
    return tuple(lines)


def unit_of(subject: str, scenario: Scenario, language: Any) -> str:
    """Return the unit of what is shown, and how it is read."""
    kind, _, name = subject.partition(":")
    if kind != "count":
        return ""
    count = next(each for each in PLAN.counts if each.id == name)
    reading = READINGS[scenario.readings[name]].in_(language)
    return f"{capital(count.unit.in_(language))} · {reading}"
