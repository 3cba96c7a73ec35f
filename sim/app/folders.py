"""Which files the lab may read: those in the folders of results and scenarios, by their names."""

from pathlib import Path

from sim.language import Text
from sim.problems import Problem
from sim.scenario.place import shown


def inside(folder: Path, name: str) -> Path:
    """Return the path of what a name means in a folder.

    Raises:
        Problem: the name leads out of the folder, by itself or through a link, or to nothing.
    """
    expected = Text(f"a name in {folder}", f"{folder} 中的名称")
    try:
        found = (folder / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise Problem(str(folder), "", shown(name), expected) from error
    if found == folder.resolve() or not found.is_relative_to(folder.resolve()):
        raise Problem(str(folder), "", shown(name), expected)
    return found
