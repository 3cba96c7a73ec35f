"""Every control by mouse, keys or finger: what is shown, linked, saved and run agree."""

import csv
import json
import re
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from sim.app.links import from_address
from sim.app.package import from_toml
from sim.plan import PLAN
from sim.scenario import Scenario, read_scenario
from tests.app.browsing import IN_A_BROWSER, SMALL, VIEWS, Lab, opened, slowly
from tests.app.hands import HANDS, choose, drag, load, press, slide, speak, type_into
from tests.app.small_lab import FORGOTTEN, OF_PACKAGE
from tests.long import LONG

pytestmark = IN_A_BROWSER
KNOWN_UNTIL = Path(__file__).parent / "known-until.toml"
NAMED = "(it) => it.id || JSON.stringify(it.dataset)"
"""What a control is known by."""
MORE_STOPS = 10
"""Places at which Tab stops besides controls: links, and what can be scrolled."""
AWAY = FORGOTTEN + 2.0
"""Seconds after which the server has forgotten a page that is away."""


def linked(page: Page) -> Scenario:
    """Return the scenario of the page's address."""
    return from_address(urlsplit(page.url).query).package.scenario


def agreed(page: Page, how: str = "mouse") -> Scenario:
    """Return the scenario of the page: its link, its file and the answer's replicates are of it."""
    with page.expect_download() as download:
        press(page.locator("[data-do=save]"), how)
    text = download.value.path().read_text(encoding="utf-8")
    saved = from_toml(text, "saved").scenario
    here = linked(page)
    assert (saved.hash(), saved.seed) == (here.hash(), here.seed), text
    assert saved.hash()[:8] in download.value.suggested_filename
    expect(page.locator(".likelihoods:not(.older)")).to_have_attribute(
        "data-of", f"{saved.hash()} {saved.seed}"
    )
    return saved


def by(hand: str) -> pytest.MarkDecorator:
    """Return the mark of a test that one hand does, and every hand where all is asked for."""
    return pytest.mark.parametrize("how", HANDS if LONG else (hand,))


@pytest.mark.parametrize("how", HANDS)
def test_a_slider_gives_what_it_shows(page: Page, lab: Lab, how: str) -> None:
    opened(page, lab, "lang=en")
    dose, told = page.locator("[data-dose=yulin]"), page.locator("label:has([data-dose=yulin])")
    slide(dose, 3.3, how)
    expect(page).to_have_url(re.compile(r"yulin\.dose=3\.3"))
    expect(dose).to_have_value("3.3")
    expect(told).to_contain_text("3.3×")
    assert agreed(page, how).settings["guidance_fund"].dose == 3.3
    press(page.locator("[data-do=undo]"), how)
    expect(dose).to_have_value("3.2" if how == "keys" else "1")  # each key is a step of its own
    press(page.locator("[data-do=redo]"), how)
    expect(dose).to_have_value("3.3")
    press(page.locator("[data-do=reset]"), how)
    expect(dose).to_have_value("1")
    assert agreed(page).settings["guidance_fund"].dose == 1.0


@by("keys")
def test_lists_boxes_and_fields_give_what_they_show(page: Page, lab: Lab, how: str) -> None:
    opened(page, lab, "lang=en")
    start = page.locator("[data-start=yanzhen]")
    choose(start, "2024-06", how)
    expect(page).to_have_url(re.compile("yanzhen.start=2024-06"))
    expect(start).to_have_value("2024-06")
    press(page.locator("[data-open=zhuji]"), how)
    box = page.locator("[data-place='zhuji:pudong']")
    press(box, how)
    expect(page).to_have_url(re.compile("zhuji.districts="))
    expect(box).not_to_be_checked()
    assert "pudong" not in (agreed(page).settings["research_institute"].districts or ("pudong",))
    press(page.locator("[data-every='zhuji:districts']"), how)
    expect(box).to_be_checked()
    expect(page).not_to_have_url(re.compile("zhuji"))
    fine = page.locator("[data-fine=research_institute]")
    type_into(fine, "2.25", how)
    expect(page).to_have_url(re.compile(r"research_institute\.dose=2\.25"))
    expect(fine).to_have_value("2.25")
    assert agreed(page).settings["research_institute"].dose == 2.25


