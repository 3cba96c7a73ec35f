"""What decides each count stands below the likelihoods, of the package of now only."""

import re

from playwright.sync_api import Page, expect

from sim.views.deciding import REPLICATES_NEEDED
from tests.app.browsing import IN_A_BROWSER, Lab, opened, slowly

pytestmark = IN_A_BROWSER


def test_what_decides_is_named_until_the_package_is_another(page: Page, lab: Lab) -> None:
    opened(page, lab)
    section = page.locator("[data-do=decides]")
    row = section.locator("tbody tr").first
    expect(row).to_contain_text(re.compile(r"\d+%\*"))
    expect(row.locator("td")).to_have_count(4)
    page.get_by_role("switch", name="Rainforest Plan", exact=True).focus()
    with slowly(lab):
        page.keyboard.press("Space")
        expect(section).to_contain_text(f"from {REPLICATES_NEEDED} replicates on")
        expect(row).to_have_count(0)
