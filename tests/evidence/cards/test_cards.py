"""The city's cards: priors recomputed, what they must hold, and what a card is refused for."""

import re
import tomllib
from pathlib import Path

import pytest

from sim.evidence.cards.derive import (
    BASES,
    disagree,
    dishonest,
    verdict,
)
from sim.evidence.cards.files import MEMORY, cards, read_card, read_cards
from sim.parameters import PARAMETERS
from sim.problems import Problem
from sim.toml_tables import Table

CARD = """
about = "effect"
scale = "log_ratio"
in_use = false
improve = { en = "more", zh = "更多" }

[link]
low = 0.2
middle = 0.5
high = 1.0
why = { en = "patents stand for it", zh = "以专利代表" }

[judged]
low = -0.1
middle = 0.2
high = 0.5
rows = ["L001"]

[[estimates]]
row = "L001"
what = { en = "patents", zh = "专利" }
figure = "× 1.2"
value = 1.2
low = 1.1
high = 1.3
design = "before and after"
population = { en = "firms", zh = "企业" }
years = "2010-2015"
source = "Somebody 2020"
address = "https://example.org/paper"
quality = "seen-abstract"
directness = 1
"""
SIZED = "value = 1.2\nlow = 1.1\nhigh = 1.3\n"
SECOND = CARD[CARD.index("[[estimates]]") :]


def card(text: str, name: str = "ip_gain.toml") -> Table:
    return Table(name, "", tomllib.loads(text))


def test_the_city_has_cards_and_each_prior_in_use_that_follows_from_one_is_recomputed() -> None:
    assert len(cards()) >= 100
    assert dishonest(cards()) == []
    for each in cards().values():
        if each.in_use:
            prior = verdict(each).prior
            for name in each.parameters:
                used = PARAMETERS[name].prior
                assert (used.kind, used.low, used.mode, used.high) == prior, name


def test_a_card_that_says_wrongly_what_is_in_use_is_noticed() -> None:
    wrong = {name: each._replace(in_use=not each.in_use) for name, each in cards().items()}
    assert dishonest(wrong) == list(cards())


def test_an_effect_that_nobody_sized_or_that_is_disputed_holds_both_signs_and_is_assumed() -> None:
    effects = [each for each in cards().values() if each.about == "effect"]
    assert len(effects) > 40
    for each in effects:
        found = verdict(each)
        sized = any(study.value is not None for study in each.studies)
        if not sized or disagree(each):
            assert found.assumed, each.name
            assert found.prior is not None
            assert found.prior.low < 0.0 < found.prior.high, each.name


def test_an_assumed_prior_that_follows_is_wide() -> None:
    for each in cards().values():
        found = verdict(each)
        if found.assumed and found.prior is not None:
            low, high = found.prior.low, found.prior.high
            assert low <= 0.0 or high / low >= 1.66, each.name


def test_every_basis_occurs_and_rows_that_were_recalled_say_so() -> None:
    assert {verdict(each).basis for each in cards().values()} == set(BASES)
    rows = [study for each in cards().values() for study in each.studies]
    assert all((study.address == MEMORY) <= study.recalled for study in rows)


def test_a_row_says_the_same_on_every_card() -> None:
    found: dict[str, object] = {}
    for each in cards().values():
        for study in each.studies:
            if study.row.startswith("L"):
                said = study[1], *study[6:12]
                assert found.setdefault(study.row, said) == said, (each.name, study.row)


def test_cards_quote_nobody() -> None:
    for each in cards().values():
        for study in each.studies:
            assert len(study.figure) <= 30, (each.name, study.row)
            assert not re.search(r"[a-z]{4}", study.figure), study.figure


def test_a_good_card_is_read_and_sharper_estimates_give_a_narrower_prior() -> None:
    found = verdict(read_card(card(CARD)))
    assert found.basis == "estimates"
    assert found.prior is not None
    for worse in (
        CARD.replace("high = 1.3\n", "high = 1.6\n"),
        CARD.replace("seen-abstract", "recalled"),
        CARD.replace('"before and after"', '"descriptive"'),
        CARD.replace("directness = 1", "directness = 3"),
    ):
        wider = verdict(read_card(card(worse))).prior
        assert wider is not None
        assert wider.high - wider.low > found.prior.high - found.prior.low


