"""What experts are asked: the form of ``sim elicit``, filled in, saved and opened, and scored."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import isfinite
from typing import Any, NamedTuple

from nicegui import ui
from nicegui.element import Element

from sim.app.links import ASKED
from sim.app.package import LARGEST_FILE
from sim.app.pages.charting import hand_out
from sim.app.pages.elements import COMPONENTS, Field, FileButton, put, text, tool
from sim.app.pages.figures import put_texts
from sim.app.pages.findings import put_parts
from sim.app.session import Session
from sim.app.shown import labels
from sim.csv_files import ENCODING, Sent
from sim.evidence import elicitation, forms
from sim.evidence.forms import FIELDS, TYPED, Question, Told
from sim.language import Language, visible
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.scenario.experts import FOLDER
from sim.scenario.files import BESIDE
from sim.spec.findings import Part
from sim.studies.shared import experts
from sim.text.catalogue import say, worded

MOST = 30
"""Forms that are scored together."""
LONGEST = 300
"""Letters of a message that are shown."""
WORDS = (
    *("experts_title", "form_open", "form_score", "form_how", "form_names", "form_name"),
    *("form_save", "form_clear", "form_note", "form_progress"),
    *(name for each in FIELDS for name in (each, f"{each}_help")),
)
CSV = ".csv,text/csv"
Forms = tuple[Sent, ...]


class Form(Element, component=f"{COMPONENTS}/form.js"):
    """Questions and the fields for their answers; the browser keeps what is typed."""

    def show(self, **told: Any) -> None:
        """Show questions, words, or what is wrong."""
        self._props["model"] = self._props.get("model", {}) | told
        self.update()


class Read(NamedTuple):
    """What comes of filled-in forms."""

    parts: Sequence[Part]
    files: Sequence[tuple[str, str]]
    """Names and texts, as ``sim elicit read --out`` writes them."""


class ExpertsView:
    """The form that an expert fills in, and what several of them come to."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""
        self.session, self.language = session, session.language
        self.asked: Mapping[str, Question] = {}
        self.wrong: dict[str, dict[str, str]] = {}
        self.said: list[str] = []
        """Messages that are shown."""
        self.one_by_one, self.left = asyncio.Lock(), False
        told = labels(self.language, *WORDS)
        with ui.element("div").classes("heading"):
            text(told["experts_title"], "h2")
            with ui.element("div").classes("tools"):
                FileButton(told["form_open"], LARGEST_FILE, self.open, CSV, "form-open")
                score = told["form_score"], LARGEST_FILE, self.give, CSV, "form-score"
                FileButton(*score, on_begin=self._quiet)
        text(told["form_how"], "p")
        self.status = text("", "p", "alert").props("role=status data-do=form-status")
        self.result = ui.element("div").classes("result")
        with ui.element("label").classes("field asked-about"):
            text(told["form_names"])
            self.names = Field("", self.choose)
            self.names.props("type=text data-do=form-names maxlength=1000")
        self.form = Form()
        fields = [{"id": q, "name": told[q], "help": told[f"{q}_help"]} for q in FIELDS]
        self.form.show(fields=fields, words=told, wrong={}, said="", parts=[])
        self.form.on("check", lambda event: self.check(self._typed(event.args)))
        self.form.on("save", lambda event: self.save(event.args))
        self.choose(session.chosen.get(ASKED, ""))
        if session.forms:
            session.alongside(self._score(lambda given: given))

    def close(self) -> None:
        """Show nothing more."""
        self.left = True

    def choose(self, names: str) -> None:
        """Ask about other parameters; if none is named, about the usual ones."""
        self.names._props["told"] = names
        self.names.update()
        self._quiet()
        try:
            self._ask(experts.asked(names or None))
        except Problem as problem:
            self._tell(problem)
            return
        if names != self.session.chosen.get(ASKED, ""):
            self.session.choose(ASKED, names)

    def _ask(self, asked: Sequence[Question]) -> None:
        self.asked = {each.id: each for each in asked}
        self.form.show(
            parts=[
                {
                    "name": say(f"lab.form_{kind}s", self.language),
                    "questions": [_shown(q, self.language) for q in asked if q.kind == kind],
                }
                for kind in ("seed", "parameter")
            ]
        )

    def open(self, file: Sent) -> None:
        """Go on with a form from a file; what it asks about is asked from then on."""
        self._quiet()
        try:
            asked, told = forms.draft(_small(file))
        except Problem as problem:
            self._tell(problem)
            return
        self.choose(",".join(each.id for each in asked if each.kind == "parameter"))
        self.form.run_method("take", {"name": file.stem, "cells": told})

    def check(self, told: Told) -> None:
        """Say what is impossible in what has been typed so far."""
        for name, cells in told.items():
            self.wrong.pop(name, None)
            typed = {field: cells[field] for field in FIELDS if cells.get(field)}
            if (problem := _wrong(typed, self.asked[name])) is not None:
                place = say(f"lab.{problem.key}", self.language)
                said = Problem(place, "", problem.found, problem.expected)
                self.wrong[name] = {"field": problem.key, "told": _told(said, self.language)}
        self.form.show(wrong=self.wrong, said="")

    def save(self, told: Any) -> None:
        """Hand the form out under the expert's name; say what it still lacks."""
        cells, language = self._typed(told["cells"]), self.language
        self.check(cells)
        try:
            name = forms.named(str(told["name"]), say("lab.form_name", language))
        except Problem as problem:
            self.form.show(said=_told(problem, language))
            return
        whole = {each: {f: cells.get(each, {}).get(f, "") for f in FIELDS} for each in self.asked}
        lacking = sum(_wrong(own, self.asked[each]) is not None for each, own in whole.items())
        if lacking:
            self.form.show(said=say("lab.form_wrong", language, number=lacking))
        content = forms.form([*self.asked.values()], cells).encode(ENCODING)
        hand_out(self.session.client, f"{name}.csv", content)

    def _typed(self, told: Any) -> Told:
        """Return what stands in the fields, of whatever a browser says."""
        return {
            name: {field: str(told[name].get(field, "")).strip() for field in TYPED}
            for name in self.asked
            if name in told
        }

    async def give(self, file: Sent) -> None:
        """Score one form more beside those that were given."""
        await self._score(lambda given: (*given, file))

    async def drop(self, file: Sent) -> None:
        """Score the others alone."""
        self._quiet()
        await self._score(lambda given: tuple(each for each in given if each is not file))

    async def _score(self, change: Callable[[Forms], Forms]) -> None:
        async with self.one_by_one:
            session, given = self.session, change(self.session.forms)
            try:
                read = await session.aside(_read, given)
            except Problem as problem:
                self._tell(problem)
                return
            session.forms = given
            if not self.left:
                self._show(read)

    def _show(self, read: Read) -> None:
        """Show whose forms were given, how good they are, and what can be taken away."""
        language = self.language
        self.result.clear()
        if not self.session.forms:
            return
        with self.result:
            with ui.element("ul").classes("compared"):
                for form in self.session.forms:
                    with ui.element("li"):
                        text(form.stem)
                        away = say("lab.form_away", language, name=form.stem)
                        drop = partial(self.drop, form)
                        tool("×", drop, name=away, kind="quiet", mark="form-away")
            put_parts(read.parts, language)
            put_texts(self.session, read.files)
            folder = (BESIDE / FOLDER).as_posix()
            text(say("lab.form_draw", language, folder=folder), "p", "note")

    def _quiet(self) -> None:
        """Take messages away: something else is asked for."""
        self.said.clear()
        put(self.status, "")

    def _tell(self, problem: Problem) -> None:
        if not self.left:
            self.said.append(_told(problem, self.language))
            put(self.status, "\n".join(self.said))


