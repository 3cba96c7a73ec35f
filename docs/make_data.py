"""Write the generated part of docs/data.md: which figures the model cites, and what rests on them.

``python docs/make_data.py`` prints it; ``--write`` puts it between the page's markers.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.figures import Figure, figures
from sim.parameters import PARAMETERS, assumption_share

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "data.md"
BEGIN = "<!-- begin: written by python docs/make_data.py -->"
END = "<!-- end -->"

ONE = re.compile(r"[FG]\d{3}")
SPAN = re.compile(r"([FG]\d{3}) to ([FG]\d{3})")
PLAN_TABLES = "sim/cities/shanghai/*.toml"
COMPARED = ("benchmarks/sanity.py", "sim/cities/shanghai/evidence/bands.csv")
USED = {
    "calibrated on": "sim/cities/shanghai/evidence/observations.csv",
    "known facts": "sim/cities/shanghai/facts.csv",
}
SHOWN = 3
"""How many uses of a figure are named; more are counted."""


def cited(text: str) -> set[str]:
    """Return the ids of the figures that a text cites; ``F001 to F003`` cites all three.

    An id that no figure has is returned too, so that a wrong citation is noticed.
    """
    found = set(ONE.findall(text))
    for first, last in SPAN.findall(text):
        found |= {name for name in figures() if first <= name <= last}
    return found


def uses() -> dict[str, list[str]]:
    """Return, for each figure that is cited, what cites it: parameters, the plan, comparisons.

    Raises:
        LookupError: something cites a figure that does not exist.
    """
    found: dict[str, list[str]] = {}
    for user, text in _texts():
        for name in cited(text):
            found.setdefault(name, []).append(user)
    unknown = sorted(set(found) - set(figures()))
    if unknown:
        raise LookupError(f"no such figures: {', '.join(f'{n} ({found[n][0]})' for n in unknown)}")
    return {name: found[name] for name in figures() if name in found}


def _texts() -> Iterator[tuple[str, str]]:
    """Yield what may cite figures, and its text."""
    for entry in PARAMETERS.values():
        yield f"`{entry.name}`", f"{entry.source} {entry.meaning.en}"
    for path in sorted(ROOT.glob(PLAN_TABLES)):
        yield f"`{path.relative_to(ROOT).as_posix()}`", path.read_text(encoding="utf-8")
    for use, path in USED.items():
        yield use, (ROOT / path).read_text(encoding="utf-8")
    compared = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in COMPARED)
    yield "compared with results", compared


def to_check(entry: Figure) -> str:
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
        entry = figures()[name]
        about = ", ".join(part for part in (entry.quantity, entry.entity, entry.year) if part)
        value = f"{entry.value} {entry.unit}".strip() if entry.value else "-"
        yield _row(name, about, value, entry.quality, to_check(entry), _named(users))


def quality_lines() -> Iterator[str]:
    """Yield how many figures of each quality there are, and how many of them are cited."""
    known = Counter(entry.quality for entry in figures().values())
    used = Counter(figures()[name].quality for name in uses())
    yield "| quality | figures | cited |"
    yield "| --- | --- | --- |"
    for quality, number in known.most_common():
        yield _row(quality, str(number), str(used[quality]))
    yield _row("all", str(known.total()), str(used.total()))


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
        ("### Parameters by group", parameter_lines()),
        ("### Figures that the model cites", figure_lines()),
    )
    return "\n\n".join(f"{head}\n\n" + "\n".join(lines) for head, lines in parts)


def updated(page: str) -> str:
    """Return the page with its generated part written anew.

    Raises:
        ValueError: the page lacks one of the markers.
    """
    before, after = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:before]}\n\n{generated()}\n\n{page[after:]}"


def main() -> None:
    """Print the generated part, or write it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace it in docs/data.md")
    if parser.parse_args().write:
        PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(generated())


if __name__ == "__main__":
    main()
