"""Which dot is which: a sweep's points by likelihood and cost, each named when it is chosen."""

from collections.abc import Sequence
from typing import Any

from nicegui import ui

from sim.app.pages.charting import Chart, Rows
from sim.app.pages.elements import put, text
from sim.app.pages.pickers import choice
from sim.app.scatter import Spot, front, scatter, told
from sim.app.session import Session
from sim.app.shown import ALL
from sim.app.words import say, some
from sim.plan import PLAN
from sim.text.catalogue import capital

HEIGHT = 440
"""Pixels of the chart."""
NOBODY = ""
"""Stands in the list for no combination."""


class ScatterView:
    """The chart of one count, with a list of the others and one of the dots."""

    def __init__(self, session: Session, spots: Sequence[Spot]) -> None:
        """Build it into the element that is open."""
        self.session, self.count = session, session.count
        self.spots = sorted(spots, key=lambda spot: spot.cost)
        self.chosen: int | None = None
        language = session.language
        counts = {count.id: capital(count.name.in_(language)) for count in PLAN.counts}
        counts[ALL] = say("all_counts", language)
        names = {NOBODY: "…", **{str(at): spot.name for at, spot in enumerate(self.spots)}}
        with ui.element("section").classes("tornado"):
            with ui.element("div").classes("heading"):
                text(say("scatter", language), "h3")
                choice(say("goal", language), counts, self.count, self.choose, "scatter")
            label = say("scatter", language)
            self.chart = Chart("scatter", label, self.rows, language, dark=session.dark)
            self.chart.chart.on_point_click(lambda event: self.pressed(event.data_index))
            self.list = choice(say("combination", language), names, NOBODY, self.name, "dot")
            self.named = text("", "p", "named").props("role=status data-do=named")
            text(say("scatter_note", language), "p", "note")
            self.front = ui.element("ol").classes("findings front")
        self.choose(self.count)

    def choose(self, count: str) -> None:
        """Show another count."""
        self.count = count
        self._draw()
        self.front.clear()
        with self.front:
            for place in front(self.spots, self._place):
                text(told(self.spots[place], self._place), "li")

    def name(self, place: str) -> None:
        """Name a dot, or none, as the list says."""
        self.chosen = None if place == NOBODY else int(place)
        self._draw()

    def pressed(self, place: Any) -> None:
        """Name the dot that was pressed, in the list too."""
        if isinstance(place, int) and 0 <= place < len(self.spots):
            self.list.props["value"] = str(place)
            self.list.update()
            self.name(str(place))

    def rows(self) -> Rows:
        """Return the numbers of the chart."""
        best = front(self.spots, self._place)
        head = ("combination", "count", "public_cost", "likelihood", "low", "high", "on_front")
        return head, (
            [spot.name, self.count, spot.cost, found.value, found.low, found.high, place in best]
            for place, spot in enumerate(self.spots)
            for found in [spot.found[self._place]]
        )

    @property
    def _place(self) -> int:
        """Where the count stands among the likelihoods."""
        return [*(count.id for count in PLAN.counts), ALL].index(self.count)

    def _draw(self) -> None:
        session, language = self.session, self.session.language
        words = some(language, "front")
        words["cost"] = say("cost_axis", language)
        told_of = (self.spots, self._place, self.chosen, words)
        self.chart.show(scatter(*told_of, dark=session.dark), HEIGHT)
        named = "" if self.chosen is None else told(self.spots[self.chosen], self._place)
        put(self.named, named)
