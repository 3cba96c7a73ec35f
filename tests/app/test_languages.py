"""Protects that the lab lists each language with a catalogue, and begins in the browser's."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sim.app.pages.routes import liked_best
from tests.app.browsing import IN_A_BROWSER, PATIENCE, serving
from tests.app.hands import speak
from tests.text.french import with_french

TITLES = {
    "fr": ("Français", "fr-FR", "Laboratoire des politiques de Shanghai"),
    "en": ("English", "en-GB", "Shanghai future industries · policy lab"),
    "zh": ("中文", "zh-CN", "上海未来产业 · 政策实验室"),
}
"""Each language's name, its tag, and the lab's title in it."""


@IN_A_BROWSER
def test_the_list_holds_every_language(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path, with_french(tmp_path)) as lab:
        page = browser.new_page(locale="fr-CA")
        page.set_default_timeout(PATIENCE)
        page.goto(lab.address)  # a link that says no language: the browser's
        top, choices = page.locator("html"), page.locator("[data-do=language]")
        expect(page.locator("h1")).to_have_text(TITLES["fr"][2])
        expect(choices).to_have_accessible_name("Language")  # French lacks the word
        for language, name in (("en", "English"), ("zh", "中文"), ("fr", "Français")):
            option = choices.locator(f"option[value={language}]")
            expect(option).to_have_text(name)
            expect(option).to_have_attribute("lang", TITLES[language][1])
        for language, how in (("zh", "mouse"), ("fr", "keys"), ("en", "mouse")):
            speak(page, language, how)
            expect(page.locator("h1")).to_have_text(TITLES[language][2])
            expect(top).to_have_attribute("lang", TITLES[language][1])
            expect(choices).to_have_value(language)
            expect(page).to_have_url(re.compile(rf"[?&]lang={language}(&|$)"))
        page.close()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", "zh"),
        ("de-DE,de;q=0.9,zh-CN;q=0.3,en;q=0.5", "en"),
        ("en;q=0, zh;q=0.1", "zh"),
        ("de, *;q=0.5", "here"),
        ("", "here"),
        (";q=x,;q=,,zh", "zh"),
    ],
)
def test_the_browsers_language_is_the_best_liked_of_ours(header: str, language: str) -> None:
    assert liked_best(header, "here") == language
