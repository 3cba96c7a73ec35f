"""The plan's text, sentence by sentence, beside what the model holds of it."""

from itertools import groupby

from nicegui import ui

from sim.app.pages.charting import hand_out, save_buttons
from sim.app.pages.elements import text
from sim.app.session import Session
from sim.csv_files import ENCODING
from sim.evidence.coverage import Line, coverage, lines, notes
from sim.language import Language
from sim.present.tables import csv

FILE = "plan-text.csv"


class PlanView:
    """What stands for each sentence, and how strongly it acts; of every package the same."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.client, language = session.client, session.language
        told = coverage()
        with ui.element("div").classes("heading"):
            text(told.title.in_(language), "h2")
        for note in notes():
            text(note.text.in_(language), "p", "note")
        save_buttons(language, {"csv": self._save})
        says, _, stands, strength = (head.text.in_(language) for head in told.heads)
        for section, its in groupby(lines(), lambda line: line.section):
            with ui.element("table").classes("plain plan-text"):
                text(section.in_(language), "caption")
                with ui.element("thead"), ui.element("tr"):
                    for head in (says, stands, strength):
                        text(head, "th").props("scope=col")
                with ui.element("tbody"):
                    for line in its:
                        _row(line, language)

    def close(self) -> None:
        """Nothing goes on here."""

    def _save(self, _kind: str) -> None:
        hand_out(self.client, FILE, csv(coverage()).encode(ENCODING))


def _row(line: Line, language: Language) -> None:
    with ui.element("tr").classes("within" if line.within else ""):
        with ui.element("td"):
            text(line.said.words, "q").props("lang=zh")
            if language != "zh":
                text(line.said.gloss, "span", "gloss")
        text(line.stands.in_(language), "td")
        with ui.element("td"):
            for told in line.strength:
                text(told.in_(language), "p")
