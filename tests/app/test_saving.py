"""Every save button of every view: pressed, its file opened and read."""

import csv
import io
import re
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.image import imread
from playwright.sync_api import Download, Locator, Page, expect

from sim.experiments.sweep_file import read_sweep
from sim.model.world.layout import BREAKDOWN
from sim.plan import PLAN
from sim.store.store import Store
from sim.studies.gates import GATES
from sim.text.numbers import whole
from tests.app.browsing import IN_A_BROWSER, Lab, opened, slowly
from tests.app.hands import HANDS, choose, press
from tests.app.made_up import MADE_UP, store_of
from tests.app.small_lab import OF_COMPARISON, OF_GATES, OF_PACKAGE
from tests.long import LONG

pytestmark = IN_A_BROWSER
TURNS = cycle(HANDS)
BREATH = 120
"""Milliseconds between saves: of more than ten in a second the browser drops one."""
LEAST_INKS = 20
"""Colours that a picture has at least; an empty one has one."""


def saved(page: Page, button: Locator) -> Path:
    """Press a button; return the file that the browser then has.

    One hand a button, another for the next; every hand where all is asked for, with the same file.
    """
    found = set()
    for how in HANDS if LONG else [next(TURNS)]:
        with page.expect_download() as download:
            press(button, how)
        file = kept(download.value)
        found.add((file.name, file.read_bytes()))
        page.wait_for_timeout(BREATH)
    assert len(found) == 1
    return file


def kept(download: Download) -> Path:
    found = download.path()
    return found.rename(found.with_name(download.suggested_filename))


def check_png(file: Path) -> None:
    """It is a picture, and not an empty one."""
    picture = imread(file)
    inks = {tuple(ink) for ink in (255 * picture[::3, ::3, :3]).astype(int).reshape(-1, 3)}
    assert len(inks) > LEAST_INKS
    assert min(picture.shape[:2]) > 200


def texts_of(file: Path) -> str:
    """Return the words of a drawing, with where they are paths the comments that tell them."""
    source = file.read_text(encoding="utf-8")
    root = ElementTree.fromstring(source)
    assert root.tag.endswith("svg")
    told = re.findall(r"<!-- (.*?) -->", source)
    return " ".join([*root.itertext(), *told])


def rows_of(file: Path) -> list[dict[str, str]]:
    content = file.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def buttons(where: Locator) -> dict[str, Locator]:
    return {kind: where.locator(f"[data-do=save-{kind}]") for kind in ("png", "svg", "csv")}


@pytest.mark.parametrize(
    ("language", "name", "seed"),
    [("en", "High-tech enterprises", 31), ("zh", "高新技术企业", 32)],
)
def test_the_main_table_is_saved_as_it_is_shown(
    page: Page, lab: Lab, language: str, name: str, seed: int
) -> None:
    # A seed of its own: what other tests have run to the end can no longer be stopped.
    with slowly(lab):
        opened(page, lab, f"lang={language}&seed={seed}")
        page.locator("[data-do=stop]").click()
        expect(page.locator("[data-do=more]")).to_be_visible()
    row = page.locator("[data-count=hightech_enterprises]")
    expect(row).to_contain_text(name)
    told = re.search(r"\d+", row.locator(".strong b").inner_text())
    assert told is not None
    save = buttons(page.locator("#main"))
    numbers = rows_of(saved(page, save["csv"]))
    assert [each["count"] for each in numbers][:13] == [count.id for count in PLAN.counts]
    (mine,) = (each for each in numbers if each["count"] == "hightech_enterprises")
    assert float(mine["likelihood"]) == pytest.approx(int(told[0]) / 100.0, abs=0.0051)
    drawing = saved(page, save["svg"])
    assert drawing.name == "likelihood.svg"
    assert name in texts_of(drawing)
    check_png(saved(page, save["png"]))


def test_a_save_that_fails_says_so(page: Page, lab: Lab) -> None:
    """What a browser out of memory does: it draws nothing and says nothing."""
    page.add_init_script("HTMLCanvasElement.prototype.toBlob = (done) => done(null)")
    opened(page, lab, "view=city&lang=en")
    page.wait_for_selector(".city[data-ready=true]")
    page.locator("[data-do=save-png]").click()
    failed = page.locator("[data-do=save-failed]")
    expect(failed).to_contain_text("png was not saved")
    saved(page, page.locator("[data-do=save-svg]"))
    expect(failed).to_have_count(0)


def check_files(page: Page, where: Locator, stem: str, word: str) -> list[dict[str, str]]:
    """Save a chart in all three ways; return its numbers."""
    save = buttons(where)
    check_png(saved(page, save["png"]))
    drawing = saved(page, save["svg"])
    assert drawing.name == f"{stem}.svg"
    assert word in texts_of(drawing)
    rows = rows_of(saved(page, save["csv"]))
    assert rows
    return rows