def test_what_is_only_recalled_is_weak_and_what_has_no_size_is_judged() -> None:
    assert verdict(read_card(card(CARD.replace("seen-abstract", "recalled")))).basis == "weak"
    signed = CARD.replace(SIZED, "sign = 1\n")
    assert verdict(read_card(card(signed))).basis == "judgement"


def test_nothing_found_beside_something_found_is_a_dispute() -> None:
    nothing = SECOND.replace("L001", "L002").replace(SIZED, "sign = 0\n")
    found = read_card(card(CARD + nothing))
    assert disagree(found)
    assert verdict(found).basis == "weak"


REFUSED = {
    "an unknown key": (CARD.replace("in_use", "in_usee"), "in_usee"),
    "an unknown column": (CARD.replace("figure", "figuer"), "figuer"),
    "no years": (CARD.replace('years = "2010-2015"\n', ""), "L001.years"),
    "no address": (CARD.replace('"https://example.org/paper"', '""'), "L001.address"),
    "no figure": (CARD.replace('figure = "× 1.2"\n', ""), "L001.figure"),
    "from memory and seen": (CARD.replace("https://example.org/paper", MEMORY), "L001.address"),
    "a row twice": (CARD + SECOND, "each row once"),
    "a row of no table": (CARD.replace('"L001"', '"G999"'), "row"),
    "ends the wrong way round": (CARD.replace("high = 1.3", "high = 1.0"), "L001.low"),
    "a ratio below nought": (CARD.replace("value = 1.2", "value = -1.2"), "L001.value"),
    "too far away": (CARD.replace("directness = 1", "directness = 4"), "0 to 3"),
    "an unknown quality": (CARD.replace("seen-abstract", "believed"), "L001.quality"),
    "an unknown design": (CARD.replace("before and after", "guess"), "L001.design"),
    "a sign beside a value": (CARD.replace("value = 1.2", "value = 1.2\nsign = 1"), "L001.sign"),
    "no link": (re.sub(r"\[link\].*?\[judged\]", "[judged]", CARD, flags=re.S), "link"),
    "a link out of order": (CARD.replace("middle = 0.5", "middle = 5"), "link.middle"),
    "a judgement of other rows": (CARD.replace('rows = ["L001"]', 'rows = ["L7"]'), "judged.rows"),
    "an effect without size": (
        re.sub(r"\[judged\].*?\n\n", "", CARD, flags=re.S).replace(SIZED, ""),
        "judged",
    ),
    "one language": (CARD.replace(', zh = "更多"', ""), "improve.zh"),
    "bounds the wrong way round": (f"bounds = [1, 0]\n{CARD}", "bounds"),
    "a quantity that may be nought": (
        CARD.replace("log_ratio", "log").replace("-0.1", "0.1"),
        "bounds",
    ),
    "elements of a number": (f'elements = ["quantum"]\n{CARD}', "elements"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_card_is_refused_for(what: str) -> None:
    text, named = REFUSED[what]
    with pytest.raises(Problem) as caught:
        read_card(card(text))
    assert "ip_gain.toml" in str(caught.value)
    assert named in str(caught.value)


def test_a_card_of_no_parameter_is_refused_with_the_nearest() -> None:
    with pytest.raises(Problem, match="ip_gain"):
        read_card(card(CARD, "ip_gian.toml"))


def test_two_cards_of_one_parameter_are_refused_and_a_folder_is_not_needed(tmp_path: Path) -> None:
    plain = CARD.replace("log_ratio", "level")
    (tmp_path / "climb.toml").write_text(plain, encoding="utf-8")
    (tmp_path / "climb-quantum.toml").write_text(plain, encoding="utf-8")
    with pytest.raises(Problem, match="one card each"):
        read_cards(tmp_path)
    assert read_cards(tmp_path / "none") == {}


def test_a_vectors_card_speaks_of_the_elements_that_it_names() -> None:
    some = f'elements = ["quantum", "six_g"]\n{CARD}'
    assert read_card(card(some, "climb.toml")).parameters == ("climb:quantum", "climb:six_g")
    assert len(read_card(card(CARD, "climb.toml")).parameters) > 2
    assert read_card(card(CARD, "climb-quantum.toml")).parameters == ("climb:quantum",)
