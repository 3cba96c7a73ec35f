"""What is written around the figures of a run."""

from sim.language import Text
from sim.plan import PLAN, Count
from sim.scenario.posterior import told_in
from sim.spec.findings import Figure
from sim.spec.marks import Mark
from sim.text.catalogue import worded
from sim.text.joining import joined
from sim.views.source import Run

HASH_SHOWN = 12


def count_of(name: str) -> Count:
    """Return a count by its id."""
    return next(count for count in PLAN.counts if count.id == name)


def of_run(run: Run, name: str, title: Text, subtitle: Text, mark: Mark, *notes: Text) -> Figure:
    """Return a mark as a figure of a run.

    Args:
        run: what it rests on.
        name: stem of its files.
        title: what it says.
        subtitle: what it shows.
        mark: the figure itself.
        *notes: for the foot, each on a line of its own.
    """
    manifest = run.manifest
    origin = worded(
        "page.provenance",
        replicates=f"{int(manifest['replicates']):,}",
        seed=manifest["seed"],
        scenario_hash=str(manifest["scenario_hash"])[:HASH_SHOWN],
        model_hash=str(manifest["model_hash"])[:HASH_SHOWN],
    )
    kicker = worded("page.kicker", scenario=Text(**manifest["scenario"]["name"]))
    prior = told_in(manifest["scenario"])
    told = notes if prior is None else (*notes, prior)
    foot = (*told, joined((worded("page.conditional"), origin)))
    return Figure(name, kicker, title, subtitle, mark, foot, title)
