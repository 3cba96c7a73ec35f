"""``sim explain``: planted channels are found, channels and rest are the whole, the same bytes."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim import ensemble
from sim.ensemble import run_one
from sim.estimate.channels import Runs, decomposed
from sim.estimate.records import Interval
from sim.experiments.channels import BY_INSTRUMENT, BY_MECHANISM, PROGRAMMES, RECORD, ways
from sim.language import Language
from sim.model.rules.month import SCHEDULE
from sim.model.world.codes import mechanism
from sim.model.world.layout import CITY_MEASURES
from sim.model.world.setup import Observed
from sim.present.browser import option
from sim.runner import carry_out, setting
from sim.scenario import read_scenario
from sim.spec.findings import Figure, Listing
from sim.spec.marks import Flow
from sim.store.fill import Sample, fill
from sim.store.held import Held, HeldRun, run_held
from sim.store.rerun import at_random
from sim.store.store import Store
from sim.store.work import Where
from sim.studies.explain import STUDY
from sim.studies.shared.explained import Found, outcome_of, process_name
from sim.studies.shared.explained_flow import flow
from sim.studies.shared.explained_told import figure
from sim.studies.study import basis_of
from sim.views.themes import DARK
from tests.cli.conftest import Command, command
from tests.experiments.conftest import made_up
from tests.reference.processes import EVENTFUL, small
from tests.views.reading import check, sheet

__all__ = ["command"]

KEPT = {"policy", "record"}
CODE = """
from sim.engine.process import process


@process("{name}", reads=("city: dose", "counts"), writes=("counts",))
def {name}(world, p, month):
    dose = world.city[0].dose[{mechanism}, 0, 0]
    world.counts[month, 0] += {size} * p.forum_gain * dose
"""
SCENARIO = """
extends = "as-written"
draws = "prior"
[parameters]
firms_2022 = 300
talents_2022 = 2000
[processes]
without = {without}
add = [{{ file = "north.py", after = "record" }}, {{ file = "south.py", after = "north" }}]
"""
SIZES = {"north": 70.0, "south": 30.0}
ENOUGH = 16


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two scenarios: grants raise a count by two processes, 70 to 30."""
    folder = tmp_path_factory.mktemp("planted")
    for name, size in SIZES.items():
        text = CODE.format(name=name, mechanism=mechanism("grants"), size=size)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    text = SCENARIO.format(without=[name for name in SCHEDULE.names if name not in KEPT])
    (folder / "with.toml").write_text(text, encoding="utf-8")
    text += "[safeguards.policy_support]\ngrants = false\n"
    (folder / "without.toml").write_text(text, encoding="utf-8")
    return folder


Explain = Callable[..., tuple[Found, Path]]


@pytest.fixture
def explain(planted: Path, tmp_path: Path) -> Explain:
    """Return a function that carries out the study on the planted pair, with its folder."""

    def run(out: str, store: str, language: Language | None = None) -> tuple[Found, Path]:
        given = {each.name: each.default for each in STUDY.options}
        pair = {"first": str(planted / "without.toml"), "second": str(planted / "with.toml")}
        design = STUDY.design({**given, **pair, "matched": 2})
        here = setting(design.scenarios[0], ENOUGH, 7, 1, str(tmp_path / store), None)
        target = tmp_path / out
        done = carry_out(STUDY, design, here, lambda *_: None, target, language)
        return done.found, done.folder

    return run


