"""What was asked for is what is shown: answers say whose they are, and work outlives its view.

Pressed with the mouse in a real browser, as somebody does who is impatient.
"""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.browsing import IN_A_BROWSER, PATIENCE, VIEWS, Lab, opened, slowly
from tests.app.hands import choose, speak
from tests.app.small_lab import OF_GATES, OF_PACKAGE

pytestmark = IN_A_BROWSER


@pytest.fixture
def sweeping(page: Page, lab: Lab) -> Iterator[Page]:
    """Return a page that ends the sweeps of its visitor, also when the test fails."""
    yield page
    page.goto(f"{lab.address}/?view=studies&study=sweep&lang=en")
    expect(page.locator("fieldset.lab")).to_be_enabled()
    under_way = page.locator("[data-do=stop-begin]:visible, [data-do=stop-other]")
    last = time.monotonic() + PATIENCE / 1000
    while under_way.count():
        assert time.monotonic() < last, "a study that was told to stop goes on"
        under_way.first.click()
        page.wait_for_timeout(200)


def origin(page: Page) -> Locator:
    return page.locator("[data-do=origin]")


def shown(page: Page, view: str) -> None:
    page.locator(f"[data-do=view-{view}]").click()
    expect(page.locator(f"[data-do=view-{view}]")).to_have_attribute("aria-current", "page")


def switched_off(page: Page, lever: str) -> None:
    page.locator(f"[data-lever={lever}] + .track").click()
    expect(page.locator(f"[data-lever={lever}]")).not_to_be_checked()


def hash_in(words: str) -> str:
    found = re.search(r"\[([0-9a-f]{8})\]", words)
    assert found is not None, words
    return found[1]


def test_why_is_told_of_its_package_until_it_is_asked_again(page: Page, lab: Lab) -> None:
    opened(page, lab, "view=why&lang=en")
    page.locator("[data-do=gates]").click()
    expect(page.locator("table.read tbody tr")).to_have_count(13)
    expect(page.locator(".badge")).to_have_text(re.compile(f"^{OF_GATES} pairs"))
    expect(origin(page)).to_have_text(re.compile(r"^Answer for .*as written", re.IGNORECASE))
    first = hash_in(origin(page).inner_text())
    switched_off(page, "yulin")
    expect(origin(page)).to_have_text(re.compile("^Older answer"))
    assert hash_in(origin(page).inner_text()) == first
    shown(page, "trajectories")
    shown(page, "why")
    expect(page.locator("table.read tbody tr")).to_have_count(13)
    expect(origin(page)).to_have_text(re.compile("^Older answer"))
    speak(page, "zh")
    expect(origin(page)).to_contain_text("较早的结果")
    page.locator("[data-do=gates]").click()
    expect(origin(page)).to_have_text(re.compile("^以下结果对应：.*雨林计划"))
    assert hash_in(origin(page).inner_text()) != first
    shown(page, "likelihoods")  # they made way for the question, and go on
    expect(page.locator("[data-do=badge]")).to_have_text(
        re.compile(rf"已完成 [1-9]\d\d/{OF_PACKAGE}")
    )


def test_trajectories_hold_the_same_replicates_of_both(page: Page, lab: Lab) -> None:
    """The reference has hundreds when the package has its first few."""
    opened(page, lab, "lang=en")
    expect(page.locator("[data-do=badge]")).to_contain_text(
        re.compile(rf"from \d{{3}} of {OF_PACKAGE}")
    )
    shown(page, "trajectories")
    note = page.locator("[data-do=fan-note]")
    expect(note).to_contain_text(re.compile(r"80 and 95 % of \d+"))
    switched_off(page, "yulin")
    expect(note).to_contain_text("Dashed")
    for _ in range(4):
        told = re.findall(r"of (\d+) replicates|the same (\d+) replicates", note.inner_text())
        numbers = {number for pair in told for number in pair if number}
        assert len(numbers) == 1, told
        page.wait_for_timeout(1000)
    with page.expect_download() as download:
        page.locator("[data-do=save-csv]").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith("p97.5,median_before,replicates")
    assert len({line.rpartition(",")[2] for line in lines[1:]}) == 1


def test_an_older_answer_is_no_answer_of_now_in_any_view(page: Page, lab: Lab) -> None:
    opened(page, lab, "view=compare&lang=en&plans.zhuji.on=false")
    page.locator("[data-do=compare]").click()
    expect(origin(page)).to_have_text(re.compile(r"^Answer for A .*B "))
    page.locator("[data-do=add-preset]").press("Tab")
    page.get_by_role("button", name=re.compile("^Take .*off$")).last.click()
    choose(page.locator("[data-do=add-preset]"), "without-yulin")
    expect(origin(page)).to_have_text(re.compile("^Older answer"))
    expect(page.locator(".figure")).to_have_count(6)
    speak(page, "zh")
    expect(page.locator(".figure")).to_have_count(6)
    expect(origin(page)).to_contain_text("较早的结果")
    shown(page, "city")
    page.wait_for_selector(".city[data-ready=true]")
    expect(origin(page)).to_contain_text("以下结果对应")
    before = hash_in(origin(page).inner_text())
    switched_off(page, "yulin")
    expect(origin(page)).to_have_text(re.compile("^以下结果对应：.*雨林计划"))
    assert hash_in(origin(page).inner_text()) != before


