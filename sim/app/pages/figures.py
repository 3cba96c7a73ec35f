"""Figures of an experiment on the page, each with its buttons."""

from collections.abc import Sequence
from functools import partial

from nicegui import ui
from nicegui.element import Element

from sim.app.pages.charting import hand_out, save_buttons, saving
from sim.app.pages.elements import text, tool
from sim.app.pictures import Drawing, as_source, picture
from sim.app.session import Session
from sim.app.words import say


async def draw(session: Session, drawings: Sequence[Drawing]) -> list[bytes]:
    """Draw figures in a thread, as SVG, in the colours of the page."""
    engine, dark = session.engine, session.dark
    return [
        await engine.run(engine.drawings, picture, each.figure, "svg", dark) for each in drawings
    ]


def put_figures(
    session: Session, drawings: Sequence[Drawing], drawn: Sequence[bytes], label: str
) -> None:
    """Add figures with their buttons.

    Args:
        session: of the tab.
        drawings: to be drawn again as PNG, or told in numbers, when that is asked for.
        drawn: the same as SVG.
        label: what they show, for those who do not see them.
    """
    for drawing, svg in zip(drawings, drawn, strict=True):
        with ui.element("figure").classes("figure"):
            # On a phone a figure is wider than the screen: it can be moved, with the keyboard too.
            frame = ui.element("div").classes("framed").props("tabindex=0 role=group")
            frame.props["aria-label"] = label
            with frame:
                image = ui.element("img")
            image.props["src"] = as_source(svg)
            image.props["alt"] = f"{label}: {drawing.figure.stem.replace('_', ' ')}"
            _figure_buttons(session, drawing, svg)


def _figure_buttons(session: Session, drawing: Drawing, svg: bytes) -> None:
    named = drawing.figure

    async def png() -> None:
        told = named, "png", session.dark
        content = await session.engine.run(session.engine.drawings, picture, *told)
        hand_out(session.client, f"{named.stem}.png", content)

    def csv() -> None:
        hand_out(session.client, f"{named.stem}.csv", drawing.numbers().encode("utf-8-sig"))

    save_buttons(
        session.language,
        {
            "png": lambda _: png(),
            "svg": lambda _: hand_out(session.client, f"{named.stem}.svg", svg),
            "csv": lambda _: csv(),
        },
    )


def put_texts(session: Session, texts: Sequence[tuple[str, str]]) -> None:
    """Add a button for each file of an experiment."""
    with ui.element("div").classes("saving"):
        failed = text("", "span", "failed").props("aria-live=assertive")
        text(say("saved_as", session.language))
        for name, content in texts:
            _text_button(session, name, content, failed)


def _text_button(session: Session, name: str, content: str, failed: Element) -> None:
    told = content.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")
    act = partial(hand_out, session.client, name, told)
    save = partial(saving, act, name, failed, session.language)
    tool(name, save, kind="quiet", mark="save-file")
