"""The city: one replicate on a moving map, and the lives of those on it."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import Response
from nicegui import app, ui
from nicegui.element import Element

from sim.app import lives
from sim.app.film import Film, film, packed
from sim.app.lives import Told, month_of
from sim.app.look import look
from sim.app.package import Package
from sim.app.pages.answering import Origin, mark_older
from sim.app.pages.elements import COMPONENTS, put, text, tool
from sim.app.session import Session
from sim.app.shown import labels
from sim.app.works import FILMS, BusyError
from sim.plan import PLAN
from sim.problems import Problem
from sim.text.catalogue import say, texts
from sim.views.city import short_name

WORDS = (
    "map", "wait", "nearer", "farther", "core", "pause", "play", "month", "firms", "knowledge",
    "zones", "money", "table", "district", "talents", "output", "open", "saved_as", "not_saved",
    "funds", "homes", "dot_size",
)  # fmt: skip
PATH = "/lab/city/"
_films: dict[str, bytes] = {}
"""Films that a page may fetch, by a name that nobody can guess."""


@app.get(PATH + "{name}")
def fetch_film(name: str) -> Response:
    """Answer with a film, to the page that knows its name; with nothing once it is forgotten.

    A view that is left while its film is on the way is no fault, so that no browser complains.
    """
    if name not in _films:
        return Response(status_code=204)
    headers = {"Cache-Control": "no-store"}
    return Response(_films[name], media_type="application/octet-stream", headers=headers)


class City(Element, component=f"{COMPONENTS}/city.js", esm={"lab-city": f"{COMPONENTS}/city"}):
    """The moving map."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        """Show a map that waits for a film."""
        super().__init__()
        self._props["model"] = model
        self._props["source"] = ""

    def show(self, source: str) -> None:
        """Show a film, by its address; an empty one is waited for."""
        self._props["source"] = source
        self.update()


class CityView:
    """A film of the package of now, and whose life is told beside it."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        self.replicate = 0
        self.film: Film | None = None
        self.of: tuple[Package, int] | None = None
        """Whose film it is, and of which replicate."""
        self.name = ""
        self.task: asyncio.Task[None] | None = None
        self.telling: asyncio.Task[None] | None = None
        language = session.language
        with ui.element("div").classes("heading"):
            text(say("lab.city_title", language), "h2")
            self.which = text("", "span", "badge")
            with ui.element("div").classes("tools"):
                tool(say("lab.other_future", language), self.next, mark="future")
        self.origin = Origin(language)
        with ui.element("div").classes("city-columns"):
            self.city = City(self._model())
            self.city.on("pick", lambda event: self.pick(event.args))
            self.life = ui.element("section").classes("life").props("aria-live=polite")
        self._invite()
        session.on_package.append(self.start)
        session.client.on_delete(self._forget)
        self.start()

    def _model(self) -> dict[str, Any]:
        language = self.session.language
        return {
            "words": labels(language, *WORDS),
            "firm_name": texts()["life.firm_name"].in_(language),
            "tracks": [entry.name.in_(language) for entry in PLAN.tracks],
            "districts": [short_name(entry.name.in_(language)) for entry in PLAN.districts],
            "core": [entry.core for entry in PLAN.districts],
            "clusters": [entry.name.in_(language) for entry in PLAN.clusters],
            "cluster_ids": [entry.id for entry in PLAN.clusters],
            "look": look(self.session.dark),
        }

    def close(self) -> None:
        """End its work and drop its film."""
        if self.start in self.session.on_package:
            self.session.on_package.remove(self.start)
        for task in (self.task, self.telling):
            if task is not None:
                task.cancel()
        self._forget()

    def _forget(self) -> None:
        _films.pop(self.name, None)

    def next(self) -> None:
        """Show another replicate: the same package under other luck."""
        self.replicate += 1
        self.start()

    def start(self) -> None:
        """Film the package of now; what is shown is the one before until it is there."""
        if self.task is not None:
            self.task.cancel()
        number = self.replicate
        put(self.which, say("lab.which_future", self.session.language, number=number))
        self._mark()
        self.task = self.session.alongside(self._run(self.session.package, number))

    async def _run(self, package: Package, replicate: int) -> None:
        session, engine = self.session, self.session.engine
        try:
            with session.desk.claim(FILMS):
                await engine.ready(package.scenario)
                found = await engine.run(engine.films, film, package.scenario, replicate)
                content = await engine.run(engine.films, packed, found)
        except BusyError as busy:
            key = f"lab.limit_{busy.kind}"
            put(self.which, say(key, session.language, number=busy.limit))
            return
        self._forget()
        self.film, self.of = found, (package, replicate)
        self.name = secrets.token_urlsafe(24)
        _films[self.name] = content
        self.city.show(PATH + self.name)
        self._mark()
        self._invite()

    def _mark(self) -> None:
        """Say whose city is shown, and whether it is that of now."""
        if self.of is None:
            return
        package, replicate = self.of
        older = replicate != self.replicate or not package.same_as(self.session.package)
        also = say("lab.which_future", self.session.language, number=replicate)
        self.origin.tell((package,), older=older, also=also)
        mark_older(self.city, older=older)

    def pick(self, chosen: Mapping[str, Any]) -> None:
        """Tell the life of who was pressed."""
        if self.telling is not None:
            self.telling.cancel()
        kind, name = str(chosen.get("kind")), str(chosen.get("id"))
        self.telling = self.session.alongside(self._tell(kind, name))

    async def _tell(self, kind: str, name: str) -> None:
        language = self.session.language
        if self.film is None or self.of is None:
            return
        self._say(text, say("lab.looking", language))
        try:
            self._show(await self._find(self.film, self.of, kind, name))
        except Problem as problem:
            self._say(text, problem.in_(language))
        except (ValueError, IndexError, StopIteration):
            self._invite()

    async def _find(self, shown: Film, of: tuple[Package, int], kind: str, name: str) -> Told:
        number = int(name)
        if kind == "district":
            return lives.district(shown, range(len(PLAN.districts))[number])
        if kind == "programme":
            known = {entry.identity: entry for entry in shown.programmes}
            if number not in known:
                raise ValueError(number)
            return lives.programme(known[number])
        (package, replicate), engine = of, self.session.engine
        asked = (shown, package.scenario, replicate, number)
        return await engine.run(engine.films, lives.firm, *asked)

    def _show(self, told: Told) -> None:
        language = self.session.language
        self.life.clear()
        with self.life:
            text(told.name.in_(language), "h3")
            with ui.element("ol"):
                for month, what in told.events:
                    with ui.element("li"):
                        text(month_of(month), "time")
                        text(what.in_(language))

    def _invite(self) -> None:
        self._say(text, say("lab.pick_one", self.session.language))

    def _say(self, write: Any, words: str) -> None:
        self.life.clear()
        with self.life:
            write(words, "p", "note")
