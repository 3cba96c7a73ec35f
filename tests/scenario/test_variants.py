"""Protects ``[variants]``: other forms of a mechanism run as the reference does."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim import parameters
from sim.app.links import from_link, to_link
from sim.app.package import from_toml, to_toml
from sim.ensemble import advance, begin
from sim.experiments.sweep_file import read_sweep
from sim.model.rules.month import SCHEDULE
from sim.model.rules.variants import VARIANTS
from sim.model.world.setup import Setup
from sim.problems import Problem
from sim.scenario import from_one_source, scenario_from_resolved
from sim.scenario.explain import explain_processes
from sim.store.scenario_text import scenario_text
from sim.studies.shared.swept import varied
from tests import calibrated
from tests.reference.other_forms import OTHERS
from tests.reference.processes import EVENTFUL, compare_processes, small
from tests.scenario.conftest import Read, Refused, Write

OTHER = [
    (subject, choice)
    for subject, variant in VARIANTS.items()
    for choice in variant.choices
    if choice != variant.usual
]
KEPT = '[variants]\nspillovers = "none"\n'
MONTHS = (0, 1, 6)
"""Months in which what stands in place of a process is compared."""


def in_form(form: tuple[str, str], months: int, **overrides: float) -> Setup:
    return small("as-written", **overrides)._replace(variants=(form,), months=months)


@pytest.mark.parametrize("form", OTHER, ids="=".join)
def test_a_variant_agrees_with_the_second_implementation(form: tuple[str, str]) -> None:
    instead = VARIANTS[form[0]].choices[form[1]].instead
    assert set(OTHERS[form]) <= set(instead)
    assert compare_processes(instead, in_form(form, 7, **EVENTFUL), MONTHS) == []


@pytest.mark.parametrize("form", OTHER, ids="=".join)
def test_a_variant_leaves_the_same_bytes_in_all_modes_and_not_the_usual_ones(
    form: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checked mode is the plain one, and holds it to what it declares."""
    left = {trajectory(in_form(form, 1), mode, monkeypatch) for mode in ("checked", "compiled")}
    assert len(left) == 1
    longer = in_form(form, 24)
    usual = longer._replace(variants=())
    assert trajectory(longer, "compiled", monkeypatch) != trajectory(usual, "compiled", monkeypatch)


def trajectory(setup: Setup, mode: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setenv("SIM_MODE", mode)
    values, world = begin(setup, 5, 0)
    counts, measures = setup.nothing_recorded()
    advance(world, parameters.as_record(values), setup, setup.months, counts, measures)
    return counts.tobytes() + measures.tobytes()


@pytest.mark.parametrize("form", OTHER, ids="=".join)
def test_what_replaces_a_process_bears_its_name(form: tuple[str, str]) -> None:
    for name, instead in VARIANTS[form[0]].choices[form[1]].instead.items():
        assert name in SCHEDULE.names
        assert not instead or name in {each.name for each in instead}


def test_a_variant_is_said_hashed_and_read_back(read: Read, write: Write) -> None:
    scenario = read(KEPT)
    assert scenario.variants == {"spillovers": "none"}
    assert scenario.hash() != read("").hash() == read('variants.spillovers = "near"').hash()
    assert "variants" not in read('variants.spillovers = "near"').resolved()
    (said,) = explain_processes(scenario)
    assert said.en == "variant: knowledge spillovers reach nobody (spillovers = none)"
    again = scenario_from_resolved(scenario.resolved())
    assert (again.variants, again.hash()) == (scenario.variants, scenario.hash())
    assert read(scenario_text(scenario.resolved())).resolved() == scenario.resolved()
    write(KEPT, "base")
    assert read('extends = "base"').variants == scenario.variants
    assert read('extends = "base"\nvariants.spillovers = "near"').variants == {}


def test_a_variant_is_no_foreign_code_to_the_lab() -> None:
    package = from_toml(f'extends = "as-written"\n{KEPT}', "mine.toml")
    assert package.scenario.variants == {"spillovers": "none"}
    assert from_link(to_link(package)).same_as(package)
    assert from_toml(to_toml(package), "mine.toml").same_as(package)


@pytest.mark.parametrize(
    ("text", "key", "found", "expected"),
    [
        ('spilovers = "none"', "variants", '"spilovers"', "Did you mean spillovers?"),
        ('spillovers = "non"', "variants.spillovers", '"non"', "Did you mean none?"),
        ("spillovers = false", "variants.spillovers", "false", '"near" or "none"'),
    ],
)
def test_what_is_no_variant_is_refused(
    refused: Refused, text: str, key: str, found: str, expected: str
) -> None:
    problem = refused(f"[variants]\n{text}")
    assert (problem.key, problem.found) == (key, found)
    assert expected in str(problem)


SWEEP = """
base = "as-written"
design = "full"
[[factors]]
variant = "spillovers"
"""


def test_a_sweep_goes_over_the_forms_of_a_mechanism(write: Write) -> None:
    sweep = read_sweep(write(SWEEP + 'values = ["near", "none"]'))
    assert [each.variants for each in sweep.scenarios] == [{}, {"spillovers": "none"}]
    (target,) = sweep.targets
    assert varied(target).told == VARIANTS["spillovers"].name
    for text, expected in (
        ('values = ["near", "non"]', "Did you mean none?"),
        ("low = 0.0\nhigh = 1.0", "the forms of a mechanism"),
        ('set = "on"\nvalues = ["none"]', "the forms of a mechanism"),
    ):
        with pytest.raises(Problem) as caught:
            read_sweep(write(SWEEP + text))
        assert expected in str(caught.value)


OTHER_RULES = pytest.mark.parametrize(
    "other", ['[variants]\njobs = "firms"', 'processes.without = ["linkage"]'], ids=["form", "less"]
)


@OTHER_RULES
def test_other_rules_draw_from_the_prior_and_so_does_what_they_are_compared_with(
    read: Read, other: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Unless somebody asked for one of them: who says where from is taken at their word."""
    calibrated.work_with_it(tmp_path, monkeypatch)
    usual, unusual = read(""), read(other)
    assert (usual.draws, unusual.draws) == ("posterior", "prior")
    assert {each.draws for each in from_one_source([usual, unusual])} == {"prior"}
    assert from_one_source([usual, usual]) == [usual, usual]
    asked = replace(usual, draws="prior")
    assert from_one_source([usual, asked]) == [usual, asked]


@OTHER_RULES
def test_a_posterior_of_other_rules_is_refused(refused: Refused, other: str) -> None:
    """It was made with the usual forms, and says nothing about parameters of others."""
    problem = refused(f'draws = "posterior"\n{other}')
    assert problem.key == "draws" and '"prior"' in problem.expected.en
