"""All figures of a run, and what is written around them."""

from collections.abc import Iterator

from sim.plan import PLAN
from sim.spec.findings import Figure
from sim.studies.shared.courses import certificates, fan, output_by_cluster
from sim.studies.shared.likelihoods import decides, likelihood
from sim.studies.shared.maps import QUANTITIES, district_map
from sim.views.source import Run


def figures_of_run(run: Run) -> Iterator[Figure]:
    """Yield every figure of a run."""
    counts = run.counts()
    yield likelihood(run)
    decisions = run.decisions()
    if decisions is not None and decisions.known:
        yield decides(run, decisions)
    for number, count in enumerate(PLAN.counts):
        yield fan(run, count, counts[:, :, number])
    for quantity in QUANTITIES:
        yield district_map(run, quantity)
    yield output_by_cluster(run)
    if certified := PLAN.measured_by("hightech_enterprises"):
        yield certificates(run, certified)
