"""Whether two packages can be compared replicate by replicate: only under the same luck."""

from sim.app.package import Package
from sim.language import Text
from sim.scenario import Scenario


def unpaired(package: Package, reference: Package) -> Text | None:
    """Return why a package cannot be paired with its reference, None if it can.

    Replicates of the same number have the same luck under the same seed, the same parameters if
    these are drawn from the same place, and are tried anew alike if the same is known.
    """
    own, other = package.scenario, reference.scenario
    if own.seed != other.seed:
        return Text(
            f"No change is shown: the seed is {own.seed}, that of the reference {other.seed}, so"
            " that their replicates have other luck and cannot be paired.",
            f"不显示变化：随机种子为 {own.seed}，对照组合为 {other.seed}，随机数不同，无法配对。",
        )
    if own.fit() != other.fit():
        ours, theirs = _source(own), _source(other)
        return Text(
            f"No change is shown: parameters are drawn from {ours.en}, those of the reference from"
            f" {theirs.en}, so that replicates cannot be paired.",
            f"不显示变化：参数取自{ours.zh}，对照组合取自{theirs.zh}，无法配对。",
        )
    if own.as_of != other.as_of:
        ours, theirs = _known(own.as_of), _known(other.as_of)
        return Text(
            f"No change is shown: this package takes {ours.en} as known, the reference {theirs.en},"
            " so that replicates cannot be paired.",
            f"不显示变化：当前组合以{ours.zh}为已知，对照组合以{theirs.zh}为已知，无法配对。",
        )
    return None


def _known(as_of: str | None) -> Text:
    if as_of is None:
        return Text("no facts", "无事实")
    return Text(f"the facts up to {as_of}", f"截至 {as_of} 的事实")


def _source(scenario: Scenario) -> Text:
    fit = scenario.fit()
    if fit is None:
        return Text("the prior", "先验")
    return Text(
        f"the posterior given what was observed up to {fit.until}",
        f"截至 {fit.until} 观测所得的后验",
    )
