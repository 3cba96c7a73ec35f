"""Trajectories: fans of a count against its target, or of a measure by cluster and district."""

import asyncio
from dataclasses import replace
from typing import NamedTuple

from matplotlib.figure import Figure as Drawn
from nicegui import ui

from sim.app.answers import answer
from sim.app.growth import Replicates
from sim.app.live_run import LiveRun
from sim.app.package import Package, named
from sim.app.pages.answering import Origin, mark_older
from sim.app.pages.charting import NothingYetError
from sim.app.pages.elements import put, text
from sim.app.pages.figures import Chart, figure_buttons
from sim.app.pages.pickers import choice
from sim.app.session import Session
from sim.app.trajectories import Fan, fans_of, figure_of, subjects
from sim.calendar import month_label
from sim.csv_files import table
from sim.present.figure import drawn
from sim.spec.findings import Figure
from sim.spec.marks import Panels
from sim.studies.shared.courses import LEVELS
from sim.text.catalogue import say
from sim.text.joining import sentences

PACE = 1.0
"""Seconds between two drawings."""
ENOUGH = 32
"""Replicates from which on another package's median is worth fewer replicates of this one."""
ACROSS = 2
"""Small charts beside each other on a phone."""


class Shown(NamedTuple):
    """What is drawn."""

    package: Package
    reference: Package
    """Whose median stands beside the fans, if there is one."""
    fans: list[Fan]
    figure: Figure
    number: int
    """Replicates of the fans, and of the median beside them if there is one."""


class TrajectoryView:
    """One count, or a measure by area."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        self.shown: Shown | None = None
        self.task: asyncio.Task[None] | None = None
        self.due = False
        language = session.language
        told = {key: each.in_(language) for key, each in subjects().items()}
        self.subject = session.chosen_of("subject", told, f"count:{session.count}")
        with ui.element("div").classes("heading"):
            text(say("lab.trajectories", language), "h2")
            choice(say("lab.show", language), told, self.subject, self.choose, "subject")
        self.origin = Origin(language)
        self.chart = Chart()
        figure_buttons(
            session, "trajectories", lambda: drawn(self._there().figure, language), self.numbers
        )
        self.note = text(say("lab.waiting", language), "p", "note").props("data-do=fan-note")
        session.on_answer.append(self.refresh)
        session.on_package.append(self.mark)
        session.show_by_month(shown=True)
        self.refresh()

    def close(self) -> None:
        """Hear no more of answers."""
        self.session.show_by_month(shown=False)
        for listeners, mine in (
            (self.session.on_answer, self.refresh),
            (self.session.on_package, self.mark),
        ):
            if mine in listeners:
                listeners.remove(mine)
        if self.task is not None:
            self.task.cancel()

    def choose(self, subject: str) -> None:
        """Show another count or measure."""
        self.subject = self.session.choose("subject", subject)
        self.refresh()

    def mark(self) -> None:
        """Say whose fans these are: those of the package before, until its own are there."""
        if self.shown is not None:
            older = not self.shown.package.same_as(self.session.package)
            also = say("lab.of_each", self.session.language, number=self.shown.number)
            self.origin.tell((self.shown.package,), older=older, also=also)
            mark_older(self.chart.frame, older=older)

    def refresh(self) -> None:
        """Draw what is known now, soon."""
        self.due = True
        if self.task is None or self.task.done():
            self.task = self.session.alongside(self._draw())

    async def _draw(self) -> None:
        while self.due:
            self.due = False
            session = self.session
            number, growth, package = session.number, session.growth, session.package
            if number and growth is not None:
                beside = session.other if session.change is not None else None
                run = None if beside is None else beside.growth
                before = None if run is None else run.replicates
                pair = paired(number, None if before is None else before.number)
                told = package, growth.replicates, pair or number, before if pair else None
                self.shown = await session.aside(shown, self.subject, session.reference, *told)
                self._show(self.shown, None if before is None else before.number, pair)
            await asyncio.sleep(PACE)

    def _show(self, shown: Shown, before: int | None, pair: int) -> None:
        """Draw the fans and say on how many replicates they rest.

        Args:
            shown: what is drawn.
            before: replicates of the package that this one is compared with, if there is one.
            pair: replicates of both that are drawn, 0 if only this package is.
        """
        session, language = self.session, self.session.language
        figure, number = shown.figure, shown.number
        if session.narrow and isinstance(figure.mark, Panels) and len(shown.fans) > 1:
            figure = replace(figure, mark=figure.mark._replace(columns=ACROSS))
        self.chart.show(figure, session)
        name = named(shown.reference).in_(language)
        note = say("lab.fan_note", language, number=number)
        if pair:
            also = say("lab.fan_before", language, name=name, number=pair)
            note = sentences(note, also, language=language)
        elif before is not None:
            waits = {"name": name, "there": before, "number": min(number, ENOUGH)}
            note = sentences(note, say("lab.fan_waits", language, **waits), language=language)
        put(self.note, note)
        self.mark()

    def _there(self) -> Shown:
        """Return what is drawn.

        Raises:
            NothingYetError: nothing is.
        """
        if self.shown is None:
            raise NothingYetError
        return self.shown

    def drawn(self) -> Drawn:
        """Draw it for a file.

        Raises:
            NothingYetError: there is nothing yet.
        """
        return drawn(self._there().figure, self.session.language)

    def numbers(self) -> str:
        """Return the numbers of the chart as CSV.

        Raises:
            NothingYetError: there is nothing yet.
        """
        shown, language = self._there(), self.session.language
        head = ["panel", "month", *(f"p{100 * level:g}" for level in LEVELS)]
        compared = ["median_before"] if shown.fans[0].before is not None else []
        return table(
            [*head, *compared, "replicates"],
            (
                [each.title.in_(language), month_label(month), *each.edges[:, month].tolist(),
                 *([] if each.before is None else [float(each.before[month])]), shown.number]
                for each in shown.fans
                for month in range(each.edges.shape[1])
            ),
        )  # fmt: skip


def shown(
    subject: str,
    reference: Package,
    package: Package,
    replicates: Replicates,
    number: int,
    before: Replicates | None,
) -> Shown:
    """Return what is drawn of a subject.

    Args:
        subject: what is shown.
        reference: the other package.
        package: whose fans they are.
        replicates: of the package.
        number: how many of them are shown, in the order of the lab.
        before: of the other package, of which just as many are shown; None if none are.
    """
    summary = answer(replicates, package.scenario, number).summary
    run = LiveRun(package.scenario, named(package), replicates, number, summary)
    other = None if before is None else replace(run, replicates=before)
    fans = fans_of(subject, run, other)
    figure = figure_of(subject, run, fans, named(reference))
    return Shown(package, reference, fans, figure, number)


def paired(number: int, before: int | None) -> int:
    """Return how many replicates both packages are shown with; 0: only one of them is.

    Both sides of a comparison hold the same replicates. The other package's are run when this
    one's are there: until it has enough of them, all of this package's say more.

    Args:
        number: replicates that this package is known by.
        before: of the package that it is compared with; None if there is none.
    """
    if before is None:
        return 0
    pair = min(number, before)
    return pair if pair == number or pair >= ENOUGH else 0
