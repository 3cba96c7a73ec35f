"""A chart with its buttons: saved as PNG and SVG by the browser, as CSV from the numbers."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nicegui import Client, ui

from sim.app.look import look
from sim.app.pages.elements import text, tool
from sim.app.words import say
from sim.experiments.comparison_files import table
from sim.language import Language

Rows = tuple[Sequence[str], Iterable[Sequence[Any]]]
"""Heads of the columns, and the rows."""


class Chart:
    """An ECharts chart that can be taken away."""

    def __init__(
        self, name: str, label: str, rows: Callable[[], Rows], language: Language, *, dark: bool
    ) -> None:
        """Add an empty chart.

        Args:
            name: stem of the files.
            label: what it shows, for those who do not see it.
            rows: gives the numbers that it shows.
            language: of the buttons.
            dark: whether the ground is dark.
        """
        self.name, self.rows, self.dark = name, rows, dark
        self.chart = ui.echart({}, renderer="svg").classes("chart")
        self.chart.props["role"] = "img"
        self.chart.props["aria-label"] = label
        save_buttons(language, {"png": self._save, "svg": self._save, "csv": self._table})

    def show(self, option: dict[str, Any], height: int | None = None) -> None:
        """Draw something."""
        if height is not None:
            self.chart.style(f"height:{height}px")
        self.chart.options.clear()
        self.chart.options.update(option)
        self.chart.update()

    def _save(self, kind: str) -> None:
        told = json.dumps([self.chart.id, kind, self.name, look(self.dark)["paper"]])
        self.chart.client.run_javascript(f"lab.saveChart(...{told})")

    def _table(self, _kind: str) -> None:
        hand_out(self.chart.client, f"{self.name}.csv", table(*self.rows()).encode("utf-8-sig"))


def save_buttons(language: Language, kinds: Mapping[str, Callable[[str], object]]) -> None:
    """Add a row of buttons, one for each kind of file."""
    with ui.element("div").classes("saving"):
        text(say("saved_as", language))
        for kind, act in kinds.items():
            tool(kind.upper(), _with(act, kind), kind="quiet", mark=f"save-{kind}")


def _with(act: Callable[[str], object], kind: str) -> Callable[[], object]:
    return lambda: act(kind)


def hand_out(client: Client, name: str, content: bytes) -> None:
    """Let a browser save a file."""
    client.download(content, name)
