"""Names that a shell completes, and how a person has a shell do it."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import typer
from typer._completion_classes import completion_init
from typer._completion_shared import get_completion_script
from typer._completion_shared import install as install_for

from sim.problems import Problem
from sim.text.catalogue import worded

ASKED: Final = "_SIM_COMPLETE"
"""Variable by which a shell asks for completions."""
WORDS: Final = ("_TYPER_COMPLETE_ARGS", "COMP_WORDS")
"""Variables with the words so far: of most shells, and of bash."""
SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")


def completing(
    names: Callable[[], Iterable[str]], *, listed: bool = False
) -> Callable[[str], list[str]]:
    """Return what gives a shell the names that begin as a word does; else files and folders.

    Args:
        names: returns all that there are.
        listed: whether several may stand in a word, with commas between them: the last is
            completed, by one that is not there yet, and no file is meant.
    """

    def begun(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",") if listed else ("", "", incomplete)
        try:
            found = [name for name in names() if name.startswith(last)]
        except Problem:  # whoever runs the command is told
            found = []
        if listed:
            there = before.split(",")
            return sorted(before + comma + name for name in found if name not in there)
        return sorted(found) or _paths(incomplete)

    return begun


def _paths(incomplete: str) -> list[str]:
    folder, slash, begun = incomplete.rpartition("/")
    try:
        there = sorted(Path(folder + slash or ".").iterdir())
    except OSError:
        return []
    marked = ((f"{each.name}/" if each.is_dir() else each.name) for each in there)
    return [folder + slash + name for name in marked if name.startswith(begun)]


def words_so_far() -> list[str]:
    """Return what stands on the line that a shell completes, a command's name among it."""
    return [word for name in WORDS for word in os.environ.get(name, "").split()]


def prepare() -> None:
    """Let a shell's question be answered."""
    completion_init()


def show(shell: str | None) -> None:
    """Print what makes a shell complete.

    Raises:
        Problem: there is no such shell.
    """
    if shell:
        told = get_completion_script(
            prog_name="sim", complete_var=ASKED, shell=_known(shell, "--show-completion")
        )
        print(told)
        raise typer.Exit


def install(shell: str | None) -> None:
    """Have a shell complete from its next start on, and say where that is written.

    Raises:
        Problem: there is no such shell.
    """
    if shell:
        name = _known(shell, "--install-completion")
        _, path = install_for(shell=name, prog_name="sim", complete_var=ASKED)
        print(f"{path}")
        raise typer.Exit


def _known(shell: str, option: str) -> str:
    if shell not in SHELLS:
        names = ", ".join(SHELLS)
        raise Problem(option, "", shell, worded("expected.one_of", names=names))
    return shell
