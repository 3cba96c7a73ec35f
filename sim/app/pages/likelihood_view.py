"""The likelihoods of the counts, sharpening while replicates come in."""

from matplotlib.figure import Figure as Drawn
from nicegui import ui

from sim.app.live_run import LiveRun
from sim.app.package import named
from sim.app.pages.charting import NothingYetError
from sim.app.pages.deciding_view import DecidingTable
from sim.app.pages.elements import Likelihoods, put, text, tool
from sim.app.pages.figures import figure_buttons
from sim.app.session import MOST, Session
from sim.app.shown import LEAST, likelihoods
from sim.estimate.records import Decisions
from sim.evidence.instruments import said_of_counts, said_of_instruments
from sim.present.figure import drawn
from sim.store.summaries import to_table
from sim.studies.shared.influence import rests_on
from sim.studies.shared.likelihoods import likelihood
from sim.studies.shared.observed import unobservable
from sim.text.catalogue import say, worded
from sim.text.joining import SEMICOLON


class LikelihoodView:
    """The table, and how precise it is."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session = session
        language = session.language
        with ui.element("div").classes("heading"):
            text(say("lab.question", language), "h2")
            with ui.element("div").classes("badge").props("role=status data-do=badge"):
                self.precision = text("", "b")
                self.note = text("", "span")
                self.moved = text("", "span")
            with ui.element("div").classes("tools"):
                self.more = tool(say("lab.more", language), session.more, mark="more")
                self.stop = tool(say("lab.stop", language), session.stop, mark="stop")
        with ui.element("div").classes("progress").props("aria-hidden=true"):
            self.bar = ui.element("div")
        self.alert = text("", "p", "alert")
        self.table = Likelihoods({"words": {}, "rows": []}, self.pick)
        figure_buttons(session, "likelihood", self.drawn, self.numbers)
        self.against = text("", "p", "note")
        self.condition = text("", "p", "note")
        self._rests_on(None)
        for told in filter(None, (unobservable(), said_of_counts(), said_of_instruments())):
            text(told.in_(language), "p", "note")
        self.deciding = DecidingTable(session, self._rests_on)
        session.on_answer.append(self.refresh)
        session.on_reference.append(self.refresh)
        self.refresh()

    def close(self) -> None:
        """Hear no more of answers."""
        self.deciding.close()
        for listeners in (self.session.on_answer, self.session.on_reference):
            if self.refresh in listeners:
                listeners.remove(self.refresh)

    def _rests_on(self, found: Decisions | None) -> None:
        """Say how much of the answer is assumed, once what decides it is known."""
        language = self.session.language
        told = say("lab.conditional", language, influence=rests_on(found).in_(language))
        put(self.condition, told)

    def pick(self, count: str) -> None:
        """Show a count's trajectories."""
        self.session.choose("subject", f"count:{count}")
        self.session.open("trajectories")

    def drawn(self) -> Drawn:
        """Draw the likelihoods, as a run's chart of them.

        Raises:
            NothingYetError: there is no answer for the package of now yet.
        """
        session, growth = self.session, self.session.growth
        if growth is None or session.answer is None or session.number == 0:
            raise NothingYetError
        scenario, summary = session.answered.scenario, session.answer.summary
        told = growth.replicates, summary.replicates, summary
        run = LiveRun(scenario, named(session.answered), *told)
        return drawn(likelihood(run), session.language)

    def numbers(self) -> str:
        """Return the numbers of the table, as in a run's ``summary.csv``.

        Raises:
            NothingYetError: there is no answer for the package of now yet.
        """
        if self.session.answer is None or self.session.number == 0:
            raise NothingYetError
        return to_table(self.session.answer.summary)

    def refresh(self) -> None:
        """Show what is known now."""
        session, language = self.session, self.session.language
        found = session.answer
        older = found is not None and session.number == 0
        run = session.answered.scenario
        of = f"{run.hash()} {run.seed}" if found is not None else ""
        told = likelihoods(found, session.change, language, busy=session.busy, older=older, of=of)
        self.table.show(told)
        if found is not None and session.number:
            put(
                self.precision,
                say("lab.precision", language, points=f"{100 * found.half_width:.1f}"),
            )
            number = {"number": session.number, "wanted": session.wanted}
            note = say("lab.precision_note", language, **number)
            if session.number < LEAST:
                note = f"{say('lab.few', language, number=session.number)} · {note}"
            if known := found.summary.baseline:
                note = f"{note} · {worded('baseline.beside', replicates=known).in_(language)}"
            done = session.number / session.wanted
        else:
            put(self.precision, "…")
            waits = "waiting" if session.engine.is_ready else "compiling"
            note, done = say(f"lab.{waits}", language), 0.0
        if older:
            note = (
                f"{say('lab.still', language, name=named(session.answered).in_(language))} · {note}"
            )
        if not session.busy and session.number < session.wanted:
            key = "stopped" if session.first_comes is None else "gives_way"
            note = f"{note} · {say(f'lab.{key}', language)}"
        put(self.note, note)
        change = session.change
        width = "" if change is None else f"{100 * change.half_width:.1f}"
        put(self.moved, say("lab.change_precision", language, points=width) if width else "")
        self.bar.style(f"width:{100 * done:.1f}%")
        put(self.alert, "" if session.problem is None else session.problem.in_(language))
        self.more.set_visibility(not session.busy and session.wanted < MOST)
        self.stop.set_visibility(session.busy)
        put(self.against, self._against())

    def _against(self) -> str:
        """Say what changes are told against, or why none are."""
        session, language = self.session, self.session.language
        name = named(session.reference).in_(language)
        if session.package.same_as(session.reference):
            return say("lab.is_reference", language, name=name)
        if (why := session.unpaired) is not None:
            return why.in_(language)
        if session.alike:
            return say("lab.does_the_same", language, name=name)
        if session.change is None:
            return say("lab.pairs_wait", language, name=name)
        told = say("lab.against", language, name=name, pairs=session.change.pairs)
        own, other = session.package.scenario, session.reference.scenario
        if (own.readings, own.tolerance) == (other.readings, other.tolerance):
            return told
        return f"{told}{SEMICOLON.in_(language)}{say('lab.read_alike', language)}"
