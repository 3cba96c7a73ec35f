"""Why a count fails: each gate opened in turn, under the same luck."""

import asyncio
from typing import TYPE_CHECKING

from nicegui import ui

from sim.app.answers import Change, change
from sim.app.charts import grid_of_differences
from sim.app.pages.charting import Chart, Rows
from sim.app.pages.elements import put, text, tool
from sim.app.session import Session
from sim.app.words import say
from sim.experiments.gates import GATES, opened
from sim.plan import PLAN
from sim.problems import Problem
from sim.views.numbers import points
from sim.views.words import capital

if TYPE_CHECKING:
    from sim.app.pages.lab import Page

REPLICATES = 64
STEPS = (16, 32, REPLICATES)
"""After so many replicates of every gate the answer is shown."""
HEIGHT = 560


class WhyView:
    """Which gate holds each count back."""

    def __init__(self, session: Session, page: "Page") -> None:
        """Build it into the element that is open."""
        del page
        self.session = session
        self.found: list[Change] = []
        self.task: asyncio.Task[None] | None = None
        language = session.language
        with ui.element("div").classes("heading"):
            text(say("why_title", language), "h2")
            self.status = text("", "span", "badge")
            self.status.props["role"] = "status"
            with ui.element("div").classes("tools"):
                self.begin = tool(
                    say("open_gates", language), self.start, kind="main-tool", mark="gates"
                )
                self.halt = tool(say("stop", language), self.stop, mark="stop-gates")
        text(say("why_note", language), "p", "note")
        with ui.element("div").classes("scrolls") as self.drawn:
            label = say("why_title", language)
            self.chart = Chart("gates", label, self.rows, language, dark=session.dark)
        self.drawn.set_visibility(False)
        self.words = ui.element("ul").classes("findings")
        self.halt.set_visibility(False)
        session.on_package.append(self.stop)
        if session.shows("why", [session.package]):
            self.start()

    def close(self) -> None:
        """End its work."""
        self.stop()
        if self.stop in self.session.on_package:
            self.session.on_package.remove(self.stop)

    def start(self) -> None:
        """Open the gates of the package of now."""
        self.stop()
        self.session.stop()
        self.begin.set_visibility(False)
        self.halt.set_visibility(True)
        self.task = self.session.alongside(self._run())

    def stop(self) -> None:
        """Stop; what was found stays."""
        if self.task is not None:
            self.task.cancel()
            self.task = None
        self.begin.set_visibility(True)
        self.halt.set_visibility(False)

    async def _run(self) -> None:
        session, language = self.session, self.session.language
        package = session.package
        base = package.scenario
        wider = [opened(base, gate) for gate in GATES]
        total = REPLICATES * (len(wider) + 1)
        done: dict[str, int] = {}
        growths = {each.id: session.engine.growth(each) for each in (base, *wider)}
        try:
            await session.engine.ready(base)
            for step in STEPS:
                for scenario in (base, *wider):
                    async for number in growths[scenario.id].first(step):
                        done[scenario.id] = max(number, done.get(scenario.id, 0))
                        part = {"number": sum(done.values()), "wanted": total}
                        put(self.status, say("gates_progress", language, **part))
                before = growths[base.id].replicates
                found = []
                for scenario in wider:
                    after = growths[scenario.id].replicates
                    found.append(await session.aside(change, before, after, base))
                self.found = [each for each in found if each is not None]
                self._show(step)
            session.showed("why", [package])
        except Problem as problem:
            put(self.status, problem.in_(language))
        self.stop()

    def _show(self, pairs: int) -> None:
        session, language = self.session, self.session.language
        self.drawn.set_visibility(True)
        values = [
            [(100 * each.strict[number].value, each.strict[number].tie) for each in self.found]
            for number in range(len(PLAN.counts))
        ]
        counts = [capital(count.name.in_(language)) for count in PLAN.counts]
        gates = [capital(gate.name.in_(language)) for gate in GATES]
        self.chart.show(grid_of_differences(counts, gates, values, dark=session.dark), HEIGHT)
        put(self.status, say("gates_done", language, pairs=pairs))
        self.words.clear()
        with self.words:
            for number, name in enumerate(counts):
                text(self._finding(number, name), "li")

    def _finding(self, number: int, name: str) -> str:
        """Return which gate holds a count back most, in a sentence."""
        language = self.session.language
        clear = [
            (each.strict[number].value, gate.name.in_(language))
            for gate, each in zip(GATES, self.found, strict=True)
            if each.strict[number].low > 0.0
        ]
        if not clear:
            return say("no_gate", language, count=name)
        gain, gate_name = max(clear)
        return say("gate", language, count=name, gate=gate_name, points=points(round(gain, 3)))

    def rows(self) -> Rows:
        """Return the numbers of the chart."""
        head = ("gate", "count", "difference", "low", "high", "pairs")
        return head, (
            [gate.id, count.id, *each.strict[number][:3], each.pairs]
            for gate, each in zip(GATES, self.found, strict=False)
            for number, count in enumerate(PLAN.counts)
        )
