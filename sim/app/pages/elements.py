"""The lab's own elements: small scripts of ours in the browser, and what they are told."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui
from nicegui.element import Element

from sim.csv_files import Sent

COMPONENTS = "../components"


class Levers(Element, component=f"{COMPONENTS}/levers.js"):
    """The panel of levers."""

    def __init__(self, model: dict[str, Any], on_ask: Callable[[dict[str, Any]], None]) -> None:
        """Show a panel; ``on_ask`` is told what is to be changed."""
        super().__init__()
        self.show(model)
        self.on("ask", lambda event: on_ask(event.args))

    def show(self, model: dict[str, Any]) -> None:
        """Show another state."""
        self._props["model"] = model
        self.update()


class Likelihoods(Element, component=f"{COMPONENTS}/likelihoods.js"):
    """The table of the counts."""

    def __init__(self, model: dict[str, Any], on_pick: Callable[[str], None]) -> None:
        """Show a table; ``on_pick`` is told whose name was pressed."""
        super().__init__()
        self.show(model)
        self.on("pick", lambda event: on_pick(str(event.args)))

    def show(self, model: dict[str, Any]) -> None:
        """Show another state."""
        self._props["model"] = model
        self.update()


class FileButton(Element, component=f"{COMPONENTS}/file_button.js"):
    """A button that reads a small file, or several one after the other."""

    def __init__(
        self,
        label: str,
        most: int,
        on_file: Callable[[Sent], object],
        accept: str = ".toml,text/plain",
        mark: str = "load",
        *,
        on_begin: Callable[[], object] | None = None,
    ) -> None:
        """Show the button.

        Args:
            label: what it says.
            most: bytes that are read of a file, and one more if it has more.
            on_file: told each file.
            accept: kinds of files, as HTML names them.
            mark: by which tests find it.
            on_begin: told before the first file that somebody chose; several can be chosen then.
        """
        super().__init__()
        self._props |= {"label": label, "accept": accept, "most": most, "mark": mark}
        if on_begin is not None:
            self._props["several"] = True
            self.on("begin", lambda _: on_begin())
        self.on("file", lambda event: on_file(_sent(event.args)))


def _sent(told: Mapping[str, Any]) -> Sent:
    return Sent(str(told["name"])[:100], str(told["told"]).encode("latin-1", "replace"))


class Field(Element, component=f"{COMPONENTS}/field.js"):
    """A field to type in, which keeps what is typed until it is left."""

    def __init__(self, told: str, on_take: Callable[[str], None]) -> None:
        """Show a text; ``on_take`` is told what stands there when the field is left."""
        super().__init__()
        self._props["told"] = told
        self.on("take", lambda event: self._take(str(event.args), on_take))

    def _take(self, value: str, on_take: Callable[[str], None]) -> None:
        self._props["told"] = value
        on_take(value)


class Address(Element, component=f"{COMPONENTS}/address.js"):
    """The link of what the page shows; not seen on it."""

    def show(self, language: str, query: str, steps: dict[str, Any]) -> None:
        """Tell the browser another link, in the same update as what else changes.

        Args:
            language: of the page, as HTML names it.
            query: of the link.
            steps: that can be undone and done again, as links.
        """
        self._props |= {"language": language, "query": query, "steps": steps}
        self.update()


def tool(
    label: str, act: Callable[[], object], *, name: str = "", kind: str = "tool", mark: str = ""
) -> Element:
    """Add a button.

    Args:
        label: what it says.
        act: what it does.
        name: what it is called for those who do not see it, if that is something else.
        kind: its class in the style sheet.
        mark: by which tests find it.
    """
    button = ui.element("button").classes(kind).props("type=button")
    if name:
        button.props["aria-label"] = name
    if mark:
        button.props["data-do"] = mark
    with button:
        text(label)
    return button.on("click", lambda _: act())


def text(content: str, tag: str = "span", kind: str = "") -> Element:
    """Add a piece of text, shown as it is: nothing in it is markup."""
    element = ui.element(tag)
    element._text = content
    return element.classes(kind) if kind else element


def put(element: Element, content: str) -> None:
    """Change the words of a piece of text."""
    if element._text != content:
        element._text = content
        element.update()


def quoted(value: object) -> str:
    """Return plain data as a script has it; nothing in it ends the script."""
    return json.dumps(value).replace("<", "\\u003c")
