"""What views of long work share: what they know of it, how it is started, whose answer is shown."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui
from nicegui.element import Element

from sim.app.package import Package
from sim.app.pages.elements import put, text, tool
from sim.app.session import Session
from sim.app.told import in_a_line, short_hash
from sim.app.works import ANSWERS, BusyError, Work
from sim.language import Language
from sim.text.catalogue import say

MARKS = "ABCD"


class Watch:
    """What a view knows of its work: the newest, and the last that found something."""

    def __init__(self, session: Session, view: str, refresh: Callable[[], None]) -> None:
        """Take up what this tab asked for in the view before.

        Args:
            session: of the tab.
            view: its name.
            refresh: called whenever something is new: of the work, or another package.
        """
        self.session, self.refresh = session, refresh
        self.works = session.works.setdefault(view, [])
        for work in self.works:
            work.listeners.append(refresh)
        session.on_package.append(refresh)

    @property
    def newest(self) -> Work | None:
        """What was asked for last."""
        return self.works[-1] if self.works else None

    @property
    def answered(self) -> Work | None:
        """The newest that found something."""
        return next((work for work in self.works[::-1] if work.found is not None), None)

    def adopt(self, work: Work | None) -> None:
        """Look at work too; of the older ones only the last answer stays."""
        if work is None or work in self.works:
            return
        for old in self.works:
            if old is not self.answered:
                _look_away(old, self.refresh)
        self.works[:] = [old for old in self.works if old is self.answered] + [work]
        work.listeners.append(self.refresh)

    def start(self, kind: str, work: Work, run: Callable[[Work], Awaitable[None]]) -> None:
        """Start work; nothing if just that is under way.

        A question that is asked anew takes the place of the one before. Experiments keep what they
        have run and go on beside each other.

        Raises:
            BusyError: the visitor has too much under way.
        """
        newest = self.newest
        if newest is not None and newest.running:
            if newest.about(work.packages, work.chosen):
                return
            if kind == ANSWERS:
                newest.stop()
        self.session.desk.start(kind, work, run)
        self.adopt(work)
        if kind == ANSWERS:  # experiments take long, and have threads of their own
            self.session.give_way(work)
        self.refresh()

    def close(self) -> None:
        """Look no longer; the work goes on."""
        for work in self.works:
            _look_away(work, self.refresh)
        if self.refresh in self.session.on_package:
            self.session.on_package.remove(self.refresh)


def _look_away(work: Work, listener: Callable[[], None]) -> None:
    if listener in work.listeners:
        work.listeners.remove(listener)


class Controls:
    """A heading with its status, and the buttons that start work and stop it."""

    def __init__(
        self, session: Session, title: str, begin: str, mark: str, start: Callable[[], None]
    ) -> None:
        """Add them.

        Args:
            session: of the tab.
            title: words of the heading.
            begin: words of the button that starts.
            mark: of that button; the other's is the same after ``stop-``.
            start: starts it; may raise `BusyError`.
        """
        self.language = session.language
        self.on_start = start
        self.work: Work | None = None
        with ui.element("div").classes("heading"):
            text(title, "h2")
            self.status = text("", "span", "badge")
            self.status.props["role"] = "status"
            with ui.element("div").classes("tools"):
                self.begin = tool(begin, self._start, kind="main-tool", mark=mark)
                self.halt = tool(say("lab.stop", self.language), self._stop, mark=f"stop-{mark}")
        self.halt.set_visibility(False)

    def _start(self) -> None:
        """Start, unless the visitor has as much under way as one may have."""
        try:
            self.on_start()
        except BusyError as busy:
            put(self.status, say(f"lab.limit_{busy.kind}", self.language, number=busy.limit))

    def _stop(self) -> None:
        if self.work is not None:
            self.work.stop()

    def show(self, work: Work | None, *, of_now: bool) -> None:
        """Show how far work is; what is chosen now can be started unless it is under way."""
        self.work = work
        running = work is not None and work.running
        self.begin.set_visibility(not (running and of_now))
        self.halt.set_visibility(running)
        if work is None:
            return
        if work.problem is not None:
            put(self.status, work.problem.in_(self.language))
        elif work.stopped:
            put(self.status, say("lab.stopped", self.language))
        elif running and not work.wanted:
            put(self.status, say("lab.waits_for_turn", self.language))
        elif running:
            part = {"number": work.number, "wanted": work.wanted}
            put(self.status, say("lab.gates_progress", self.language, **part))


class Origin:
    """The line above an answer: whose it is, and whether it is that of now."""

    def __init__(self, language: Language) -> None:
        """Add the line; it is not seen before there is an answer."""
        self.language = language
        self.line = text("", "p", "origin").props("data-do=origin")
        self.line.set_visibility(False)

    def tell(self, packages: Sequence[Package], *, older: bool, also: str = "") -> None:
        """Say whose answer is shown.

        Args:
            packages: that it is of; several are marked as A, B and so on.
            older: whether something else is asked now.
            also: what else it rests on.
        """
        language = self.language
        told = [f"{in_a_line(each, language)} [{short_hash(each)}]" for each in packages]
        if len(told) > 1:
            told = [f"{mark} {words}" for mark, words in zip(MARKS, told, strict=False)]
        priors = dict.fromkeys(each.scenario.told_of_prior() for each in packages)
        told += [each.in_(language).rstrip(".。") for each in priors if each is not None]
        words = " · ".join([*told, also] if also else told)
        put(
            self.line,
            say("lab.older_answer" if older else "lab.answer_of", language, package=words),
        )
        self.line.set_visibility(True)
        mark_older(self.line, older=older)


def mark_older(element: Element, *, older: bool) -> None:
    """Let what is shown look older than what is asked now, or not."""
    element.classes(add="older" if older else "", remove="" if older else "older")
