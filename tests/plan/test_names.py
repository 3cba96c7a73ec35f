"""Protects that people may call things by the names they know, and are told of a wrong one."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.language import Text, plain
from sim.plan import PLAN
from sim.plan.names import Named, directory
from sim.problems import Problem

GROUPS: dict[str, tuple[Named, ...]] = {
    "lever": PLAN.levers,
    "instrument": PLAN.instruments,
    "count": PLAN.counts,
    "cluster": PLAN.clusters,
    "track": PLAN.tracks,
    "district": PLAN.districts,
    "zone": PLAN.zones,
}


def names() -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and id for every name in the plan."""
    for kind, group in GROUPS.items():
        for entry in group:
            for name in (entry.id, *entry.name, *entry.aliases):
                yield kind, name, entry.id


NAMES = tuple(names())


def test_every_kind_can_be_resolved() -> None:
    assert set(PLAN.directories) == set(GROUPS)


@given(
    st.sampled_from(NAMES),
    st.sampled_from((str.upper, str.lower, str.title)),
    st.sampled_from(["", " ", "-", "_", "“", "·"]),
)
def test_case_and_punctuation_do_not_matter(
    called: tuple[str, str, str], case: Callable[[str], str], between: str
) -> None:
    kind, name, entry = called
    assert PLAN.resolve(kind, between.join(case(name))) == entry


@pytest.mark.parametrize(
    ("kind", "name", "entry"),
    [
        ("lever", "雨林", "yulin"),
        ("lever", "雨林计划", "yulin"),
        ("lever", "未来生态“雨林计划”", "yulin"),
        ("lever", "Yulin jihua", "yulin"),
        ("lever", "rainforest", "yulin"),
        ("lever", "organization", "organisation"),
        ("lever", "改革创新", "reform"),
        ("district", "浦东", "pudong"),
        ("district", "浦东新区", "pudong"),
        ("district", "浦东区", "pudong"),
        ("district", "Pudong New Area", "pudong"),
        ("district", "Jing'an district", "jingan"),
        ("district", "jing’an", "jingan"),
        ("district", "Xuhui qu", "xuhui"),
        ("cluster", "未来健康产业集群", "health"),
        ("cluster", "健康", "health"),
        ("cluster", "jiankang", "health"),
        ("cluster", "Future Space cluster", "space"),
        ("track", "扩展现实(XR)", "extended_reality"),
        ("track", "xr", "extended_reality"),
        ("track", "6g", "six_g"),
        ("track", "naoji jiekou", "brain_computer"),
        ("instrument", "揭榜挂帅", "open_challenges"),
        ("instrument", "jiebang guashuai", "open_challenges"),
        ("instrument", "首台（套）", "first_of_kind"),
        ("count", "高新技术企业", "hightech_enterprises"),
        ("count", "future-industry output", "output"),
    ],
)
def test_things_go_by_the_names_people_use(kind: str, name: str, entry: str) -> None:
    assert PLAN.resolve(kind, name) == entry


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [
        ("lever", "yulim", "yulin"),
        ("lever", "雨林计画", "yulin"),
        ("district", "浦東新区", "pudong"),
        ("district", "pudnog", "pudong"),
        ("instrument", "guidence fund", "guidance_fund"),
        ("track", "quantun", "quantum"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_name(kind: str, name: str, meant: str) -> None:
    with pytest.raises(Problem) as caught:
        PLAN.resolve(kind, name)
    problem = caught.value
    assert (problem.key, problem.found) == (kind, name)
    assert problem.hint is not None
    assert meant in problem.hint.en
    assert meant in problem.hint.zh


@given(st.sampled_from(sorted(GROUPS)), st.text(max_size=20))
def test_any_other_name_is_refused_with_all_valid_ids(kind: str, name: str) -> None:
    ids = [entry.id for entry in GROUPS[kind]]
    try:
        assert PLAN.resolve(kind, name) in ids
    except Problem as problem:
        for language in ("en", "zh"):
            assert all(entry in problem.in_(language) for entry in ids)


def test_a_kind_that_the_plan_has_not_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        PLAN.resolve("firm", "yulin")


def test_an_ending_alone_is_nobodys_name() -> None:
    for name in ("区", "新区", "district"):
        with pytest.raises(Problem):
            PLAN.resolve("district", name)


def test_one_name_for_two_entries_is_refused() -> None:
    twins = [
        Named("pudong", Text("Pudong", "浦东新区"), ()),
        Named("puxi", Text("Puxi", "浦东"), ()),
    ]
    with pytest.raises(Problem, match="pudong, puxi"):
        directory("district", twins)


@given(st.text())
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@pytest.mark.parametrize(
    ("kind", "name", "whole"),
    [
        ("district", "张江", "pudong"),
        ("district", "Lingang", "pudong"),
        ("district", "紫竹", "minhang"),
        ("cluster", "quantum", "intelligence"),
    ],
)
def test_what_lies_within_is_told_with_the_whole_that_can_be_named(
    kind: str, name: str, whole: str
) -> None:
    """Where a whole is asked for alone, a zone or a track is none."""
    with pytest.raises(Problem) as refused:
        PLAN.resolve(kind, name)
    assert refused.value.hint is not None
    assert all(f"{whole}" in each for each in refused.value.hint)
