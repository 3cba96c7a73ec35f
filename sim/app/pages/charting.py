"""Buttons that save something, and say so if it cannot be saved."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from inspect import isawaitable

from nicegui import Client, ui
from nicegui.element import Element

from sim.app.pages.elements import put, text, tool
from sim.language import Language
from sim.problems import Problem
from sim.text.catalogue import say


class NothingYetError(Exception):
    """Nothing can be saved before there is an answer."""


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
