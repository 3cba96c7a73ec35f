"""``sim cards``: what each card says, whether all say rightly what is in use, and the files."""

from pathlib import Path

import pytest

from sim import city
from sim.csv_files import read_rows
from sim.evidence.cards import files
from sim.evidence.cards.files import cards
from sim.evidence.cards.table import OF_ESTIMATES, OF_PARAMETERS
from sim.parameters import PARAMETERS
from tests.cli.conftest import Command


def test_all_cards_are_listed_with_what_they_rest_on(command: Command) -> None:
    said = command("cards", "--lang", "en").out
    assert all(name in said for name in cards())
    assert "weak estimates, assumed" in said
    assert "parameters have a card" in said


def test_a_card_shows_its_estimates_and_both_priors_in_both_languages(command: Command) -> None:
    english = command("cards", "crowding", "--lang", "en").out
    used = PARAMETERS["crowding"].prior
    prior = f"{used.kind} {used.low:g}, {used.mode:g}, {used.high:g}"
    for part in ("L108", "Fei 2018", prior, "triangular -0.18, 0.45, 1.1", "Link", "disagree"):
        assert part in english
    chinese = command("cards", "crowding", "--lang", "zh").out
    for part in ("每单位公共资金带动的民间创投", "换算（属假设）", "双重差分", "何者可改进"):
        assert part in chinese


def test_an_element_is_found_on_the_card_of_its_vector(command: Command) -> None:
    assert "L193" in command("cards", "bass_imitation:general_ai").out


def test_a_parameter_without_a_card_is_refused(command: Command) -> None:
    said = command("cards", "crowdign", "--lang", "en")
    assert said.status == 2
    assert "Did you mean crowding?" in said.err


def test_what_is_in_use_is_checked(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command("cards", "--check", "--lang", "en").status == 0
    first = next(iter(cards()))
    wrong = {**cards(), first: cards()[first]._replace(in_use=not cards()[first].in_use)}
    monkeypatch.setattr("sim.cli.card_pages.cards", lambda: wrong)
    said = command("cards", "--check", "--lang", "en")
    assert said.status == 2
    assert f"{first}.toml: in_use" in said.err


def test_files_have_a_row_a_parameter_and_a_row_an_estimate(
    command: Command, tmp_path: Path
) -> None:
    assert command("cards", "--out", tmp_path / "cards").status == 0
    parameters = read_rows(tmp_path / "cards/cards.csv", OF_PARAMETERS)
    estimates = read_rows(tmp_path / "cards/estimates.csv", OF_ESTIMATES)
    assert len(parameters) == sum(len(each.parameters) for each in cards().values())
    assert len(estimates) == sum(len(each.studies) for each in cards().values())


def test_a_city_without_cards_says_so(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sim.cli.card_pages.cards", lambda: files.read_cards(tmp_path))
    said = command("cards", "--lang", "en")
    assert said.status == 2
    assert said.err.count("\n") == 1
    assert str(city.folder()) in said.err