def _wrong(cells: Mapping[str, str], asked: Question) -> Problem | None:
    try:
        list(forms.checked(cells, asked, ""))
    except Problem as problem:
        return problem
    return None


def _told(problem: Problem, language: Language) -> str:
    """Return a message of what somebody sent, which may hold anything."""
    return "\n".join(visible(each.in_(language))[:LONGEST] for each in problem.each)


def _small(file: Sent) -> Sent:
    """Return a file that is not too large to be read.

    Raises:
        Problem: it is.
    """
    if len(file.content) > LARGEST_FILE:
        expected = worded("expected.bytes", most=LARGEST_FILE)
        raise Problem(file.name, "", str(len(file.content)), expected)
    return file


def _read(given: Forms) -> Read:
    """Score and pool forms as ``sim elicit read`` does.

    Raises:
        Problem: there are too many, or one of them cannot be used.
    """
    if not given:
        return Read((), ())
    if len(given) > MOST:
        raise Problem(
            given[-1].name, "", str(len(given)), worded("expected.forms_at_once", most=MOST)
        )
    panel = elicitation.panel([_small(each) for each in given])
    scored = panel.scored()
    parts = list(experts.said(panel, scored))
    return Read(parts, [*csv_files_of(parts), *experts.pools(panel, scored)])


def _shown(asked: Question, language: Language) -> dict[str, str]:
    """Return a question for the browser: never its answer, nor where that stands."""
    ends = asked.above, asked.below
    limits = forms.between(*ends).in_(language) if any(map(isfinite, ends)) else ""
    name = asked.id if asked.kind == "parameter" else ""
    told = (asked.unit.in_(language), limits, name)
    return {
        "id": asked.id,
        "text": asked.text.in_(language),
        "help": " · ".join(filter(None, told)),
    }