@by("mouse")
def test_zones_and_tracks_are_chosen_by_hand(
    page: Page, lab: Lab, how: str, tmp_path: Path
) -> None:
    """Of a lever and of one instrument: link, file, languages, undo and the command agree."""
    opened(page, lab, "lang=en")
    press(page.locator("[data-open=zhuji]"), how)
    zone, district = (page.locator(f"[data-place='zhuji:{id}']") for id in ("zhangjiang", "pudong"))
    expect(district).to_be_checked()
    expect(zone).to_be_checked()
    expect(zone).to_be_disabled()  # as its district is
    press(page.locator("[data-only='zhuji:zhangjiang']"), how)
    shown_as(page, "plans.zhuji.districts", "zhangjiang")
    expect(district).not_to_be_checked()
    press(page.locator("[data-place='zhuji:zizhu']"), how)
    shown_as(page, "plans.zhuji.districts", "zhangjiang,zizhu")
    press(page.locator("[data-only='zhuji:six_g']"), how)
    shown_as(page, "plans.zhuji.clusters", "six_g")
    press(page.locator("[data-where=research_institute]"), how)
    press(page.locator("[data-only='research_institute:energy']"), how)
    shown_as(page, "plans.zhuji.research_institute.clusters", "energy")
    press(page.locator("[data-place='research_institute:energy']"), how)  # nothing would be left
    expect(page.get_by_role("alert").filter(has_text="expected")).to_be_visible()
    expect(page.locator("[data-place='research_institute:energy']")).to_be_checked()
    for button, told in (("undo", 0), ("redo", 1)):
        press(page.locator(f"[data-do={button}]"), how)
        expect(page.locator("[data-place='research_institute:energy']:checked")).to_have_count(told)
    for language, heading, name in (("zh", "实验室", "张江"), ("en", "policy lab", "Zhangjiang")):
        speak(page, language, how)
        expect(page.locator("h1")).to_contain_text(heading)
        expect(page.locator("[data-do=differs]")).to_contain_text(name)
    page.reload()
    press(page.locator("[data-open=zhuji]"), how)
    expect(zone).to_be_checked()
    expect(district).not_to_be_checked()
    saved = agreed(page, how)
    own = saved.settings["research_institute"]
    assert (own.districts, own.clusters) == (("zhangjiang", "zizhu"), ("energy",))
    other = next(each.id for each in PLAN.levers[0].instruments if each.id != "research_institute")
    assert saved.settings[other].clusters == ("six_g",)
    with page.expect_download() as download:
        press(page.locator("[data-do=save]"), how)
    download.value.save_as(tmp_path / "saved.toml")
    words = [
        sys.executable,
        str(SMALL),
        "run",
        "saved.toml",
        "--replicates",
        f"{OF_PACKAGE}",
        "--json",
    ]
    done = subprocess.run([*words, "--no-figures"], cwd=tmp_path, check=True, capture_output=True)
    (table,) = json.loads(done.stdout)["tables"]
    ran = {each["count"]: each["likelihood"] for each in table["rows"]}
    expect(page.locator("[data-do=more]")).to_be_visible()  # all replicates are there
    with page.expect_download() as download:
        press(page.locator("#main [data-do=save-csv]"), how)
    lines = csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines())
    shown = {each["count"]: float(each["likelihood"]) for each in lines}
    assert ran == pytest.approx({count: shown[count] for count in ran}, abs=1e-6)


