"""Studies: any of them is chosen, asked, watched, stopped, resumed; what it says is shown."""

import asyncio
from functools import partial

from nicegui import ui

from sim.app.asking import Asked, finder, packages_of
from sim.app.jobs import Outlook, job_of, lasting, of_other_versions, outlook, run_job
from sim.app.links import OF_STUDY
from sim.app.package import Package
from sim.app.pages.answering import Controls, Watch
from sim.app.pages.elements import put, text, tool
from sim.app.pages.pickers import choice
from sim.app.pages.study_answer import Answer, put_command, put_options
from sim.app.pages.study_form import SIZE, StudyForm, forget
from sim.app.session import Session
from sim.app.works import SWEEPS, Work
from sim.language import Text
from sim.problems import Problem
from sim.store.store import Store
from sim.studies import registry
from sim.text.catalogue import capital, say, worded

VIEW = "studies"
FIRST = "rank"
"""The study that is shown until another is chosen."""
PATIENCE = 0.2
"""Seconds that a lever has to rest before it is worked out what a study of it takes."""
LISTED = 3
"""Other answers that are offered again."""


class StudyView:
    """One study at a time; others go on behind it."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        self.looking: asyncio.Task[None] | None = None
        self.mine: Work | None = None
        """What is chosen now, if it was asked for."""
        self.told: tuple[tuple[Package, ...], Asked] | None = None
        """What the command that is shown is of."""
        self.refused = False
        """Whether what is chosen was refused, since the visitor had too much under way."""
        self.listed: list[tuple[int, bool, bool]] = []
        """Other work that is shown: which, whether it runs, whether it has found nothing."""
        if "study" not in session.chosen:
            self._take_up(session.desk.latest(VIEW, lambda _: True))
        names = registry.names()
        self.study = registry.study(session.chosen_of("study", names, FIRST))
        session.chosen["study"] = self.study.id
        language = session.language
        title = worded("lab.studies_title").in_(language)
        self.controls = Controls(session, title, say("lab.begin", language), "begin", self.start)
        with ui.element("div").classes("studies"):
            told = {name: _title(name).in_(language) for name in names}
            label = worded("lab.study").in_(language)
            self.studies = choice(label, told, self.study.id, self.choose, "study")
        self.options = ui.element("div").classes("options")
        with ui.element("div").classes("progress").props("aria-hidden=true") as self.progress:
            self.bar = ui.element("div")
        self.others = ui.element("ul").classes("findings")
        self.command = ui.element("div").classes("command")
        self.other = text("", "p", "note")
        self.answer = Answer(session)
        self.form = self._form()
        self.watch = Watch(session, VIEW, self.refresh)
        session.on_reference.append(self.refresh)
        session.desk.listeners.append(self._list_others)
        self.turn()

    def _take_up(self, work: Work | None) -> None:
        """Choose what this visitor asked for before."""
        if work is not None and isinstance(work.chosen, Asked):
            asked = work.chosen
            told = {f"{OF_STUDY}{name}": value for name, value in asked.told}
            self.session.chosen |= {"study": asked.study, **told}
            if asked.size:
                self.session.chosen[SIZE] = asked.size

    @property
    def offered(self) -> bool:
        """Whether the study can be started here."""
        return not (self.study.hours or self.study.own_folder)

    def _form(self) -> StudyForm:
        """Build the options of the study of now."""
        self.options.clear()
        with self.options:
            form = StudyForm(self.session, self.study, self.turn)
        for each in (self.options, self.progress):
            each.set_visibility(self.offered)
        return form

    def close(self) -> None:
        """Look no longer; the work goes on."""
        self.watch.close()
        self.answer.close()
        self._look_no_more()
        if self.refresh in self.session.on_reference:
            self.session.on_reference.remove(self.refresh)
        self.session.desk.listeners.remove(self._list_others)

    def choose(self, name: str) -> None:
        """Turn to another study."""
        self.study = registry.study(name)
        forget(self.session, [option.name for option in self.study.options])
        self._take_up(self.session.desk.latest(VIEW, lambda work: _study_of(work) == name))
        self.session.choose("study", name)
        self.form = self._form()
        self.turn()

    def _asked(self) -> tuple[tuple[Package, ...], Asked]:
        """Return what is chosen now, and the packages that it is about.

        Raises:
            Problem: a package cannot be read.
        """
        asked = self.form.asked()
        return packages_of(asked, finder(self.session.package, self.session.reference)), asked

    def turn(self) -> None:
        """Turn to what is chosen: look at it if it is under way or done, else at the store."""
        self.refused = False
        put(self.controls.status, "")
        self._name_button("begin")
        try:
            asked = self._asked()
        except Problem as problem:
            put(self.controls.status, problem.in_(self.session.language))
            return
        self.watch.adopt(self.session.desk.latest(VIEW, lambda work: work.about(*asked)))
        self.refresh()

    def start(self) -> None:
        """Start the study, or go on where it was stopped.

        Raises:
            BusyError: the visitor has too much under way.
        """
        try:
            packages, asked = self._asked()
        except Problem:  # it is told already
            return
        engine = self.session.engine
        make = partial(job_of, asked, packages, Store(), engine.workers)
        self._look_no_more()
        self.refused = True
        self.watch.start(SWEEPS, Work(VIEW, packages, asked), partial(run_job, engine, make))
        self.refused = False

    def refresh(self) -> None:
        """Show how far the work is, what was found, and what for."""
        try:
            packages, asked = self._asked()
        except Problem as problem:
            put(self.controls.status, problem.in_(self.session.language))
            return
        newest = self.watch.newest
        mine = newest if newest is not None and newest.about(packages, asked) else None
        self.mine = mine
        self.controls.show(mine, of_now=mine is not None)
        self.bar.style(f"width:{_percent(mine):.1f}%")
        self._look_no_more()
        if not self.offered:
            self.controls.begin.set_visibility(False)
        elif not self.refused and (mine is None or not (mine.running or mine.problem)):
            # What the store held before would take the place of how far the work is, or of a no.
            self.looking = self.session.alongside(self._look(packages, asked))
        self._list_others()
        self._put_command(packages, asked)
        answered = self.watch.answered
        if answered is not None and _study_of(answered) == asked.study:
            self.answer.show(answered, older=not answered.about(packages, asked))
        else:
            self.answer.ready(asked.study)

    def _put_command(self, packages: tuple[Package, ...], asked: Asked) -> None:
        if self.told == (packages, asked):  # built anew, its buttons would lose the focus
            return
        self.told = packages, asked
        lead = "for_hours" if self.study.hours else "own_folder"
        self.command.clear()
        with self.command:
            lead = f"lab.{'command' if self.offered else lead}"
            put_command(self.session, asked, packages, lead)
            if not self.offered:
                put_options(self.study, self.session.language)

    def _list_others(self) -> None:
        """List what else the visitor has under way or found, each with its button."""
        language, mine = self.session.language, self.mine
        every = [each for each in self.session.desk.works if each.view == VIEW]
        done = [each for each in every if each is not mine and each.found is not None]
        works = [each for each in every if each is not mine and each.running]
        works += [each for each in done if not each.running][-LISTED:]
        listed = [(id(work), work.running, work.found is None) for work in works]
        if self.listed == listed:
            return
        self.listed = listed
        self.others.clear()
        with self.others:
            for work in works:
                name = _title(_study_of(work)).in_(language)
                if work.running:
                    self._entry(
                        "under_way", name, "stop", say("lab.stop_this", language, name=name), work
                    )
                else:
                    label = worded("lab.show_this", name=name).in_(language)
                    self._entry("done", name, "show", label, work)

    def _entry(self, key: str, name: str, button: str, label: str, work: Work) -> None:
        language = self.session.language
        with ui.element("li"):
            text(worded(f"lab.{key}", name=name).in_(language))
            act = work.stop if button == "stop" else partial(self._recall, work)
            tool(
                say(f"lab.{button}", language),
                act,
                name=label,
                kind="quiet",
                mark=f"{button}-other",
            )

    def _recall(self, work: Work) -> None:
        """Show what was asked before, as it was asked; the package of now stays."""
        forget(self.session, [])
        self._take_up(work)
        self.study = registry.study(_study_of(work))
        self.session.choose("study", self.study.id)
        self.studies.props["value"] = self.study.id
        self.studies.update()
        self.form = self._form()
        self.watch.adopt(work)
        self.refresh()

    def _look_no_more(self) -> None:
        if self.looking is not None:
            self.looking.cancel()

    async def _look(self, packages: tuple[Package, ...], asked: Asked) -> None:
        """Say how much of the study is there, and how long the rest takes."""
        session, language = self.session, self.session.language
        store = Store()
        await asyncio.sleep(PATIENCE)
        try:
            job = await session.aside(job_of, asked, packages, store, session.engine.workers)
            await session.engine.ready(job.design.scenarios[0])
            found = await session.aside(outlook, job)
            self._tell(found)
            others = await session.aside(of_other_versions, store)
            put(self.other, say("lab.other_versions", language, number=others) if others else "")
        except Problem as problem:
            put(self.controls.status, problem.in_(language))

    def _tell(self, found: Outlook) -> None:
        """Say how much of a study is there, and what its button does."""
        language = self.session.language
        takes = worded("lab.takes", time=lasting(found.seconds))
        told = worded("lab.part_there", there=found.there, needed=found.needed, takes=takes)
        whole = 0 < found.needed == found.there
        if whole:
            told = worded("lab.all_there")
        put(self.controls.status, (told if found.needed else takes).in_(language))
        self.bar.style(f"width:{100 * found.there / max(found.needed, 1):.1f}%")
        self._name_button("show_result" if whole else "resume" if found.there else "begin")

    def _name_button(self, label: str) -> None:
        """Say what the button does that starts."""
        put(
            self.controls.begin.default_slot.children[0], say(f"lab.{label}", self.session.language)
        )


def _percent(work: Work | None) -> float:
    return 100.0 * work.number / work.wanted if work is not None and work.wanted else 0.0


def _study_of(work: Work) -> str:
    return work.chosen.study if isinstance(work.chosen, Asked) else ""


def _title(name: str) -> Text:
    """Return a study's command and what it is for."""
    told = registry.help_of(name)
    return Text(*(f"{name} · {capital(each)}" for each in told))
