"""Why a count fails: each gate opened in turn, under the same luck."""

from functools import partial

from nicegui import ui

from sim.app.charts import grid_of_differences
from sim.app.gates_work import Opened, open_gates
from sim.app.pages.answering import Controls, Origin, Watch, mark_older
from sim.app.pages.charting import Chart, Rows
from sim.app.pages.elements import put, text
from sim.app.session import Session
from sim.app.works import ANSWERS, Work
from sim.plan import PLAN
from sim.studies.gates import GATES
from sim.text.catalogue import capital, say
from sim.text.numbers import points

HEIGHT = 560


class WhyView:
    """Which gate holds each count back."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        self.shown: Opened | None = None
        language = session.language
        title = say("lab.why_title", language)
        self.controls = Controls(
            session, title, say("lab.open_gates", language), "gates", self.start
        )
        text(say("lab.why_note", language), "p", "note")
        self.origin = Origin(language)
        with ui.element("div").classes("scrolls") as self.drawn:
            self.chart = Chart("gates", title, self.rows, language, dark=session.dark)
        self.drawn.set_visibility(False)
        self.words = ui.element("ul").classes("findings")
        self.watch = Watch(session, "why", self.refresh)
        now = (session.package,)
        self.watch.adopt(session.desk.latest("why", lambda work: work.about(now)))
        self.refresh()

    def close(self) -> None:
        """Look no longer; the work goes on."""
        self.watch.close()

    def start(self) -> None:
        """Open the gates of the package of now.

        Raises:
            BusyError: the visitor has too much under way.
        """
        package = self.session.package
        run = partial(open_gates, self.session.engine, package.scenario)
        self.watch.start(ANSWERS, Work("why", (package,), None), run)

    def refresh(self) -> None:
        """Show how far the work is, what was found, and whose answer that is."""
        language, now = self.session.language, (self.session.package,)
        newest, answered = self.watch.newest, self.watch.answered
        self.controls.show(newest, of_now=newest is not None and newest.about(now))
        if answered is None:
            return
        found: Opened = answered.found
        if found is not self.shown:
            self._show(found)
        older = not answered.about(now)
        for element in (self.drawn, self.words):
            mark_older(element, older=older)
        pairs = say("lab.gates_done", language, pairs=found.replicates)
        if known := min(each.baseline for each in found.changes):
            pairs = f"{pairs} · {say('baseline.beside', language, replicates=known)}"
        self.origin.tell(answered.packages, older=older, also=pairs)
        if newest is answered and not answered.running and answered.problem is None:
            put(self.controls.status, say("lab.stopped", language) if answered.stopped else pairs)

    def _show(self, opened: Opened) -> None:
        session, language = self.session, self.session.language
        self.shown = opened
        self.drawn.set_visibility(True)
        values = [
            [(100 * each.strict[at].value, each.strict[at].tie) for each in opened.changes]
            for at in range(len(PLAN.counts))
        ]
        counts = [capital(count.name.in_(language)) for count in PLAN.counts]
        gates = [capital(gate.name.in_(language)) for gate in GATES]
        self.chart.show(grid_of_differences(counts, gates, values, dark=session.dark), HEIGHT)
        self.words.clear()
        with self.words:
            for number, name in enumerate(counts):
                text(self._finding(opened, number, name), "li")

    def _finding(self, opened: Opened, number: int, name: str) -> str:
        """Return which gate holds a count back most, in a sentence."""
        language = self.session.language
        clear = [
            (each.strict[number].value, gate.name.in_(language))
            for gate, each in zip(GATES, opened.changes, strict=True)
            if each.strict[number].low > 0.0
        ]
        if not clear:
            return say("lab.no_gate", language, count=name)
        gain, gate_name = max(clear)
        return say("lab.gate", language, count=name, gate=gate_name, points=points(round(gain, 3)))

    def rows(self) -> Rows:
        """Return the numbers of the chart."""
        head = ("gate", "count", "difference", "low", "high", "pairs")
        changes = () if self.shown is None else self.shown.changes
        return head, (
            [gate.id, count.id, *each.strict[number][:3], each.pairs]
            for gate, each in zip(GATES, changes, strict=False)
            for number, count in enumerate(PLAN.counts)
        )
