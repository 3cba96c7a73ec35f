"""Protects the register of influence: what it finds, what it sums up, and the words made of it."""

from pathlib import Path

import numpy as np
import pytest

from sim import city, ensemble
from sim.digest import priors_digest, rules_digest
from sim.estimate.rank_regression import noise_floor, regress
from sim.estimate.records import Decided, Decider, Decisions, Interval
from sim.evidence import influence
from sim.evidence.influence import (
    Hanging,
    Origin,
    Register,
    Share,
    by_parameter,
    by_status,
    parse,
    status_of,
)
from sim.language import Language
from sim.parameters import DEFINITIONS, PARAMETERS, UNCERTAIN
from sim.plan import PLAN
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.spec.findings import Sentence
from sim.store.fill import Sample
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.influence import STUDY, Found, added_by_choice, parts, with_definitions
from sim.studies.shared.caveats import caveats
from sim.studies.shared.influence import rests_on
from sim.studies.shared.influence_told import figure
from sim.studies.study import Design, Setting, basis_of
from tests.experiments.conftest import made_up
from tests.views.made_up import BASIS, SAMPLE
from tests.views.reading import check, sheet

ASSUMED = next(name for name in UNCERTAIN if status_of(name) == "assumed")
KNOWN = next(name for name in UNCERTAIN if status_of(name) in ("counted", "estimated"))
CHOICE = DEFINITIONS[0].name
PACKAGES = [read_scenario(name) for name in ("as-written", "business-as-usual")]


def share(name: str, value: float, *, rises: bool | None = True) -> Share:
    """Return a parameter's share with an interval around it."""
    return Share(name, Interval(value, value / 2, 1.5 * value), rises)


def register(rules: str = "") -> Register:
    """Return a register in which 0.3 is assumed, 0.2 known and 0.1 a choice, in every count."""
    shares = (share(ASSUMED, 0.3), share(KNOWN, 0.2), share(CHOICE, 0.1, rises=None))
    levels = [Hanging("level", count.id, 0.45, shares) for count in PLAN.counts]
    effects = [Hanging("effect", count.id, 0.0, ()) for count in PLAN.counts]
    digests = rules or rules_digest(), priors_digest()
    origin = Origin("as-written", "business-as-usual", 256, 192, 7, *digests)
    return Register((*levels, *effects), origin)


def test_definitions_stay_in_what_shares_are_taken_of() -> None:
    levels = register().of("level")
    assert by_status(levels)["assumed"] == pytest.approx(0.3 / 0.6)
    assert by_status(levels)["definition"] == pytest.approx(0.1 / 0.6)
    assert list(by_parameter(levels)) == [ASSUMED, KNOWN, CHOICE]
    assert not by_status(register().of("effect"))
    idle = register().idle
    assert len(idle) == len(UNCERTAIN) + len(DEFINITIONS) - 3
    assert not {ASSUMED, KNOWN, CHOICE} & set(idle)


def test_every_parameter_has_a_status_of_its_own() -> None:
    assert status_of(CHOICE) == "definition"
    assert {status_of(name) for name in PARAMETERS} >= {"counted", "estimated", "assumed"}
    assert status_of("of_another_version") == "assumed"


def test_a_choice_adds_what_it_moves_and_one_that_moves_nothing_is_not_named() -> None:
    luck = np.random.default_rng(1).normal(size=16)
    assert added_by_choice(luck, luck, luck) == 0.0
    assert added_by_choice(luck - 9, luck, luck + 9) > 5.0  # hardly anything but the choice
    draws = np.arange(16)
    still = np.tile(luck[:, None], len(PLAN.counts))
    ends = [still + (place == 1) for place in range(2 * len(DEFINITIONS))]
    levels = [each._replace(shares=()) for each in register().of("level")]
    for each in with_definitions(levels, still, ends, draws):
        assert [one.parameter for one in each.shares] == [DEFINITIONS[0].name]


def test_below_the_floor_the_first_parameter_is_not_named_and_above_it_is() -> None:
    draws, many = 192, 50
    rng = np.random.default_rng(3)
    parameters = rng.permuted(np.tile(np.arange(draws, dtype=float), (many, 1)), axis=1).T
    floor = noise_floor(draws, many)
    for part, named in ((0.3 * floor, False), (3.0 * floor, True)):
        rest = rng.normal(size=draws)
        rest -= np.polyval(np.polyfit(parameters[:, 0], rest, 1), parameters[:, 0])
        first = (parameters[:, 0] - parameters[:, 0].mean()) / parameters[:, 0].std()
        outcome = np.sqrt(part) * first + np.sqrt(1.0 - part) * rest / rest.std()
        (found,) = regress(parameters, outcome[:, None])
        assert (0 in [each.column for each in found.named]) == named