def test_ctrl_z_steps_back_but_where_somebody_types(page: Page, lab: Lab) -> None:
    opened(page, lab, "lang=en&view=plan")
    lever, zone = page.locator("[data-lever=zhuji]"), page.locator("[data-place='zhuji:zizhu']")
    press(page.locator("[data-open=zhuji]"), "mouse")
    press(page.locator("[data-only='zhuji:zizhu']"), "mouse")
    expect(zone).to_be_enabled()
    press(lever, "keys")
    expect(lever).not_to_be_checked()
    for keys, on, limited in (
        ("Control+z", True, True), ("Control+z", True, False), ("Control+z", True, False),
        ("Control+Shift+z", True, True), ("Control+y", False, True), ("Control+z", True, True),
    ):  # fmt: skip
        page.keyboard.press(keys)
        expect(lever).to_be_checked(checked=on)
        expect(zone).to_be_enabled(enabled=limited)
    fine = page.locator("[data-fine=research_institute]")
    fine.focus()
    page.keyboard.type("2")
    page.keyboard.press("Control+z")
    expect(fine).to_have_value("1")
    expect(zone).to_be_enabled()
    expect(page.locator("[data-do=redo]")).to_be_enabled()  # no step was made


@by("touch")
def test_switches_and_files_give_what_they_show(
    page: Page, lab: Lab, how: str, tmp_path: Path
) -> None:
    opened(page, lab, "lang=en")
    lever = page.locator("[data-lever=zhuji]")
    press(lever, how)
    expect(lever).not_to_be_checked()
    expect(page).to_have_url(re.compile("zhuji.on=false"))
    press(page.locator("[data-open=yulin]"), how)
    one = page.locator("[data-instrument=guidance_fund]")
    press(one, how)
    expect(one).not_to_be_checked()
    expect(page).to_have_url(re.compile("guidance_fund.on=false"))
    kept = agreed(page)
    with page.expect_download() as download:
        press(page.locator("[data-do=save]"), how)
    file = tmp_path / "saved.toml"
    download.value.save_as(file)
    presets = page.locator("[data-do=preset]")
    choose(presets, "late-start", how)
    expect(page).to_have_url(re.compile("base=late-start"))
    expect(presets).to_have_value("late-start")
    assert agreed(page).hash() == read_scenario("late-start").hash()
    load(page.locator("[data-do=load]"), file, how)
    expect(lever).not_to_be_checked()
    assert agreed(page).hash() == kept.hash()


def test_what_is_refused_is_not_shown(page: Page, lab: Lab) -> None:
    opened(page, lab, "lang=en&plans.zhuji.districts=pudong")
    alert = page.get_by_role("alert").filter(has_text="expected")
    press(page.locator("[data-open=zhuji]"), "mouse")
    fine = page.locator("[data-fine=research_institute]")
    type_into(fine, "99")
    expect(alert).to_be_visible()
    expect(fine).to_have_value("1")
    page.get_by_role("button", name="Close").click()
    type_into(fine, "")
    expect(fine).to_have_value("1")
    box = page.locator("[data-place='zhuji:pudong']")
    box.click()
    expect(alert).to_be_visible()
    expect(box).to_be_checked()
    assert linked(page).settings["research_institute"].districts == ("pudong",)


def test_a_slider_that_is_dragged_stays_in_the_hand(page: Page, lab: Lab) -> None:
    """What comes in meanwhile, an answer or a lever moved before, does not take it away."""
    opened(page, lab, "lang=en")
    dose, told = page.locator("[data-dose=zhuji]"), page.locator("label:has([data-dose=zhuji])")
    drag(page.locator("[data-dose=yulin]"), 0.5)
    box = dose.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    held = dose.input_value()
    assert float(held) > 2.0
    page.wait_for_timeout(1500)  # answers come in
    expect(dose).to_have_value(held)
    expect(told).to_contain_text(held)
    page.mouse.up()
    expect(page).to_have_url(re.compile(re.escape(f"zhuji.dose={held}")))
    expect(dose).to_have_value(held)


TOLD = {
    "en": ("facts known up to 2024-12", "seed 7", "down to 5 %", "dose 6", "2024-09",
           "until 2030-01", "energy"),
    "zh": ("截至 2024-12 的事实", "随机种子 7", "容差 5%", "力度 6", "自 2024-09",
           "至 2030-01", "集群"),
}  # fmt: skip
"""What is told of a file with every kind of setting."""


