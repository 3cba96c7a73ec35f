"""What the server answers: the page, and the few files that are its own."""

from pathlib import Path

from fastapi import Request
from nicegui import Client, app, ui

from sim.app.growth import Engine
from sim.app.pages.lab import Page
from sim.language import Language
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
        language: that it begins in.
    """
    app.add_static_file(local_file=FONT_FILE, url_path="/lab/font.otf")
    app.add_static_file(local_file=STYLE, url_path="/lab/style.css")
    app.add_static_file(local_file=SCRIPT, url_path="/lab/page.js")

    @ui.page("/")
    def lab(request: Request, client: Client) -> None:
        asked = request.url.query or f"{query}&lang={language}"
        ui.add_head_html(HEAD)
        Page(engine, asked, client)
