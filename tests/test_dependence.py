"""Parameters that hang together are drawn so, keep their priors, and change no other."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim import city, dependence
from sim.dependence import Follower, all_places, followers, places
from sim.digest import digest_of_priors
from sim.hypercubes import all_uniforms
from sim.language import Text
from sim.parameters import PARAMETERS, UNCERTAIN
from sim.problems import Problem

NAMES = tuple(UNCERTAIN)
DRAWS = np.arange(2048)
HEAD = ",".join(dependence.COLUMNS)


def test_followers_keep_their_priors_and_hang_on_whom_they_follow() -> None:
    found = all_places(11, DRAWS, NAMES)
    assert followers()
    for each in followers().values():
        own, other = (found[:, NAMES.index(name)] for name in (each.name, each.follows))
        assert stats.kstest(own, "uniform").pvalue > 0.001 / len(followers())
        error = 4.0 / np.sqrt(len(DRAWS))  # four standard errors: once in 10,000 tables
        assert stats.spearmanr(own, other).statistic == pytest.approx(
            each.rank_correlation, abs=error
        )


def test_all_others_lie_where_they_lay_and_each_place_hangs_on_no_other_name() -> None:
    apart = [column for column, name in enumerate(NAMES) if name not in followers()]
    found = all_places(3, DRAWS[:130], NAMES)
    assert (found[:, apart] == all_uniforms(3, DRAWS[:130], NAMES)[:, apart]).all()
    for name in followers():
        assert places(3, 129, (name,)) == [found[129, NAMES.index(name)]]
    assert places(3, 129, NAMES) == found[129].tolist()


def test_a_chain_is_followed_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a chain the correlations multiply, as those of normals do."""
    nothing = Text("", "")
    chain = [Follower(*pair, 0.9, "", nothing) for pair in (("b", "a"), ("c", "b"))]
    monkeypatch.setattr(dependence, "followers", lambda: {each.name: each for each in chain})
    found = all_places(5, DRAWS, ("a", "b", "c"))
    normals = np.corrcoef(stats.norm.ppf(found), rowvar=False)
    assert normals[0, 2] == pytest.approx(chain[0].correlation ** 2, abs=0.03)


def test_what_follows_what_is_part_of_the_priors() -> None:
    one = Follower("team", "decay", 0.5, "", Text("", ""))
    digests = {
        digest_of_priors(PARAMETERS, rows)
        for rows in ((), (one,), (one._replace(rank_correlation=0.4),))
    }
    assert len(digests) == 3
    told_otherwise = one._replace(source="elsewhere", why=Text("other", "其他"))
    assert digest_of_priors(PARAMETERS, (one,)) == digest_of_priors(PARAMETERS, (told_otherwise,))


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(city, "folder", lambda: tmp_path)
    followers.cache_clear()
    yield tmp_path / dependence.TABLE
    followers.cache_clear()


@pytest.mark.parametrize(
    ("rows", "key", "found"),
    [
        ("team,reference_team,1.0,,,", "rank_correlation", "1.0"),
        ("team,reference_team,much,,,", "rank_correlation", "much"),
        ("team,reference_team,0.5,,,\nteam,overhead,0.5,,,", "name", "team"),
        ("team,overhead,0.5,,,\noverhead,team,0.5,,,", "follows", "team"),
        ("team,team,0.5,,,", "follows", "team"),
        ("team,tame,0.5,,,", "follows", "tame"),
        ("tax_rate,team,0.5,,,", "name", "tax_rate"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused(
    pack: Path, rows: str, key: str, found: str
) -> None:
    pack.write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
    with pytest.raises(Problem) as refused:
        dependence.check_names(UNCERTAIN)
    assert (refused.value.key, refused.value.found) == (key, found)


@pytest.mark.usefixtures("pack")
def test_a_pack_without_the_table_has_no_followers() -> None:
    assert followers() == {}