def test_a_file_with_every_kind_of_setting_is_given_back(page: Page, lab: Lab) -> None:
    scenario = read_scenario(KNOWN_UNTIL)
    opened(page, lab, "lang=en&view=plan")
    load(page.locator("[data-do=load]"), KNOWN_UNTIL)
    differs = page.locator("[data-do=differs]")
    for language, heading in (("en", "policy lab"), ("zh", "政策实验室")):
        expect(page.locator("h1")).to_contain_text(heading)
        for each in TOLD[language]:
            expect(differs).to_contain_text(each, ignore_case=True)
        if language == "en":
            speak(page, "zh")
    press(page.locator("[data-do=view-likelihoods]"), "mouse")
    assert agreed(page).hash() == scenario.hash()
    against = page.locator("#main .note", has_text=re.compile("2022"))
    expect(against.first).to_contain_text("7")
    expect(page.locator("[data-count=output] .change b")).to_be_empty()
    press(page.locator("[data-do=undo]"), "mouse")
    expect(differs).to_be_empty()
    press(page.locator("[data-do=redo]"), "mouse")
    expect(differs).to_contain_text("2024-12")
    page.reload()
    expect(differs).to_contain_text("2024-12")
    saved = agreed(page)
    assert (saved.hash(), saved.seed, saved.tolerance) == (scenario.hash(), 7, 0.05)


def shown_as(page: Page, name: str, value: str) -> None:
    """Wait until the link says what was pressed."""
    expect(page).to_have_url(re.compile(rf"[?&]{name}={value}(&|$)"))


@by("mouse")
def test_buttons_do_what_they_say(page: Page, lab: Lab, how: str) -> None:
    """Those of the page and of the likelihoods; other tests press what views have besides."""

    def pressed(button: str) -> Locator:
        found = page.locator(f"[data-do={button}]")
        press(found, how)
        return found

    # What nobody has run before can be stopped.
    with slowly(lab):
        opened(page, lab, f"lang=en&plans.yulin.dose=1.{HANDS.index(how)}5")
        pressed("stop")
    expect(page.locator("[data-do=badge]")).to_contain_text("stopped")
    here = agreed(page).hash()
    numbers = page.locator(".likelihoods").inner_text()
    for view in (*VIEWS[1:], VIEWS[0]):
        expect(pressed(f"view-{view}")).to_have_attribute("aria-current", "page")
        shown_as(page, "view", view)
    speak(page, "zh", how)
    expect(page.locator("h1")).to_have_text("上海未来产业 · 政策实验室")
    shown_as(page, "lang", "zh")
    pressed("theme")
    expect(page.locator("body")).to_have_class(re.compile("body--dark"))
    shown_as(page, "theme", "dark")
    speak(page, "en", how)
    expect(page.locator("h1")).to_contain_text("policy lab")
    pressed("theme")
    expect(page.locator("body")).not_to_have_class(re.compile("body--dark"))
    expect(page.locator(".likelihoods")).to_have_text(numbers, use_inner_text=True)
    pressed("copy")
    expect(page.locator(".notice")).to_be_visible()
    pressed("pin")
    expect(page.locator("[data-do=reference]")).to_contain_text("changed")
    assert from_address(urlsplit(page.url).query).reference.scenario.hash() == here
    pressed("unpin")
    expect(page.locator("[data-do=reference]")).not_to_contain_text("changed")
    expect(page.locator("[data-do=more]")).to_be_visible()  # another reference was caught up with
    pressed("more")
    expect(page.locator("[data-do=stop]")).to_be_visible()  # not for long
    expect(page.locator("[data-do=badge]")).to_contain_text(f"of {2 * OF_PACKAGE}")
    assert agreed(page, how).hash() == here


