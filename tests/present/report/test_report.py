"""Protects the report: its numbers, that it asks nothing of anybody, and that both forms agree."""

import base64
import ctypes
import hashlib
import io
import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image
from pypdfium2 import PdfDocument, PdfPage, raw

from sim.estimate.paired import Difference
from sim.estimate.records import Decided, Decider, Decisions, Interval
from sim.experiments.other_reading import InOther
from sim.language import Language
from sim.parameters import PARAMETERS
from sim.plan import PLAN, READINGS
from sim.present.figure import drawn
from sim.present.notebook import html_of
from sim.present.report.assumptions import GROUPS
from sim.present.report.brief import brief
from sim.present.report.compose import document
from sim.present.report.document import (
    Cell,
    Code,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
    alternative,
)
from sim.present.report.given import open_all
from sim.present.report.likelihoods import maps, run_name
from sim.present.report.to_html import html
from sim.present.report.to_pdf import pdf
from sim.present.report.write import HTML, PDF, write_report
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.spec.findings import Figure, Sentence
from sim.spec.stored import FILE, findings_of
from sim.spec.study_result import StudyResult
from sim.store import Result, load_result
from sim.store.scenario_text import scenario_text
from sim.studies.shared.influence import rests_on
from sim.studies.shared.maps import QUANTITIES, district_map
from sim.studies.shared.other_readings import Other, other_readings_file
from sim.studies.shared.turning import Turning, turned_file
from sim.views.fonts import missing
from sim.views.parameter_names import short_names
from tests.present.report.conftest import ASKED, COARSE, LANGUAGES, UNUSED, Written, compared
from tests.present.report.page import read
from tests.store import made

OF_NO_RESULT = ("results", "files", "coverage", "published")
"""Tables that no file of a result holds: the last is the city's own record."""
NASTY = '<script>alert(1)</script> #panic("x") *bold* _it_ $x$ @y <z> `r` \\u{41} // 苝 "&"'
"""A name that would act in HTML, in Typst or in neither, with a letter that the font lacks."""
SECTIONS = [
    "question", "answer", "likelihood", "decides", "fans", "maps", "changes",
    "study-R3", "study-R4", "study-R5", "study-R6", "study-R7", "study-R8",
    "assumptions", "limits", "reproduce", "coverage", "parameters",
]  # fmt: skip


def bare(text: str) -> str:
    """Return a text without spaces, line breaks and joiners, which the forms set differently."""
    return re.sub(r"[\s\u200b\u2060\ufffe]", "", text)


def in_full(said: Document) -> str:
    """Return the paragraph under the title of the full answer."""
    titles = [isinstance(each, Heading) and each.anchor == "in-full" for each in said.blocks]
    found = said.blocks[titles.index(True) + 1]
    assert isinstance(found, Paragraph)
    return found.text


