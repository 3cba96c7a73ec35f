"""Protects that sentences filled in with numbers say what the numbers say, at their edges too.

One and many, none and all, ties, both signs: each template of sweeps and of what decides a count,
in both languages. On which content a sentence may stand at all is tested in `test_sentences`.
"""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.estimate import Interval
from sim.estimate.paired import Difference
from sim.estimate.records import Decided, Decider, Decisions
from sim.experiments.sweep import SweepResult, files_of_sweep
from sim.experiments.sweep_file import read_sweep
from sim.experiments.sweep_indices import Explained, Index
from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import drawn
from sim.present.report.deciding import firsts
from sim.present.report.document import Paragraph, Picture, Table, alternative
from sim.present.report.given import open_all
from sim.present.report.summary import summary as in_short
from sim.present.report.sweep import sweep_section
from sim.present.report.to_html import fragment
from sim.store import load_result
from sim.studies.shared.likelihoods import decides
from sim.text.catalogue import capital, say
from sim.text.numbers import percent
from sim.views.by_chance import by_chance
from sim.views.deciding import deciders, explained, likelihood_in, too_few
from tests.present.report.conftest import LANGUAGES, SAMPLE, write
from tests.views.reading import said

NAMES = {language: PLAN.counts[0].name.in_(language) for language in LANGUAGES}
pytestmark = pytest.mark.usefixtures("undrawn")


class Told(NamedTuple):
    """What a report says of a sweep."""

    answer: str
    caption: str
    alternative: str
    extremes: Table
    note: str
    indices: Table | None


def of_sweep(
    folder: Path,
    run: Path,
    levels: list[Interval],
    differences: list[Difference],
    language: Language,
    indices: tuple[Explained, ...] = (),
) -> Told:
    """Return what is told of a sweep over one factor; the first count has likelihoods given.

    Its first points have doses below that of the base, which is the last.
    """
    doses = [*(0.1 * (number + 1) for number in range(len(levels) - 1)), 1.0]
    folder.mkdir(exist_ok=True)
    file = folder / "edge.toml"
    factors = {"yulin": doses, "yanzhen": [1.0]} if indices else {"yulin": doses}
    file.write_text(
        'base = "as-written"\ndesign = "full"\n'
        + "".join(
            f'[[factors]]\nlever = "{lever}"\nset = "dose"\nvalues = {values}\n'
            for lever, values in factors.items()
        )
    )
    sweep = read_sweep(file)
    assert len(sweep.points) == len(levels)
    assert sweep.base_point == len(levels) - 1
    summary = load_result(run).summary
    summaries = tuple(
        replace(
            summary,
            counts=(replace(summary.counts[0], likelihood=level), *summary.counts[1:]),
        )
        for level in levels
    )
    changes = tuple((each, *[Difference(0.0, 0.0, 0.0)] * 13) for each in differences)
    found = SweepResult(sweep, SAMPLE, summaries, changes, (1.0,) * len(levels), 0, indices)
    made = write(folder / "sweep", list(files_of_sweep(found)))
    (given,) = open_all([made], language)
    blocks = sweep_section(given, 1, language)
    tables = [each for each in blocks if isinstance(each, Table)]
    picture = next(each for each in blocks if isinstance(each, Picture))
    notes = [each.text for each in blocks if isinstance(each, Paragraph)]
    return Told(
        in_short([given], [], language),
        picture.caption,
        picture.alternative,
        next(each for each in tables if each.key == "sweep-1"),
        "".join(notes),
        next((each for each in tables if each.key.startswith("sweep-indices")), None),
    )


