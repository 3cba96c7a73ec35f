"""A result appears whole or not at all, and never in the place of another one."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.problems import Problem
from sim.store import check_free, draft, writing


def fill(folder: Path, name: str, text: str) -> Path:
    with draft(folder, "unfinished") as unfinished:
        (unfinished.path / "data").write_text(text)
        return unfinished.settle(name)


def test_nothing_is_seen_before_it_is_settled(tmp_path: Path) -> None:
    with draft(tmp_path, "result") as unfinished:
        assert unfinished.path.name.startswith(f".result.partial-{os.getpid()}-")
        assert not (tmp_path / "result").exists()
        unfinished.settle("result")
    assert [path.name for path in tmp_path.iterdir()] == ["result"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, OSError])
def test_a_stopped_run_leaves_nothing_behind(tmp_path: Path, stop: type[BaseException]) -> None:
    with pytest.raises(stop), draft(tmp_path / "new" / "deep", "result") as unfinished:
        (unfinished.path / "half").write_text("written")
        raise stop
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("made", [1, 2, 3])
def test_an_interrupt_just_after_a_folder_was_made_leaves_nothing(
    tmp_path: Path, made: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C may come between any two steps: here right after each folder that is made."""
    really, left = os.mkdir, [made]

    def make(*given: Any) -> None:
        really(*given)
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "mkdir", make)
    with pytest.raises(KeyboardInterrupt), draft(tmp_path / "new" / "deep", "result"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_run_leaves_older_things_alone(tmp_path: Path) -> None:
    older = fill(tmp_path, "result", "older")
    with pytest.raises(KeyboardInterrupt), draft(tmp_path, "result"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == [older]
    assert (older / "data").read_text() == "older"


def test_a_taken_name_is_numbered_and_the_older_result_untouched(tmp_path: Path) -> None:
    places = [fill(tmp_path, "result", text) for text in ("first", "second", "third")]
    assert [place.name for place in places] == ["result", "result-2", "result-3"]
    assert [(place / "data").read_text() for place in places] == ["first", "second", "third"]


def test_a_file_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "result").write_text("a file")
    assert fill(tmp_path, "result", "new").name == "result-2"
    assert (tmp_path / "result").read_text() == "a file"


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "result").mkdir()
    check_free(tmp_path / "result")
    assert fill(tmp_path, "result", "new").name == "result"


def test_two_runs_at_once_do_not_share_a_draft(tmp_path: Path) -> None:
    # The same happens when a killed process left its draft and the process number comes again.
    with draft(tmp_path, "result") as one, draft(tmp_path, "result") as two:
        assert one.path != two.path
        for unfinished in (one, two):
            (unfinished.path / "data").touch()
        assert one.settle("result").name == "result"
        assert two.settle("result").name == "result-2"


KILLED = """
import os, signal, sys
from pathlib import Path
from sim.store import draft
with draft(Path(sys.argv[1]), "result") as unfinished:
    (unfinished.path / "half").write_text("written")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_goes_with_the_next_draft_of_its_name(tmp_path: Path) -> None:
    """What another run fills, what has another name, and what is no draft stay."""
    kept = {".results.partial-1-0123abcd", ".result.partial-mine", "result.partial-1-0123abcd"}
    for name in kept:
        (tmp_path / name).mkdir()
    with draft(tmp_path, "result") as filled:
        (filled.path / "data").touch()
        killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
        assert killed.returncode == -signal.SIGKILL
        assert len(list(tmp_path.iterdir())) == len(kept) + 2
        with draft(tmp_path, "result") as next_one:
            there = {path.name for path in tmp_path.iterdir()}
            assert there == {*kept, filled.path.name, next_one.path.name}
        assert (filled.settle("result") / "data").exists()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_folder_asked_for_must_be_free(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "asked"
    if kind == "folder":
        place.mkdir()
        (place / "summary.csv").touch()
    else:
        place.touch()
    with pytest.raises(Problem) as caught:
        check_free(place)
    assert caught.value.where == "--out"
    assert str(place) in caught.value.found


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_what_the_disk_refuses_is_a_problem_that_names_the_file(number: int) -> None:
    with pytest.raises(Problem) as caught, writing(Path("folder")):
        raise OSError(number, os.strerror(number), "folder/file")
    assert caught.value.where == "folder/file"
    assert caught.value.found == os.strerror(number)
    assert (caught.value.hint is None) == (number == errno.EIO)
    assert caught.value.in_("zh") != caught.value.in_("en")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_cannot_be_written_is_named_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        if not path.is_dir():
            raise OSError(number, os.strerror(number), str(path))

    parent = tmp_path / "parent"
    parent.mkdir()
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(Problem) as caught, draft(parent, "result"):
        raise AssertionError("there is nothing to write into")
    # Not the draft in it, of which the user knows nothing.
    assert caught.value.where == str(parent)
    assert caught.value.found == os.strerror(number)


def test_a_parent_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem), draft(tmp_path / "file", "result"):
        pass
