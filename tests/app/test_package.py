"""A package says the same as scenario, file and link; what is malformed is told in words."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from sim.app.history import History
from sim.app.in_words import TELLING, differences
from sim.app.links import (
    LONGEST_LINK,
    fits_a_link,
    from_address,
    from_link,
    to_address,
    to_link,
)
from sim.app.package import (
    TOLD,
    Package,
    changed,
    from_toml,
    named,
    preset,
    to_toml,
    with_instrument,
    with_lever,
)
from sim.app.pairing import unpaired
from sim.model.rules.variants import VARIANTS
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import HORIZONS, posterior, read_scenario, scenario_names
from sim.scenario.fixed import allowed
from sim.scenario.levers import SETTING, TABLES
from sim.scenario.posterior import SOURCES
from sim.scenario.read import CHANGES
from tests import calibrated


@pytest.fixture(autouse=True, scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have a posterior for the rules as they are, for packages that ask for one."""
    file = calibrated.put(tmp_path_factory.mktemp("fitted"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posterior, "posterior_file", lambda: file)
        yield


KNOWN_UNTIL = Path(__file__).parent / "known-until.toml"
"""Every kind of setting that an upload may bring and the panel of levers does not show."""
MONTHS = st.tuples(st.integers(2023, 2035), st.integers(1, 12)).map(
    lambda ym: f"{ym[0]}-{ym[1]:02}"
)
DISTRICTS = st.sets(st.sampled_from([entry.id for entry in PLAN.districts]), min_size=1)
CLUSTERS = st.sets(st.sampled_from([entry.id for entry in PLAN.clusters]), min_size=1)
DOSES = st.dictionaries(MONTHS, st.floats(0, 10), min_size=1, max_size=3).map(
    lambda doses: [{"from": month, "value": doses[month]} for month in sorted(doses)]
)
FORMS = {of: st.sampled_from(sorted(each.choices)) for of, each in VARIANTS.items()}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "on": st.booleans(),
    "dose": st.one_of(st.floats(0, 10), DOSES),
    "start": MONTHS,
    "end": st.one_of(st.just("never"), MONTHS),
    "ramp_months": st.integers(0, 120),
    "districts": st.one_of(st.just("all"), DISTRICTS.map(sorted)),
    "clusters": st.one_of(st.just("all"), CLUSTERS.map(sorted)),
}
"""What each key of a lever may be."""
TEXTS = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
NAMES = st.one_of(TEXTS, st.sampled_from(["true", "7", "1e5"]),
                  st.fixed_dictionaries({"en": TEXTS, "zh": TEXTS}))  # fmt: skip
FREE = [each for each in PARAMETERS.values() if each.uncertain and each.unit == "share"]
SHARES = st.sampled_from(FREE).flatmap(
    lambda each: st.tuples(st.just(each.name), st.floats(*allowed(each)))
)
FACTORS = st.tuples(st.sampled_from(list(PARAMETERS)), st.floats(0.1, 10))
READ = st.sampled_from([count for count in PLAN.counts if len(count.readings) > 1]).flatmap(
    lambda count: st.tuples(st.just(count.id), st.sampled_from(count.readings))
)
SHAKES = st.fixed_dictionaries({"arrivals": st.floats(0.01, 10)})
EVENT = st.tuples(NAMES, MONTHS, SHAKES).map(lambda x: {"name": x[0], "from": x[1], **x[2]})
RULE = st.fixed_dictionaries(
    {
        "when": st.fixed_dictionaries(
            {
                "count": st.sampled_from([count.id for count in PLAN.counts]),
                "in": st.sampled_from(["2023-01", "2027-12"]),
                "above": st.floats(-1e9, 1e9),
            }
        ),
        "then": st.just({"lingpao": {"dose": 2.0}}),
    }
)
MOVE = st.fixed_dictionaries(
    {
        "of": st.just("yulin"),
        "to": st.sampled_from(["kaiyuan", "global_talents"]),
        "from": st.sampled_from(["2024-01", "2027-01"]),
        "share": st.floats(0.01, 0.2),
    }
)
LEFT_OUT = ("certification", "exit", "finance", "linkage")


