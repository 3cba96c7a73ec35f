"""Lists to choose from: the browser's own, so that keyboards and phones know them."""

from collections.abc import Callable, Mapping

from nicegui import ui
from nicegui.element import Element

from sim.app.pages.elements import text

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
        select = ui.element("select").props(f"data-do={mark}")
        with select:
            for value, name in options.items():
                text(name, "option").props["value"] = value
        select.props["value"] = chosen

        def chose(value: str) -> None:
            if value in options:
                select.props["value"] = value
                act(value)

        select.on("change", lambda event: chose(str(event.args)), js_handler=VALUE)
    return select
