"""A package in a line: what it is called, what differs, and by what its answers are told apart."""

from sim.app.in_words import differences
from sim.app.package import Package, base_of
from sim.language import Language
from sim.text.catalogue import worded
from sim.text.joining import semicolons

SHORT = 8
"""Letters of a hash that stand for it, as in the names of files."""
MOST = 5
"""Differences that are told; of more, how many there are."""


def in_a_line(package: Package, language: Language) -> str:
    """Return what a package is called and what differs from the scenario it is told from."""
    name, own = base_of(package).name, package.scenario.name
    if own != name:
        name = worded("list.bracketed", name=own, inside=name)
    told = differences(package)
    if len(told) > MOST:
        told = (*told[: MOST - 1], worded("package.more", number=len(told) - MOST + 1))
    line = worded("list.labelled", name=name, told=semicolons(told)) if told else name
    return line.in_(language)


def short_hash(package: Package) -> str:
    """Return the letters by which answers for a package are told apart."""
    return package.scenario.hash()[:SHORT]
