"""How the plan is cited: sections as it numbers them, and figures where its text has a gap."""

import re

from sim.figures import QUALITIES, figure
from sim.language import Text
from sim.text.catalogue import worded
from sim.text.joining import semicolons
from sim.toml_tables import Table

NUMERALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六", 1)}

SECTION = re.compile(f"([{''.join(NUMERALS)}])\\(([{''.join(NUMERALS)}])\\)([1-9]?)")
"""三(六): section 3, item 6; 二(一)4: section 2, item 1, sub-item 4."""

FIGURE = re.compile("[FG][0-9]{3}")

EXPECTED = worded("expected.section", example="三(六)")


def section(table: Table, key: str = "section") -> Text:
    """Return the section that a table comes from, cited in both languages.

    Raises:
        Problem: the section is missing or not written as the data files write it.
    """
    found = SECTION.fullmatch(table.text(key))
    if found is None:
        raise table.problem(key, EXPECTED)
    chapter, item, sub_item = found.groups()
    told = {key: Text(NUMERALS[each], each) for key, each in (("chapter", chapter), ("item", item))}
    return worded("plan.section_cited", sub_item=sub_item, **told)


def source(table: Table, key: str = "source") -> Text:
    """Return where a name was read: in a section, or in a figure where the text lists none.

    Raises:
        Problem: it is neither, or there is no such figure.
    """
    name = table.text(key)
    if FIGURE.fullmatch(name) is None:
        cited = section(table, key)
        return worded("plan.cited", cited=cited)
    cited = cited_figure(name, table.file)
    place = section(table)
    lists = worded("plan.lists_no_tracks", place=place)
    if "in_news" not in table.values or not table.flag("in_news"):
        return semicolons([cited, lists])
    return worded("plan.news_name_it", cited=cited, lists=lists)


def cited_figure(name: str, file: str) -> Text:
    """Return how a figure is cited: its id and how far to trust it.

    Args:
        name: its id.
        file: where it is cited, for the message if there is no such figure.

    Raises:
        Problem: there is no such figure.
    """
    quality = QUALITIES[figure(name, file).quality]
    return worded("plan.figure", name=name, quality=quality)
