"""Figures of an experiment on the page, each with its buttons."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from matplotlib.figure import Figure as Drawn
from nicegui import ui
from nicegui.element import Element

from sim.app.pages.charting import hand_out, save_buttons, saving
from sim.app.pages.elements import COMPONENTS, text, tool
from sim.app.pictures import Drawing, picture
from sim.app.session import Session
from sim.present.browser import PHONE, WIDTH, height, is_broad, option
from sim.present.figure import drawn
from sim.spec.findings import Figure
from sim.spec.marks import Map
from sim.text.catalogue import say
from sim.views.themes import DARK, LIGHT

NONE: Mapping[str, "Made"] = {}
"""No files that are made when they are asked for."""


class Charts(ui.echart, component=f"{COMPONENTS}/chart.js"):
    """What ECharts draws."""


class Chart:
    """A declared figure as charts, which are moved sideways where there is no room for them."""

    def __init__(self) -> None:
        """Add the place for it."""
        self.frame = ui.element("div").classes("scrolls").props("tabindex=0 role=group")
        with self.frame:
            self.charts = Charts({}, renderer="svg").classes("chart").props("role=img")

    def show(self, figure: Figure, session: Session) -> None:
        """Draw a figure in a page's language and colours, for the room that there is."""
        language, theme = session.language, DARK if session.dark else LIGHT
        broad = is_broad(figure)
        told = figure, language, theme, PHONE if session.narrow and not broad else WIDTH
        self.frame.classes(add="wide" if broad else "", remove="" if broad else "wide")
        self.frame.props["aria-label"] = figure.title.in_(language)
        self.charts.options.clear()
        self.charts.options.update(option(*told))
        self.charts.props["aria-label"] = figure.alternative.in_(language)
        self.charts.style(f"height:{height(*told)}px").update()


def put_figures(session: Session, drawings: Sequence[Drawing]) -> None:
    """Add figures with their buttons; as a file they are drawn when that is asked for."""
    for figure, numbers in drawings:
        with ui.element("figure").classes("figure"):
            put = _put_picture if isinstance(figure.mark, Map) else _put_chart
            put(session, figure)
            figure_buttons(session, figure.name, partial(drawn, figure, session.language), numbers)


def _put_chart(session: Session, figure: Figure) -> None:
    """Add a figure with what is written around it."""
    language = session.language
    text(figure.title.in_(language), "h3")
    text(figure.subtitle.in_(language), "p", "note")
    Chart().show(figure, session)
    with ui.element("figcaption"):
        for note in figure.notes:
            text(note.in_(language), "p", "note")


def _put_picture(session: Session, figure: Figure) -> None:
    """Add a map as its file shows it, once it is drawn."""
    language = session.language
    frame = ui.element("div").classes("scrolls wide").props("tabindex=0 role=group")
    frame.props["aria-label"] = figure.title.in_(language)
    with frame:
        image = ui.element("img").classes("chart")
    image.props["alt"] = figure.alternative.in_(language)
    wide, high = figure.mark.size
    image.style(f"height:auto;aspect-ratio:{wide}/{high}")
    session.alongside(_fill(session, image, figure))


async def _fill(session: Session, image: Element, figure: Figure) -> None:
    svg = await _picture(session, partial(drawn, figure, session.language), "svg")
    if not image.is_deleted:
        image.props["src"] = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
        image.update()


async def _picture(session: Session, draw: Callable[[], Drawn], kind: str) -> bytes:
    engine = session.engine
    content: bytes = await engine.run(engine.drawings, picture, draw, kind, session.dark)
    return content


def figure_buttons(
    session: Session, name: str, draw: Callable[[], Drawn], numbers: Callable[[], str]
) -> None:
    """Add the buttons that save a figure, drawn as a file, and its numbers as CSV.

    Args:
        session: of the tab.
        name: stem of the files.
        draw: draws it for a file.
        numbers: gives what it shows as CSV.
    """

    async def save(kind: str) -> None:
        hand_out(session.client, f"{name}.{kind}", await _picture(session, draw, kind))

    def csv(_kind: str) -> None:
        hand_out(session.client, f"{name}.csv", numbers().encode("utf-8-sig"))

    save_buttons(session.language, {"png": save, "svg": save, "csv": csv})


Made = tuple[str, Callable[[], str | bytes]]
"""Name of a file that is made when it is asked for, and what makes it."""


def put_texts(
    session: Session, texts: Sequence[tuple[str, str]], made: Mapping[str, Made] = NONE
) -> None:
    """Add a button for each file of an experiment.

    Args:
        session: of the tab.
        texts: names and texts of files.
        made: what a button says -> its file, made in the thread that draws.
    """
    with ui.element("div").classes("saving files"):
        failed = text("", "span", "failed").props("aria-live=assertive")
        text(say("lab.saved_as", session.language))
        for name, content in texts:
            _text_button(session, name, content, failed)
        for label, (name, make) in made.items():
            save = partial(saving, partial(_make, session, name, make), label, failed)
            tool(label, partial(save, session.language), kind="quiet", mark=f"make-{name}")


async def _make(session: Session, name: str, make: Callable[[], str | bytes]) -> None:
    content = await session.engine.run(session.engine.drawings, make)
    hand_out(session.client, name, content.encode() if isinstance(content, str) else content)


def _text_button(session: Session, name: str, content: str, failed: Element) -> None:
    told = content.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")
    act = partial(hand_out, session.client, name, told)
    save = partial(saving, act, name, failed, session.language)
    tool(name, save, kind="quiet", mark="save-file")
