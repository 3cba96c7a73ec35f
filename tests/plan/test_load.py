"""Protects that a slip in the data files is found at once, and the message says where it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim import city
from sim.plan import PLAN
from sim.plan.load import load
from sim.problems import Problem

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Return a function that copies the data files and replaces a text in one of them, once."""

    def edit(name: str, old: str, new: str) -> Path:
        for file in city.folder().iterdir():
            if file.name.endswith(".toml"):
                (tmp_path / file.name).write_bytes(file.read_bytes())
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit


def test_an_unharmed_copy_is_the_plan(edited: Edit) -> None:
    assert load(edited("goals.toml", "target = 5000", "target = 5000")) == PLAN


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "found"),
    [
        (
            "goals.toml",
            "target = 5000",
            'target = "5000"',
            "goals.1.counts.output.target",
            "'5000'",
        ),
        ("goals.toml", "target = 5000", "target = -1", "goals.1.counts.output.target", "-1"),
        ("goals.toml", "target = 5000", "", "goals.1.counts.output.target", "—"),
        ("goals.toml", "about = true", "about = 1", "goals.1.counts.output.about", "1"),
        ("goals.toml", "about = true", "abuot = true", "goals.1.counts.output.abuot", "abuot"),
        (
            "goals.toml",
            'measure = "output"',
            'measure = "input"',
            "goals.1.counts.output.measure",
            "'input'",
        ),
        ("goals.toml", '"F027"', '"F999"', "F999", "F999"),
        ("goals.toml", '"F027"', "1", "goals.2.counts.colleges.before", "1"),
        (
            "goals.toml",
            "about = true",
            'about = true\nbefore = "F027"',
            "counts.output.before",
            "'F027'",
        ),
        ("goals.toml", ', zh = "亿元/年"', "", "goals.1.counts.output.unit.zh", "—"),
        ("goals.toml", '"亿元/年"', '""', "goals.1.counts.output.unit.zh", "''"),
        ("goals.toml", 'id = "colleges"', 'id = "output"', "output", "×2"),
        ("goals.toml", 'id = "colleges"', 'id = "firms"', "firms", "×2"),
        ("clusters.toml", 'id = "health"', 'id = "huangpu"', "huangpu", "×2"),
        ("goals.toml", "[[goals.counts]]", "[[goals.count]]", "goals.1.count", "count"),
        ("clusters.toml", '"二(一)"', '"二（一）"', "clusters.health.section", "'二（一）'"),
        ("clusters.toml", '"F017"', '"F999"', "F999", "F999"),
        ("clusters.toml", '["pudong", "baoshan",', '["pudnog", "baoshan",', "health", "pudnog"),
        ("clusters.toml", '["健康"', '[1, "健康"', "clusters.health.aliases", "[1"),
        ("places.toml", "number = 3", "number = 1", "districts.jingan.number", "1"),
        ("places.toml", "number = 15", "number = 16", "number", "16"),
        ("places.toml", '"F193"', '"F194"', "districts.huangpu.area", "'F194'"),
        ("places.toml", '"F177"', '"F193"', "districts.huangpu.population", "'F193'"),
        ("places.toml", "lon = 121.90", "lon = true", "zones.lingang.lon", "True"),
        ("places.toml", 'district = "pudong"', 'district = "puxi"', "lingang", "puxi"),
        (
            "plans.toml",
            'moves = "stars"',
            'moves = "star"',
            "xieshou.instruments.stars.moves",
            "'star'",
        ),
        ("plans.toml", '"consortia"', '"forums"', "levers.zhuji.instruments.forums.id", "'forums'"),
        ("safeguards.toml", 'id = "reform"', 'id = "climate"', "climate", "×2"),
        ("sentences.toml", '["validation"]', "[]", "sentences.44.left_out", "—"),
        ("sentences.toml", '["validation"]', '["validation", "x"]', "三（四）", "x"),
        ("sentences.toml", 'tracks = ["brain_computer"]', 'tracks = ["x"]', "二（一）1", "x"),
        (
            "sentences.toml",
            'counts = ["components", ',
            'count = ["components", ',
            "sentences.2.policies.1.count",
            "count",
        ),
        ("sentences.toml", '"四(一)"', '"四(七)"', "sentences.55.section", "'四(七)'"),
    ],
)
def test_a_slip_is_found(file: str, old: str, new: str, key: str, found: str, edited: Edit) -> None:
    with pytest.raises(Problem) as caught:
        load(edited(file, old, new))
    problem = caught.value
    assert file in problem.where
    assert key in problem.key
    assert found in problem.found
    assert problem.in_("zh") != problem.in_("en")


def test_a_misspelt_key_is_answered_with_the_right_one(edited: Edit) -> None:
    with pytest.raises(Problem, match="Did you mean about"):
        load(edited("goals.toml", "about = true", "abuot = true"))


def test_a_table_with_another_name_is_found(edited: Edit) -> None:
    with pytest.raises(Problem, match="Did you mean zones"):
        load(edited("places.toml", "[[zones]]", "[[zone]]"))


def test_a_sentence_cannot_be_both_covered_and_left_out(edited: Edit) -> None:
    both = '["validation"]\nleft_out = { en = "no", zh = "否" }'
    with pytest.raises(Problem, match="or left_out"):
        load(edited("sentences.toml", '["validation"]', both))


def test_a_file_that_is_not_toml_is_named(edited: Edit) -> None:
    with pytest.raises(Problem, match=r"places\.toml.*line"):
        load(edited("places.toml", "[[zones]]", "[[zones"))


def test_a_missing_file_is_named(edited: Edit) -> None:
    folder = edited("goals.toml", "target = 5000", "target = 5000")
    (folder / "safeguards.toml").unlink()
    with pytest.raises(Problem, match=r"safeguards\.toml"):
        load(folder)


def test_a_part_of_what_is_not_there_is_told_to_leave_the_key_out(edited: Edit) -> None:
    """A list of nothing would be no help."""
    folder = edited("plans.toml", 'moves = "forums"', 'moves = "tolerance"')
    with pytest.raises(Problem, match=r"part_of: found forums; expected the key left out"):
        load(folder)
