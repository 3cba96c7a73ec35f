"""A package in a line: what it is called, what differs, and by what its answers are told apart."""

from sim.app.in_words import differences
from sim.app.package import Package, base_of
from sim.language import Language, Text

SHORT = 8
"""Letters of a hash that stand for it, as in the names of files."""
MOST = 5
"""Differences that are told; of more, how many there are."""
MORE = Text("{number} more", "另有 {number} 项")


def in_a_line(package: Package, language: Language) -> str:
    """Return what a package is called and what differs from the scenario it is told from."""
    base = base_of(package).name.in_(language)
    own = package.scenario.name.in_(language)
    head = base if own == base else f"{own} ({base})" if language == "en" else f"{own}（{base}）"
    told = [each.in_(language) for each in differences(package)]
    if len(told) > MOST:
        rest = MORE.in_(language).format(number=len(told) - MOST + 1)
        told = [*told[: MOST - 1], rest]
    comma, colon = ("; ", ": ") if language == "en" else ("；", "：")
    return head + (colon + comma.join(told) if told else "")


def short_hash(package: Package) -> str:
    """Return the letters by which answers for a package are told apart."""
    return package.scenario.hash()[:SHORT]
