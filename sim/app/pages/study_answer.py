"""What a study says, on the page: whose answer it is, sentences, tables, figures, files."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from nicegui import ui

from sim.app.asking import Asked, command, file_of
from sim.app.jobs import Done, drawings_of, ready_made
from sim.app.package import Package, to_toml
from sim.app.pages.answering import Origin, mark_older
from sim.app.pages.charting import hand_out
from sim.app.pages.elements import quoted, text, tool
from sim.app.pages.figures import Made, put_figures, put_texts
from sim.app.pages.findings import put_parts
from sim.app.pictures import Drawing
from sim.app.session import Session
from sim.app.works import Work
from sim.language import Language
from sim.present.tables import csv_files_of
from sim.spec.findings import Figure, Part
from sim.studies.study import HASH_SHOWN, Study
from sim.text.catalogue import say


class Answer:
    """The last answer of a study, or what of it is ready-made."""

    def __init__(self, session: Session) -> None:
        """Add the place for it; nothing is there yet."""
        self.session = session
        self.origin = Origin(session.language)
        self.place = ui.element("div").classes("result")
        self._shown: Done | str | None = None
        """What stands there: an answer, or the name of a study that nobody has asked yet."""
        self._task: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Draw no more."""
        if self._task is not None:
            self._task.cancel()

    def ready(self, study: str) -> None:
        """Show what there is of a study before anybody starts it."""
        self.origin.line.set_visibility(False)
        mark_older(self.place, older=False)
        if self._shown != study:
            self._shown = study
            self.place.clear()
            self.close()
            self._task = self.session.alongside(self._put_ready(study))

    def show(self, work: Work, *, older: bool) -> None:
        """Show what work found, and whether it is what is asked now."""
        found: Done = work.found
        if found is not self._shown:
            self._shown = found
            self.close()
            self._put_found(found)
        mark_older(self.place, older=older)
        findings, language = found.findings, self.session.language
        told = {"replicates": f"{findings.replicates:,}", "seed": findings.seed,
                "model_hash": findings.model_hash[:HASH_SHOWN]}  # fmt: skip
        also = say("lab.origin", language, name=findings.name, **told)
        self.origin.tell(work.packages, older=older, also=also)

    async def _put_ready(self, study: str) -> None:
        session = self.session
        parts = await session.aside(ready_made, study)
        texts = csv_files_of(parts)
        figures = [part for part in parts if isinstance(part, Figure)]
        drawings = drawings_of(figures, study, dict(texts))
        self._put(texts, {}, parts, drawings)

    def _put_found(self, found: Done) -> None:
        """Show an answer in the language and the colours of now."""
        language, study = self.session.language, found.findings.study
        made: Mapping[str, Made] = {
            "JSON": (f"{study}.json", found.as_json),
            say("lab.folder", language): (f"{study}.zip", partial(found.as_zip, language)),
            say("lab.report", language): (f"{study}.html", partial(found.as_report, language)),
        }
        self._put(found.tables, made, found.findings.parts, found.drawings)

    def _put(
        self,
        texts: Sequence[tuple[str, str]],
        made: Mapping[str, Made],
        parts: Sequence[Part],
        drawings: Sequence[Drawing],
    ) -> None:
        session = self.session
        self.place.clear()
        with self.place:
            put_parts(parts, session.language)
            put_figures(session, drawings)
            if texts:
                put_texts(session, texts, made)


def put_command(session: Session, asked: Asked, packages: Sequence[Package], lead: str) -> None:
    """Add the command that gives the same numbers, and save the files that it names.

    Args:
        session: of the tab.
        asked: what is chosen.
        packages: that are chosen.
        lead: key of the words above it.
    """
    language = session.language
    line = command(asked, packages)
    text(say(lead, language), "p", "note")
    with ui.element("div").classes("line"):
        text(line, "code").props("tabindex=0 data-do=command")
        code = f"lab.copy({quoted(say('lab.command_copied', language))}, {quoted(line)})"
        copy = partial(_run, session, code)
        tool(say("lab.copy_command", language), copy, kind="quiet", mark="copy-command")
    files = {file_of(each): each for each in packages if each.said}
    if files:
        with ui.element("p").classes("note"):
            text(say("lab.save_first", language))
            for name, package in files.items():
                save = partial(_save, session, name, package)
                tool(name, save, kind="quiet", mark="save-package")


def put_options(study: Study[Any], language: Language) -> None:
    """List what a command can be told, for a study that is left to it."""
    with ui.element("table").classes("plain read of-command"), ui.element("tbody"):
        for option in study.options:
            with ui.element("tr"):
                text(option.argument or option.flag, "th").props["scope"] = "row"
                text(option.help.in_(language), "td", "words long")
                text("" if option.default is None else f"{option.default}", "td")


def _run(session: Session, code: str) -> None:
    session.client.run_javascript(code)


def _save(session: Session, name: str, package: Package) -> None:
    hand_out(session.client, name, to_toml(package).encode())
