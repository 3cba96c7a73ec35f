"""What decides each count of the package of now, once enough of its replicates are there."""

import asyncio
import weakref
from collections.abc import Callable

from nicegui import ui
from nicegui.element import Element

from sim.app.deciding import decisions
from sim.app.growth import Growth
from sim.app.pages.elements import put, text
from sim.app.session import Session
from sim.estimate.records import Decided, Decisions
from sim.plan import PLAN
from sim.text.catalogue import capital
from sim.text.numbers import percent, percent_range
from sim.views.deciding import (
    COUNT,
    DECIDED_BY,
    EXPLAINED,
    FIRST_HIGH,
    FIRST_LOW,
    NOTHING,
    QUESTION,
    REPLICATES_NEEDED,
    deciders,
    explained,
    from_how_many,
    how_to_read,
)

FACTOR = 1.5
"""By how much replicates must have grown before it is worked out again."""


class DecidingTable:
    """The table below the likelihoods; until it can be told, how many replicates it takes."""

    def __init__(self, session: Session, tell: Callable[[Decisions | None], None]) -> None:
        """Build it into the element that is open.

        Args:
            session: whose package it is of.
            tell: called with what decides the counts, and with None where that is not known.
        """
        self.session, self._tell = session, tell
        self._growth: weakref.ref[Growth] | None = None
        """Of the package that the table is of."""
        self._number = 0
        self._task: asyncio.Task[None] | None = None
        with ui.element("section").classes("deciding").props("data-do=decides"):
            text(QUESTION.in_(session.language), "h3")
            self.note = text("", "p", "note")
            self.place = ui.element("div").classes("scrolls")
        session.on_answer.append(self.refresh)
        self.refresh()

    def close(self) -> None:
        """Hear no more of answers."""
        if self.refresh in self.session.on_answer:
            self.session.on_answer.remove(self.refresh)
        if self._task is not None:
            self._task.cancel()

    def refresh(self) -> None:
        """Work it out anew for another package, or where there are many more replicates."""
        session = self.session
        growth, number = session.growth, session.number
        if growth is None or number < REPLICATES_NEEDED:
            self._clear()
            return
        same = self._growth is not None and self._growth() is growth
        if same and number < session.wanted and number < FACTOR * self._number:
            return
        if same and number == self._number:
            return
        if self._task is not None:
            self._task.cancel()
        self._growth, self._number = weakref.ref(growth), number
        self._task = session.alongside(self._work(growth, number))

    def _clear(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._growth, self._number = None, 0
        self.place.clear()
        put(self.note, from_how_many(self.session.language))
        self._tell(None)

    async def _work(self, growth: Growth, number: int) -> None:
        session = self.session
        scenario = session.package.scenario
        found = await session.aside(decisions, scenario, growth.replicates, number)
        put(self.note, how_to_read(found, session.language, of_run=False))
        self._show(found)
        self._tell(found)

    def _show(self, found: Decisions) -> None:
        language = self.session.language
        heads = (COUNT, DECIDED_BY, FIRST_LOW, FIRST_HIGH, EXPLAINED)
        told = [head.in_(language) for head in heads]
        names = {count.id: capital(count.name.in_(language)) for count in PLAN.counts}
        self.place.clear()
        with self.place, ui.element("table").classes("plain compare decides"):
            with ui.element("thead"), ui.element("tr"):
                for head in told:
                    text(head, "th").props["scope"] = "col"
            with ui.element("tbody"):
                for each in found.counts:
                    self._line(names[each.count], told, each)

    def _line(self, name: str, heads: list[str], found: Decided) -> None:
        """Add a row; its cells say what they are under, for where there is no room for columns."""
        with ui.element("tr").props(f"data-decides={found.count}"):
            text(name, "th").props["scope"] = "row"
            with _cell(heads[1]):
                for line in deciders(found, self.session.language):
                    text(line, "div")
            for head, quarter in zip(heads[2:4], (found.low, found.high), strict=True):
                with _cell(head):
                    text(NOTHING if quarter is None else percent(quarter.value), "b")
                    if quarter is not None:
                        text(percent_range(quarter.low, quarter.high), "small")
            with _cell(heads[4]):
                text(explained(found))


def _cell(head: str) -> Element:
    cell = ui.element("td")
    cell.props["data-head"] = head
    return cell
