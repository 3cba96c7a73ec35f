"""What the server answers: the page, and the few files that are its own."""

from contextlib import suppress
from pathlib import Path

from fastapi import Request
from nicegui import Client, app, ui

from sim.app.growth import Engine
from sim.app.pages.lab import Page
from sim.language import LANGUAGES, Language, catalogue
from sim.views.letters import FONT_FILE

STYLE = Path(__file__).parent.parent / "style.css"
SCRIPT = Path(__file__).parent.parent / "page.js"
HEAD = """
<link rel="preload" href="/lab/font.otf" as="font" type="font/otf" crossorigin>
<link rel="stylesheet" href="/lab/style.css">
<script src="/lab/page.js"></script>
"""


def add_pages(engine: Engine, query: str, language: Language) -> None:
    """Tell the server what to answer.

    Args:
        engine: that runs replicates for all tabs.
        query: link of the package that a bare address begins with.
        language: of a browser that likes none of ours, where the link says none.
    """
    app.add_static_file(local_file=FONT_FILE, url_path="/lab/font.otf")
    app.add_static_file(local_file=STYLE, url_path="/lab/style.css")
    app.add_static_file(local_file=SCRIPT, url_path="/lab/page.js")

    @ui.page("/")
    def lab(request: Request, client: Client) -> None:
        ui.add_head_html(HEAD)
        liked = liked_best(request.headers.get("accept-language", ""), language)
        Page(engine, request.url.query or query, liked, client)


def liked_best(header: str, otherwise: Language) -> Language:
    """Return the language of ours that a browser likes best.

    Args:
        header: its ``Accept-Language``: tags, each with a weight or without.
        otherwise: if it likes none of ours.
    """
    weighed = []
    for each in header.split(","):
        tag, _, weight = each.partition(";q=")
        with suppress(ValueError):
            weighed.append((float(weight or 1.0), tag.strip().lower()))
    liked = [tag for weight, tag in sorted(weighed, key=lambda it: -it[0]) if weight > 0.0]
    own = {catalogue(each).tag.lower(): each for each in LANGUAGES} | {it: it for it in LANGUAGES}
    names = (name for tag in liked for name in (tag, tag.partition("-")[0]))
    return next((own[name] for name in names if name in own), otherwise)