def test_every_control_is_reached_by_tab(page: Page, lab: Lab) -> None:
    opened(page, lab, "lang=en")
    seen = "button:visible:enabled, select:visible:enabled, input:visible:enabled"
    expect(page.locator("[data-do=more]")).to_be_visible()
    wanted = [each.evaluate(NAMED) for each in page.locator(seen).all()]
    reached = set()
    for _ in range(len(wanted) + MORE_STOPS):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(f"({NAMED})(document.activeElement)"))
    assert not set(wanted) - reached


def change(page: Page) -> Locator:
    return page.locator("[data-count=standards] .change b")


def test_changes_have_one_pinned_reference_that_the_link_holds(page: Page, lab: Lab) -> None:
    opened(page, lab, "lang=en&plans.yulin.on=false")
    reference = page.locator("[data-do=reference]")
    expect(reference).to_contain_text("The plan as written")
    expect(change(page)).to_have_text(re.compile(r"\d"))
    expect(page.locator("[data-do=unpin]")).to_be_disabled()
    press(page.locator("[data-do=pin]"), "keys")
    expect(reference).to_contain_text("The plan as written, changed")
    expect(page).to_have_url(re.compile(r"reference=as-written&reference\.plans\.yulin\.on=false"))
    expect(change(page)).to_be_empty()
    press(page.locator("[data-lever=zhuji]"), "mouse")
    press(page.locator("[data-lever=zhuji]"), "mouse")
    press(page.locator("[data-lever=lingpao]"), "mouse")
    expect(change(page)).to_have_text(re.compile(r"\d"))
    expect(page.locator("#main")).to_contain_text("Change against The plan as written, changed")
    page.reload()
    expect(reference).to_contain_text("changed")
    expect(change(page)).to_have_text(re.compile(r"\d"))
    press(page.locator("[data-do=unpin]"), "mouse")
    expect(page).not_to_have_url(re.compile("reference"))
    choose(page.locator("[data-do=preset]"), "only-yulin")
    press(page.locator("[data-do=pin]"), "mouse")
    expect(page).to_have_url(re.compile("reference=only-yulin(&lang|&view)"))


def test_a_page_that_was_away_comes_back_with_its_change(page: Page, lab: Lab) -> None:
    """Away for long enough that the server has forgotten it: the address holds what is needed."""
    lines: list[WebSocketRoute] = []
    away = threading.Event()

    def connect(line: WebSocketRoute) -> None:
        if away.is_set():
            line.close()
        else:
            line.connect_to_server()
            lines.append(line)

    page.route_web_socket(re.compile("_nicegui_ws"), connect)
    opened(page, lab, "lang=en&plans.yulin.on=false&reference=without-zhuji")
    expect(change(page)).to_have_text(re.compile(r"\d"))
    page.locator("[data-dose=zhuji]").focus()
    lines[-1].close()
    expect(page.locator(".lost")).to_be_visible()
    expect(page.locator(".lost")).to_be_hidden()
    expect(page.locator("[data-dose=zhuji]")).to_be_focused()  # back at once, and with the hand
    away.set()
    for line in lines:
        line.close()
    expect(page.locator(".lost")).to_be_visible()
    expect(page.locator(".lost")).to_contain_text("nothing can be changed until it is back")
    for control in (
        "[data-lever=zhuji]",
        "[data-dose=zhuji]",
        "[data-do=preset]",
        "[data-do=save]",
    ):
        expect(page.locator(control)).to_be_disabled()
    page.wait_for_timeout(1000 * AWAY)
    with page.expect_event("load"):  # the server has forgotten the page, which loads itself anew
        away.clear()
    expect(page.locator("fieldset.lab:not([disabled])")).to_be_attached()
    expect(page.locator(".lost")).to_be_hidden()
    expect(page.locator("[data-do=reference]")).to_contain_text("Foundation")
    expect(change(page)).to_have_text(re.compile(r"\d"))
    drag(page.locator("[data-dose=zhuji]"), 2.0)
    expect(page).to_have_url(re.compile("zhuji.dose=2"))
    agreed(page)
