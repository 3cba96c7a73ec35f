"""Views that ask a study of the replicates which all tabs share, and show what it says."""

from abc import ABC, abstractmethod
from functools import partial
from typing import ClassVar

from sim.app.package import Package
from sim.app.pages.answering import Controls, Watch
from sim.app.pages.elements import put
from sim.app.pages.study_answer import Answer
from sim.app.pooled import ask
from sim.app.session import Session
from sim.app.works import ANSWERS, Work
from sim.text.catalogue import say


class AskingView(ABC):
    """A question with its answer; the work goes on when nobody looks."""

    study: ClassVar[str]
    done: ClassVar[str]
    """Text that says on how many pairs the answer rests."""
    controls: Controls

    def __init__(self, session: Session) -> None:
        """Add the place for the answer; the controls are there."""
        self.session = session
        self.answer = Answer(session)
        self.watch = Watch(session, self.study, self.refresh)

    @property
    @abstractmethod
    def packages(self) -> tuple[Package, ...]:
        """What is asked about now."""

    def close(self) -> None:
        """Look no longer; the work goes on."""
        self.watch.close()
        self.answer.close()

    def start(self) -> None:
        """Ask about the packages of now.

        Raises:
            BusyError: the visitor has too much under way.
        """
        packages = self.packages
        run = partial(ask, self.session.engine, self.study, packages)
        self.watch.start(ANSWERS, Work(self.study, packages, None), run)

    def refresh(self) -> None:
        """Show how far the work is, what was found, and whose answer that is."""
        now, newest, answered = self.packages, self.watch.newest, self.watch.answered
        self.controls.show(newest, of_now=newest is not None and newest.about(now))
        if answered is None:
            return
        self.answer.show(answered, older=not answered.about(now))
        if newest is answered and not (answered.running or answered.stopped or answered.problem):
            pairs = answered.found.findings.replicates
            put(self.controls.status, say(self.done, self.session.language, pairs=pairs))
