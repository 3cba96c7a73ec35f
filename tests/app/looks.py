"""What can be measured of how a page looks: is it hard to read or to reach, is it too wide."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def hard_to_use(page: Page) -> list[tuple[str, list[str]]]:
    """Return the serious findings of axe: which rule, and where it is broken."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert len(found["passes"]) > 10
    return [
        (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