def test_planted_channels_are_found_and_add_up(explain: Explain) -> None:
    found, folder = explain("out", "store")
    text = (folder / "explain.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    shares = {row["process"]: float(row["share"]) for row in rows if row["kind"] == "channel"}
    assert shares == pytest.approx({"north": 0.7, "south": 0.3}, abs=0.05)
    amount = {row["kind"]: 0.0 for row in rows}
    for row in rows:
        amount[row["kind"]] += float(row["amount"])
    rest = amount["together"] + amount["outside"]
    assert amount["channel"] + rest == pytest.approx(amount["whole"])
    assert found.outcome.id == "output"  # the only count that differs
    assert found.effect.whole.pairs == (1.0, 0.0)
    assert [each.by[0][0] for each in found.touched] == ["north"]


def test_the_same_bytes_again_and_from_the_store(explain: Explain) -> None:
    folders = [explain(*each)[1] for each in (("a", "one"), ("b", "two"), ("c", "one"))]
    first, *others = [
        {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        for folder in folders
    ]
    assert "explain.csv" in first and all(each == first for each in others)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_five_sentences_and_figures_in_both_languages(explain: Explain, language: Language) -> None:
    found, _ = explain("out", "store")
    basis = basis_of(STUDY.help, [read_scenario("without-yulin"), read_scenario("as-written")],
                     Sample(7, ENOUGH))  # fmt: skip
    said = list(STUDY.parts(found, basis))
    (five,) = (part for part in said if isinstance(part, Listing))
    assert len(five.items) == 5
    assert "70%" in five.items[2].in_(language)
    figures = [part for part in said if isinstance(part, Figure)]
    for each in figures:
        check(sheet(each, language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_streams_of_many_channels_can_be_read(language: Language) -> None:
    """Made-up sizes on the channels of a real pair, some below nought."""
    pair = [read_scenario("without-yulin"), read_scenario("as-written")]
    found = ways(*(each.setup() for each in pair))
    sizes = np.random.default_rng(1).normal(2.0, 3.0, len(found.channels))
    nothing, one = np.zeros(ENOUGH), np.linspace(0.9, 1.1, ENOUGH)
    alone = [size * one for size in sizes]
    total = np.sum(alone, axis=0)
    runs = Runs(nothing, total, alone, [total - each for each in alone], nothing,
                [total for _ in found.links])  # fmt: skip
    effect = decomposed(runs, np.arange(ENOUGH))
    measures = dict.fromkeys(CITY_MEASURES, Interval(0.0, 0.0, 0.0))
    why = Found(outcome_of(0), found, effect, [], [], [], [], measures, {}, ("", ""))
    basis = basis_of(STUDY.help, pair, Sample(7, ENOUGH))
    (picture,) = flow(why, basis)
    assert isinstance(picture.mark, Flow)
    into = {node.stage: 0.0 for node in picture.mark.nodes}
    for stream in picture.mark.streams:
        into[picture.mark.nodes[stream.target].stage] += stream.size
    assert into[1] == pytest.approx(into[2]) == pytest.approx(np.abs(sizes).sum(), rel=0.02)
    for each in (picture, figure(why, basis)):
        check(sheet(each, language))
    (chart,) = option(picture, language, DARK)["series"]
    assert [node["depth"] for node in chart["data"]] == [n.stage for n in picture.mark.nodes]
    assert len(chart["links"]) == len(picture.mark.streams)


def test_what_passes_a_channel() -> None:
    """Of products halves, of sums each its own, of three at a time the rest."""
    draws, ones = np.arange(8), np.ones(8)

    def outcome(a: int, b: int, c: int) -> np.ndarray:
        return (2.0 * a + b * c * 4.0 + a * b * c * 6.0) * ones

    names = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    alone = [outcome(*each) for each in names]
    without = [outcome(*(1 - open_ for open_ in each)) for each in names]
    shut = outcome(0, 0, 0) + 1.0
    runs = Runs(outcome(0, 0, 0), outcome(1, 1, 1) + 1.0, alone, without, shut, [without[0]])
    found = decomposed(runs, draws)
    passed = [each.amount.mean.value for each in found.channels]
    assert found.whole.mean.value == 13.0 and found.outside.mean.value == 1.0
    assert passed == [(2.0 + 9.0) / 2, (11.0) / 2, 11.0 / 2]
    assert sum(passed) + found.together.mean.value + 1.0 == pytest.approx(13.0)
    assert found.links[0].mean.value == 9.0


def test_with_all_channels_shut_packages_run_alike_to_the_last_bit() -> None:
    """So no dose gets past them, whatever process reads it."""
    months = 40
    one, other = (
        small(name, **{**EVENTFUL, "component_quality": -1.0}) for name in
        ("business-as-usual", "as-written")
    )  # fmt: skip
    first, second = (each._replace(months=months, dose=each.dose[:months]) for each in (one, other))
    found = ways(first, second)
    held = Held(first, "first", found.all, found.doses)
    shut, alike = run_held(second, 7, 0, held), run_one(first, 7, 0)
    assert shut.counts.tobytes() == alike.counts.tobytes()
    assert shut.counts.tobytes() != run_one(second, 7, 0).counts.tobytes()
    merged = found.by_process()
    assert sorted(merged.all) == sorted(found.all) and len(merged.channels) < len(found.channels)


def test_what_is_held_has_the_luck_that_agrees_with_facts() -> None:
    """The first try is refused in both packages, and in what lies between them."""
    months, known = 40, 20
    one, other = (small(name, **EVENTFUL) for name in ("business-as-usual", "as-written"))
    first = one._replace(months=months, dose=one.dose[:months], reach=other.reach)
    later = np.concatenate([first.dose[:known], other.dose[known:months]])
    second = first._replace(dose=later)
    tries = [run_one(first, 7, number).counts[known - 1, 0] for number in (0, ensemble.STRIDE)]
    middle = sum(tries) / 2.0
    ends = (0.0, middle) if tries[1] < middle else (middle, np.inf)
    first, second = (
        each._replace(observed=(Observed(0, known - 1, *ends),)) for each in (first, second)
    )
    found = ways(first, second)
    shut = run_held(second, 7, 0, Held(first, "known", found.all, found.doses))
    alike, open_ = run_one(first, 7, 0), run_one(second, 7, 0)
    assert (shut.tries, shut.replicate, shut.draw) == (2, 0, alike.draw)
    assert shut.counts.tobytes() == alike.counts.tobytes() != open_.counts.tobytes()
    assert (open_.counts[:known] == alike.counts[:known]).all()


def test_packages_that_part_after_what_is_known_are_explained_given_it() -> None:
    given = {each.name: each.default for each in STUDY.options}
    pair = {"first": "as-written", "second": "fund-to-talents-from-2027", "as_of": "2025-12"}
    found = STUDY.design({**given, **pair})
    assert {each.as_of for each in found.scenarios} == {"2025-12"}
    assert found.options["forgotten"] is None and found.stem.endswith("as-of-2025-12")
    apart = STUDY.design({**given, **pair, "second": "without-yulin"})
    assert {each.as_of for each in apart.scenarios} == {None}
    assert apart.options["forgotten"] == "2025-12"


def test_processes_that_read_doses_have_names() -> None:
    doses = {*BY_MECHANISM, BY_INSTRUMENT}
    readers = {each.reader for each in SCHEDULE.couplings.values() if each.field in doses}
    for name in readers - {RECORD, *PROGRAMMES[1:]}:
        assert process_name(name).zh != name


def test_the_time_that_is_foretold_is_not_that_of_the_first_held_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first reads what holding needs, which takes longer than the run."""
    clock = iter([0.0, 100.0, 101.0])
    monkeypatch.setattr("sim.studies.explain.time.perf_counter", lambda: next(clock))
    monkeypatch.setattr("sim.studies.explain.run_held", lambda *_: None)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_, **__: None)
    given = {each.name: each.default for each in STUDY.options}
    looked_at = STUDY.design({**given, "first": "without-yulin", "second": "as-written"})
    here = setting(looked_at.scenarios[0], 16, 7, 2, str(tmp_path / "store"), None)
    assert STUDY.seconds is not None
    runs = STUDY.seconds(looked_at, here) * 2 / 0.5  # two threads, half a second each
    assert runs % 16 == 0 and 16 < runs < 16 * 100


def test_a_held_block_can_be_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensemble, "run_one", made_up)
    monkeypatch.setattr(ensemble, "warm_up", lambda *_, **__: None)
    first, second = (read_scenario(name) for name in ("without-yulin", "as-written"))
    channel = ways(first.setup(), second.setup()).channels[0]
    run, store = HeldRun(second, first, channel.parts), Store(str(tmp_path / "store"))
    fill([run], Sample(7, 16), store, Where(1))
    ((_, task),) = at_random(store, 1)
    assert task.held is not None and task.held.parts == channel.parts
    assert task.held.mark == first.hash()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("as-written", "as-written"), "two scenarios that do different things"),
        (("as-written", "to-2035"), "two scenarios with the same horizon"),
        (("without-yulin", "as-written", "--count", "happiness"), "happiness"),
        (("without-yulin", "as-written", "--detail", "fine"), "instruments, processes"),
        (
            ("without-yulin", "as-written", "--count", "output", "--objective", "all"),
            "one of them",
        ),
        (("without-yulin", "nowhere"), "nowhere"),
    ],
)
def test_bad_input_is_one_message(command: Command, words: tuple[str, ...], said: str) -> None:
    told = command("explain", *words, "--lang", "en")
    assert told.status == 2
    assert said in told.err and "Traceback" not in told.err
    assert len(told.err.strip().splitlines()) == 1
