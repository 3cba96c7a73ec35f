"""Write the generated part of docs/data.md: what the model cites, and what rests on it.

``python docs/make_data.py`` prints it; ``--write`` puts it between the page's markers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import written

from sim.evidence.cards.files import cards
from sim.figures import Figure, figures
from sim.ledger import KINDS, USES, Entry, ledger
from sim.parameters import PARAMETERS, assumption_share
from sim.text.numbers import exact

ROOT = Path(__file__).resolve().parent.parent

ONE = re.compile(r"[FG]\d{3}")
SPAN = re.compile(r"([FG]\d{3}) to ([FG]\d{3})")
PACK = "sim/cities/shanghai"
PLAN_TABLES = f"{PACK}/*.toml"
BESIDE = f"{PACK}/observable.toml"
COMPARED = ("benchmarks/sanity.py", f"{PACK}/evidence/bands.csv")
FACTS, SHOWN_BESIDE = "known facts", "shown beside counts"
USED = {
    "calibrated on": f"{PACK}/evidence/observations.csv",
    FACTS: f"{PACK}/facts.csv",
    SHOWN_BESIDE: BESIDE,
}
SHOWN = 3
"""How many uses of a figure are named; more are counted."""


def cited(text: str) -> set[str]:
    """Return the ids of the figures that a text cites; ``F001 to F003`` cites all three.

    An id that no figure has is returned too, so that a wrong citation is noticed.
    """
    found = set(ONE.findall(text))
    for first, last in SPAN.findall(text):
        found |= {name for name in rows() if first <= name <= last}
    return found


def rows() -> dict[str, Figure | Entry]:
    """Return what can be cited: figures, then rows of the ledger."""
    return {**figures(), **ledger()}


def uses() -> dict[str, list[str]]:
    """Return, for each figure or row that is cited, what cites it: parameters, the plan, facts.

    Raises:
        LookupError: something cites a figure that does not exist.
    """
    found: dict[str, list[str]] = {}
    for user, text in _texts():
        for name in cited(text):
            users = found.setdefault(name, [])
            if user not in users:
                users.append(user)
    unknown = sorted(set(found) - set(rows()))
    if unknown:
        raise LookupError(f"no such figures: {', '.join(f'{n} ({found[n][0]})' for n in unknown)}")
    return {name: found[name] for name in rows() if name in found}


def use_of(users: Iterable[str]) -> str:
    """Return how a row of the ledger is used, by what cites it: its strongest use."""
    found = set(users)
    if FACTS in found:
        return "conditions"
    if found - {SHOWN_BESIDE}:
        return "informs"
    return "shown" if found else "unused"


def _texts() -> Iterator[tuple[str, str]]:
    """Yield what may cite figures, and its text."""
    for entry in PARAMETERS.values():
        yield f"`{entry.name}`", f"{entry.source} {entry.meaning.en}"
    for path in sorted(set(ROOT.glob(PLAN_TABLES)) - {ROOT / BESIDE}):
        yield f"`{path.relative_to(ROOT).as_posix()}`", path.read_text(encoding="utf-8")
    for card in cards().values():
        if card.in_use:
            yield f"`{card.name}`", " ".join(study.row for study in card.studies)
    for use, path in USED.items():
        yield use, (ROOT / path).read_text(encoding="utf-8")
    compared = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in COMPARED)
    yield "compared with results", compared


def to_check(entry: Figure | Entry) -> str:
    """Return whether a figure must be checked against the original before it is published."""
    if entry.quality == "not-found":
        return "nothing found"
    if entry.quality == "derived":
        return "its inputs"
    read_at_source = entry.quality == "official" and "gov.cn" in entry.source_url
    return "" if read_at_source else "yes"


def figure_lines() -> Iterator[str]:
    """Yield the table of figures that the model cites."""
    yield "| id | figure | value | quality | check against the original | cited by |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, users in uses().items():
        entry = rows()[name]
        yield _row(name, *_told(entry), entry.quality, to_check(entry), _named(users))


def _told(entry: Figure | Entry) -> tuple[str, str]:
    """Return what a row is about, and its value."""
    if isinstance(entry, Figure):
        parts = (entry.quantity, entry.entity, entry.year)
        value = f"{entry.value} {entry.unit}".strip() if entry.value else "-"
    else:
        parts = (f"{entry.what} ({entry.kind}): {entry.unit}", entry.place, entry.date)
        value = "-" if entry.value is None else exact(entry.value)
    return ", ".join(part for part in parts if part), value


def quality_lines() -> Iterator[str]:
    """Yield how many figures and rows of each quality there are, and how many are cited."""
    known = Counter(entry.quality for entry in rows().values())
    used = Counter(rows()[name].quality for name in uses())
    yield "| quality | figures and rows of the ledger | cited |"
    yield "| --- | --- | --- |"
    for quality, number in known.most_common():
        yield _row(quality, str(number), str(used[quality]))
    yield _row("all", str(known.total()), str(used.total()))


def ledger_lines() -> Iterator[str]:
    """Yield how many rows of the ledger are used how, by what they are."""
    found = Counter((entry.use, entry.kind) for entry in ledger().values())
    yield _row("used", *KINDS, "all")
    yield _row(*["---"] * (len(KINDS) + 2))
    for use, name in USES.items():
        numbers = [found[use, kind] for kind in KINDS]
        yield _row(name.en, *map(str, (*numbers, sum(numbers))))
    totals = [sum(found[use, kind] for use in USES) for kind in KINDS]
    yield _row("all", *map(str, (*totals, sum(totals))))


def parameter_lines() -> Iterator[str]:
    """Yield, group by group, how many parameters are uncertain and how many rest on a source."""
    groups: dict[str, Counter[str]] = {}
    for entry in PARAMETERS.values():
        group = groups.setdefault(entry.group, Counter())
        group["all"] += 1
        group["uncertain"] += entry.uncertain
        group["sourced"] += not entry.assumed
        group["compared"] += entry.assumed and bool(cited(entry.source))
    heads = ("all", "uncertain", "sourced", "compared")
    yield _row("group", "all", "uncertain", "with a source", "assumed beside a figure")
    yield _row(*["---"] * (len(heads) + 1))
    for name, group in groups.items():
        yield _row(f"`{name}`", *(str(group[head]) for head in heads))
    total = sum(groups.values(), Counter[str]())
    yield _row("total", *(str(total[head]) for head in heads))
    yield ""
    yield f"Of the uncertain parameters, {assumption_share():.0%} are assumptions without a source."


def _named(users: list[str]) -> str:
    rest = len(users) - SHOWN
    return ", ".join(users[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def generated() -> str:
    """Return the generated part of the page."""
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        ("### Figures by quality", quality_lines()),
        ("### The ledger by use", ledger_lines()),
        ("### Parameters by group", parameter_lines()),
        ("### Figures that the model cites", figure_lines()),
    )
    return "\n\n".join(f"{head}\n\n" + "\n".join(lines) for head, lines in parts)


if __name__ == "__main__":
    written.main("data", generated, __doc__)
