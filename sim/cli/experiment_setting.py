"""What the options of an experiment come to, and how it ends."""

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim import runner
from sim.cli.experiment_options import Asked
from sim.experiments.files import write_files
from sim.language import Language, Text
from sim.present.screen import print_line
from sim.sampling import draws_among
from sim.scenario import Scenario
from sim.store.folder import RESULTS
from sim.store.store import DAMAGED, Store
from sim.store.summaries import listed
from sim.studies.shared.by_list import list_lines
from sim.studies.study import Setting
from sim.text.numbers import many

if TYPE_CHECKING:  # figures are drawn with what takes a second to load
    from sim.views.figures import Named

ALL = "all"


def setting(scenario: Scenario, asked: Asked) -> Setting:
    """Return what the options come to; what is not given comes from the scenario.

    Raises:
        Problem: a value is out of range, or the store's place cannot be reached.
    """
    replicates, seed, workers, store, cluster, *_ = asked
    return runner.setting(scenario, replicates, seed, workers, store, cluster)


def finish(
    asked: Asked,
    stem: str,
    here: Setting,
    texts: Iterable[tuple[str, str]],
    figures: "Iterable[Named]",
) -> None:
    """Say what was wrong with the store, write an experiment's files and say where they are.

    Args:
        asked: the folder, whether to draw, and the language of what is said; by default the folder
            is one in ``results``.
        stem: what that folder's name starts with.
        here: seed and replicates, which its name ends with, and the store.
        texts: name and text of each file.
        figures: undrawn.

    Raises:
        Problem: the folder cannot be written.
    """
    name = f"{stem}-s{here.sample.seed}-n{here.sample.replicates}"
    wanted = RESULTS / name if asked.out is None else Path(asked.out)
    drawn = list(figures) if asked.figures else []
    say_result(write_files(wanted, texts, partial(_draw, drawn)), here.store, asked.language)


def say_result(folder: Path, store: Store, language: Language) -> None:
    """Say what was wrong with the store, and where a result is."""
    _tell_set_aside(store, language)
    # Not through the screen, which would break a long path.
    print(Text(f"Result: {folder}", f"结果：{folder}").in_(language))


def print_list_error(scenario: Scenario, replicates: int, language: Language) -> None:
    """Print what the list of draws adds to the error of an experiment's likelihoods."""
    for line in list_lines(listed(scenario), draws_among(replicates)):
        print_line(line.in_(language))


def _tell_set_aside(store: Store, language: Language) -> None:
    """Say which blocks were found damaged and run anew, so that nobody has to notice."""
    if store.aside:
        place = f"{store.root}/{DAMAGED}"
        blocks = many(len(store.aside), "damaged or contradicting block")
        said = Text(
            f"set aside and run again: {blocks} ({place})",
            f"{len(store.aside)} 个损坏或互相矛盾的数据块已移至 {place} 并重新运行",
        )
        print(said.in_(language), file=sys.stderr)


def _draw(figures: "Sequence[Named]", folder: Path) -> None:
    if figures:
        from sim.views.figures import draw_all

        draw_all(figures, folder / "figures")
