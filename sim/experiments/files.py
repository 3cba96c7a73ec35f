"""The files of an experiment: all of them are written, or none."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.csv_files import encoding_of
from sim.digest import model_hash
from sim.scenario import Scenario
from sim.spec.stored import as_json
from sim.store import draft, writing
from sim.store.fill import Sample


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


def document(base: Scenario, sample: Sample, found: Mapping[str, Any]) -> str:
    """Return what an experiment on one scenario found as JSON, under what it rests on.

    Args:
        base: the scenario.
        sample: seed and replicates.
        found: plain data; numbers are finite.
    """
    said = {
        "base": base.resolved(),
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        **found,
    }
    return as_json(said)
