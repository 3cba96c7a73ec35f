"""What can be measured of how a page looks: is it hard to read or to reach, is it too wide."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def hard_to_use(page: Page) -> list[tuple[str, list[str]]]:
    """Return the serious findings of axe: which rule, and where it is broken.

    While axe looks at a long page the browser answers nobody, so that the server may take it for
    lost; what is looked at is the page with its connection.
    """
    expect(page.locator("fieldset.lab:not([disabled])")).to_be_attached()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert len(found["passes"]) > 10
    return [
        (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
