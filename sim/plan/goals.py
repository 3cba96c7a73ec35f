"""What the plan wants: its counts, and its clusters with their tracks."""

from collections.abc import Iterator

from sim.figures import figure
from sim.indicators import COUNTABLE, INDICATORS
from sim.plan.catalogue import GATES, Before, Cluster, Count, Track
from sim.plan.sections import cited_figure, section, source
from sim.problems import meant, nearest
from sim.text.catalogue import worded
from sim.toml_tables import Table

COUNTS_FILE = "goals.toml"
CLUSTERS_FILE = "clusters.toml"


def counts(file: Table) -> Iterator[Count]:
    """Yield the counts of a file, each with the sentence that it stands under.

    Raises:
        Problem: an entry is incomplete or has other keys, or names a figure that there is not.
    """
    keys = ("id", "target", "about", "measure", "before", "unit", "name", "short", "aliases")
    for goal in file.only("goals").tables("goals"):
        goal.only("section", "zh", "en", "counts")
        for table in goal.tables("counts"):
            table.only(*keys)
            yield Count(
                id=table.text("id"),
                target=table.whole("target"),
                unit=table.both("unit"),
                about=table.flag("about"),
                measure=_measure(table),
                before=_before(table),
                name=table.both("name"),
                short=table.both("short" if "short" in table.values else "name"),
                aliases=table.texts("aliases"),
                section=section(goal),
                sentence=goal.text("zh"),
                gloss=goal.text("en"),
            )


def _measure(table: Table) -> str:
    """Return the indicator that a count is measured by.

    Raises:
        Problem: there is none of that name that can be a count; names the nearest.
    """
    name = table.text("measure")
    if name not in COUNTABLE:
        hint = meant(nearest(name, COUNTABLE))
        raise table.problem("measure", worded("expected.countable"), hint)
    return name


def _before(table: Table) -> Before | None:
    """Return what stood before October 2022, which only a count of what is new leaves out."""
    if "before" not in table.values:
        return None
    if INDICATORS[table.text("measure")].reading != "new":
        raise table.problem("before", worded("expected.nothing_unless_new"))
    name = table.text("before")
    return Before(figure(name, table.file).number, cited_figure(name, table.file))


def clusters(file: Table) -> Iterator[Cluster]:
    """Yield the clusters of a file.

    Raises:
        Problem: an entry is incomplete or has other keys.
    """
    keys = ("id", "section", "name", "aliases", "districts", "zh", "en", "tracks")
    for table in file.only("clusters").tables("clusters"):
        table.only(*keys)
        yield Cluster(
            id=table.text("id"),
            name=table.both("name"),
            aliases=table.texts("aliases"),
            districts=table.texts("districts"),
            section=section(table),
            sentence=table.text("zh"),
            gloss=table.text("en"),
        )


def tracks(file: Table) -> Iterator[Track]:
    """Yield the tracks of all clusters of a file.

    Raises:
        Problem: an entry is incomplete or has other keys.
    """
    for cluster in file.only("clusters").tables("clusters"):
        for table in cluster.tables("tracks"):
            table.only("id", "section", "source", "in_news", "name", "aliases", "gate")
            yield Track(
                id=table.text("id"),
                cluster=cluster.text("id"),
                name=table.both("name"),
                aliases=table.texts("aliases"),
                section=section(table),
                source=source(table),
                gate=table.choice("gate", *GATES),
            )
