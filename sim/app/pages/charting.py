"""A chart with its buttons: saved as PNG and SVG by the browser, as CSV from the numbers."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from inspect import isawaitable
from typing import Any

from nicegui import Client, ui
from nicegui.element import Element

from sim.app.look import look
from sim.app.pages.elements import put, text, tool
from sim.csv_files import table
from sim.language import Language
from sim.problems import Problem
from sim.text.catalogue import say, worded

LONGEST = 30.0
"""Seconds that a browser may take to draw a picture."""
Rows = tuple[Sequence[str], Iterable[Sequence[Any]]]
"""Heads of the columns, and the rows."""


class NothingYetError(Exception):
    """Nothing can be saved before there is an answer."""


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
        self.shown = False
        self.chart = ui.echart({}, renderer="svg").classes("chart")
        self.chart.props["role"] = "img"
        self.chart.props["aria-label"] = label
        save_buttons(language, {"png": self._save, "svg": self._save, "csv": self._table})

    def show(self, option: dict[str, Any], height: int | None = None) -> None:
        """Draw something."""
        if height is not None:
            self.chart.style(f"height:{height}px")
        self.shown = True
        self.chart.options.clear()
        self.chart.options.update(option)
        self.chart.update()

    async def _save(self, kind: str) -> None:
        """Let the browser save the chart.

        Raises:
            NothingYetError: nothing is drawn yet.
            Problem: the browser could not do it.
        """
        self._check()
        told = json.dumps([self.chart.id, kind, self.name, look(self.dark)["paper"]])
        code = f"return lab.trying(() => lab.saveChart(...{told}))"
        failure = await self.chart.client.run_javascript(code, timeout=LONGEST)
        if failure:
            expected = worded("expected.drawing_browser")
            raise Problem(f"{self.name}.{kind}", "", str(failure), expected)

    def _check(self) -> None:
        if not self.shown:
            raise NothingYetError

    def _table(self, _kind: str) -> None:
        self._check()
        hand_out(self.chart.client, f"{self.name}.csv", table(*self.rows()).encode("utf-8-sig"))


def save_buttons(language: Language, kinds: Mapping[str, Callable[[str], object]]) -> None:
    """Add a row of buttons, one for each kind of file; one that fails says so beside them.

    Args:
        language: of the words.
        kinds: what makes the file of a kind and hands it out, at once or as a coroutine.
    """
    with ui.element("div").classes("saving"):
        failed = text("", "span", "failed").props("aria-live=assertive data-do=save-failed")
        text(say("lab.saved_as", language))
        for kind, act in kinds.items():
            save = partial(saving, partial(act, kind), kind.upper(), failed, language)
            tool(kind.upper(), save, kind="quiet", mark=f"save-{kind}")


async def saving(act: Callable[[], object], name: str, failed: Element, language: Language) -> None:
    """Save something; if that does not work, say so and why.

    Args:
        act: saves it, at once or as a coroutine.
        name: of the file or its kind.
        failed: where to say it.
        language: to say it in.
    """
    put(failed, "")
    try:
        found = act()
        if isawaitable(found):
            await found
    except NothingYetError:
        put(failed, say("lab.not_saved", language, name=name, why=say("lab.nothing_yet", language)))
    except Problem as problem:
        put(failed, say("lab.not_saved", language, name=name, why=problem.in_(language)))
    except Exception as error:  # whatever it is: who pressed the button has to hear of it
        logging.getLogger(__name__).exception("saving failed")
        why = f"{type(error).__name__}: {error}"
        put(failed, say("lab.not_saved", language, name=name, why=why))


def hand_out(client: Client, name: str, content: bytes) -> None:
    """Let a browser save a file."""
    client.download(content, name)