def test_a_sweep_goes_on_whatever_becomes_of_its_page(
    sweeping: Page, lab: Lab, browser: Browser
) -> None:
    """Left, in another language, loaded again: it is further on, and can be stopped."""
    page = sweeping
    with slowly(lab):
        opened(page, lab, "view=studies&study=sweep&lang=en")
        choose(page.locator("[data-do='study.file']"), "fund-and-talents")
        choose(page.locator("[data-do=size]"), "256")
        page.locator("[data-do=begin]").click()
        badge = page.locator("#main .badge")
        expect(badge).to_have_text(re.compile(r"^[1-9]\d* of 6400 replicates"))
        shown(page, "why")
        shown(page, "studies")
        expect(badge).to_have_text(re.compile(r"^[1-9]\d* of 6400 replicates"))
        before = int(badge.inner_text().split()[0])
        speak(page, "zh")
        expect(badge).to_have_text(re.compile(r"已完成 \d+/6400 次模拟"))
        page.reload()
        expect(badge).to_have_text(re.compile(r"已完成 \d+/6400 次模拟"))
        found = re.search(r"(\d+)/6400", badge.inner_text())
        assert found is not None
        assert int(found[1]) >= before
        with browser.new_context() as context:  # somebody else: another visitor sees none of it
            other = context.new_page()
            opened(other, lab, "view=studies&study=sweep&lang=en")
            expect(other.locator("[data-do=stop-begin]")).to_be_hidden(timeout=PATIENCE)
        page.locator("[data-do=stop-begin]").click()
        expect(page.locator("[data-do=begin]")).to_have_text("继续")


def test_two_sweeps_leave_room_for_others(sweeping: Page, lab: Lab, browser: Browser) -> None:
    """A third is refused in words; who comes new gets numbers while both are under way."""
    page = sweeping
    with slowly(lab):
        opened(page, lab, "view=studies&study=sweep&lang=en")
        for study in ("sweep", "attribute"):  # those that take longest
            choose(page.locator("[data-do=study]"), study)
            if study == "sweep":
                choose(page.locator("[data-do='study.file']"), "fund-and-talents")
            choose(page.locator("[data-do=size]"), "256")
            page.locator("[data-do=begin]").click()
            badge = page.locator("#main .badge")
            expect(badge).to_have_text(re.compile(r"^\d+ of \d+ replicates"))
        choose(page.locator("[data-do=study]"), "sweep")
        choose(page.locator("[data-do='study.file']"), "one-lever-off")
        page.locator("[data-do=begin]").click()
        refused = "as many as one visitor may have"
        expect(badge).to_contain_text(refused)
        page.wait_for_timeout(4000)  # others go on, and say so
        expect(badge).to_contain_text(refused, timeout=1)
        with browser.new_context() as context:
            context.set_default_timeout(PATIENCE)
            other = context.new_page()
            opened(other, lab, "base=late-start&lang=en")
            shown(other, "city")
            other.wait_for_selector(".city[data-ready=true]")
            shown(other, "studies")
            choose(other.locator("[data-do=study]"), "attribute")
            choose(other.locator("[data-do=size]"), "256")
            other.locator("[data-do=begin]").click()
            waits = other.locator("#main .badge")
            expect(waits).to_have_text("Waiting for its turn")
            other.wait_for_timeout(4000)  # what the store holds of it was counted: no news now
            expect(waits).to_have_text("Waiting for its turn", timeout=1)
            other.locator("[data-do=stop-begin]").click()
            expect(waits).not_to_have_text("Waiting for its turn")
        stop = page.locator("[data-do=stop-begin]")
        expect(stop).to_be_hidden()
        choose(page.locator("[data-do=study]"), "attribute")  # as it was asked
        # The button comes with the study: what was said of the other may stand a moment longer.
        expect(stop).to_be_visible()
        stop.click()
        expect(stop).to_be_hidden()
        # The other is stopped on a page that asks something else.
        page.goto(f"{lab.address}/?view=studies&study=rank&lang=en")
        expect(page.locator("[data-do=stop-other]")).to_have_count(1)
        page.locator("[data-do=stop-other]").click()
        expect(page.locator("[data-do=stop-other]")).to_have_count(0)


def test_views_that_are_left_at_once_raise_nothing(lab: Lab, browser: Browser) -> None:
    """The fixture looks at what the server logs; work that was begun goes on behind."""
    begin = {"compare": "compare", "why": "gates"}
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        opened(page, lab, "view=studies&study=sweep&plans.zhuji.on=false")
        expect(page.locator("[data-do=save]")).to_be_enabled()
        for pause in (0, 400):
            for view in VIEWS:
                shown(page, view)
                if view in begin and page.locator(f"[data-do={begin[view]}]").is_visible():
                    page.locator(f"[data-do={begin[view]}]").click()
                page.wait_for_timeout(pause)
                if view == "city":
                    theme = page.locator("[data-do=theme]")
                    before = theme.inner_text()
                    theme.click()
                    expect(theme).not_to_have_text(before)