@st.composite
def tables(draw: st.DrawFn, key: str) -> dict[str, object]:
    """Return a table of levers as a file would have it; every lever says whether it is on."""
    found: dict[str, object] = {}
    levers = [lever for lever in PLAN.levers if lever.kind == TABLES[key]]
    for lever in draw(st.lists(st.sampled_from(levers), max_size=3, unique_by=lambda x: x.id)):
        optional = {field: value for field, value in VALUES.items() if field != "on"}
        entry = st.fixed_dictionaries({"on": VALUES["on"]}, optional=optional)
        one = draw(st.sampled_from(lever.instruments))
        table: dict[str, object] = draw(entry)
        if draw(st.booleans()):
            table[one.id] = draw(entry)
        found[lever.id] = table
    return found


KEYS = {
    "name": NAMES,
    "description": NAMES,
    "horizon": st.sampled_from(HORIZONS),
    "replicates": st.integers(2, 1_000_000),
    "seed": st.integers(0, 2**63 - 1),
    "tolerance": st.floats(0, 0.5),
    "draws": st.sampled_from(SOURCES),
    "as_of": st.one_of(st.just("never"), MONTHS),
    "parameters": st.lists(SHARES, max_size=3).map(dict),
    "multipliers": st.lists(FACTORS, max_size=3).map(dict),
    "readings": st.lists(READ, max_size=3).map(dict),
    "processes": st.fixed_dictionaries(
        {}, optional={"without": st.sets(st.sampled_from(LEFT_OUT)).map(sorted)}
    ),
    "variants": st.fixed_dictionaries({}, optional=FORMS),
    "events": st.lists(EVENT, max_size=2),
    "rules": st.lists(RULE, max_size=2),
    "moves": st.lists(MOVE, max_size=1),
    "budget": st.one_of(st.just("none"), st.fixed_dictionaries({"yearly": st.floats(30, 90)})),
    **{key: tables(key) for key in TABLES},
}
"""What each key of a scenario file may be."""


def test_every_key_of_a_file_is_tried_and_can_be_told() -> None:
    assert set(KEYS) == set(TOLD) == set(CHANGES)
    assert set(VALUES) == set(SETTING)


@st.composite
def packages(draw: st.DrawFn) -> Package:
    """Return a scenario of the folder, changed by a file, then by hand."""
    package = preset(draw(st.sampled_from(scenario_names())))
    told = draw(st.fixed_dictionaries({}, optional=KEYS))
    try:
        package = changed(package, told)
        for lever in draw(st.lists(st.sampled_from(PLAN.levers), max_size=2)):
            package = with_lever(package, lever, on=draw(VALUES["on"]), dose=draw(VALUES["dose"]))
    except Problem:  # an end before its start, which the lab tells whoever asks for it
        assume(False)
    return package


@settings(max_examples=30)
@given(packages(), packages())
def test_a_file_a_link_and_an_address_give_the_package_back(
    package: Package, reference: Package
) -> None:
    file = from_toml(to_toml(package), "file")
    address = from_address(to_address(package, reference) + "&lang=zh&view=why")
    for again in (file, from_link(to_link(package)), address.package):
        assert again.base == package.base
        assert again.scenario.resolved() == package.scenario.resolved()
        assert again.scenario.hash() == package.scenario.hash()
        assert named(again) == named(package)
    assert address.reference.base == reference.base
    assert address.reference.scenario.resolved() == reference.scenario.resolved()


@given(packages(), st.sampled_from(sorted(set(CHANGES) - set(TABLES))), st.data())
def test_a_package_that_differs_in_anything_is_not_called_unchanged(
    package: Package, key: str, data: st.DataObject
) -> None:
    try:
        other = changed(package, {key: data.draw(KEYS[key])})
    except Problem:  # such as a move of money from what is off
        reject()
    assert other.same_as(package) == (other.scenario.resolved() == package.scenario.resolved())
    base = preset(package.base).scenario.resolved()
    assert (other.said == {}) == (other.scenario.resolved() == base)


def test_the_case_of_what_is_known_until_a_month_keeps_everything(tmp_path: Path) -> None:
    """``as_of``, ``draws``, seed, tolerance, an instrument's own start, end and clusters."""
    text = KNOWN_UNTIL.read_text(encoding="utf-8")
    package = from_toml(text, "known-until.toml")
    file = tmp_path / "saved.toml"
    file.write_text(to_toml(package), encoding="utf-8")
    scenario = read_scenario(KNOWN_UNTIL)
    history = History(package).do(preset("as-written")).undo()
    recalled = History(from_link(to_link(package))).recalled(History(package).links())
    for again in (
        package.scenario,
        read_scenario(file),
        history.now.scenario,
        recalled.now.scenario,
    ):
        assert again.hash() == scenario.hash()
        assert (again.seed, again.tolerance) == (7, 0.05)
        assert (again.as_of, again.draws) == ("2024-12", "prior")
    assert named(package).en == "The plan as written, changed"