EVEN = Interval(0.5, 0.4, 0.6)
NONE = Difference(0.0, 0.0, 0.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sweep_of_the_base_alone(
    tmp_path: Path, results: dict[str, Path], language: Language
) -> None:
    told = of_sweep(tmp_path / "s", results["run"], [EVEN], [NONE], language)
    wanted = {
        "en": ("1 point, 64 replicates each", "Over the 1 point of the sweep", "no strict likeli"),
        "zh": ("1 个点，各 64 次模拟", "的 1 个点之间", "没有一项目标的严格可能性发生变动"),
    }[language]
    assert told.caption.endswith(wanted[0])
    assert wanted[1] in told.answer
    assert wanted[2] in told.answer
    assert "50%, " in told.alternative if language == "en" else "50%、" in told.alternative
    assert "50% – 50%" not in told.alternative
    assert ("extreme of many" in told.extremes.caption, "夸大" in told.extremes.caption) == (
        False, False,
    )  # fmt: skip
    assert told.note == ""
    (first, *_) = told.extremes.rows
    assert [first[4].text, first[7].text] == [
        {"en": "at every point", "zh": "所有点"}[language]
    ] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sweep_with_both_signs_and_ties_at_its_ends(
    tmp_path: Path, results: dict[str, Path], language: Language
) -> None:
    """Two points lowest, one highest, the base between; nearly none and nearly all are neither."""
    low, high = Interval(0.002, 0.0004, 0.004), Interval(0.998, 0.996, 0.9996)
    falls, rises = Difference(-0.498, -0.6, -0.4), Difference(0.498, -0.1, 0.6)
    told = of_sweep(
        tmp_path / "s",
        results["run"],
        [low, low, high, EVEN],
        [falls, falls, rises, NONE],
        language,
    )
    (row, *others) = told.extremes.rows
    texts = [cell.text for cell in row]
    assert texts[1] == "50% (40–60%)"
    assert texts[2:4] == ["<1%", "–49.8 (–60.0, –40.0)"]
    assert texts[4].endswith({"en": "0.1, and at 1 more", "zh": "0.1，另有1个点相同"}[language])
    assert texts[5:7] == [">99%", "+49.8 (–10.0, +60.0)"]
    assert texts[7].endswith("0.3")
    assert (row[3].quiet, row[6].quiet) == (False, True)
    assert all(cells[4].text in ("at every point", "所有点") for cells in others)
    span = {
        "en": "moves most, from <1% (0–<1%) to >99% (>99–100%).",
        "zh": "变动最大，由<1%（0–<1%）到>99%（>99–100%）。",
    }[language]
    assert span in told.answer
    assert "<1% – >99%" in told.alternative
    assert {"en": "extreme of many", "zh": "众多点"}[language] in told.extremes.caption
    assert {"en": "Of these 42 intervals about 2 miss", "zh": "42 个区间中约有 2 个"}[
        language
    ] in told.note
    assert {"en": "4 points, 64", "zh": "4 个点，各 64"}[language] in told.caption


@pytest.mark.parametrize("language", LANGUAGES)
def test_indices_of_a_sweep_that_are_known_for_one_factor_of_two(
    tmp_path: Path, results: dict[str, Path], language: Language
) -> None:
    sure, unsure = Index(-0.001, 0.05, 0.0, 0.05), Index(0.2, 0.9, 0.3, 0.9)
    known = Explained("output", "likelihood", (sure, unsure))
    none = Explained("colleges", "likelihood", None)
    levels = [EVEN, EVEN]
    told = of_sweep(tmp_path / "s", results["run"], levels, [NONE, NONE], language, (known, none))
    assert told.indices is not None
    rows = [[cell.text for cell in row] for row in told.indices.rows]
    few = {"en": "too few points to say", "zh": "点数太少，无从判断"}[language]
    assert len(rows) == 3
    assert rows[0][2:] == ["0.00 (–0.05 … 0.05)", "0.00 (–0.05 … 0.05)"]
    assert rows[1][2:] == [few, few]
    assert rows[2][1:] == [{"en": "any factor", "zh": "任一因素"}[language], few, few]


@pytest.mark.parametrize(
    ("intervals", "en", "zh"),
    [
        (9, None, None),
        (10, "Of these 10 intervals about 1 misses by chance", "这 10 个区间中约有 1 个"),
        (78, "Of these 78 intervals about 4 miss by chance", "这 78 个区间中约有 4 个"),
    ],
)
def test_how_many_intervals_miss(intervals: int, en: str | None, zh: str | None) -> None:
    said = by_chance(intervals)
    if said is None:
        assert en is zh is None
    else:
        assert en is not None
        assert zh is not None
        assert said.en.startswith(en)
        assert said.zh.startswith(zh)


SURE = Interval(0.31, 0.2, 0.4)


def decided(
    *shares: float,
    name: str = "firms_2022",
    quarters: tuple[Interval | None, Interval | None] = (EVEN, EVEN),
    share: float | None = 0.5,
) -> Decided:
    named = tuple(Decider(name, Interval(each, 0.0, 0.9), True) for each in shares)
    return Decided("output", share, named, *(quarters if named else (None, None)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_decides_a_count_in_words(language: Language) -> None:
    nothing = {"en": "nothing that stands clear of chance", "zh": "没有明显超出偶然的参数"}
    assert deciders(decided(), language) == [nothing[language]]
    (small,) = deciders(decided(0.003), language)
    assert small.endswith(" <1%*")
    assert len(deciders(decided(0.4, 0.3, 0.2, 0.1), language)) == 3
    (measured,) = deciders(decided(0.4, name="high_threshold"), language)
    assert "*" not in measured
    (unknown,) = deciders(decided(0.4, name="gone"), language)
    assert unknown == "gone 40%"


def test_what_is_explained_and_the_quarters() -> None:
    assert [explained(decided(share=each)) for each in (None, 0.0, 0.004, 1.0)] == [
        "—", "0%", "<1%", "100%",
    ]  # fmt: skip
    assert likelihood_in(None) == "—"
    assert likelihood_in(Interval(0.0, 0.0, 0.003)) == "0% (0–<1%)"
    assert likelihood_in(Interval(1.0, 0.997, 1.0)) == "100% (>99–100%)"


@pytest.mark.parametrize(
    ("draws", "en"), [(1, "here is 1."), (2, "here are 2."), (127, "here are 127.")]
)
def test_too_few_draws(draws: int, en: str) -> None:
    found = Decisions(draws, (decided(share=None),))
    assert too_few(found, "en").endswith(f"It takes 128 parameter draws; {en}")
    assert too_few(found, "zh").endswith(f"需 128 组参数抽样，此处有 {draws} 组。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_the_picture_of_what_decides(language: Language) -> None:
    """A count that nothing decides is not said to have a first parameter."""
    other = replace(decided(), count="colleges")
    both = firsts(Decisions(128, (decided(0.4), other)), language)
    colleges = next(count.name.in_(language) for count in PLAN.counts if count.id == "colleges")
    first = {"en": "First parameter of each count: ", "zh": "各项计数的首个参数："}[language]
    none = {
        "en": "No parameter stands clear of chance for ",
        "zh": "没有参数的影响明显超出偶然的目标：",
    }[language]
    assert both.count(first) == both.count(none) == 1
    assert colleges.casefold() not in both.split(none)[0].casefold()
    assert colleges.casefold() in both.split(none)[1].casefold()
    assert none not in firsts(Decisions(128, (decided(0.4),)), language)
    assert first not in firsts(Decisions(128, (other,)), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_for_a_figure_has_the_language_s_own_stop(language: Language) -> None:
    picture = Picture("k", "甲", "乙。", None, b"", (1.0, 1.0), "")
    wanted = {"en": "甲. 乙。", "zh": "甲。乙。"}[language]
    assert alternative(picture, language) == wanted
    assert f'alt="{wanted}"' in fragment([picture], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("quarters", "key"),
    [
        ((EVEN, Interval(0.7, 0.6, 0.8)), "title"),
        ((Interval(0.7, 0.6, 0.8), EVEN), "title"),
        ((EVEN, EVEN), "title_same"),
        (None, "title_nothing"),
    ],
    ids=["rises", "falls", "tie", "nothing"],
)
def test_the_title_of_what_decides_says_what_is_farthest_apart(
    results: dict[str, Path],
    quarters: tuple[Interval, Interval] | None,
    key: str,
    language: Language,
) -> None:
    each = decided() if quarters is None else decided(0.4, quarters=quarters)
    counts = tuple(replace(each, count=count.id) for count in PLAN.counts)
    low, high = quarters or (EVEN, EVEN)
    values = {"count": capital(NAMES[language]), "low": percent(low.value)}
    title = say(f"decides.{key}", language, high=percent(high.value), **values)
    figure = drawn(decides(load_result(results["run"]), Decisions(128, counts)), language)
    assert "".join(title.split()) in "".join(said(figure).split())
