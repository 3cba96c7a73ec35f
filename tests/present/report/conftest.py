"""One folder of every kind of result, made up, and the report on all of them, once a language."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

from sim.estimate import Interval
from sim.estimate.deadline import deadline as latest_of
from sim.estimate.discovery import Condition, Rule
from sim.estimate.paired import Difference
from sim.estimate.robust import Robust
from sim.estimate.shapley import attribute
from sim.experiments.baseline import MISSING
from sim.experiments.compare import Comparison, compare
from sim.experiments.likelihoods import FILE
from sim.experiments.likelihoods import document as likelihoods
from sim.experiments.objective_file import single, whole_plan
from sim.experiments.packages import Space
from sim.experiments.search import Candidate, Searched
from sim.experiments.sweep_file import read_sweep
from sim.language import Language
from sim.plan import PLAN
from sim.present.report.compose import document
from sim.present.report.document import Document
from sim.present.report.to_html import html
from sim.present.report.to_pdf import pdf
from sim.scenario import read_scenario
from sim.store import load_result
from sim.studies import attribute as shapley
from sim.studies import deadline, futures, gates, search, sweep
from sim.studies.gates import GATES
from sim.studies.shared.boxes import Futures
from sim.studies.shared.counts import NAMES
from sim.studies.shared.late import Late
from sim.studies.shared.plan_pairs import Owed
from sim.studies.shared.swept import Point
from tests.store import made
from tests.studies.files import comparison_files, study_files
from tests.views.made_up import DRAWS, SAMPLE, ensemble

LANGUAGES: tuple[Language, ...] = ("en", "zh")
ASKED = ("run", "run+other", "comparison", "sweep", "gates", "futures", "deadline", "search")
"""Results that a page answers for."""
REPLICATES = 24
BASE = read_scenario("as-written")
COARSE = 40
"""Points an inch of the figures in tests."""
UNUSED = ("other", "smaller")
"""Results that the report on all others leaves out, to save the time of their figures."""


def compared(other: str = "talent-first", gain: float = 0.2) -> Comparison:
    """Return a comparison of a package with the plan as written."""
    return compare(ensemble(BASE, 0.0), ensemble(read_scenario(other), gain))


def shares() -> list[Owed]:
    """Return an attribution to plans that each add a tenth, the first plan twice as much."""
    luck = np.random.default_rng(2).uniform(size=64)
    plans = np.array([(number & 1) + number.bit_count() for number in range(64)]) / 10
    found = attribute(luck < 0.1 + plans[:, None], DRAWS)
    levels = [float((luck < 0.1 + plans[at]).mean()) for at in (0, -1)]
    return [Owed(count.id, count.name, found, found, *levels) for count in PLAN.counts]


def swept(run: Path) -> sweep.Found:
    """Return a sweep all of whose points came out as one run did."""
    plan, summary = read_sweep("one-lever-off"), load_result(run).summary
    none = (Difference(0.0, -0.1, 0.1),) * (len(PLAN.counts) + 1)
    points = [
        Point(values, summary, none, 1.0, number == plan.base_point)
        for number, values in enumerate(plan.points)
    ]
    likely = FILE, likelihoods([ensemble(BASE, 0.0)], SAMPLE)
    return sweep.Found(plan, SAMPLE, points, likely, MISSING)


def sure(value: float) -> Interval:
    """Return a likelihood that is known for certain."""
    return Interval(value, value, value)


def opened(step: float = 0.1) -> list[gates.Held]:
    """Return gates of which each adds more to the counts than the one before."""
    found = [compared(gain=step * number).counts for number in range(len(GATES))]
    rows = [(own[0], [each.likelihood for each in own]) for own in zip(*found, strict=True)]
    return [gates.Held(own.id, NAMES[own.id], sure(own.first), gains) for own, gains in rows]


def failing() -> Futures:
    """Return a rule over one parameter, and draws that fail just where it holds."""
    firms = np.linspace(1000.0, 4000.0, 32)
    rule = Rule((Condition("firms_2022", -np.inf, 2500.0),), 0.5, 0.8, 0.6, 0.5, 0.9, 0.7, 0.9)
    return Futures((rule,), {"firms_2022": firms}, (firms <= 2500.0).astype(np.float64))


def missed(found: Futures) -> futures.Found:
    """Return what the study of failing futures found of a count."""
    return futures.Found(single("products"), found, ("", ""))


def searched() -> Searched:
    """Return a search that tried one package."""
    space, stands = Space(BASE, 500.0), Robust(0.0, 0.0, 1.0)
    fresh, gain = (Interval(0.4, 0.3, 0.5),), (Difference(0.0, -0.1, 0.1),)
    found = Candidate(space.given(), (0.5,), 64, fresh, gain, stands)
    return Searched((whole_plan(),), space, (found,), (found,), (found,), found)


def gates_files(found: Sequence[gates.Held]) -> list[tuple[str, str]]:
    """Return the files of opened gates, but for likelihoods."""
    told = study_files(gates.STUDY, gates.Found(found, None, ("", ""), MISSING), [BASE], SAMPLE)
    return [each for each in told if each[0]]


def write(folder: Path, files: Sequence[tuple[str, str]]) -> Path:
    """Write the files of an experiment."""
    folder.mkdir()
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a folder of every kind of result, by kind; two runs are a pair, the third is not."""
    root = tmp_path_factory.mktemp("results")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.ensemble.run", made.ensemble)
        made.result(root / "run", REPLICATES)
        made.result(root / "other", REPLICATES, read_scenario("without-yulin"))
        made.result(root / "smaller", 4)
    starts = ("2022-10", "2024-01")
    late = tuple(Interval(each, each - 0.1, each + 0.1) for each in (0.7, 0.4))
    changes = tuple(Difference(each, each - 0.1, each + 0.1) for each in (0.0, -0.3))
    latest = latest_of(late, 0.5)
    of_base = (FILE, likelihoods([ensemble(BASE, 0.0)], SAMPLE))
    made_up = {
        "comparison": comparison_files([compared()], SAMPLE),
        "attribute": study_files(
            shapley.STUDY,
            shapley.Found(shares(), None, None, of_base, MISSING),
            [BASE],
            SAMPLE,
        ),
        "sweep": study_files(sweep.STUDY, swept(root / "run"), [BASE], SAMPLE),
        "gates": gates_files(opened()),
        "futures": study_files(
            futures.STUDY,
            missed(failing())._replace(
                likelihoods=(FILE, likelihoods([ensemble(BASE, 0.0)], SAMPLE))
            ),
            [BASE],
            SAMPLE,
        ),
        "deadline": study_files(
            deadline.STUDY,
            deadline.Found(
                Late("yulin", single("standards"), 0.5, starts, late, changes, latest),
                of_base,
                MISSING,
            ),
            [BASE],
            SAMPLE,
        ),
        "search": study_files(
            search.STUDY, search.Found(searched(), None, of_base), [BASE], SAMPLE
        ),
    }
    packages = {
        "comparison": (ensemble(BASE, 0.0), ensemble(read_scenario("talent-first"), 0.2)),
        "gates": (ensemble(BASE, 0.0),),
    }
    found = {
        name: write(
            root / name,
            [*files, *((FILE, likelihoods(each, SAMPLE)) for each in [packages.get(name)] if each)],
        )
        for name, files in made_up.items()
    }
    return {name: root / name for name in ("run", "other")} | found | {"smaller": root / "smaller"}


class Written(NamedTuple):
    """A report as a document, as HTML and as PDF."""

    document: Document
    html: str
    pdf: bytes


@pytest.fixture(scope="session", params=LANGUAGES)
def report(request: pytest.FixtureRequest, results: dict[str, Path]) -> Written:
    """Return the report on nearly all results, in each language; in English without its figures.

    Figures take most of the time of a report, and their own tests draw them in both languages.
    """
    language: Language = request.param
    with pytest.MonkeyPatch.context() as patch:
        if language == "en":
            leave_blank(patch)
        patch.setattr("sim.present.report.drawing.DPI", COARSE)
        said = document([path for name, path in results.items() if name not in UNUSED], language)
    return Written(said, html(said), pdf(said))


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let figures be blank."""
    leave_blank(monkeypatch)


def leave_blank(patch: pytest.MonkeyPatch) -> None:
    """Let figures be blank."""
    blank = io.BytesIO()
    Image.new("P", (20, 10)).save(blank, format="PNG")
    found = ((10.0, 5.0), None, blank.getvalue())
    patch.setattr("sim.present.report.drawing.forms", lambda *_: found)
