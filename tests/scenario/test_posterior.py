"""A posterior is used for the rules and priors that it was made for, and else refused in words."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim import city
from sim.model.world.setup import Draws
from sim.problems import Problem
from sim.scenario import as_known_in, read_scenario
from sim.scenario.posterior import FROM_PRIORS, Fit, fit, posterior_file
from tests import calibrated

SAID = calibrated.document()
Put = Callable[[str], Path]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Write a posterior of one's own where one works."""
    calibrated.work_with_it(tmp_path, monkeypatch)

    def put(text: str) -> Path:
        file = tmp_path / "scenarios" / "posterior.json"
        file.write_text(text, encoding="utf-8")
        return file

    return put


def one(**changes: Any) -> str:
    """Return a small posterior, changed."""
    fits = {"2024-12": {"effective": 3.0, "draws": [1, 2, 3]}}
    return json.dumps({**SAID, "fits": fits, **changes})


def test_one_s_own_comes_before_the_project_s(put: Put) -> None:
    file = put(one())
    assert posterior_file().absolute() == file
    found = fit(None)
    assert found is not None and found.draws == Draws(SAID["seed"], (1, 2, 3))


def of_draws(*draws: Any) -> str:
    return one(fits={"2024-12": {"effective": 3.0, "draws": list(draws)}})


HUGE = "9" * 400
DAMAGED = {
    "nothing": ("", ""),
    "no table": ("[1]", ""),
    "older": (json.dumps({**SAID, "format": 1}), "format"),
    "format true": (one(format=True), "format"),
    "other rules": (one(rules="0" * 64), "rules"),
    "other priors": (one(priors="0" * 64), "priors"),
    "rules no text": (one(rules=[1]), "rules"),
    "no rules": (json.dumps({key: SAID[key] for key in SAID if key != "rules"}), "rules"),
    "another key": (one(more=1), ""),
    "infinity": (one().replace("3.0", "Infinity"), ""),
    "nan": (one().replace("3.0", "NaN"), ""),
    "beyond floats": (one().replace("3.0", "1e999"), "fits.2024-12.effective"),
    "huge size": (one().replace("3.0", HUGE), "fits.2024-12.effective"),
    "no size": (one().replace("3.0", "0"), "fits.2024-12.effective"),
    "huge draw": (one().replace("[1,", f"[{HUGE},"), "fits.2024-12.draws.0"),
    "thousands of digits": (one().replace("[1,", f"[{HUGE * 20},"), ""),
    "negative": (of_draws(1, -1), "fits.2024-12.draws.1"),
    "fraction": (of_draws(1.5), "fits.2024-12.draws.0"),
    "true": (of_draws(True), "fits.2024-12.draws.0"),
    "texts": (of_draws("1"), "fits.2024-12.draws.0"),
    "no draws": (of_draws(), "fits.2024-12.draws"),
    "no fits": (one(fits={}), "fits"),
    "no such month": (one(fits={"2024-13": {"effective": 3.0, "draws": [1]}}), "fits"),
    "no month": (one(fits={"\ud800\x1b[2J": {"effective": 3.0, "draws": [1]}}), "fits"),
    "negative seed": (one(seed=-1), "seed"),
    "huge seed": (one(seed=2**63), "seed"),
    "deep": ("[" * 100_000, ""),
    "deep within": (one().replace("[1, 2, 3]", "[" * 100_000 + "]" * 100_000), ""),
}


@pytest.mark.parametrize(("text", "key"), DAMAGED.values(), ids=DAMAGED)
def test_what_cannot_be_used_is_one_message_that_says_what_to_do(
    put: Put, text: str, key: str
) -> None:
    file = put(text)
    with pytest.raises(Problem) as caught:
        read_scenario("as-written").hash()
    assert (Path(caught.value.where), caught.value.key) == (file, key)
    for language in ("en", "zh"):
        said = caught.value.in_(language)
        assert "sim calibrate --use" in said and "--draws prior" in said
        assert said.isprintable() and len(said) < 600


def test_a_file_that_is_not_text_or_no_file_is_named(put: Put) -> None:
    file = put("")
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Problem, match=r"posterior\.json"):
        fit(None)
    file.unlink()
    file.mkdir()
    with pytest.raises(Problem, match="directory"):
        fit(None)
    file.rmdir()
    file.symlink_to("nowhere")
    with pytest.raises(Problem, match="No such file"):
        fit(None)


def test_missing_everywhere_is_no_prior_under_another_name(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert put("").exists()
    (tmp_path / "scenarios" / "posterior.json").unlink()
    monkeypatch.setattr(city, "folder", lambda: tmp_path / "nowhere")
    scenario = read_scenario("as-written")
    with pytest.raises(Problem, match="sim calibrate --use"):
        scenario.setup()
    assert replace(scenario, draws="prior").setup().draws is None


def test_before_anything_was_observed_the_prior_is_told(put: Put) -> None:
    put(json.dumps(SAID))
    days = ("2023-06", calibrated.DATE)
    early, late = (as_known_in(read_scenario("as-written"), at) for at in days)
    told = early.told_of_prior()
    assert told is not None and "As of 2023-06" in told.en and early.setup().draws is None
    assert late.told_of_prior() is None and late.setup().draws is not None
    assert replace(late, draws="prior").told_of_prior() == FROM_PRIORS


def test_a_list_is_worth_no_more_than_its_different_draws_or_its_calibration() -> None:
    assert Fit("2024-12", 100.0, Draws(0, (1, 2, 3, 4))).effective_rows == 4.0
    assert Fit("2024-12", 100.0, Draws(0, (1, 1, 2, 2))).effective_rows == 2.0
    assert Fit("2024-12", 3.5, Draws(0, (1, 2, 3, 4))).effective_rows == 3.5
