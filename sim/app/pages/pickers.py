"""Lists to choose from: the browser's own, so that keyboards and phones know them."""

from collections.abc import Callable, Mapping

from nicegui import ui
from nicegui.element import Element

from sim.app.package import preset
from sim.app.pages.elements import text
from sim.language import LANGUAGES, Language, Text, catalogue
from sim.problems import Problem
from sim.scenario import scenario_names
from sim.text.catalogue import say

VALUE = "(event) => emit(event.target.value)"


def choice(
    label: str, options: Mapping[str, str], chosen: str, act: Callable[[str], object], mark: str
) -> Element:
    """Add a list with its label.

    Args:
        label: what is chosen.
        options: value -> what it is called.
        chosen: value at first.
        act: told the value that is chosen, which is one of the options.
        mark: by which tests find it.

    Returns:
        The list.
    """
    with ui.element("label").classes("choice"):
        text(label)
        return listed(options, chosen, act, mark)


def presets(chosen: str, language: Language, choose: Callable[[str], None]) -> Element:
    """Add a list of the scenarios of the folder."""
    names = {name: scenario_name(name).in_(language) for name in scenario_names()}
    return listed(names, chosen, choose, "preset")


def languages(chosen: Language, choose: Callable[[Language], None]) -> Element:
    """Add a list of the languages that there are, each by its own name."""
    names = {each: say("lab.language", each) for each in LANGUAGES}
    select = listed(names, chosen, choose, "language")
    for language, option in zip(names, select.default_slot.children, strict=True):
        option.props["lang"] = catalogue(language).tag
    select.props["aria-label"] = say("lab.languages", chosen)
    return select


def listed(
    options: Mapping[str, str], chosen: str, act: Callable[[str], object], mark: str
) -> Element:
    """Return a list without a label; see `choice`."""
    select = ui.element("select").props(f"data-do={mark}")
    with select:
        for value, name in options.items():
            text(name, "option").props["value"] = value
    select.props["value"] = chosen

    def chose(value: str) -> None:
        if value in options:
            select.props["value"] = value
            act(value)

    return select.on("change", lambda event: chose(str(event.args)), js_handler=VALUE)


def scenario_name(name: str) -> Text:
    """Return what a scenario is called; a file that cannot be read goes by its own name."""
    try:
        return preset(name).scenario.name
    except Problem:
        return Text(name, name)
