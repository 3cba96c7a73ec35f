"""The options of a study as lists, boxes and fields: the browser's own, each with its label."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from nicegui import ui
from nicegui.element import Element

from sim.app.asking import (
    LONGEST,
    NO,
    NOW,
    PINNED,
    YES,
    Asked,
    Control,
    controls,
    sizes,
    usual_size,
)
from sim.app.links import OF_STUDY
from sim.app.pages.elements import Field, text
from sim.app.pages.pickers import listed, scenario_name
from sim.app.session import Session
from sim.called import kind_of
from sim.language import Language
from sim.studies.study import Study
from sim.text.catalogue import capital, say

CHECKED = "(event) => emit(event.target.checked)"
SIZE = "size"
OWN = {"": "lab.unsaid", NOW: "lab.package_now", PINNED: "lab.package_pinned"}
"""What is on a list besides names."""


class StudyForm:
    """What is chosen of one study; whoever changes something is heard of."""

    def __init__(self, session: Session, study: Study[Any], changed: Callable[[], None]) -> None:
        """Add a control for each option of a study to the element that is open.

        Args:
            session: of the tab, which remembers what is chosen.
            study: whose options they are.
            changed: called whenever something else is chosen.
        """
        self.session, self.study, self.changed = session, study, changed
        self.controls = controls(study)
        self.sizes = sizes(study)
        language = session.language
        for control in self.controls:
            label = capital(control.label.in_(language))
            _add[control.kind](self, control, label).props["title"] = self._explained(control)
        self.size = ""
        if self.sizes:
            self.size = session.chosen_of(SIZE, self.sizes, usual_size(study))
            told = {each: self._size_told(each) for each in self.sizes}
            with _field(say("lab.replicates", language)):
                listed(told, self.size, self._choose_size, SIZE)

    def asked(self) -> Asked:
        """Return what is chosen now."""
        told = tuple((each.option.name, self.told(each)) for each in self.controls)
        return Asked(self.study.id, self.size, self.session.package.scenario.seed, told)

    def told(self, control: Control) -> str:
        """Return what is chosen of an option; a link may say anything."""
        chosen = self.session.chosen.get(key_of(control), control.begun)
        known = control.choices
        if control.kind in ("package", "list") and chosen not in known:
            return control.begun
        if control.kind == "packages" and not set(chosen.split(",")) <= set(known):
            return control.begun
        return chosen[:LONGEST]

    def choose(self, control: Control, value: str) -> None:
        """Take another value of an option."""
        self.session.choose(key_of(control), value[:LONGEST])
        self.changed()

    def _explained(self, control: Control) -> str:
        """Return how the command calls an option and what it is: more than a label has room for."""
        option, language = control.option, self.session.language
        return f"{option.argument or option.flag} · {option.help.in_(language)}"

    def _choose_size(self, value: str) -> None:
        self.size = self.session.choose(SIZE, value)
        self.changed()

    def _size_told(self, size: str) -> str:
        language = self.session.language
        return say("lab.until", language, points=f"{100 * float(size):g}") if "." in size else size

    def names(self, control: Control) -> Mapping[str, str]:
        """Return what is on an option's list, by what stands for it."""
        language = self.session.language
        return {each: self._name(control, each, language) for each in control.choices}

    def _name(self, control: Control, value: str, language: Language) -> str:
        called = control.option.called
        if value in OWN:
            return capital(say(OWN[value], language))
        if control.kind in ("package", "packages"):
            return scenario_name(value).in_(language)
        return capital(called(value).in_(language)) if called is not None else value


def key_of(control: Control) -> str:
    """Return by which name a link and the page know an option's value."""
    return f"{OF_STUDY}{control.option.name}"


def _field(label: str, kind: str = "field") -> Element:
    """Return the label of a control, which goes into it."""
    element = ui.element("label").classes(kind)
    with element:
        text(label)
    return element


def _list(form: StudyForm, control: Control, label: str) -> Element:
    with _field(label) as field:
        act = partial(form.choose, control)
        listed(form.names(control), form.told(control), act, key_of(control))
    return field


def _several(form: StudyForm, control: Control, label: str) -> Element:
    """Add a box for each package that may be among those that are asked about."""
    chosen = [each for each in form.told(control).split(",") if each]

    def tick(value: str, on: object) -> None:
        kept = {*chosen, value} if on is True else {*chosen} - {value}
        chosen[:] = [each for each in names if each in kept]
        form.choose(control, ",".join(chosen))

    names = form.names(control)
    with ui.element("fieldset").classes("several") as group:
        text(label, "legend")
        for value, name in names.items():
            with ui.element("label").classes("tick"):
                _box(value in chosen, partial(tick, value), f"{key_of(control)}:{value}")
                text(name)
    return group


def _flag(form: StudyForm, control: Control, label: str) -> Element:
    with ui.element("label").classes("tick field") as field:
        take: Callable[[object], None] = lambda on: form.choose(  # noqa: E731
            control, YES if on is True else NO
        )
        _box(form.told(control) == YES, take, key_of(control))
        text(label)
    return field


def _box(checked: bool, act: Callable[[object], object], mark: str) -> None:
    box = ui.element("input").props("type=checkbox")
    box.props["data-do"], box.props["checked"] = mark, checked

    def ticked(on: object) -> None:
        box.props["checked"] = on is True
        act(on)

    box.on("change", lambda event: ticked(event.args), js_handler=CHECKED)


def _typed(form: StudyForm, control: Control, label: str) -> Element:
    option = control.option
    told: dict[str, Any] = {"type": "text", "maxlength": LONGEST}
    if control.kind == "number":
        step = 1 if kind_of(option) is int else "any"
        told = {"type": "number", "min": option.least, "max": option.most, "step": step}
    with _field(label) as labelled:
        field = Field(form.told(control), lambda value: form.choose(control, value.strip()))
        field.props.update({key: each for key, each in told.items() if each is not None})
        field.props["data-do"] = key_of(control)
    return labelled


_add: Mapping[str, Callable[[StudyForm, Control, str], Element]] = {
    "package": _list,
    "packages": _several,
    "list": _list,
    "flag": _flag,
    "number": _typed,
    "text": _typed,
}
"""Adds a control of each kind."""


def forget(session: Session, kept: Iterable[str]) -> None:
    """Forget what was chosen of another study, but for options of the same name."""
    names = {f"{OF_STUDY}{name}" for name in kept}
    gone = [key for key in session.chosen if key.startswith(OF_STUDY) and key not in names]
    for key in (*gone, SIZE):
        session.chosen.pop(key, None)
