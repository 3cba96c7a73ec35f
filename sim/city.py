"""Where the city's pack is: the folder of data files that say what it wrote and measured.

A pack holds its plan, places and map, the model's numbers, public figures, known facts and the
posterior, and no code. Whoever needs one of its files asks here.
"""

from pathlib import Path
from typing import Final

CITIES: Final = Path(__file__).resolve().parent / "cities"
"""The folder of the packs that come with the program."""
SHIPPED: Final = "shanghai"

NUMBERS: Final = (
    *("goals.toml", "clusters.toml", "places.toml", "plans.toml", "safeguards.toml"),
    *("sentences.toml", "parameters.csv", "figures.csv", "map/cells_1km.csv"),
)
"""Files that a trajectory can depend on."""


def folder() -> Path:
    """Return the folder of the pack."""
    return CITIES / SHIPPED


def file(name: str) -> Path:
    """Return a file of the pack.

    Args:
        name: its path within the pack, parts divided by ``/``.
    """
    return folder() / name
