"""Two to four packages side by side, against the first of them."""

from nicegui import ui

from sim.app.package import Package, named, preset
from sim.app.pages.answering import MARKS, Controls
from sim.app.pages.asking_view import AskingView
from sim.app.pages.elements import put, text, tool
from sim.app.pages.pickers import choice
from sim.app.session import Session
from sim.app.works import Work
from sim.problems import Problem
from sim.scenario import scenario_names
from sim.text.catalogue import say

LARGEST = len(MARKS)


class CompareView(AskingView):
    """Packages, and how all others differ from the first."""

    study, done = "compare", "lab.compared_done"

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        language = session.language
        known = session.desk.latest(self.study, lambda work: self._fits(session, work))
        if not session.compared:
            session.compared = _first(session) if known is None else list(known.packages)
        title, begin = say("lab.compare_title", language), say("lab.compare", language)
        self.controls = Controls(session, title, begin, "compare", self.start)
        with ui.element("div").classes("packages"):
            self.list = ui.element("ol").classes("compared")
            with ui.element("div").classes("tools"):
                tool(say("lab.add_current", language), self.add_current, mark="add-current")
                names = {
                    "": "…",
                    **{name: named(preset(name)).in_(language) for name in _presets()},
                }
                label = say("lab.add_scenario", language)
                choice(label, names, "", self.add_preset, "add-preset")
        text(say("lab.compare_note", language), "p", "note")
        super().__init__(session)
        if known is not None and known.about(self.packages):
            self.watch.adopt(known)
        self._list()
        self.refresh()

    @property
    def packages(self) -> tuple[Package, ...]:
        """Those of the list."""
        return tuple(self.session.compared)

    @staticmethod
    def _fits(session: Session, work: Work) -> bool:
        """Return whether this tab, just loaded, would go on with what was compared before."""
        if session.compared:
            return work.about(tuple(session.compared))
        return any(map(session.package.same_as, work.packages))

    def add_current(self) -> None:
        """Add the package of now."""
        self._add(self.session.package)

    def add_preset(self, name: str) -> None:
        """Add a scenario of the folder."""
        if name:
            self._add(preset(name))

    def _add(self, package: Package) -> None:
        compared, said = self.session.compared, ""
        if any(package.same_as(other) for other in compared):
            said = "there_already"
        elif len(compared) >= LARGEST:
            said = "four_at_most"
        else:
            compared.append(package)
        self._list()
        self.refresh()
        if said:
            put(self.controls.status, say(f"lab.{said}", self.session.language))

    def remove(self, number: int) -> None:
        """Take a package off the list."""
        del self.session.compared[number]
        self._list()
        self.refresh()

    def _list(self) -> None:
        language = self.session.language
        self.list.clear()
        with self.list:
            for number, package in enumerate(self.session.compared):
                with ui.element("li"):
                    text(MARKS[number], "b", f"mark package-{number}")
                    text(named(package).in_(language))
                    if len(self.session.compared) > 1:
                        self._remover(number, named(package).in_(language))
        self.controls.begin.props["disabled"] = len(self.session.compared) < 2
        self.controls.begin.update()

    def _remover(self, number: int, name: str) -> None:
        label = say("lab.remove", self.session.language, name=name)
        tool("×", lambda: self.remove(number), kind="quiet", name=label)


def _first(session: Session) -> list[Package]:
    """Return what stands on the list at first: the reference, and the package if it differs."""
    package, reference = session.package, session.reference
    return [reference] if package.same_as(reference) else [reference, package]


def _presets() -> list[str]:
    """Return the scenarios that can be read; `sim check` tells what is wrong with others."""
    known = []
    for name in scenario_names():
        try:
            preset(name)
        except Problem:
            continue
        known.append(name)
    return known
