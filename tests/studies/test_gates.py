"""Protects gates: each gain in its gate's scale and its count's row, ties hollow."""

import csv
import io

import numpy as np
import pytest

from sim.estimate.paired import Difference
from sim.experiments.baseline import MISSING
from sim.language import Language
from sim.plan import PLAN
from sim.present.browser import option
from sim.present.tables import csv_files_of
from sim.present.terminal import print_parts
from sim.scenario import read_scenario
from sim.spec import palette
from sim.spec.findings import Figure, Sentence
from sim.spec.marks import Dots, Panels, Rule
from sim.studies.gates import GATES, Found, Held, figure, gates_from, parts
from sim.studies.shared.beside import LOOKS
from sim.studies.study import basis_of
from sim.text.catalogue import worded
from sim.views.themes import LIGHT
from tests.present.report.conftest import opened, sure
from tests.views.made_up import BASIS, SAMPLE
from tests.views.reading import check, said, sheet

LANGUAGES: tuple[Language, ...] = ("en", "zh")
APPROVALS = [gate.id for gate in GATES].index("approvals")


def gained(value: float, reach: float) -> Difference:
    """Return a gain with an interval that reaches equally far to both sides."""
    return Difference(value, value - reach, value + reach)


def held(size: float = 0.05) -> list[Held]:
    """Return counts that the last gate helps more and more from a loss on, and others hardly."""
    rows = []
    for number, count in enumerate(PLAN.counts):
        gains = [gained(0.1 * size * (gate - 2), 0.5 * size) for gate in range(len(GATES) - 1)]
        last = gained(size * (number - 3), size / 2)
        rows.append(Held(count.id, count.name, sure(0.05 * number), [*gains, last]))
    return rows


def look(declared: Figure) -> dict[tuple[int, int], Dots]:
    """Return what stands for each gate and count; gates are told by the nought that is nearest."""
    assert isinstance(declared.mark, Panels)
    layers = declared.mark.panels[0].layers
    zeros = [each.at for each in layers if isinstance(each, Rule)]
    found = {}
    for each in layers:
        if isinstance(each, Dots):
            for across, row in zip(each.across, each.up, strict=True):
                gate = min(range(len(zeros)), key=lambda at: abs(zeros[at] - across))
                found[gate, int(row)] = each
    return found


def test_each_gain_stands_in_its_gates_scale_and_its_counts_row() -> None:
    declared, rows = figure(held(), BASIS), held()
    assert isinstance(declared.mark, Panels)
    layers = declared.mark.panels[0].layers
    zeros = [each.at for each in layers if isinstance(each, Rule)]
    dots = [each for each in layers if isinstance(each, Dots)]
    at = sorted((x, y) for each in dots for x, y in zip(each.across, each.up, strict=True))
    wanted = sorted(
        (zero + row.gains[gate].value, float(number))
        for number, row in enumerate(rows)
        for gate, zero in enumerate(zeros)
    )
    assert np.array(at) == pytest.approx(np.array(wanted), abs=1e-4)
    text = said(sheet(declared)).lower()
    assert all(gate.name.en.lower() in text for gate in GATES)


def test_ties_are_hollow_and_the_clear_gate_that_adds_most_is_marked_and_told() -> None:
    found = look(figure(held(), BASIS))
    own = [found[APPROVALS, row] for row in range(13)]
    assert [row for row in range(13) if own[row].hollow] == [3]
    assert [row for row in range(13) if own[row].colour == palette.VERMILION] == list(range(4, 13))
    assert own[4].texts == tuple(f"+{5 * step}" for step in range(1, 10))


def test_the_title_names_the_gate_that_adds_most_to_most_counts() -> None:
    title = figure(held(), BASIS).title.en
    assert title.startswith("Most is gained for 9 of 13 where ")
    assert title.endswith(f": {GATES[-1].name.en}")
    assert figure(held(0.0), BASIS).title.en.startswith("No gate stands out")


def test_gates_whose_intervals_overlap_are_all_said_to_add_most() -> None:
    """The first of equals was once called the bottleneck."""
    gains = [gained(each, 0.05) for each in (0.2, 0.2, 0.16, 0.08, 0.02, -0.3)]
    row = Held("output", PLAN.counts[0].name, sure(0.5), gains)
    assert row.largest == (0, 1, 2)
    assert Held("output", PLAN.counts[0].name, sure(0.5), [gained(0.04, 0.05)] * 6).largest == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_month_on_approvals_are_left_out_and_text_and_figure_say_why(
    language: Language,
) -> None:
    since, gates = "2026-01", gates_from("2026-01")
    assert [each for each in GATES if each not in gates] == [GATES[APPROVALS]]
    rows = [
        each._replace(
            gains=[gain for n, gain in enumerate(each.gains) if n != APPROVALS], gates=gates
        )
        for each in held()
    ]
    basis = basis_of(worded("gates.table"), [read_scenario("as-written")], SAMPLE)
    told = list(parts(Found(rows, None, ("", ""), MISSING, since), basis))
    why = worded("gates.since", since=since).in_(language)
    assert GATES[APPROVALS].name.in_(language) in why
    assert why in [each.text.in_(language) for each in told if isinstance(each, Sentence)]
    (declared,) = (each for each in told if isinstance(each, Figure))
    drawn = sheet(declared, language)
    check(drawn)
    assert why.replace(" ", "") in said(drawn).replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [0.0, 0.05, 0.11])
def test_nothing_is_clipped_or_covered(language: Language, size: float) -> None:
    declared = figure(held(size), BASIS)
    check(sheet(declared, language))
    assert option(declared, language, LIGHT)["series"]


def test_the_browser_gives_each_look_a_sign_of_its_own() -> None:
    """A hollow mark and a full one of the same colour, above the chart as in it."""
    told = option(figure(held(0.05), BASIS), "en", LIGHT)["legend"]["data"]
    signs = {(each["icon"], each["itemStyle"]["color"]) for each in told}
    assert len(signs) == len(told) == len(LOOKS)


@pytest.mark.parametrize("part", ["95% interval", "N = 256", "conditional on the model", "60%"])
def test_the_sheet_says_what_it_rests_on(part: str) -> None:
    assert part in said(sheet(figure(held(), BASIS)))


def test_sentence_terminal_and_file_tell_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    found, base = opened(), read_scenario("as-written")
    basis = basis_of(worded("gates.table"), [base], SAMPLE)
    told = list(parts(Found(found, None, ("", ""), MISSING), basis))
    ((name, text),) = csv_files_of(told)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (name, len(rows)) == ("gates.csv", len(GATES) * len(PLAN.counts))
    for row in rows:
        (own,) = (each for each in found if each.id == row["count"])
        gain = own.gains[[gate.id for gate in GATES].index(row["gate"])]
        assert (float(row["difference"]), row["told_apart"]) == (gain.value, str(not gain.tie))
    print_parts(told, "en")
    shown = capsys.readouterr().out
    assert all(gate.name.en in shown for gate in GATES)
    assert shown.startswith("Of likelihoods moved by a gate")
    nothing = next(iter(parts(Found(opened(0.0), None, ("", ""), MISSING), basis)))
    assert isinstance(nothing, Sentence) and nothing.text.en.startswith("No gate")
