"""The files of an experiment: all of them are written, or none."""

from collections.abc import Callable, Iterable
from pathlib import Path

from sim.csv_files import encoding_of
from sim.store import draft, writing


def write_files(
    folder: Path, files: Iterable[tuple[str, str]], draw: Callable[[Path], object]
) -> Path:
    """Write texts and figures into a new folder; a name that is taken gets a number.

    Args:
        folder: where they are to appear.
        files: name and text of each.
        draw: called with the folder to draw figures in.

    Returns:
        The folder.

    Raises:
        Problem: the folder cannot be written.
    """
    with draft(folder.parent, folder.name) as unfinished:
        write_into(unfinished.path, files, draw)
        return unfinished.settle(folder.name)


def write_into(
    folder: Path, files: Iterable[tuple[str, str]], draw: Callable[[Path], object]
) -> None:
    """Write texts and figures into a folder that is there.

    Raises:
        Problem: the folder cannot be written.
    """
    with writing(folder):
        for name, text in files:
            (folder / name).write_text(text, encoding=encoding_of(name))
        draw(folder)
