"""Protects the replication table in both languages, whatever was found, on screens of any width."""

import json
from functools import partial
from io import StringIO

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from sim.evidence.replication.designs import DESIGNS
from sim.evidence.replication.evaluations import evaluations
from sim.evidence.replication.replicated import Line, Replicated, spread
from sim.language import Language
from sim.present.browser import option
from sim.present.figure import drawn as draw
from sim.present.terminal import print_parts
from sim.spec.findings import Figure
from sim.store.fill import Sample
from sim.studies.replicate import STUDY, files, parts
from sim.studies.study import Basis, basis_of
from sim.views.themes import LIGHT
from tests.views.reading import check, drawn

FAR = 40.0


def found(values: float, *, calibrated: bool) -> Replicated:
    """Return a table in which every statistic is about a value, or unknown."""
    lines = []
    for each in evaluations():
        for statistic in each.statistics:
            simulated = spread(statistic, values * np.linspace(0.5, 1.5, 24))
            prior = None if statistic.cannot else simulated
            lines.append(Line(each, statistic, prior, prior if calibrated else None))
    return Replicated(tuple(lines), calibrated)


def basis() -> Basis:
    design = STUDY.design({})
    return basis_of(design.name, design.scenarios, Sample(7, 24))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("values", "calibrated"), [(0.04, False), (FAR, True), (float("nan"), True)]
)
def test_the_figure_reads_well(language: Language, values: float, calibrated: bool) -> None:
    told = parts(found(values, calibrated=calibrated), basis())
    (declared,) = (part for part in told if isinstance(part, Figure))
    check(drawn(partial(draw, declared, language)))
    json.dumps(option(declared, language, LIGHT), allow_nan=False)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("calibrated", [False, True])
def test_the_table_fits_a_screen_of_eighty_columns(
    monkeypatch: pytest.MonkeyPatch, language: Language, calibrated: bool
) -> None:
    written = StringIO()
    shown = Console(width=80, file=written, highlight=False, force_terminal=True)
    monkeypatch.setattr("sim.present.screen.console", lambda: shown)
    print_parts(tuple(parts(found(FAR, calibrated=calibrated), basis())), language)
    lines = written.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").split("\n")
    assert [line for line in lines if cell_len(line) > 80 and "http" not in line] == []
    assert "…\n" not in written.getvalue()
    said = " ".join(" ".join(lines).split())
    assert ("命中" if language == "zh" else "are hit") in said
    assert ("尚无后验" if language == "zh" else "No posterior") in said or calibrated


def test_the_file_says_what_was_evaluated_and_what_came_out() -> None:
    ((name, text),) = files(found(0.2, calibrated=False), basis())
    said = json.loads(text)
    assert name == "replications.json"
    assert [each["id"] for each in said["evaluations"]] == list(DESIGNS)
    threshold = said["evaluations"][0]
    assert (threshold["hit"], threshold["hit_posterior"]) == ("hit", None)
    assert threshold["sources"][0]["address"].startswith("http")
    # What cannot be simulated would be told so; since orders are sales of their own, all can be.
    assert not any(each["cannot"] for one in said["evaluations"] for each in one["statistics"])
