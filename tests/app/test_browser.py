"""The lab in a real browser: its main paths in both languages, and what it must refuse.

Every page is watched: no error on the console, no request to another machine.
"""

import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from sim.app.jobs import job_of
from sim.app.package import preset
from sim.experiments.sweep_file import read_sweep
from sim.spec.palette import GREY
from sim.store.store import Store
from sim.studies.gates import GATES
from sim.studies.shared.of_comparison import MAP
from sim.views.themes import DARK, LIGHT
from tests.app.asked import asked_for
from tests.app.browsing import IN_A_BROWSER, PATIENCE, Lab, command, opened, slowly
from tests.app.hands import choose, load, slide
from tests.app.looks import hard_to_use
from tests.app.made_up import MADE_UP, store_of
from tests.app.small_lab import OF_GATES

QUIET = 2.0
"""Seconds for which a server that runs nothing is watched."""

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize(
    ("language", "on", "undone"), [("en", "Rainforest Plan", "Undo"), ("zh", "雨林计划", "撤销")]
)
def test_a_lever_moves_the_likelihoods_and_can_be_undone(
    page: Page, lab: Lab, language: str, on: str, undone: str
) -> None:
    opened(page, lab, f"lang={language}")
    assert page.evaluate("document.documentElement.lang").startswith(language)
    lever = page.locator("[data-lever=yulin]")
    page.get_by_role("switch", name=on, exact=True).focus()
    page.keyboard.press("Space")
    expect(lever).not_to_be_checked()
    expect(page.locator("[data-count=standards] .change b")).to_have_text(re.compile(r"\d"))
    expect(page).to_have_url(re.compile(r"plans\.yulin\.on=false"))
    page.get_by_role("button", name=undone).click()
    expect(lever).to_be_checked()
    expect(page).not_to_have_url(re.compile("yulin"))
    page.click("[data-do=redo]")
    expect(lever).not_to_be_checked()
    page.click("[data-do=reset]")
    expect(lever).to_be_checked()


def test_a_file_and_a_link_give_the_package_back_in_a_fresh_session(
    page: Page, lab: Lab, browser: Browser, tmp_path: Path
) -> None:
    opened(page, lab)
    choose(page.locator("[data-start=yanzhen]"), "2024-06")
    slide(page.locator("[data-dose=zhuji]"), 2.5, "mouse")
    expect(page.locator("[data-do=undo]")).to_be_enabled()
    expect(page).to_have_url(re.compile(r"zhuji\.dose=2\.5.*yanzhen\.start=2024-06"))
    with page.expect_download() as download:
        page.click("[data-do=save]")
    file = tmp_path / "package.toml"
    download.value.save_as(file)
    assert 'start = "2024-06"' in file.read_text(encoding="utf-8")
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(page.url)
        expect(other.locator("[data-start=yanzhen]")).to_have_value("2024-06", timeout=PATIENCE)
        expect(other.locator("[data-dose=zhuji]")).to_have_value("2.5")
    page.click("[data-do=reset]")
    expect(page.locator("[data-dose=zhuji]")).to_have_value("1")
    load(page.locator("[data-do=load]"), file)
    expect(page.locator("[data-dose=zhuji]")).to_have_value("2.5")
    bad = tmp_path / "bad.toml"
    bad.write_text('extends = "../../secret"', encoding="utf-8")
    load(page.locator("[data-do=load]"), bad)
    expect(page.get_by_role("alert")).to_contain_text("one of the scenarios")
    expect(page.locator("[data-dose=zhuji]")).to_have_value("2.5")


@pytest.mark.parametrize(("language", "words"), [("en", "expected"), ("zh", "应为")])
def test_a_malformed_link_is_told_in_words(page: Page, lab: Lab, language: str, words: str) -> None:
    page.goto(f"{lab.address}/?lang={language}&plans.yulin.dose=99&base=as-written")
    expect(page.get_by_role("alert")).to_contain_text(words, timeout=PATIENCE)
    expect(page.locator("[data-lever=yulin]")).to_be_checked()


def test_the_city_plays_and_tells_lives(page: Page, lab: Lab) -> None:
    opened(page, lab, "view=city&lang=en")
    page.wait_for_selector(".city[data-ready=true]")
    page.click("[data-do=play]")
    expect(page.locator("[data-do=scrub]")).not_to_have_value(re.compile(r"^[0-4]$"))
    page.click("[data-do=play]")
    assert float(page.get_attribute(".city canvas", "data-pace") or 0) > 5
    slide(page.locator("[data-do=scrub]"), 90, "keys")
    expect(page.locator(".playing output")).to_contain_text("2030-04")
    page.get_by_role("button", name="Pudong").click()
    expect(page.locator(".life h3")).to_have_text("Pudong")
    expect(page.locator(".life li").first).to_be_visible()
    page.focus(".city canvas")
    page.keyboard.press("Enter")
    expect(page.locator(".life h3")).to_have_text(FIRM["en"])


