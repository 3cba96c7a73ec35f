"""Studies in a real browser: chosen, asked by hand, shown; the command line says the same."""

import csv
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.app.browsing import IN_A_BROWSER, SMALL, Lab, opened
from tests.app.hands import choose, press, speak, type_into
from tests.app.looks import hard_to_use

pytestmark = IN_A_BROWSER


def option(name: str) -> str:
    return f"[data-do='study.{name}']"


def test_a_study_asked_by_hand_says_what_its_command_says(
    page: Page, lab: Lab, tmp_path: Path
) -> None:
    """In a store of its own, of a package that no file of the folder is."""
    opened(page, lab, "view=likelihoods&lang=en&study=gates&plans.zhuji.on=false")
    press(page.locator("[data-do=view-studies]"), "mouse")
    choose(page.locator("[data-do=study]"), "rank", "keys")
    type_into(page.locator(option("levers")), "yulin,yanzhen")
    choose(page.locator(option("way")), "both", "keys")
    choose(page.locator("[data-do=size]"), "16")
    press(page.locator(option("per_cost")), "mouse")
    expect(page).to_have_url(re.compile(r"study=rank&.*study\.levers=yulin.*study\.per_cost=true"))
    expect(page.locator("#main .badge")).to_contain_text("of 5 blocks")
    press(page.locator("[data-do=begin]"), "mouse")
    table = page.locator(".result table.read").first
    expect(table.locator("tbody tr")).to_have_count(4)
    origin = page.locator("[data-do=origin]")
    expect(origin).to_contain_text("Answer for The plan as written")
    expect(origin).to_contain_text("16 replicates of each scenario · seed 2022 · model")
    expect(page.locator(".result .chart svg").first).to_contain_text("Rainforest")
    assert not hard_to_use(page)
    line = shlex.split(page.locator("[data-do=command]").inner_text())
    with page.expect_download() as file:
        press(page.locator("[data-do=save-package]"), "mouse")
    file.value.save_as(tmp_path / file.value.suggested_filename)
    with page.expect_download() as told:
        press(page.locator("[data-do='make-rank.json']"), "mouse")
    shown = json.loads(told.value.path().read_text(encoding="utf-8"))
    assert numbers(shown) == numbers(run(line, tmp_path))
    rises = [row for each in shown["tables"] if each["name"] == "rank" for row in each["rows"]]
    assert len(rises) == table.locator("tbody tr").count()
    speak(page, "zh")
    expect(origin).to_contain_text("以下结果对应：按方案实施")
    expect(page.locator(option("way"))).to_have_value("both")
    expect(page.locator(option("per_cost"))).to_be_checked()
    expect(table.locator("tbody tr")).to_have_count(4)
    choose(page.locator(option("way")), "down")
    expect(origin).to_contain_text("较早的结果")


def run(line: list[str], folder: Path) -> dict[str, Any]:
    """Return what a command of the small city says as JSON, in a folder that is empty else."""
    assert line[0] == "sim"
    words = [sys.executable, str(SMALL), *line[1:], "--json", "--no-figures"]
    environment = {**os.environ, "SIM_LANG": "en"}
    done = subprocess.run(
        words, cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def numbers(said: dict[str, Any]) -> list[Any]:
    """Return what was found, without what packages are called: a saved file has its own name."""
    tables = [
        [[value for value in row.values() if not isinstance(value, str)] for row in each["rows"]]
        for each in said["tables"]
        if "rows" in each
    ]
    return [said["replicates"], said["seed"], said["model_hash"], tables]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_shipped_is_there_at_once(page: Page, lab: Lab, language: str) -> None:
    opened(page, lab, f"view=studies&lang={language}&study=instruments")
    rows = page.locator(".result table.read").first.locator("tbody tr")
    expect(rows.nth(40)).to_be_attached()
    expect(page.locator(".result .chart svg path").first).to_be_attached()
    with page.expect_download() as file:
        press(page.locator("[data-do=save-file]"), "mouse")
    shipped = _rows(Path("sim/cities/shanghai/evidence/instruments.csv"))
    saved = _rows(file.value.path())
    assert saved == shipped
    choose(page.locator("[data-do=study]"), "calibrate")
    expect(page.locator("[data-do=command]")).to_have_text("sim calibrate")
    expect(page.locator("[data-do=begin]")).to_be_hidden()
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for study in ("calibrate", "compare", "influence"):
            if width == 390 or study != "calibrate":
                choose(page.locator("[data-do=study]"), study)
            page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


def test_what_cannot_be_used_is_said_in_words(page: Page, lab: Lab) -> None:
    link = "view=studies&lang=en&study=rank&study.up=99&study.levers=%3Cb%3Enobody%3C/b%3E"
    opened(page, lab, link)
    badge = page.locator("#main .badge")
    expect(badge).to_contain_text("rank: up: found 99")
    type_into(page.locator(option("up")), "2")
    expect(badge).to_contain_text("<b>nobody</b>")
    press(page.locator("[data-do=begin]"), "keys")
    expect(badge).to_contain_text("<b>nobody</b>")
    expect(page.locator("[data-do=stop-begin]")).to_be_hidden()
    type_into(page.locator(option("levers")), "yulin")
    expect(badge).to_contain_text("blocks are there")