def test_trajectories_are_saved_as_they_are_shown(page: Page, lab: Lab) -> None:
    opened(page, lab, "view=trajectories&lang=zh&plans.yulin.on=false")
    choose(page.locator("[data-do=subject]"), "district:firms")
    expect(page.locator(".chart svg")).to_contain_text("浦东")
    note = page.locator("[data-do=fan-note]")
    expect(note).to_contain_text("虚线为“")
    expect(note).to_contain_text(str(OF_PACKAGE))  # they change no more
    rows = check_files(page, page.locator("#main"), "trajectories", "浦东")
    panels = list(dict.fromkeys(row["panel"] for row in rows))
    assert len(panels) == len(PLAN.districts)
    assert all(panel in (page.locator(".chart svg").text_content() or "") for panel in panels)
    numbers = {row["replicates"] for row in rows}
    assert len(numbers) == 1
    assert numbers.pop() in note.inner_text()


def test_why_is_saved_as_it_is_shown(page: Page, lab: Lab) -> None:
    opened(page, lab, "view=why&lang=zh")
    page.locator("[data-do=gates]").click()
    expect(page.locator(".badge")).to_contain_text(f"配对 {OF_GATES} 次")
    rows = check_files(page, page.locator(".figure"), "gates", "人才")
    for gate, head in enumerate(GATES, 3):
        told = page.locator(f"table.read tbody td:nth-child({gate + 1})").all_inner_texts()
        own = [float(row["difference"]) for row in rows if row["gate"] == head.id]
        assert [whole(100.0 * each) for each in own] == [text.rstrip("·") for text in told]


def test_a_comparison_is_saved_as_it_is_shown(page: Page, lab: Lab) -> None:
    """It begins with the reference, says what is sure, and what the instruments' cost is."""
    without = "safeguards.policy_support.super_deduction.on=false"
    opened(page, lab, f"view=compare&lang=zh&{without}&reference=without-yulin")
    listed = page.locator(".compared li")
    expect(listed).to_have_count(2)
    expect(listed.first).to_contain_text("雨林计划")
    page.locator("[data-do=compare]").click()
    expect(page.locator(".badge")).to_contain_text(str(OF_COMPARISON))  # it is told anew no more
    figures = page.locator(".figure")
    expect(figures).to_have_count(6)
    expect(page.locator("#main")).to_contain_text(re.compile("很可能|难分高下"))
    expect(page.locator("#main")).to_contain_text("研发费用加计扣除的成本为")
    maps = [f"difference_map_{quantity}_2" for quantity in BREAKDOWN]
    stems = ("differences", "effects_2", "difference_fans_2", *maps)
    places = len(BREAKDOWN) * (len(PLAN.clusters) + len(PLAN.districts))
    for number, stem in enumerate(stems):
        length = places if stem in maps else 1 + len(PLAN.counts)
        save = buttons(figures.nth(number))
        check_png(saved(page, save["png"]))
        assert re.search("[\u4e00-\u9fff]{2}", texts_of(saved(page, save["svg"])))
        file = saved(page, save["csv"])
        assert file.name == f"{stem}.csv"
        assert len(rows_of(file)) == length
    files = page.locator("[data-do=save-file]")
    assert {"comparison.csv", "areas.csv"} < set(files.all_inner_texts())
    for button in files.all():
        file = saved(page, button)
        assert file.name == button.inner_text()
        assert file.read_text(encoding="utf-8-sig").strip()
    first = rows_of(saved(page, files.first))[0]
    assert first["count"] == PLAN.counts[0].id
    shown = page.locator("table.read").nth(1).locator("tbody tr").first.inner_text()
    assert f"{100 * float(first['likelihood_first']):.0f}" in shown


def test_a_city_is_saved_as_it_is_shown(page: Page, lab: Lab) -> None:
    opened(page, lab, "view=city&lang=zh")
    page.wait_for_selector(".city[data-ready=true]")
    save = buttons(page.locator(".city"))
    firms = rows_of(saved(page, save["csv"]))
    assert f"{len(firms):,}" in page.locator(".playing output").inner_text()
    circles = saved(page, save["svg"]).read_text(encoding="utf-8").count("<circle")
    assert circles >= len(firms)
    check_png(saved(page, save["png"]))


def test_a_sweep_is_saved_as_it_is_shown(page: Page, lab: Lab) -> None:
    """As figures and as files."""
    sweep = read_sweep("one-lever-off")
    store_of(Store(str(lab.folder / "results" / "store")), sweep.scenarios, MADE_UP)
    opened(page, lab, f"view=studies&study=sweep&lang=en&seed={MADE_UP}")
    choose(page.locator("[data-do='study.file']"), "one-lever-off")
    choose(page.locator("[data-do=size]"), "16")
    expect(page.locator("[data-do=begin]")).to_have_text("Show")
    page.locator("[data-do=begin]").click()
    figure = page.locator(".figure").first
    check_png(saved(page, buttons(figure)["png"]))
    assert "Foundation" in texts_of(saved(page, buttons(figure)["svg"]))
    assert rows_of(saved(page, buttons(figure)["csv"]))
    for button in page.locator("[data-do=save-file]").all():
        assert saved(page, button).read_text(encoding="utf-8-sig").strip()