def test_the_report_has_every_section_in_order(report: Written) -> None:
    assert [section.anchor for section in report.document.sections()] == SECTIONS


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ASKED)
def test_the_first_page_answers_the_question_with_one_picture_and_its_certainty(
    results: dict[str, Path], asked: str, language: Language
) -> None:
    folders = [results[name] for name in asked.split("+")]
    said, short = document(folders, language), brief(folders, language)
    with PdfDocument(pdf(said)) as printed:
        shown = bare(printed[0].get_textpage().get_text_range())
        pictures = list(printed[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    assert len(pictures) == 1
    for line in (short.question, short.answer.sentence, short.caveat):
        assert bare(line) in shown
    for number in short.answer.numbers:
        assert (
            f"{bare(number.about)}{'：' if language == 'zh' else ':'}{bare(number.value)}" in shown
        )
    assert [section.anchor for section in said.sections()][:2] == ["question", "answer"]


def test_no_table_is_without_anything_told(report: Written) -> None:
    for table in (each for each in report.document.blocks if isinstance(each, Table)):
        told = {cell.text for row in table.rows for cell in row[1:]}
        assert told - {"", "—"}, table.key


def test_the_picture_of_the_first_page_is_not_shown_again(report: Written) -> None:
    pictures = [each for each in report.document.blocks if isinstance(each, Picture)]
    first, *others = [each.key for each in pictures]
    assert first not in others
    if report.document.language == "zh":  # drawn, so that figures are told apart
        assert first == "effects-1"


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_run_has_its_maps(results: dict[str, Path], language: Language) -> None:
    runs = open_all([results["run"], results["other"]], language)
    pictures = {each.key: each for each in maps(runs, language) if isinstance(each, Picture)}
    assert len(pictures) == len(runs) * len(QUANTITIES)
    for number, run in enumerate(runs, start=1):
        for quantity in QUANTITIES:
            assert run_name(run, language) in pictures[f"map-{quantity}-{number}"].caption


def test_maps_of_several_runs_share_their_colours(results: dict[str, Path]) -> None:
    """The colour bar of one run reaches as far as the largest of those beside it."""
    run, other = (load_result(results[name]) for name in ("run", "other"))
    alone, together = (
        [label.get_text() for axes in figure.axes for label in axes.get_xticklabels()]
        for figure in (
            drawn(district_map(run, "firms"), "en"),
            drawn(district_map(run, "firms", beside=(Tenfold(other),)), "en"),
        )
    )
    assert alone != together


class Tenfold:
    """A run of which everything is ten times as many."""

    def __init__(self, run: Result) -> None:
        """Stand in for a run."""
        self.run = run

    def __getattr__(self, name: str) -> Any:
        """Return what the run has."""
        return getattr(self.run, name)

    def measure(self, name: str) -> NDArray[np.float32]:
        """Return ten times a measure."""
        return 10.0 * self.run.measure(name)


def test_the_likelihood_table_holds_the_numbers_of_the_summary_file(
    report: Written, results: dict[str, Path]
) -> None:
    said = json.loads((results["run"] / "summary.json").read_text(encoding="utf-8"))
    page = read(report.html)
    (table,) = [
        each for each in page.all("table") if each.attributes["id"] == "table-likelihood-R1"
    ]
    rows = [
        [
            tuple(map(float, cell.attributes.get("data-values", "").split()))
            for cell in row.all("td")
        ]
        for row in table.all("tr")[1:]
    ]
    for row, told in zip(rows, said["counts"], strict=False):
        assert row == [
            (told["target"],),
            tuple(told[key] for key in ("likelihood", "likelihood_low", "likelihood_high")),
            tuple(told[key] for key in ("about", "about_low", "about_high")),
            (told["median"],),
            (told["p10"], told["p90"]),
            tuple(told["over_parameters"] or ()),
            () if told["median_year"] is None else (told["median_year"],),
        ]
    assert rows[-1][1:3] == [tuple(said[key].values()) for key in ("joint", "joint_about")]
    assert len(rows) == len(PLAN.counts) + 1


def test_what_is_shown_is_what_is_held(report: Written) -> None:
    """A percentage in a cell is the number behind it, rounded."""
    (table,) = [
        block
        for block in report.document.blocks
        if isinstance(block, Table) and block.key == "likelihood-R1"
    ]
    for row in table.rows[:-1]:
        value = row[2].values[0]
        if 0.005 <= value < 0.995:
            assert row[2].text.startswith(f"{100 * value:.0f}%")


def test_every_figure_and_table_names_a_file_and_its_hash(
    report: Written, results: dict[str, Path]
) -> None:
    folders = [path for name, path in results.items() if name not in UNUSED]
    told = set()
    for block in report.document.blocks:
        if isinstance(block, Table | Picture):
            found = re.findall(r"R(\d) (\w+)/([\w.]+) · sha256 (\w{12})", block.source)
            assert found or block.key in OF_NO_RESULT, block.key
            told |= set(found)
    assert len({name for _, name, _, _ in told}) == len(folders)
    for number, name, file, mark in told:
        folder = folders[int(number) - 1]
        assert folder.name == name
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest().startswith(mark)


def test_the_page_asks_nothing_of_the_network(report: Written) -> None:
    page = read(report.html)
    ids = {each.attributes["id"] for each in page.everything() if "id" in each.attributes}
    for element in page.everything():
        assert element.name not in ("script", "link", "iframe", "object", "base", "form")
        assert not [key for key in element.attributes if key.startswith("on")]
        for key in ("src", "href", "srcset", "action", "poster"):
            address = element.attributes.get(key, "#")
            assert address.startswith("data:") or address.removeprefix("#") in {"", *ids}
    (style,) = page.all("style")
    assert set(re.findall(r"url\((\w+:)", style.text)) == {"data:"}
    assert "@import" not in style.text
    # Nor does a figure inside it.
    for image in page.all("img"):
        kind, _, content = image.attributes["src"].partition(";base64,")
        if kind == "data:image/svg+xml":
            drawn = base64.b64decode(content).decode()
            assert not re.findall(r'href="(?!#|data:)', drawn)
            assert "<script" not in drawn


def test_the_page_can_be_read_by_a_machine(report: Written) -> None:
    page = read(report.html)
    (root,) = page.all("html")
    assert root.attributes["lang"] == {"en": "en-GB", "zh": "zh-CN"}[report.document.language]
    levels = [int(each.name[1]) for each in page.everything() if re.fullmatch("h[1-6]", each.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [each.attributes["id"] for each in page.everything() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    assert all(len(image.attributes["alt"]) > 20 for image in page.all("img"))
    assert len(page.all("img")) >= 9
    for table in page.all("table"):
        widths = {len(row.all("th") + row.all("td")) for row in table.all("tr")}
        assert len(widths) == 1
        assert table.all("caption")[0].text
        assert all(head.attributes["scope"] for head in table.all("th"))


def test_the_page_carries_every_letter_that_it_shows(report: Written) -> None:
    content = re.search(r"data:font/woff;base64,([\w+/=]+)", report.html)
    assert content is not None
    with TTFont(io.BytesIO(base64.b64decode(content[1]))) as font:
        held = set(font.getBestCmap())
    shown = set(read(report.html).all("body")[0].text)
    assert {mark for mark in shown if ord(mark) not in held and mark.isprintable()} <= {
        mark for mark in shown if missing(mark)
    }


def test_the_pdf_embeds_its_only_font(report: Written) -> None:
    found = set()
    with PdfDocument(report.pdf) as printed:
        for page in printed:
            for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(text)
                name = ctypes.create_string_buffer(100)
                raw.FPDFFont_GetBaseFontName(font, name, 100)
                found.add((name.value.partition(b"+")[2], raw.FPDFFont_GetIsEmbedded(font)))
    assert found == {(b"NotoSansCJKsc-Regular", 1)}


def test_both_forms_say_the_same(report: Written) -> None:
    shown = bare(read(report.html).text)
    with PdfDocument(report.pdf) as document_:
        printed = bare("".join(page.get_textpage().get_text_range() for page in document_))
        titles = [entry.get_title() for entry in document_.get_toc()]
        assert document_.get_metadata_dict()["Title"] == report.document.title
        figures = [each for page in document_ for each in told_of_figures(page)]
    for block in report.document.blocks:
        for text in texts(block):
            assert bare(text) in shown
            # A paragraph may run over a page's foot, so only its start is looked for.
            assert bare(text)[:12] in printed, text
    blocks = report.document.blocks
    assert titles == [block.text for block in blocks if isinstance(block, Heading)]
    pictures = [block for block in blocks if isinstance(block, Picture)]
    assert figures == [alternative(each, report.document.language) for each in pictures]


def told_of_figures(page: PdfPage) -> list[str]:
    """Return what stands on a page for figures that cannot be seen, as its tags say."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    found: list[str] = []

    def visit(element: Any) -> None:
        size = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            words = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, words, size)
            found.append(words.raw[:-2].decode("utf-16-le"))
        for number in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, number):
                visit(child)

    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        visit(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
    raw.FPDF_StructTree_Close(tree)
    return found


def texts(block: object) -> list[str]:
    """Return what a block says."""
    if isinstance(block, Heading | Paragraph):
        return [block.text]
    if isinstance(block, Listing):
        return list(block.items)
    if isinstance(block, Code):
        return block.text.split("\n")
    if isinstance(block, Picture):
        return [block.caption, block.source]
    assert isinstance(block, Table)
    cells = [cell.text for row in block.rows for cell in row if len(cell.text) < 20]
    return [block.caption, block.source, *(column.head for column in block.columns), *cells]


@pytest.mark.parametrize("above", range(10, 16))
def test_a_title_stands_on_the_page_of_the_table_under_it(above: int) -> None:
    cells = ((Cell("a count"), Cell("50 %"), Cell("0 %")),) * 13
    columns = (Column("Count"), Column("First"), Column("Second"))
    table = Table("table", "What is in the table", columns, cells, "a file")
    before = [Paragraph("A line of text.")] * above
    titles = [Heading(2, "The section", "section"), Heading(3, "Its part", "part")]
    content = pdf(Document("en", "Kicker", "Title", "Origin", (*before, *titles, table)))
    with PdfDocument(content) as printed:
        pages = [bare(page.get_textpage().get_text_range()) for page in printed]
    (page,) = (text for text in pages if bare(table.caption) in text)
    assert all(bare(title.text) in page for title in titles)


def wide_figure() -> Picture:
    """Return a figure that gets a page on its side."""
    png = io.BytesIO()
    Image.new("P", (26, 11)).save(png, format="PNG")
    return Picture("wide", "A wide figure", "Wide.", None, png.getvalue(), (13.0, 5.5), "a file")


def test_the_answer_s_picture_stands_on_the_first_page_however_wide() -> None:
    wide = wide_figure()
    blocks = (
        Heading(2, "Question", "question"),
        Paragraph("What holds it back?"),
        Heading(2, "Answer", "answer"),
        wide,
        Paragraph("Readiness."),
        Heading(2, "Gates", "gates"),
        Paragraph("Six."),
        Heading(2, "Limits", "limits"),
    )
    with PdfDocument(pdf(Document("en", "Kicker", "Title", "Origin", blocks))) as printed:
        across, up = printed[0].get_size()
        first = printed[0].get_textpage().get_text_range()
    assert across < up
    assert all(word in first for word in ("Question", "Answer", wide.caption, "Readiness"))


def test_titles_share_the_page_of_the_wide_figure_under_them() -> None:
    """A page on its side is for its figure: earlier sections and what follows stand upright."""
    wide = wide_figure()
    blocks = (
        Heading(2, "Question", "question"),
        Paragraph("What holds it back?"),
        Heading(2, "Sensitive", "sensitive"),
        Heading(3, "Gates", "gates"),
        wide,
        Heading(2, "Limits", "limits"),
        Paragraph("None."),
    )
    with PdfDocument(pdf(Document("en", "Kicker", "Title", "Origin", blocks))) as printed:
        sizes = [page.get_size() for page in printed]
        pages = [page.get_textpage().get_text_range() for page in printed]
    assert [across > up for across, up in sizes] == [False, True, False]
    for page, words in zip(
        pages, (["Question"], ["Sensitive", "Gates", wide.caption], ["Limits"]), strict=True
    ):
        assert all(word in page for word in words)


def test_every_group_of_parameters_has_a_name() -> None:
    assert {each.group for each in PARAMETERS.values()} <= set(GROUPS)


def test_chinese_is_punctuated_in_chinese(report: Written) -> None:
    if report.document.language != "zh":
        return
    for block in report.document.blocks:
        if isinstance(block, Paragraph | Listing):
            for text in texts(block):
                assert not re.search(r"[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]", text), text


def test_the_answer_names_what_cannot_be_told_apart_and_what_it_rests_on(report: Written) -> None:
    answer = in_full(report.document)
    words = {
        "en": ("cannot be told apart", "assumptions", "no forecast"),
        "zh": ("难分高下", "假设", "并非预测"),
    }
    assert all(word in answer for word in words[report.document.language])
    assert rests_on(None).in_(report.document.language) in answer  # too few for one of its own


def test_the_scenario_in_the_report_does_the_same(tmp_path: Path) -> None:
    for name in ("as-written", "without-yulin", "talent-first", "late-start", "to-2035"):
        scenario = read_scenario(name)
        file = tmp_path / f"{name}.toml"
        file.write_text(scenario_text(scenario.resolved()), encoding="utf-8")
        again = read_scenario(file)
        assert again.resolved() == scenario.resolved()
        assert again.hash() == scenario.hash()


def test_the_same_results_give_the_same_bytes(
    results: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.present.report.drawing.DPI", COARSE)
    chosen = [results["gates"]]
    first, second = (write_report(chosen, tmp_path / name, "en") for name in "ab")
    for name in (HTML, PDF):
        assert (first / name).read_bytes() == (second / name).read_bytes()


@pytest.mark.usefixtures("undrawn")
def test_runs_that_are_no_pairs_are_not_compared(results: dict[str, Path]) -> None:
    said = document([results["run"], results["smaller"]], "en")
    loud = [
        each.text for each in said.blocks if isinstance(each, Paragraph) and each.tone == "warning"
    ]
    assert any("not compared pair by pair" in text for text in loud)
    assert not [
        block for block in said.blocks if isinstance(block, Picture) and "differ" in block.key
    ]


def test_a_pair_that_was_compared_already_is_not_compared_again(results: dict[str, Path]) -> None:
    from sim.present.report.compared import comparisons

    given = open_all([results["run"], results["other"]], "en")
    (found,) = comparisons(given)
    assert found.curves is not None
    said = json.loads((results["comparison"] / "comparison.json").read_text(encoding="utf-8"))
    stored = open_all([results["comparison"], results["run"]], "en")
    assert [each.second.en for each in comparisons(stored)] == [said["packages"][1]["name"]["en"]]


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_shows_what_turns_its_effects_and_their_other_readings(
    results: dict[str, Path], tmp_path: Path, language: Language
) -> None:
    """As the files beside it say; without them there is no such table."""
    keys = ("turned-1", "readings-1")
    folder = tmp_path / "told"
    shutil.copytree(results["comparison"], folder)
    tables = [block for block in document([folder], language).blocks if isinstance(block, Table)]
    assert not [each for each in tables if each.key in keys]
    found = compared()
    at = next(at for at, each in enumerate(found.counts) if each.effect.told_apart)
    count = PLAN.counts[at]
    gap = Difference(0.25, 0.125, 0.375)
    decider = Decider("market_pace", Interval(0.5, 0.25, 0.75), rises=True)
    ids, name = (found.first.id, found.second.id), found.second.name
    by = Decisions(
        128, (Decided(count.id, 0.5, (decider,)), Decided(PLAN.counts[at - 1].id, 0.0, ()))
    )
    other = Other(ids, name, InOther(count.id, count.reading, gap, (0.25, 0.5), gap, (0.25, 0.5)))
    files = [turned_file([Turning(ids, name, (), by)]), *other_readings_file([other])]
    for file, text in csv_files_of(files):
        (folder / file).write_text(text, encoding="utf-8")
    tables = [block for block in document([folder], language).blocks if isinstance(block, Table)]
    turned, read_so = (next(each for each in tables if each.key == key) for key in keys)
    (row,) = turned.rows
    assert count.name.in_(language).lower() in row[0].text.lower()
    assert short_names()["market_pace"].in_(language) in row[1].text and "50%" in row[1].text
    assert "/turned.csv" in turned.source and "/readings.csv" in read_so.source
    ((_, reading, strict, _),) = read_so.rows
    assert reading.text == READINGS[count.reading].in_(language)
    assert "25 → 50%" in strict.text
    (folder / "turned.csv").write_text("first,second,count\na,b,c\n", encoding="utf-8-sig")
    with pytest.raises(Problem, match="told"):
        document([folder], language)


@pytest.mark.usefixtures("undrawn")
def test_what_people_wrote_is_shown_and_not_executed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.ensemble.run", made.ensemble)
    file = tmp_path / "x.toml"
    file.write_text(f"extends = 'as-written'\nname = '{NASTY}'\n", encoding="utf-8")
    result = made.result(tmp_path / "r", 4, read_scenario(file))
    said = document([result.folder], "en")
    text = html(said)
    assert not read(text).all("script")
    assert "&lt;script&gt;" in text
    assert not read(html_of(result)).all("script")
    with PdfDocument(pdf(said)) as printed:
        pages = bare("".join(page.get_textpage().get_text_range() for page in printed))
    assert bare(NASTY) in pages


def test_results_show_themselves_in_a_notebook(results: dict[str, Path]) -> None:
    shown = read(load_result(results["run"], "zh")._repr_html_())
    assert len(shown.all("img")) == 1
    assert "未来产业产值" in shown.all("table")[0].text
    for name in ("attribute", "sweep"):
        found = findings_of((results[name] / FILE).read_text(encoding="utf-8"))
        page = read(StudyResult(found, None, (), None, "zh", found.study)._repr_html_())
        assert len(page.all("img")) == sum(isinstance(each, Figure) for each in found.parts) > 0
        assert len(page.all("table")) > 0
        assert next(each for each in found.parts if isinstance(each, Sentence)).text.zh in page.text
