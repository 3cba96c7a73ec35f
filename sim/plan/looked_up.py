"""What the rules and the table of parameters look up in the plan, and whether the plan has it.

Rules name instruments and counts where they read and record them. They are compiled, and take a
while to load; so their sources are read as text. A plan that lacks what they look up, or holds what
none of them knows, is refused before anything is run: nothing is left out in silence.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple

from sim.language import Text
from sim.plan import goals, levers
from sim.plan.catalogue import Catalogue
from sim.plan.tables import NOTHING
from sim.problems import Problem

RULES: Final = "rules"
PARAMETERS: Final = "parameters.csv"
LOOK_UP: Final = re.compile(r'^(\w+) = (instrument|COUNTS\.index)\("(\w+)"\)', re.MULTILINE)
INSTRUMENT, COUNT = "instrument", "COUNTS.index"
"""How a rule file looks up an instrument and a count."""
LEVER_FILES: Final = " + ".join(levers.FILES.values())


class LookedUp(NamedTuple):
    """An entry of the plan that a rule file looks up and uses."""

    kind: str
    name: str
    file: str


def check(catalogue: Catalogue, package: Traversable, pack: Traversable) -> None:
    """Make sure that the plan, the rules and the parameters know the same entries.

    Args:
        catalogue: the plan.
        package: the folder that holds the rules' folder.
        pack: the folder of the table of parameters.

    Raises:
        Problem: a rule looks up what the plan lacks, the plan has an instrument that no rule reads
            or a count that no rule records, or a vector of parameters has other elements.
    """
    used = list(_used(package / RULES))
    instruments = [entry.id for entry in catalogue.instruments]
    counts = [entry.id for entry in catalogue.counts]
    _all_there(LEVER_FILES, INSTRUMENT, instruments, used)
    _all_there(goals.COUNTS_FILE, COUNT, counts, used)
    _called_for(catalogue)
    _all_read(catalogue, {entry.name for entry in used if entry.kind == INSTRUMENT})
    _all_recorded(counts, {entry.name for entry in used if entry.kind == COUNT})
    _elements(catalogue, pack / PARAMETERS)


def _used(rules: Traversable) -> Iterator[LookedUp]:
    """Yield what rule files look up under a name that they then use."""
    for file in sorted(rules.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".py"):
            continue
        source = file.read_text(encoding="utf-8")
        for constant, kind, name in LOOK_UP.findall(source):
            if len(re.findall(rf"\b{constant}\b", source)) > 1:
                yield LookedUp(kind, name, f"sim/{RULES}/{file.name}")


def _all_there(file: str, kind: str, ids: Sequence[str], used: Sequence[LookedUp]) -> None:
    """Raise a problem if a rule looks up an entry that the plan lacks."""
    hint = Text(
        "to go without an instrument, set it to false or its dose to 0 in a scenario",
        "如不使用某项政策工具，请在情景中将其设为 false 或将剂量设为 0",
    )
    for entry in used:
        if entry.kind == kind and entry.name not in ids:
            expected = Text(
                f"{entry.name}, which {entry.file} looks up",
                f"{entry.file} 所查找的 {entry.name}",
            )
            raise Problem(file, entry.name, NOTHING, expected, hint if kind == INSTRUMENT else None)


def _called_for(catalogue: Catalogue) -> None:
    """Raise a problem if a kind of programme is called for by no instrument, or by several."""
    called = [entry.programme for entry in catalogue.instruments]
    for kind in levers.PROGRAMMES:
        if called.count(kind) != 1:
            expected = Text(f"one instrument that calls for {kind}", f"恰有一项政策工具对应 {kind}")
            raise Problem(LEVER_FILES, "programme", f"×{called.count(kind)}", expected)


def _all_read(catalogue: Catalogue, read: set[str]) -> None:
    """Raise a problem if no rule reads the dose of an instrument."""
    for entry in catalogue.instruments:
        if entry.id not in read and entry.programme is None:
            expected = Text(
                f"an instrument whose dose a rule in sim/{RULES} reads, or that calls for a"
                " programme",
                f"剂量由 sim/{RULES} 中某条规则读取的政策工具，或对应某类项目的政策工具",
            )
            raise Problem(LEVER_FILES, f"{entry.lever}.{entry.id}", entry.id, expected)


def _all_recorded(counts: Sequence[str], recorded: set[str]) -> None:
    """Raise a problem if no rule records a count: it would stand at nought in every run."""
    for name in counts:
        if name not in recorded:
            expected = Text(
                f"a count that a rule in sim/{RULES} records",
                f"由 sim/{RULES} 中某条规则记录的目标",
            )
            raise Problem(goals.COUNTS_FILE, name, name, expected)


def _elements(catalogue: Catalogue, table: Traversable) -> None:
    """Raise a problem if a vector over instruments or tracks has other elements than the plan."""
    instruments = [entry.id for entry in catalogue.instruments]
    tracks = [entry.id for entry in catalogue.tracks]
    vectors: dict[str, list[str]] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        vector, _, element = row["name"].partition(":")
        vectors.setdefault(vector, []).append(element)
    cost = levers.COST.partition(":")[0]
    _same(cost, vectors.get(cost, []), instruments)
    for name, elements in vectors.items():
        if set(elements) & set(tracks):
            _same(name, elements, tracks)


def _same(vector: str, found: Sequence[str], expected: Sequence[str]) -> None:
    """Raise a problem that names the first element that is missing, superfluous or out of order."""
    for number in range(max(len(found), len(expected))):
        here, there = (ids[number] if number < len(ids) else NOTHING for ids in (found, expected))
        if here != there:
            told = Text(
                f"{there}, in the order of the plan's data", f"{there}（按方案数据中的顺序）"
            )
            raise Problem(PARAMETERS, vector, here, told)