def test_an_upload_may_say_its_keys_in_chinese() -> None:
    english = 'extends = "without-yulin"\nname = "Mine"\nseed = 3\n[plans.zhuji]\ndose = 2'
    chinese = (
        '"继承" = "without-yulin"\n"名称" = "Mine"\n"随机种子" = 3\n["计划".zhuji]\n"力度" = 2'
    )
    one, other = (from_toml(text, "file") for text in (english, chinese))
    assert one.base == other.base == "without-yulin"
    assert one.scenario.resolved() == other.scenario.resolved()
    with pytest.raises(Problem, match="only the command line and Python run processes"):
        from_toml('["过程"]\n"加入" = [{ "文件" = "own.py", "之后" = "market" }]', "file")


def test_what_a_file_called_a_package_it_is_not_called_once_it_is_changed() -> None:
    package = from_toml('extends = "as-written"\nname = "Minister\'s"\nseed = 3', "file")
    assert named(package).en == "Minister's"
    moved = with_lever(package, PLAN.levers[0], dose=2.0)
    assert named(with_lever(moved, PLAN.levers[0], dose=2.0)).en == "Minister's, changed"


def test_a_file_that_no_link_could_hold_is_refused() -> None:
    text = f'extends = "as-written"\ndescription = "{"长" * LONGEST_LINK}"'
    with pytest.raises(Problem):
        fits_a_link(from_toml(text, "file"), "file")


def test_a_reference_of_the_folder_is_one_word_and_the_default_none() -> None:
    package, default = preset("late-start"), preset("as-written")
    assert to_address(package, default) == "base=late-start"
    assert to_address(package, preset("only-yulin")) == "base=late-start&reference=only-yulin"
    own = to_address(package, with_lever(default, PLAN.levers[0], on=False))
    assert own == "base=late-start&reference=as-written&reference.plans.zhuji.on=false"


def test_the_file_does_the_same_on_the_command_line(tmp_path: Path) -> None:
    lever = PLAN.levers[5]
    package = with_lever(preset("as-written"), lever, dose=1.5, start="2024-01")
    package = with_instrument(package, lever, lever.instruments[0].id, on=False)
    file = tmp_path / "package.toml"
    file.write_text(to_toml(package), encoding="utf-8")
    assert read_scenario(file).hash() == package.scenario.hash()
    assert tomllib.loads(file.read_text(encoding="utf-8"))["extends"] == "as-written"


def test_a_link_can_be_read_by_people() -> None:
    package = with_lever(
        preset("as-written"), PLAN.levers[5], dose=1.5, districts=["pudong", "minhang"]
    )
    assert to_link(package) == (
        "base=as-written&plans.yulin.dose=1.5&plans.yulin.districts=minhang,pudong"
    )


@pytest.mark.parametrize(
    "query",
    [
        "base=../../etc/passwd",
        "base=sweeps/six-plans",
        "base=/etc/passwd",
        "plans.yulin.dose=1e999",
        "plans.yulin.dose=-1",
        "plans.yulin.dose=NaN",
        "plans.yulin=1&plans.yulin.dose=1",
        "plans.yulin.dose=1&plans.yulin.dose=2",
        "plans.nobody.on=true",
        "plans.yulin.start=2024-13",
        "plans.yulin.districts=atlantis",
        "plans",
        "plans.=1",
        "import=os",
        "parameters.firms_2022=" + "9" * 400,
        "a=1&" * 2000,
        "x" * 20_000,
        "%ff%fe=%00",
        "name=<script>alert(1)</script>&plans.yulin.on=maybe",
    ],
)
def test_a_malformed_link_is_told_in_words(query: str) -> None:
    with pytest.raises(Problem) as told:
        from_link(query)
    for language in ("en", "zh"):
        assert 10 < len(told.value.in_(language)) < 2000


@given(st.text(max_size=200))
def test_no_link_and_no_file_ends_in_anything_but_a_package_or_words(text: str) -> None:
    for read in (from_link, lambda found: from_toml(found, "file")):
        try:
            assert isinstance(read(text), Package)
        except Problem as problem:
            assert problem.in_("zh")


