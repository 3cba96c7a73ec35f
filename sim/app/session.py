"""One browser tab: its package, what is known of it, and the work that is under way for it."""

import asyncio
from collections.abc import Callable, Container, Coroutine
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from sim.app.answers import Answer, Change, answer, change, sampled
from sim.app.growth import Engine, Growth
from sim.app.history import History
from sim.app.looks import Look, aims
from sim.app.package import FIRST_BASE, Package, preset
from sim.app.pairing import Other, other_of, unpaired
from sim.app.visitors import visitor_of
from sim.app.works import Work
from sim.csv_files import Sent
from sim.language import Language, Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.text.catalogue import worded

if TYPE_CHECKING:
    from nicegui import Client

WANTED = 800
"""Replicates of a package, unless more are asked for: half of them know every likelihood to 5
points, but for the hardest."""
MOST = 16_384
PATIENCE = 0.03
"""Seconds that a lever has to rest, so that one that is dragged starts nothing on its way."""

Found = TypeVar("Found")
Given = ParamSpec("Given")


class Session:
    """What one tab sees; ends with it."""

    def __init__(
        self,
        engine: Engine,
        package: Package,
        language: Language,
        client: "Client",
        reference: Package | None = None,
    ) -> None:
        """Start with a package; nothing runs until `start`.

        Args:
            engine: that runs replicates for all tabs.
            package: to begin with.
            language: of the page.
            client: the tab.
            reference: what changes are told against; by default the plan as written.
        """
        self.engine = engine
        self.desk = engine.desks.of(visitor_of(client.request.scope))
        """Work that goes on without this tab."""
        self.client = client
        self.language: Language = language
        self.dark = False
        self.narrow = False
        """Whether the screen is a phone's."""
        self.view = "likelihoods"
        self.first = package
        self.history = History(package)
        self.reference = preset(FIRST_BASE) if reference is None else reference
        """What changes are told against: pinned, until another is."""
        self.compared: list[Package] = []
        self.chosen: dict[str, str] = {}
        """What was chosen in views, by the list it was chosen from: see `chosen_of`."""
        self.forms: tuple[Sent, ...] = ()
        """What experts answered, to be scored."""
        self.works: dict[str, list[Work]] = {}
        """What each view asked for and still shows."""
        self.answer: Answer | None = None
        self.answered = package
        """The package that the answer is of; another one than that of now until `number` is not 0.
        """
        self.change: Change | None = None
        self.number = 0
        self.wanted = WANTED
        self.busy = self.paused = False
        self.first_comes: Work | None = None
        """A question that the likelihoods wait for: they go on when it is answered."""
        self.problem: Problem | None = None
        self.on_package: list[Callable[[], None]] = []
        self.on_answer: list[Callable[[], None]] = []
        self.on_reference: list[Callable[[], None]] = []
        self.on_choice: list[Callable[[], None]] = []
        self.on_view: list[Callable[[str], None]] = []
        """Told which view to show."""
        self.on_problem: list[Callable[[Problem], None]] = []
        """Told what went wrong beside the likelihoods."""
        self.growth: Growth | None = None
        """Of the package that the answer is of; held here, so that it is not forgotten."""
        self.other: Other | None = None
        """What it is compared with, None if it is with nothing."""
        self.by_month = False
        """Whether a view shows the reference month by month, for which it has to be run."""
        self._task: asyncio.Task[None] | None = None
        self._moved: asyncio.TimerHandle | None = None
        """What shows the package of now in a moment, None if it is shown."""
        self._others: set[asyncio.Task[Any]] = set()

    @property
    def package(self) -> Package:
        """The package of now."""
        return self.history.now

    def move(self, history: History) -> None:
        """Go to another package; what it is compared with stays."""
        if history.now is self.package:
            return
        self.history = history
        self.number, self.change = 0, None
        if self._moved is None:
            self._moved = asyncio.get_running_loop().call_later(PATIENCE, self._show_moved)

    def _show_moved(self) -> None:
        """Show the package of now, and begin to run it.

        A key that is held down sends thirty steps a second: shown one by one they would come
        faster than they can be shown, and the page would be taken for lost.
        """
        self._moved = None
        self.start()  # first: it waits a moment, in which the page is told
        self._tell(self.on_package)

    def show_by_month(self, *, shown: bool) -> None:
        """Say whether a view shows the reference month by month: then it is run if need be."""
        self.by_month = shown
        waits = self.other is not None and self.other.growth is None
        if shown and waits and (self.busy or self.number >= self.wanted):
            self.start()

    def pin(self, package: Package) -> None:
        """Tell changes against another package from now on."""
        if package.same_as(self.reference):
            return
        self.reference, self.change = package, None
        self._tell(self.on_reference)
        self.start()

    @property
    def count(self) -> str:
        """The count whose trajectories were chosen."""
        kind, _, name = self.chosen.get("subject", "").partition(":")
        known = {count.id for count in PLAN.counts}
        return name if kind == "count" and name in known else PLAN.counts[0].id

    def chosen_of(self, name: str, known: Container[str], otherwise: str) -> str:
        """Return what was chosen from a list, if it is on it; a link may say anything."""
        chosen = self.chosen.get(name, otherwise)
        return chosen if chosen in known else otherwise

    def choose(self, name: str, value: str) -> str:
        """Remember what was chosen from a list of a view, and return it."""
        self.chosen[name] = value
        self._tell(self.on_choice)
        return value

    def open(self, view: str) -> None:
        """Show another view."""
        for show in self.on_view:
            show(view)

    @property
    def alike(self) -> bool:
        """Return whether the package's replicates are the reference's."""
        own, other = self.package.scenario, self.reference.scenario
        return (own.hash(), own.seed) == (other.hash(), other.seed)

    @property
    def unpaired(self) -> Text | None:
        """Return why changes cannot be told, None if they can."""
        return unpaired(self.package, self.reference)

    def recall(self, told: object) -> None:
        """Take up the steps that the browser remembers of this tab."""
        if self.history.past or self.history.undone:
            return
        found = self.history.recalled(told)
        if found != self.history:
            self.history = found
            self._tell(self.on_package)

    def begin(self) -> None:
        """Start when the page is there; a page that comes back finds its work going on."""
        if self.paused or (self.number == 0 and not self.busy):
            self.start()

    def pause(self) -> None:
        """Stop for as long as nobody looks."""
        if self.busy and not self.client.has_socket_connection:
            self.stop()
            self.paused = True

    def start(self) -> None:
        """Begin, or begin again, to run the package of now."""
        self.stop()
        self.busy, self.paused, self.problem = True, False, None
        self._task = asyncio.create_task(self._follow())
        self._tell(self.on_answer)

    def more(self) -> None:
        """Ask for twice as many replicates."""
        self.wanted = min(MOST, 2 * max(self.number, self.wanted))
        self.start()

    def stop(self) -> None:
        """Stop what is run for the likelihoods; what is known stays."""
        self.first_comes = None
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self.busy:
            self.busy = False
            self._tell(self.on_answer)

    def give_way(self, question: Work) -> None:
        """Let a question be answered first; the likelihoods go on then."""
        if self.busy or self.first_comes is not None:
            self.stop()
            self.first_comes = question
            self.alongside(self._go_on_after(question))

    async def _go_on_after(self, question: Work) -> None:
        if question.task is not None:
            await asyncio.wait([question.task])
        if self.first_comes is question:
            self.paused = not self.client.has_socket_connection
            if not self.paused:
                self.start()

    def alongside(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run something beside the likelihoods; it ends with the tab at the latest."""
        task = asyncio.create_task(work)
        self._others.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        """Say so if work beside the likelihoods failed: else a button would do nothing."""
        self._others.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, Problem):
            expected = worded("expected.work_ends_well")
            error = Problem("lab", "", f"{type(error).__name__}: {error}", expected)
        for listener in list(self.on_problem):
            listener(error)

    def close(self) -> None:
        """End all work: the tab is closed."""
        for listeners in (
            self.on_package, self.on_answer, self.on_reference, self.on_choice, self.on_problem,
        ):  # fmt: skip
            listeners.clear()
        if self._moved is not None:
            self._moved.cancel()
        self.stop()
        for task in self._others:
            task.cancel()

    async def aside(
        self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
    ) -> Found:
        """Run something in a thread, so that the page stays responsive."""
        return await self.engine.run(self.engine.aside, work, *given, **named)

    async def _follow(self) -> None:
        """Follow the package's replicates and, where these are run, its reference's."""
        try:
            await asyncio.sleep(PATIENCE)
            await self.engine.ready(self.package.scenario)
            self.growth = growth = self.engine.growth(self.package.scenario)
            self.other = other = self._other()
            answered, paired = Look(self.wanted), Look(self.wanted)
            for aim in aims(self.wanted):
                async for _ in growth.first(aim):
                    if answered.due(growth.replicates.number):
                        await self._answer(growth, answered.there, other)
                if other is None or other.growth is None:
                    continue
                async for _ in other.growth.first(aim):
                    if paired.due(min(growth.replicates.number, other.growth.replicates.number)):
                        await self._compare(growth, other)
                        self._tell(self.on_answer)
        except Problem as problem:
            self.problem = problem
        self.busy = False
        self._task = None
        self._tell(self.on_answer)

    def _other(self) -> Other | None:
        """Return what the package is compared with, None if it cannot be or does the same."""
        if self.alike or self.unpaired is not None:
            return None
        reference, package = self.reference.scenario, self.package.scenario
        return other_of(self.engine, reference, package, self.wanted, by_month=self.by_month)

    async def _answer(self, growth: Growth, number: int, other: Other | None) -> None:
        package = self.package
        found = await self.aside(answer, growth.replicates, package.scenario, number)
        if other is not None and other.stored is not None:
            await self._compare(growth, other, number)
        self.answer, self.answered, self.number = found, package, number
        self._tell(self.on_answer)

    async def _compare(self, growth: Growth, other: Other, number: int | None = None) -> None:
        """Tell by how much the package of now differs in its first replicates, None: in all."""
        package = self.package.scenario
        after = sampled(growth.replicates, package, number)
        told = other.sampled(package), after, [other.scenario, package]
        self.change = await self.aside(change, *told)

    @staticmethod
    def _tell(listeners: list[Callable[[], None]]) -> None:
        for listener in list(listeners):
            listener()
