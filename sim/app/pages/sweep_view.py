"""Sweeps: started, watched, stopped, resumed; finished ones are browsed."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from nicegui import ui

from sim.app.jobs import (
    Done,
    Job,
    deadline_job,
    of_other_versions,
    run_job,
    shapley_job,
    sweep_job,
    sweep_title,
    there,
)
from sim.app.links import CHOICES
from sim.app.package import Package
from sim.app.pages.answering import Controls, Origin, Watch, mark_older
from sim.app.pages.elements import put, text, tool
from sim.app.pages.figures import draw, put_figures, put_texts
from sim.app.pages.findings import put_parts
from sim.app.pages.pickers import choice
from sim.app.session import Session
from sim.app.words import say
from sim.app.works import SWEEPS, Work
from sim.experiments.sweep_file import sweep_names
from sim.plan import PLAN
from sim.problems import Problem
from sim.store.fill import Sample
from sim.store.store import Store
from sim.text.catalogue import capital

SIZES = ("16", "32", "64", "128", "256")
REPLICATES = "32"
"""At first."""
DEADLINE = "deadline"


class Asked(NamedTuple):
    """What is chosen."""

    job: str
    size: str
    lever: str
    """Whose deadline is asked for; empty for other jobs, as is the count."""
    goal: str
    seed: int


class SweepView:
    """One job at a time, of those that can be started; others go on behind it."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        self.looking: asyncio.Task[None] | None = None
        self.drawing: asyncio.Task[None] | None = None
        self.shown: Done | None = None
        if "job" not in session.chosen:
            self._take_up(session.desk.latest("sweeps", lambda _: True))
        self.jobs = self._jobs()
        self.chosen = session.chosen_of("job", self.jobs, next(iter(self.jobs)))
        self.replicates = session.chosen_of("size", SIZES, REPLICATES)
        self._build()
        self.watch = Watch(session, "sweeps", self.refresh)
        self._turn()

    def _take_up(self, work: Work | None) -> None:
        """Choose what this visitor asked for last: the page was loaded again."""
        if work is not None and isinstance(work.chosen, Asked):
            told = work.chosen._asdict()
            self.session.chosen |= {name: told[name] for name in CHOICES if told.get(name)}

    def _jobs(self) -> dict[str, tuple[str, Callable[[Package], Callable[[], Job]]]]:
        """Return what can be started: key -> (name, what makes the job's maker of a package)."""
        language = self.session.language
        found: dict[str, tuple[str, Callable[[Package], Callable[[], Job]]]] = {}
        for name in sweep_names():
            try:
                title = sweep_title(name).in_(language)
            except Problem:
                continue
            found[f"sweep:{name}"] = title, partial(_sweep, name)
        found["shapley"] = (
            say("shapley", language),
            lambda package: partial(shapley_job, package.scenario),
        )
        found[DEADLINE] = (
            say("deadline", language),
            lambda package: partial(deadline_job, package.scenario, self.lever, self.count),
        )
        return found

    def _build(self) -> None:
        session, language = self.session, self.session.language
        title = say("sweeps_title", language)
        self.controls = Controls(session, title, say("begin", language), "sweep", self.start)
        with ui.element("div").classes("packages"):
            names = {key: name for key, (name, _) in self.jobs.items()}
            choice(say("experiment", language), names, self.chosen, self.choose, "job")
            sizes = {size: size for size in SIZES}
            choice(say("replicates", language), sizes, self.replicates, self.size, "size")
            with ui.element("div").classes("packages") as self.asks:
                levers = {
                    lever.id: capital(lever.name.in_(language))
                    for lever in PLAN.levers
                    if any(session.package.scenario.settings[e.id].on for e in lever.instruments)
                }
                self.lever = session.chosen_of("lever", levers, next(iter(levers), ""))
                counts = {count.id: capital(count.name.in_(language)) for count in PLAN.counts}
                self.count = session.chosen_of("goal", counts, session.count)
                choice(say("lever", language), levers, self.lever, self.choose_lever, "lever")
                choice(say("goal", language), counts, self.count, self.choose_count, "goal")
        with ui.element("div").classes("progress").props("aria-hidden=true"):
            self.bar = ui.element("div")
        self.others = ui.element("ul").classes("findings")
        text(say("sweeps_note", language), "p", "note")
        self.other = text("", "p", "note")
        self.origin = Origin(language)
        self.result = ui.element("div").classes("result")

    def close(self) -> None:
        """Look no longer; the work goes on."""
        self.watch.close()
        for task in (self.looking, self.drawing):
            if task is not None:
                task.cancel()

    def choose(self, key: str) -> None:
        """Turn to another job."""
        self.chosen = self.session.choose("job", key)
        self._turn()

    def size(self, replicates: str) -> None:
        """Turn to another number of replicates."""
        self.replicates = self.session.choose("size", replicates)
        self._turn()

    def choose_lever(self, lever: str) -> None:
        """Ask for another lever's deadline."""
        self.lever = self.session.choose("lever", lever)
        self._turn()

    def choose_count(self, count: str) -> None:
        """Ask for another count's deadline."""
        self.count = self.session.choose("goal", count)
        self._turn()

    def _asked(self) -> tuple[tuple[Package, ...], Asked]:
        """Return what is chosen now, and the package if the job is about it."""
        package, late = self.session.package, self.chosen == DEADLINE
        about = () if self.chosen.startswith("sweep:") else (package,)
        lever, goal = (self.lever, self.count) if late else ("", "")
        return about, Asked(self.chosen, self.replicates, lever, goal, package.scenario.seed)

    def _turn(self) -> None:
        """Turn to what is chosen: look at it if it is under way or done, else at the store."""
        self.asks.set_visibility(self.chosen == DEADLINE)
        asked = self._asked()
        self.watch.adopt(self.session.desk.latest("sweeps", lambda work: work.about(*asked)))
        self.refresh()

    def start(self) -> None:
        """Start the job, or go on where it was stopped.

        Raises:
            BusyError: the visitor has too much under way.
        """
        about, asked = self._asked()
        sample = Sample(asked.seed, int(asked.size))
        make = self.jobs[self.chosen][1](self.session.package)
        run = partial(run_job, self.session.engine, make, sample)
        self.watch.start(SWEEPS, Work("sweeps", about, asked), run)

    def refresh(self) -> None:
        """Show how far the work is, what was found, and what for."""
        asked = self._asked()
        newest = self.watch.newest
        mine = newest if newest is not None and newest.about(*asked) else None
        self.controls.show(mine, of_now=mine is not None)
        if mine is not None and mine.wanted:
            self.bar.style(f"width:{100 * mine.number / mine.wanted:.1f}%")
        if mine is None or not (mine.running or mine.problem):
            self._look()
        else:  # what the store held before would take the place of how far the work is
            self._look_no_more()
        self._list_others(mine)
        answered = self.watch.answered
        if answered is None:
            return
        found: Done = answered.found
        if found is not self.shown:
            self.shown = found
            if self.drawing is not None:
                self.drawing.cancel()
            self.drawing = self.session.alongside(self._draw(found))
        older = not answered.about(*asked)
        mark_older(self.result, older=older)
        language = self.session.language
        number = say("of_each", language, number=found.replicates)
        also = f"{found.name.in_(language)} · {number}"
        self.origin.tell(answered.packages, older=older, also=also)

    def _list_others(self, mine: Work | None) -> None:
        """List what else the visitor has under way, each with a button that ends it."""
        language = self.session.language
        works = [each for each in self.session.desk.works if each.view == "sweeps"]
        self.others.clear()
        with self.others:
            for work in works:
                if work.running and work is not mine and isinstance(work.chosen, Asked):
                    name = self.jobs[work.chosen.job][0] if work.chosen.job in self.jobs else ""
                    with ui.element("li"):
                        text(say("also_under_way", language, name=name))
                        label = say("stop_this", language, name=name)
                        told = say("stop", language), work.stop
                        tool(*told, name=label, kind="quiet", mark="stop-other")

    def _look(self) -> None:
        """Say how much of the job the store holds."""
        self._look_no_more()
        self.looking = self.session.alongside(self._tell_there())

    def _look_no_more(self) -> None:
        if self.looking is not None:
            self.looking.cancel()

    async def _tell_there(self) -> None:
        session, language = self.session, self.session.language
        _, asked = self._asked()
        try:
            job = await session.aside(self.jobs[asked.job][1](session.package))
            store = Store()
            done, needed = await session.aside(
                there, job, Sample(asked.seed, int(asked.size)), store
            )
            key = "all_there" if done == needed else "part_there"
            put(self.controls.status, say(key, language, done=done, needed=needed))
            self.bar.style(f"width:{100 * done / max(needed, 1):.1f}%")
            label = "show_result" if done == needed else "resume" if done else "begin"
            put(self.controls.begin.default_slot.children[0], say(label, language))
            others = await session.aside(of_other_versions, store)
            put(self.other, say("other_versions", language, number=others) if others else "")
        except Problem as problem:
            put(self.controls.status, problem.in_(language))

    async def _draw(self, found: Done) -> None:
        """Show what a job found, in the language and the colours of now."""
        session, language = self.session, self.session.language
        name = found.name.in_(language)
        outcome = await session.engine.run(session.engine.drawings, found.present, language)
        drawn = await draw(session, outcome.drawings)
        self.result.clear()
        with self.result:
            put_texts(session, outcome.texts)
            put_parts(outcome.parts, language)
            put_figures(session, outcome.drawings, drawn, name)


def _sweep(name: str, _package: Package) -> Callable[[], Job]:
    return partial(sweep_job, name)
