"""The experts' page in a real browser: typed, refused, saved, opened and scored as by commands."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sim.csv_files import ENCODING
from sim.evidence.elicitation import panel
from sim.evidence.forms import FIELDS, draft
from sim.problems import Problem
from sim.scenario.experts import beliefs
from sim.scenario.files import SHIPPED
from tests.app.browsing import IN_A_BROWSER, Lab, opened
from tests.app.hands import load, press, speak, type_into
from tests.app.test_saving import saved
from tests.cli.conftest import Command, command

__all__ = ["command"]

pytestmark = IN_A_BROWSER
FILES = sorted((SHIPPED / "experts").glob("made-up-*.csv"))
ANSWERED = re.compile(r"\b12\b.*\b12\b")


@pytest.mark.parametrize(("language", "how"), [("en", "mouse"), ("zh", "touch")])
def test_a_form_is_filled_in_and_saved_as_the_command_writes_and_reads_it(
    page: Page, lab: Lab, tmp_path: Path, command: Command, language: str, how: str
) -> None:
    """What is impossible is told beside its field as the file's refusal tells it."""
    form = tmp_path / "form.csv"
    assert (
        command("elicit", "form", "--out", form, "--parameters", "team,outside_option").status == 0
    )
    opened(page, lab, f"view=experts&lang={language}")
    type_into(page.locator("[data-do=form-names]"), "team, outside_option", how)
    expect(page.locator("[data-asked]")).to_have_count(12)
    type_into(page.locator("[data-do=form-name]"), "form")
    save = page.locator("[data-do=form-save]")
    assert saved(page, save).read_bytes() == form.read_bytes()
    expect(page.locator("[data-do=form-said]")).to_contain_text("12")  # so many are missing

    _, told = draft(FILES[0])
    for name in [row.split(",")[1] for row in form.read_text(ENCODING).splitlines()[1:]]:
        for field in FIELDS:
            type_into(page.locator(f"[data-asked={name}] [data-field={field}]"), told[name][field])
    expect(page.locator("[data-do=form-progress]")).to_have_text(ANSWERED)
    last = page.locator("[data-asked=outside_option]")
    type_into(last.locator("[data-field=q50]"), "1.5", how)
    expect(last.locator("[data-field=q50]")).to_have_attribute("aria-invalid", "true")
    type_into(page.locator("[data-do=form-name]"), "ann", how)
    file = saved(page, save)
    with pytest.raises(Problem) as refused:
        panel([file])
    words = refused.value.in_(language).partition("q50")[2]
    expect(last.locator(".failed")).to_have_text(re.compile(re.escape(words) + "$"))
    type_into(last.locator("[data-field=q50]"), told["outside_option"]["q50"], how)
    expect(last.locator(".failed")).to_be_empty()
    page.reload()  # nothing typed is lost
    expect(page.locator("[data-do=form-progress]")).to_have_text(ANSWERED)
    speak(page, {"en": "zh", "zh": "en"}[language], how)
    expect(page.locator("html")).not_to_have_attribute("lang", re.compile(f"^{language}"))
    expect(page.locator("[data-do=form-progress]")).to_have_text(ANSWERED)
    file = saved(page, save)
    assert file.name == "ann.csv"
    assert panel([file]).experts == ("ann",)
    press(page.locator("[data-do=form-clear]"), how)
    expect(last.locator("[data-field=q05]")).to_have_value("")
    load(page.locator("[data-do=form-open]"), file, how)
    expect(page.locator("[data-do=form-progress]")).to_have_text(ANSWERED)
    assert saved(page, save).read_bytes() == file.read_bytes()


def test_forms_are_scored_and_pooled_as_the_command_does(
    page: Page, lab: Lab, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "scenarios" / "experts"
    assert command("elicit", "read", *FILES, "--out", folder).status == 0
    opened(page, lab, "view=experts&lang=en")
    score, given = page.locator("[data-do=form-score]"), page.locator(".compared li")
    load(score, FILES, "keys")
    expect(given).to_have_count(3)
    expect(page.locator("#main")).to_contain_text("pool, by performance")
    files = [saved(page, button) for button in page.locator("[data-do=save-file]").all()]
    assert {file.name: file.read_bytes() for file in files} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }
    monkeypatch.chdir(tmp_path)
    assert {belief.name for belief in beliefs("expert:performance")} > {"team", "outside_option"}
    press(page.get_by_label("made-up-c", exact=False), "keys")
    load(score, FILES)  # two are there, and hold nobody up
    told = "{0}.csv: found {0}; expected each expert once"
    expect(page.locator("[data-do=form-status]")).to_have_text(
        "\n".join(told.format(name) for name in ("made-up-a", "made-up-b"))
    )
    expect(given).to_have_count(3)
    speak(page, "zh")
    expect(page.locator("#main")).to_contain_text("按表现合并")
    expect(given).to_have_count(3)
    press(page.get_by_label("made-up-b", exact=False), "keys")
    expect(given).to_have_text([re.compile("made-up-a"), re.compile("made-up-c")])


def test_what_somebody_sends_is_not_trusted(page: Page, lab: Lab, tmp_path: Path) -> None:
    """Shown as text if at all, refused where it is too large or no form, and nothing else lost."""
    opened(page, lab, "view=experts&lang=en&asked=%3Cimg%20src%3Dx%3E")
    status = page.locator("[data-do=form-status]")
    expect(status).to_contain_text("found <img src=x>")
    type_into(page.locator("[data-do=form-names]"), "team")
    expect(status).to_be_empty()
    whole = FILES[0].read_bytes()
    for content, told in (
        (whole.replace(b"outside_option", b"<img/src=x>\x1b[2J\xe2\x80\xae"), "found <img/src=x>"),
        (whole.decode(ENCODING).encode("gb18030"), "CSV UTF-8"),
        (whole + 100_000 * b" ", "at most 100000 bytes"),
        (b"id\n" * 30_000, "id,question_en"),
    ):
        file = tmp_path / "x.csv"
        file.write_bytes(content)
        for button in ("form-open", "form-score"):
            load(page.locator(f"[data-do={button}]"), file)
            expect(status).to_contain_text(told)
            assert "\x1b" not in status.inner_text() and "\u202e" not in status.inner_text()
            load(page.locator("[data-do=form-open]"), FILES[0])
            expect(status).to_be_empty()
    expect(page.locator(".compared li")).to_have_count(0)
    expect(page.locator("#main img")).to_have_count(0)
    name = page.locator("[data-do=form-name]")
    type_into(name, "equal")
    page.locator("[data-do=form-save]").click()
    expect(page.locator("[data-do=form-said]")).to_contain_text("named after the expert")
