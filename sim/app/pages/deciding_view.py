"""What decides each count of the package of now, once enough of its replicates are there."""

import asyncio
import weakref
from collections.abc import Callable

from nicegui import ui

from sim.app.deciding import decisions
from sim.app.growth import Growth
from sim.app.pages.elements import text
from sim.app.pages.findings import put_parts
from sim.app.session import Session
from sim.estimate.records import Decisions
from sim.studies.shared.decisions import decisions_table
from sim.views.deciding import QUESTION, REPLICATES_NEEDED, from_how_many, how_to_read

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
        self.place = ui.element("section").classes("result").props("data-do=decides")
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
        with self.place:
            text(QUESTION.in_(self.session.language), "h3")
            text(from_how_many(self.session.language), "p", "note")
        self._tell(None)

    async def _work(self, growth: Growth, number: int) -> None:
        session = self.session
        scenario = session.package.scenario
        found = await session.aside(decisions, scenario, growth.replicates, number)
        self._show(found)
        self._tell(found)

    def _show(self, found: Decisions) -> None:
        language = self.session.language
        self.place.clear()
        with self.place:
            put_parts([decisions_table(found)], language)
            text(how_to_read(found, language, of_run=False), "p", "note")
