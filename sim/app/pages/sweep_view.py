"""Sweeps: started, watched, stopped, resumed; finished ones are browsed."""

import asyncio
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from nicegui import ui

from sim.app.jobs import (
    Job,
    Outcome,
    Stopped,
    deadline_job,
    of_other_versions,
    shapley_job,
    stoppable,
    sweep_job,
    sweep_title,
    there,
)
from sim.app.pages.elements import put, text, tool
from sim.app.pages.figures import draw, put_figures, put_texts
from sim.app.pages.pickers import choice
from sim.app.pages.scatter_view import ScatterView
from sim.app.pages.tornado import Tornado
from sim.app.session import Session
from sim.app.words import say
from sim.experiments.fill import Sample
from sim.experiments.store import Store
from sim.experiments.sweep_file import sweep_names
from sim.experiments.work import Where
from sim.language import Language
from sim.plan import PLAN
from sim.problems import Problem
from sim.views.words import capital

if TYPE_CHECKING:
    from sim.app.pages.lab import Page

SIZES = ("16", "32", "64", "128", "256")
REPLICATES = "32"
"""At first."""
PATIENCE = 2.0
"""Seconds that a message stays."""
PACE = 0.4
"""Seconds between two looks at the progress."""


class SweepView:
    """One job at a time, of those that can be started."""

    def __init__(self, session: Session, page: "Page") -> None:
        """Build it into the element that is open."""
        del page
        self.session = session
        self.task: asyncio.Task[None] | None = None
        self.looking: asyncio.Task[None] | None = None
        self.halting = Event()
        kept = session.experiment
        self.replicates = int(kept.get("size", REPLICATES))
        self.lever, self.count = (
            kept.get("lever", ""),
            kept.get("count", session.count),
        )
        self.jobs = self._jobs()
        first = next(iter(self.jobs))
        self.chosen = kept["job"] if kept.get("job") in self.jobs else first
        self._build()
        if session.shows("sweeps", [session.package]):
            self.start()
        else:
            self._look()

    def _jobs(self) -> dict[str, tuple[str, Callable[[], Job]]]:
        """Return what can be started: key -> (name, what makes the job)."""
        language = self.session.language
        found: dict[str, tuple[str, Callable[[], Job]]] = {}
        for name in sweep_names():
            try:
                found[f"sweep:{name}"] = (sweep_title(name).in_(language), _sweep(name))
            except Problem:
                continue
        found["shapley"] = (
            say("shapley", language),
            lambda: shapley_job(self.session.package.scenario),
        )
        found["deadline"] = (
            say("deadline", language),
            lambda: deadline_job(self.session.package.scenario, self.lever, self.count),
        )
        return found

    def _build(self) -> None:
        session, language = self.session, self.session.language
        with ui.element("div").classes("heading"):
            text(say("sweeps_title", language), "h2")
            self.status = text("", "span", "badge")
            self.status.props["role"] = "status"
            with ui.element("div").classes("tools"):
                self.begin = tool(
                    say("begin", language), self.start, kind="main-tool", mark="sweep"
                )
                self.halt = tool(say("stop", language), self.stop, mark="stop-sweep")
        self.halt.set_visibility(False)
        with ui.element("div").classes("packages"):
            names = {key: name for key, (name, _) in self.jobs.items()}
            choice(say("experiment", language), names, self.chosen, self.choose, "job")
            sizes = {size: size for size in SIZES}
            choice(say("replicates", language), sizes, str(self.replicates), self.size, "size")
            with ui.element("div").classes("packages") as self.asks:
                levers = {
                    lever.id: capital(lever.name.in_(language))
                    for lever in PLAN.levers
                    if any(session.package.scenario.settings[e.id].on for e in lever.instruments)
                }
                if levers and self.lever not in levers:
                    self.lever = next(iter(levers))
                counts = {count.id: capital(count.name.in_(language)) for count in PLAN.counts}
                choice(say("lever", language), levers, self.lever, self.choose_lever, "lever")
                choice(say("goal", language), counts, self.count, self.choose_count, "goal")
        self.asks.set_visibility(self.chosen == "deadline")
        with ui.element("div").classes("progress").props("aria-hidden=true"):
            self.bar = ui.element("div")
        text(say("sweeps_note", language), "p", "note")
        self.other = text("", "p", "note")
        self.result = ui.element("div").classes("result")

    def close(self) -> None:
        """Tell the job to end."""
        self.stop()

    def choose(self, key: str) -> None:
        """Turn to another job."""
        self.chosen = self._chose("job", key)
        self.result.clear()
        self.asks.set_visibility(key == "deadline")
        self._look()

    def size(self, replicates: str) -> None:
        """Turn to another number of replicates."""
        self.replicates = int(self._chose("size", replicates))
        self._look()

    def choose_lever(self, lever: str) -> None:
        """Ask for another lever's deadline."""
        self.lever = self._chose("lever", lever)
        self._look()

    def choose_count(self, count: str) -> None:
        """Ask for another count's deadline."""
        self.count = self._chose("count", count)
        self._look()

    def _chose(self, what: str, value: str) -> str:
        """Remember a choice; what was shown is no longer what is asked for."""
        self.session.experiment[what] = value
        self.session.showed("sweeps", [])
        return value

    def _look(self) -> None:
        """Say how much of the job the store holds, and no longer of one that was chosen before."""
        if self.looking is not None:
            self.looking.cancel()
        if self.task is None:
            self.looking = self.session.alongside(self._tell_there())

    async def _tell_there(self) -> None:
        session, language = self.session, self.session.language
        try:
            job = await session.aside(self.jobs[self.chosen][1])
            store = Store()
            sample = Sample(session.package.scenario.seed, self.replicates)
            done, needed = await session.aside(there, job, sample, store)
            key = "all_there" if done == needed else "part_there"
            put(self.status, say(key, language, done=done, needed=needed))
            self.bar.style(f"width:{100 * done / max(needed, 1):.1f}%")
            label = "show_result" if done == needed else "resume" if done else "begin"
            put(self.begin.default_slot.children[0], say(label, language))
            others = await session.aside(of_other_versions, store)
            put(self.other, say("other_versions", language, number=others) if others else "")
        except Problem as problem:
            put(self.status, problem.in_(language))

    def start(self) -> None:
        """Start the job, or go on where it was stopped."""
        if self.task is not None:
            return
        self.session.stop()
        if self.looking is not None:
            self.looking.cancel()
        self.halting = Event()
        self.begin.set_visibility(False)
        self.halt.set_visibility(True)
        self.task = self.session.alongside(self._run(self.halting))

    def stop(self) -> None:
        """Tell the job to end at its next block; what was run is kept."""
        self.halting.set()

    async def _run(self, halting: Event) -> None:
        session, language = self.session, self.session.language
        progress = [0, 0]

        def tell(done: int, wanted: int) -> None:
            progress[:] = done, wanted

        package, asked = session.package, dict(session.experiment)
        sample = Sample(package.scenario.seed, self.replicates)
        try:
            job = await session.aside(self.jobs[self.chosen][1])
            await session.engine.ready(job.scenarios[0])
            work = asyncio.ensure_future(
                session.aside(
                    job.run,
                    sample,
                    Store(),
                    Where(session.engine.workers),
                    stoppable(halting, tell),
                    language,
                )
            )
            while not work.done():
                await asyncio.wait([work], timeout=PACE)
                part = {"number": progress[0], "wanted": progress[1]}
                put(self.status, say("gates_progress", language, **part))
                self.bar.style(f"width:{100 * progress[0] / max(progress[1], 1):.1f}%")
            await self._show(work.result(), job.name.in_(language), language)
            if asked == session.experiment:
                session.showed("sweeps", [package])
        except Stopped:
            put(self.status, say("stopped_kept", language))
            await asyncio.sleep(PATIENCE)
        except Problem as problem:
            put(self.status, problem.in_(language))
        finally:
            halting.set()  # also when the tab is closed: the thread ends at its next block
            self.task = None
        self.begin.set_visibility(True)
        self.halt.set_visibility(False)
        self._look()

    async def _show(self, outcome: Outcome, name: str, language: Language) -> None:
        put(self.status, say("computing", language))
        drawn = await draw(self.session, outcome.drawings)
        self.result.clear()
        with self.result:
            put_texts(self.session, outcome.texts)
            if outcome.effects:
                Tornado(self.session, outcome.effects)
            if outcome.spots:
                ScatterView(self.session, outcome.spots)
            put_figures(self.session, outcome.drawings, drawn, name)
        put(self.status, say("sweep_done", language))


def _sweep(name: str) -> Callable[[], Job]:
    return lambda: sweep_job(name)
