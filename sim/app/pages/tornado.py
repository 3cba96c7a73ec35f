"""What moves a count most: a bar for each point of a sweep that varies one thing at a time."""

from collections.abc import Sequence

from nicegui import ui

from sim.app.charts import tornado
from sim.app.jobs import Effect
from sim.app.pages.charting import Chart, Rows
from sim.app.pages.elements import text
from sim.app.pages.pickers import choice
from sim.app.session import Session
from sim.app.words import say
from sim.estimate.paired import Difference
from sim.plan import PLAN
from sim.text.catalogue import capital

ROW, AROUND = 34, 60
"""Pixels of a bar with its gap, and of the axis."""


class Tornado:
    """The chart of one count, and a list of the others."""

    def __init__(self, session: Session, effects: Sequence[Effect]) -> None:
        """Build it into the element that is open."""
        self.session, self.effects, self.count = session, effects, session.count
        language = session.language
        names = {count.id: capital(count.name.in_(language)) for count in PLAN.counts}
        with ui.element("section").classes("tornado"):
            with ui.element("div").classes("heading"):
                text(say("tornado", language), "h3")
                choice(say("goal", language), names, self.count, self.choose, "tornado")
            label = say("tornado", language)
            self.chart = Chart("tornado", label, self.rows, language, dark=session.dark)
            pairs = effects[0].change.pairs
            text(say("tornado_note", language, pairs=pairs), "p", "note")
        self.choose(self.count)

    def choose(self, count: str) -> None:
        """Show another count."""
        self.count = count
        names = [effect.name for effect in self.effects]
        option = tornado(names, self._changes(), dark=self.session.dark)
        self.chart.show(option, AROUND + ROW * len(names))

    def rows(self) -> Rows:
        """Return the numbers of the chart."""
        head = ("changed", "count", "difference", "low", "high", "pairs")
        return head, (
            [effect.name, self.count, *change[:3], effect.change.pairs]
            for effect, change in zip(self.effects, self._changes(), strict=True)
        )

    def _changes(self) -> list[Difference]:
        number = [count.id for count in PLAN.counts].index(self.count)
        return [effect.change.strict[number] for effect in self.effects]
