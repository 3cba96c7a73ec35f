"""Protects names, units and sources of parameters: short, of their own, and in both languages."""

import re
from string import ascii_letters

from sim.parameters import PARAMETERS, UNCERTAIN
from sim.views.fonts import missing, width
from sim.views.page import POINTS
from sim.views.parameter_names import parameter_source, parameter_unit, short_names

LONGEST = 3.3
"""Inches that a name may take beside a mark."""


def test_every_parameter_has_a_name_of_its_own_that_fits_and_stands_alone() -> None:
    names = [short_names()[name] for name in UNCERTAIN]
    for language in ("en", "zh"):
        told = [name.in_(language) for name in names]
        assert len(set(told)) == len(told)
        assert [name for name in told if width(name, 9.0) / POINTS > LONGEST] == []
        assert [name for name in told if missing(name)] == []
    assert [name.en for name in names if "he same" in name.en or name.en.endswith(" that")] == []
    assert short_names().keys() == PARAMETERS.keys()


def test_units_and_assumptions_are_told_in_chinese() -> None:
    units = {parameter_unit(entry.unit, "zh") for entry in PARAMETERS.values()}
    assert not [unit for unit in units if any(mark in ascii_letters for mark in unit)]
    assert parameter_unit("firms", "en") == "firms"
    assert parameter_source("assumption", "zh") == "假设"
    assert parameter_source("of another version", "zh") == "of another version"
    assert parameter_source("assumption", "en") == "assumption"


def test_every_source_is_told_in_chinese() -> None:
    """A name or a journal's title may stay; words between them may not."""
    english = re.compile(r"[a-z]{2,} [a-z]{2,}|[:;,] ")
    for source in {entry.source for entry in PARAMETERS.values()}:
        told = parameter_source(source, "zh")
        assert not english.search(told), told
        assert re.findall(r"[FG]\d+", source) == re.findall(r"[FG]\d+", told)


def test_chinese_names_have_chinese_punctuation() -> None:
    assert [name for name, text in short_names().items() if re.search("[:;,!?()]", text.zh)] == []