def test_what_the_study_writes_is_what_a_pack_is_read_from() -> None:
    basis = basis_of(BASIS.name, PACKAGES, SAMPLE)
    files = dict(csv_files_of(list(parts(Found(register(), 0.1, ("", "")), basis))))
    again = parse(files["influence.csv"].removeprefix("\ufeff"))
    assert again == register()
    assert files["never.csv"].count("\n") == 1 + len(register().idle)
    with pytest.raises(Problem, match="sim influence"):
        parse(files["never.csv"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_headline_is_of_the_result_or_of_the_pack_or_unknown(
    monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    named = (
        Decider(ASSUMED, Interval(0.3, 0.2, 0.4), True),
        Decider(KNOWN, Interval(0.1, 0.0, 0.2), True),
    )
    own = Decisions(192, tuple(Decided(count.id, 0.4, named) for count in PLAN.counts))
    few = Decisions(64, tuple(Decided(count.id, None, ()) for count in PLAN.counts))
    monkeypatch.setattr("sim.studies.shared.influence.shipped", lambda: None)
    assert "75%" in rests_on(own).in_(language)
    monkeypatch.setattr("sim.studies.shared.influence.shipped", register)
    assert "59%" in rests_on(own).in_(language)  # definitions take 0.1 of all
    of_packages = BASIS._replace(scenarios=PACKAGES)
    older = {"en": "older model", "zh": "较早的模型"}[language]
    for held, share_, told in ((register(), "50%", False), (register("other"), "50%", True)):
        monkeypatch.setattr("sim.studies.shared.influence.shipped", lambda held=held: held)
        for found in (few, None):
            said = rests_on(found).in_(language)
            assert share_ in said
            assert PACKAGES[0].name.in_(language) in said
            assert (older in said) == told
        told_by_all = [each.text.in_(language) for each in caveats(of_packages)]
        assert sum(share_ in each for each in told_by_all) == 1
    monkeypatch.setattr("sim.studies.shared.influence.shipped", lambda: None)
    weighted = {"en": "Weighted by influence", "zh": "按影响力加权"}[language]
    assert weighted in told_by_all[0]
    assert not any(weighted in each.text.in_(language) for each in caveats(of_packages))
    assert "%" not in rests_on(few).in_(language)
    assert {"en": "not known", "zh": "不可知"}[language] in rests_on(few).in_(language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_clipped_or_covered(language: Language) -> None:
    check(sheet(figure(register(), BASIS), language))


def test_the_register_of_the_pack_can_be_read() -> None:
    held = influence.shipped()
    assert (held is not None) == city.file(influence.TABLE).is_file()
    assert held is None or held.known


def asked(against: str) -> Design:
    return STUDY.design({"file": "as-written", "against": against, "as_of": "2025-12"})


def test_facts_are_known_where_both_packages_did_the_same_until_then(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Definitions are set to their ends without facts, which hold for one end at most."""
    monkeypatch.setattr(ensemble, "warm_up", lambda *_: None)
    monkeypatch.setattr(ensemble, "run_one", made_up)
    later = asked("fund-to-talents-from-2027")
    assert [each.as_of for each in later.scenarios] == ["2025-12"] * 2
    assert later.stem.endswith("as-of-2025-12")
    here = Setting(Sample(7, 128), Where(1), Store(str(tmp_path)))
    found = STUDY.compute(later, here, lambda *_: None)
    assert (found.register.known, found.forgotten, found.kept) == (True, None, 1.0)
    told = parts(found, basis_of(later.name, later.scenarios, here.sample))
    said = [each.text.en for each in told if isinstance(each, Sentence)]
    assert said[0].startswith("Both packages are given what had happened by 2025-12")


def test_facts_are_left_out_where_packages_differed_before_and_that_is_said() -> None:
    looked_at = asked("business-as-usual")
    assert [each.as_of for each in looked_at.scenarios] == [None] * 2
    found = Found(register(), 0.1, ("", ""), looked_at.options["forgotten"])
    first = next(iter(parts(found, basis_of(looked_at.name, looked_at.scenarios, SAMPLE))))
    assert isinstance(first, Sentence) and "they run without facts" in first.text.en