FIRM = {
    "en": re.compile("^[A-Z6].* firm [12][0-9]{3}-[2-9A-Z]{4}$"),
    "zh": re.compile("企业 [12][0-9]{3}-[2-9A-Z]{4}$"),
}
"""What firms are called."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_firm_has_the_same_name_under_the_mouse_and_over_its_life(
    page: Page, lab: Lab, language: str
) -> None:
    opened(page, lab, f"view=city&lang={language}")
    page.wait_for_selector(".city[data-ready=true]")
    tip, box = page.locator(".stage .tip"), page.locator(".stage canvas").bounding_box()
    assert box is not None
    for step in range(100):
        x, y = box["x"] + (0.4 + 0.003 * step) * box["width"], box["y"] + 0.5 * box["height"]
        page.mouse.move(x, y)
        page.wait_for_timeout(50)
        if tip.is_visible():
            break
    name = tip.inner_text()
    assert FIRM[language].search(name)
    page.mouse.click(x, y)
    expect(page.locator(".life h3")).to_have_text(name)
    expect(page.locator(".life li").first).to_be_visible()
    with page.expect_download() as download:
        page.click("[data-do=save-csv]")
    assert f",{name.split()[-1]}," in download.value.path().read_text(encoding="utf-8")
    page.mouse.move(box["x"] + 3, box["y"] + 0.5 * box["height"])
    expect(tip).to_have_count(0)


def test_figures_of_a_comparison_follow_the_theme_and_fit_a_phone(page: Page, lab: Lab) -> None:
    opened(page, lab, "view=compare&lang=zh")
    choose(page.locator("[data-do=add-preset]"), "without-yulin")
    page.click("[data-do=compare]")
    figure = page.locator(".figure").first
    expect(figure.locator("svg")).to_contain_text("未来产业产值")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(figure).to_have_js_property("scrollWidth", figure.evaluate("(it) => it.clientWidth"))
    for theme, words in ((LIGHT, "深色"), (DARK, "浅色")):
        expect(page.locator("[data-do=theme]")).to_have_text(words)
        expect(figure.locator(f"svg text[fill='{theme.colour(GREY)}']").first).to_be_attached()
        page.click("[data-do=theme]")
    page.wait_for_function("document.querySelector('.figure img').naturalWidth > 0")  # a map
    shape = page.locator(".figure img").first.evaluate("(it) => it.width / it.height")
    assert shape == pytest.approx(MAP[0] / MAP[1], rel=0.01)


def test_a_sweep_is_started_stopped_and_kept(page: Page, lab: Lab) -> None:
    with slowly(lab):
        opened(page, lab, "view=studies&study=sweep&lang=en")
        choose(page.locator("[data-do='study.file']"), "fund-and-talents")
        choose(page.locator("[data-do=size]"), "64")
        expect(page.locator(".badge")).to_contain_text("of 100 blocks")
        page.click("[data-do=begin]")
        expect(page.locator(".badge")).to_have_text(re.compile(r"^[1-9]\d* of 1600 replicates"))
        page.click("[data-do=stop-begin]")
        expect(page.locator("[data-do=begin]")).to_have_text("Go on")
        expect(page.locator(".badge")).to_have_text(re.compile(r"[1-9]\d* of 100 blocks"))


def test_a_sweep_is_shown_as_its_study_tells_it(page: Page, lab: Lab) -> None:
    """Sentence, tables and the browser's own chart, whose numbers can be saved."""
    sweep = read_sweep("one-lever-off")
    store_of(Store(str(lab.folder / "results" / "store")), sweep.scenarios, MADE_UP)
    opened(page, lab, f"view=studies&study=sweep&lang=zh&seed={MADE_UP}")
    choose(page.locator("[data-do='study.file']"), "one-lever-off")
    choose(page.locator("[data-do=size]"), "16")
    expect(page.locator("[data-do=begin]")).to_have_text("查看")
    page.click("[data-do=begin]")
    expect(page.locator("table.read").first).to_contain_text("雨林计划 关闭")
    expect(page.locator(".chart svg").first).to_contain_text("基准情景")
    with page.expect_download() as download:
        page.locator(".figure").first.locator("[data-do=save-csv]").click()
    assert "difference_low" in download.value.path().read_text(encoding="utf-8-sig")
    assert not hard_to_use(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_study_s_figure_is_a_chart_of_the_browser_s_and_saved_as_a_sheet(
    page: Page, lab: Lab, language: str
) -> None:
    store = Store(str(lab.folder / "results" / "store"))
    told = asked_for("deadline", count="products", lever="yulin")
    job = job_of(told, [preset("as-written")], store, 1)
    store_of(store, job.design.scenarios, MADE_UP)
    asked = "study=deadline&size=16&study.lever=yulin&study.count=products"
    opened(page, lab, f"view=studies&lang={language}&seed={MADE_UP}&{asked}")
    page.click("[data-do=begin]")
    figure = page.locator(".result .figure")
    expect(figure.locator(".chart svg path").first).to_be_attached()
    said = page.locator(".result .figure .chart svg text")
    expect(said.filter(has_text="2022").first).to_be_attached()
    assert figure.locator("h3").inner_text() and figure.locator("figcaption").inner_text()
    with page.expect_download() as download:
        figure.locator("[data-do=save-svg]").click()
    assert "<svg" in download.value.path().read_text(encoding="utf-8")
    assert not hard_to_use(page)


def test_a_list_waits_until_the_page_is_connected(page: Page, lab: Lab) -> None:
    """What is chosen before reaches nobody, so nothing can be chosen before."""
    lines: list[WebSocketRoute] = []
    page.route_web_socket(re.compile("_nicegui_ws"), lambda line: lines.append(line))  # noqa: PLW0108 - Playwright marks what it calls
    opened(page, lab, "view=studies&study=sweep&lang=en")
    preset, lever = page.locator("[data-do=preset]"), page.locator("[data-start=zhuji]")
    for control in (preset, page.locator("[data-do=study]"), lever, page.locator("[data-do=save]")):
        expect(control).to_be_disabled()
    (line,) = lines
    line.connect_to_server()
    choose(preset, "late-start")
    expect(page).to_have_url(re.compile("base=late-start"))
    expect(preset).to_have_value("late-start")
    expect(lever).to_be_enabled()


def test_gates_are_opened_and_can_be_stopped(page: Page, lab: Lab) -> None:
    with slowly(lab):
        opened(page, lab, "view=why&lang=en&plans.yulin.dose=1.9")  # what nobody has run before
        page.click("[data-do=gates]")
        wanted = OF_GATES * (1 + len(GATES))
        expect(page.locator(".badge")).to_contain_text(f"of {wanted} replicates")
        page.click("[data-do=stop-gates]")
    expect(page.locator("[data-do=gates]")).to_be_visible()


def test_a_page_begins_in_the_theme_that_its_browser_likes(lab: Lab, browser: Browser) -> None:
    """A link that names one shows it everywhere; what a visitor chose stays when it is reloaded."""
    dark = re.compile("body--dark")
    with browser.new_context(color_scheme="dark") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        opened(page, lab, "lang=en&view=plan")
        body, tool = page.locator("body"), page.locator("[data-do=theme]")
        expect(body).to_have_class(dark)
        expect(tool).to_have_text("Light")
        assert "theme=" not in page.url
        tool.click()
        expect(body).not_to_have_class(dark)
        expect(page).to_have_url(re.compile("theme=light"))
        page.reload()
        expect(tool).to_have_text("Dark")
        expect(body).not_to_have_class(dark)
        opened(page, lab, "lang=en&view=plan&theme=dark")
        expect(body).to_have_class(dark)
        expect(tool).to_have_text("Light")


def test_two_tabs_do_not_disturb_each_other_and_a_closed_one_stops(
    lab: Lab, browser: Browser
) -> None:
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        one, other = context.new_page(), context.new_page()
        opened(one, lab, "base=only-yulin")
        opened(other, lab, "base=only-zhuji")
        other.click("[data-lever=yanzhen] + .track")
        expect(other.locator("[data-lever=yanzhen]")).to_be_checked()
        expect(one.locator("[data-lever=yanzhen]")).not_to_be_checked()
    if not Path("/proc/self/stat").exists():
        return
    end = time.monotonic() + PATIENCE / 1000
    while True:
        before = seconds_used(lab.process.pid)
        time.sleep(QUIET)
        if seconds_used(lab.process.pid) - before < 0.1 * QUIET:
            return
        assert time.monotonic() < end, "replicates are still being run"


def seconds_used(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_film_that_is_forgotten_is_no_fault(lab: Lab) -> None:
    """A view that is left while its film is on the way must not make the browser complain."""
    with urllib.request.urlopen(lab.address + "/lab/city/forgotten") as answer:
        assert (answer.status, answer.read()) == (204, b"")


def test_other_origins_are_refused(lab: Lab) -> None:
    socket_path = "/_nicegui_ws/socket.io/?EIO=4&transport=polling"
    for path in ("/", socket_path, "/lab/city/anything"):
        request = urllib.request.Request(lab.address + path, headers={"Origin": "http://evil.test"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert refused.value.code == 403
        refused.value.close()
    asked = (
        "GET /_nicegui_ws/socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{lab.port}\r\nOrigin: http://evil.test\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n"
    )
    for origin, status in (("http://evil.test", b"403"), (lab.address, b"101")):
        with socket.create_connection(("127.0.0.1", lab.port), 10) as line:
            line.sendall(asked.replace("http://evil.test", origin).encode())
            assert line.recv(200).split()[1] == status


def test_a_port_in_use_is_told_in_one_line(lab: Lab) -> None:
    words = command("--port", str(lab.port), "--lang", "en")
    found = subprocess.run(words, check=False, capture_output=True, text=True, timeout=60)
    assert found.returncode == 2
    assert found.stderr.count("\n") == 1
    assert "Another program listens there" in found.stderr
