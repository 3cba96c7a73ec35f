"""Protects texts that are kept between runs: worked out once, never those of something else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.engine import kept

Ask = Callable[[str, str], tuple[str, bool]]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Return what asks for a text of a kind that rests on something, and whether it is new."""
    monkeypatch.setenv("SIM_CACHE", str(tmp_path / "kept"))
    kept.base.cache_clear()

    def asked(kind: str, rests_on: str) -> tuple[str, bool]:
        calls: list[str] = []

        def work_out() -> str:
            calls.append(rests_on)
            return f"{kind}\nof {rests_on}，"

        return kept.text_of(kind, rests_on, work_out), bool(calls)

    yield asked
    kept.base.cache_clear()


def test_a_text_is_worked_out_once_and_is_of_what_it_rests_on(ask: Ask) -> None:
    for new in (True, False):
        for kind, rests_on in (("code", "a"), ("code", "b"), ("letters", "a")):
            assert ask(kind, rests_on) == (f"{kind}\nof {rests_on}，", new)


@pytest.mark.parametrize("content", [b"", b"another", b"\xff\xfe", None])
def test_what_is_damaged_or_gone_is_worked_out_anew(
    tmp_path: Path, ask: Ask, content: bytes | None
) -> None:
    ask("code", "b")
    other = next((tmp_path / "kept").rglob(kept.TEXT)).read_bytes()
    ask("code", "a")
    for file in (tmp_path / "kept").rglob(kept.TEXT):
        if file.read_bytes() != other:
            file.write_bytes(other if content is None else content)
    assert [ask("code", "a") for _ in range(2)] == [("code\nof a，", True), ("code\nof a，", False)]


def test_a_place_that_cannot_be_written_costs_time_and_no_more(tmp_path: Path, ask: Ask) -> None:
    (tmp_path / "kept").mkdir()
    assert kept.base() == tmp_path / "kept"
    (tmp_path / "kept").rmdir()
    (tmp_path / "kept").touch()
    assert [ask("code", "a")[1] for _ in range(2)] == [True, True]
