"""Protects that the lab's switch offers every language there is a catalogue of."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.app.browsing import IN_A_BROWSER, PATIENCE, serving
from tests.text.french import with_french

pytestmark = IN_A_BROWSER


def test_the_switch_goes_through_all_languages(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path, with_french(tmp_path)) as lab:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{lab.address}/?view=plan&lang=zh")
        switch, top = page.locator("[data-do=language]"), page.locator("html")
        for name, tag, title in (
            ("Français", "fr-FR", "Laboratoire des politiques de Shanghai"),
            ("English", "en-GB", "Shanghai future industries · policy lab"),
            ("中文", "zh-CN", "上海未来产业 · 政策实验室"),
        ):
            expect(switch).to_have_text(name)
            expect(switch).to_have_attribute("lang", tag)
            switch.click()
            expect(page.locator("h1")).to_have_text(title)
            expect(top).to_have_attribute("lang", tag)
            expect(page).to_have_url(re.compile(rf"[?&]lang={tag[:2]}(&|$)"))
        page.close()
