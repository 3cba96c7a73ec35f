"""Why a count fails: each gate opened in turn, under the same luck."""

from sim.app.package import Package
from sim.app.pages.answering import Controls
from sim.app.pages.asking_view import AskingView
from sim.app.pages.elements import text
from sim.app.session import Session
from sim.text.catalogue import say


class WhyView(AskingView):
    """Which gate holds each count back."""

    study, done = "gates", "lab.gates_done"

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        language = session.language
        title, begin = say("lab.why_title", language), say("lab.open_gates", language)
        self.controls = Controls(session, title, begin, "gates", self.start)
        text(say("lab.why_note", language), "p", "note")
        super().__init__(session)
        now = self.packages
        self.watch.adopt(session.desk.latest(self.study, lambda work: work.about(now)))
        self.refresh()

    @property
    def packages(self) -> tuple[Package, ...]:
        """The package of now."""
        return (self.session.package,)
