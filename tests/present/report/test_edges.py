"""Protects that sentences filled in with numbers say what the numbers say, at their edges too.

One and many, none and all, ties, both signs: each template of what decides a count,
in both languages. On which content a sentence may stand at all is tested in `test_sentences`.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.estimate import Interval
from sim.estimate.records import Decided, Decider, Decisions
from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import drawn
from sim.present.report.deciding import firsts
from sim.present.report.document import Picture, alternative
from sim.present.report.to_html import fragment
from sim.store import load_result
from sim.studies.shared.likelihoods import decides
from sim.text.catalogue import capital, say
from sim.text.numbers import percent
from sim.views.by_chance import by_chance
from sim.views.deciding import deciders, explained, likelihood_in, too_few
from tests.present.report.conftest import LANGUAGES
from tests.views.reading import said

NAMES = {language: PLAN.counts[0].name.in_(language) for language in LANGUAGES}
pytestmark = pytest.mark.usefixtures("undrawn")
EVEN = Interval(0.5, 0.4, 0.6)


@pytest.mark.parametrize(
    ("intervals", "en", "zh"),
    [
        (9, None, None),
        (10, "Of these 10 intervals about 1 misses by chance", "这 10 个区间中约有 1 个"),
        (78, "Of these 78 intervals about 4 miss by chance", "这 78 个区间中约有 4 个"),
    ],
)
def test_how_many_intervals_miss(intervals: int, en: str | None, zh: str | None) -> None:
    said = next(by_chance(intervals), None)
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