@pytest.mark.parametrize(
    "text",
    [
        'extends = "../secret"',
        'extends = "/etc/passwd"',
        "extends = 1",
        "[plans]\nyulin = { dose = 99 }",
        "import os",
        "a = " + "[" * 5000,
        "x = 1\n" * 40_000,
    ],
)
def test_a_malformed_file_is_told_in_words(text: str) -> None:
    with pytest.raises(Problem):
        from_toml(text, "upload")


@pytest.mark.parametrize("beside", ["", 'extends = "as-written"\n'])
def test_an_upload_a_link_and_the_folder_bring_no_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: str
) -> None:
    """Not even from a file that is there: who uses the lab is not who owns the machine."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios/own.py").write_text("open('ran', 'w')", encoding="utf-8")
    text = f'{beside}[processes]\nadd = [{{ file = "scenarios/own.py", after = "market" }}]'
    (tmp_path / "scenarios/mine.toml").write_text(text.replace("scenarios/", ""), encoding="utf-8")
    for link in ("base=mine", "processes.add=scenarios/own.py", "processes.add.file=own.py"):
        with pytest.raises(Problem):
            from_link(link)
    with pytest.raises(Problem):
        from_toml('extends = "mine"', "upload.toml")
    with pytest.raises(Problem, match="only the command line and Python run processes"):
        from_toml(text, "upload.toml")
    with pytest.raises(Problem, match="only the command line and Python run processes"):
        preset("mine")
    assert not (tmp_path / "ran").exists()


def test_undo_and_redo_lead_back_and_forth() -> None:
    first = preset("as-written")
    second = with_lever(first, PLAN.levers[0], on=False)
    third = with_lever(second, PLAN.levers[1], dose=2.0)
    history = History(first).do(second).do(third).do(third)
    assert history.undo().now.same_as(second)
    assert history.undo().undo().now.same_as(first)
    assert history.undo().undo().undo().now.same_as(first)
    assert history.undo().undo().redo().redo().redo().now.same_as(third)
    assert not history.undo().do(first).undone


def test_a_browser_can_remember_the_steps_and_nothing_else() -> None:
    first, second = preset("as-written"), preset("without-yulin")
    history = History(first).do(second).do(preset("only-yulin")).undo()
    assert History(second).recalled(history.links()) == history
    assert History(first).recalled(history.links()) == History(first)
    for told in (None, 3, {}, {"now": history.links()["now"], "past": 3, "undone": "x"}):
        assert History(second).recalled(told) == History(second)
    bad = {**history.links(), "past": ["base=../secret", "base=as-written"]}
    assert History(second).recalled(bad).past == ()


def test_a_posterior_of_other_rules_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calibrated.work_with_it(tmp_path, monkeypatch, rules="0" * 64)
    monkeypatch.setattr(posterior, "posterior_file", lambda: tmp_path / "scenarios/posterior.json")
    with pytest.raises(Problem, match="a posterior made for others"):
        changed(preset("as-written"), {"draws": "posterior"})


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"seed": 7}, ("seed is 7", "随机种子为 7")),
        ({"draws": "prior"}, ("of the reference from the posterior", "对照组合取自截至")),
        ({"as_of": "2024-12"}, ("cannot be paired", "无法配对")),
    ],
)
def test_nothing_is_paired_that_has_other_luck_or_parameters(
    told: dict[str, object], words: tuple[str, str]
) -> None:
    reference = preset("as-written")
    package = changed(reference, told)
    for one, other in ((package, reference), (reference, package)):
        assert unpaired(one, other) is not None
    why = unpaired(package, reference)
    assert why is not None
    assert words[0] in why.en
    assert words[1] in why.zh
    fixed = {"parameters": {"firms_2022": 2800}, "tolerance": 0.05, "horizon": "2035-12"}
    assert unpaired(changed(reference, fixed), reference) is None
    assert unpaired(changed(package, fixed), package) is None


@given(st.fixed_dictionaries({}, optional=KEYS))
def test_every_key_that_differs_is_told_in_words(told: dict[str, object]) -> None:
    try:
        package = changed(preset("as-written"), told)
    except Problem:  # an end before its start
        return
    own = {key for key in package.said if key not in ("name", "description")}
    assert set(TELLING) == set(CHANGES)
    assert len(differences(package)) >= len(own)
    assert all(text.en and text.zh for text in differences(package))
