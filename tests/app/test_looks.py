"""Every view, in both languages and themes: not too wide, not hard to read, no louder than sure."""

import re

import pytest
from playwright.sync_api import Page, expect

from sim.app.shown import LEAST
from tests.app.browsing import IN_A_BROWSER, VIEWS, Lab, opened
from tests.app.hands import choose, speak
from tests.app.looks import hard_to_use

pytestmark = IN_A_BROWSER
WIDTHS = (1440, 1024, 390)
"""The narrowest last: only there levers are a view of their own."""


SETTLED = """async (width) => {
  const wide = () => document.documentElement.scrollWidth;
  const last = performance.now() + 5000;
  while (wide() > width && performance.now() < last) await new Promise(requestAnimationFrame);
  return wide();
}"""
"""How wide the page is once charts, which hear of another width later, have followed it."""


def test_no_view_is_wider_than_the_screen(page: Page, lab: Lab) -> None:
    """With what each has to show, in both languages; a theme moves nothing."""
    opened(page, lab, "lang=en&view=why")
    page.click("[data-do=gates]")
    expect(page.locator("table.read tbody tr")).to_have_count(13)
    page.click("[data-do=view-compare]")
    choose(page.locator("[data-do=add-preset]"), "without-yulin")
    page.click("[data-do=compare]")
    expect(page.locator(".figure").first).to_be_visible()
    wide = []
    for spoken, heading in (("zh", "实验室"), ("en", "policy lab")):
        speak(page, spoken)
        expect(page.locator("h1")).to_contain_text(heading)  # the page is built anew
        for view in (*VIEWS, "levers"):
            page.click(f"[data-do=view-{view}]")
            current = page.locator(f"[data-do=view-{view}]")
            expect(current).to_have_attribute("aria-current", "page")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found = page.evaluate(SETTLED, width)
                if found > width:
                    language = page.evaluate("document.documentElement.lang")
                    wide.append((view, width, found, language))
    assert not wide


SIZES = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const badge = document.querySelector("[data-do=badge]")?.textContent;
    const found = document.querySelector("[data-count=output] .strong b");
    const number = /from (\\d+) of/.exec(badge ?? "");
    if (number) seen.push([Number(number[1]), parseFloat(getComputedStyle(found).fontSize), badge]);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
"""Notes at every change how many replicates are told, and how large the first likelihood is set."""


def test_likelihoods_are_small_before_thirty_replicates(page: Page, lab: Lab) -> None:
    """Of packages that nobody ran before: the small world may have thirty at its first answer."""
    few: list[tuple[int, float, str]] = []
    many: list[tuple[int, float, str]] = []
    for dose in ("1.7", "1.6", "1.4", "1.3", "1.2"):
        opened(page, lab, f"lang=en&view=studies&plans.yulin.dose={dose}")
        page.evaluate(SIZES)
        page.click("[data-do=view-likelihoods]")
        page.locator("[data-lever=zhuji]").focus()
        page.keyboard.press("Space")
        told = re.compile(r"from (\d{3}|[4-9]\d) of")
        expect(page.locator("[data-do=badge]")).to_have_text(told)
        seen: list[tuple[int, float, str]] = page.evaluate("seen")
        few = [each for each in seen if each[0] < LEAST]
        many = [each for each in seen if each[0] >= LEAST]
        if few:
            break
    assert few
    assert many
    assert max(size for _, size, _ in few) < min(size for _, size, _ in many)
    assert all(f"{number} replicates only" in badge for number, _, badge in few)
    assert not any("replicates only" in badge for _, _, badge in many)


@pytest.mark.parametrize(
    ("query", "views"),
    [
        ("lang=en", ("likelihoods", "city", "studies", "experts", "plan")),
        ("lang=zh&theme=dark", ("likelihoods", "trajectories", "compare", "why", "experts")),
    ],
)
def test_nothing_is_hard_to_read_or_to_reach(
    page: Page, lab: Lab, query: str, views: tuple[str, ...]
) -> None:
    opened(page, lab, query)
    page.click("[data-open=zhuji]")
    page.wait_for_selector("#more-zhuji")
    serious = []
    for view in views:
        page.click(f"[data-do=view-{view}]")
        expect(page.locator(f"[data-do=view-{view}]")).to_have_attribute("aria-current", "page")
        serious += [(view, *each) for each in hard_to_use(page)]
    page.set_viewport_size({"width": 390, "height": 844})
    serious += [("phone", *each) for each in hard_to_use(page)]
    assert not serious
