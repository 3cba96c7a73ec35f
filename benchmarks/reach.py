"""How far instruments reach where their gains are large: ``python -m benchmarks.reach``.

Each instrument is switched on alone from business as usual, in pairs of replicates with the same
luck and parameters: with its gains at the 95th percentile of their priors, at a dose of one and of
four, and with its gains as they are drawn. Prints what must come out of that: how many move an
outcome that they do not build or pay for themselves, what a dose of four is worth in doses of one,
and how an effect follows its own gain where that is drawn from the middle half of its prior.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim import ensemble
from sim.digest import model_hash
from sim.evidence.instruments import COUNTS, MEASURE, MOVES, OUTCOMES
from sim.indicators import INDICATORS
from sim.model.world.layout import DUE, measure
from sim.model.world.setup import Setup
from sim.parameters import PARAMETERS
from sim.scenario import Scenario, read_scenario

SEED = 2022
BASE = "business-as-usual"
HIGH = 0.95
"""Part of a gain's prior below the value at which reach is looked at."""
CLEAR = 4.0
"""How large t has to be for an outcome to count as moved."""
WANTED_REACH, WANTED_WORTH, WANTED_RANK = 30, 2.5, 0.5
MIDDLE = (0.25, 0.75)
FOUR = 4.0

GAINS: Final = {
    "research_institute": ("institute_gain",),
    "consortia": ("consortium_gain", "consortium_call_gain"),
    "innovation_centres": ("centre_gain", "centre_call_gain"),
    "transfer_nodes": ("transfer_gain",),
    "big_science": ("science_gain", "science_pull"),
    "pilot_zones": ("zone_call_gain",),
    "accelerators": ("accelerator_rescue", "accelerator_meetings"),
    "test_fields": ("test_field_part",),
    "ownership_ties": ("mixing_orders", "mixing_choice"),
    "ecosystem_cultivation": ("cultivation_gain",),
    "soe_assessment": ("assessment_gain", "assessment_spill"),
    "stars": ("stars_gain",),
    "sourcing": ("sourcing_gain", "sourcing_founding"),
    "firm_attraction": ("attraction_gain",),
    "promotion": ("promotion_gain", "promotion_call_gain"),
    "open_challenges": ("challenge_gain",),
    "scientist_autonomy": ("autonomy_knowledge",),
    "global_talents": ("called_founders",),
    "risk_sharing": ("risk_founding", "risk_gain"),
    "workstations": ("workstation_gain",),
    "guidance_fund": ("crowding",),
    "financial_products": ("debt_gain",),
    "standards_bodies": ("bodies_gain",),
    "ip_protection": ("ip_gain", "leak_reduction"),
    "forums": ("forum_gain", "forum_link_gain", "forum_founding"),
    "coordination": ("coordination_gain",),
    "expert_group": ("expert_gain",),
    "designations": ("designation_pull",),
    "track_focus": ("focus_gain",),
    "ministry_cooperation": ("ministry_share",),
    "super_deduction": ("deduction_gain",),
    "first_of_kind": ("first_of_kind_gain", "first_of_kind_sales"),
    "vouchers": ("voucher_share",),
    "grants": ("grant_share",),
    "product_promotion": ("recommended_gain",),
    "consumer_subsidies": ("subsidy_gain",),
    "market_access": ("approval_gain",),
    "talent_burden": ("burden_gain", "burden_founding"),
    "land": ("land_gain",),
    "data": ("data_gain",),
    "tolerance": ("tolerance_gain", "tolerance_founding"),
}
"""What scales an instrument's effect in the rules; the first is the one whose rank is looked at.
Instruments that only build, or that are parts of others, have none."""

Floats = NDArray[np.float64]


class Seen(NamedTuple):
    """What one instrument did, over pairs of replicates."""

    instrument: str
    t: Floats
    """Of each outcome's change with gains at their 95th percentile, shape (outcomes,)."""
    worth: float
    """Change at a dose of four over that at a dose of one, of the clearest outcome."""
    rank: float
    """Correlation in rank of that outcome's change with the gain as drawn; NaN if it has none."""

    @property
    def reached(self) -> int | None:
        """Number of the clearest outcome that it does not build or pay for; None if none moves."""
        own = MOVES[self.instrument].builds
        beside = [MEASURE.get(name, name) not in own for name in OUTCOMES]
        most = int(np.argmax(np.where(beside, np.abs(self.t), 0.0)))
        return most if abs(self.t[most]) > CLEAR else None


def outcomes(setup: Setup, replicates: int) -> tuple[Floats, list[dict[str, float]]]:
    """Return every outcome of every replicate, shape (R, outcomes), and the parameters drawn."""
    rows, drawn = [], []
    for each in ensemble.run(setup, SEED, range(replicates)):
        row = [*each.counts[DUE].astype(float)]
        for name in list(OUTCOMES)[len(COUNTS) :]:
            path = each.measures[:, measure(name)].astype(float)
            row.append(path[DUE] if INDICATORS[name].outcome == "end" else path.mean())
        rows.append(row)
        drawn.append(dict(each.parameters))
    return np.array(rows), drawn


def switched_on(base: Scenario, instrument: str, dose: float = 1.0) -> Scenario:
    """Return a scenario with one instrument on alone."""
    setting = replace(base.settings[instrument], on=True, dose=dose)
    return replace(base, settings={**base.settings, instrument: setting})


def t_of(change: Floats) -> Floats:
    """Return the t of each column's mean; nought where nothing changes."""
    error = change.std(axis=0, ddof=1) / np.sqrt(len(change))
    found: Floats = np.zeros_like(error)
    np.divide(change.mean(axis=0), error, out=found, where=error > 0.0)
    return found


def at_high(instrument: str) -> tuple[tuple[str, float], ...]:
    """Return an instrument's gains at the 95th percentile of their priors."""
    named = GAINS.get(instrument, ())
    return tuple((name, PARAMETERS[name].prior.quantile(HIGH)) for name in named)


def look(base: Scenario, instrument: str, usual: Floats, replicates: int) -> Seen:
    """Switch one instrument on, with high gains at two doses and with gains as drawn."""
    high = at_high(instrument)
    on = switched_on(base, instrument).setup()
    without = outcomes(base.setup()._replace(overrides=high), replicates)[0] if high else usual
    once = outcomes(on._replace(overrides=high), replicates)[0] - without
    more = switched_on(base, instrument, FOUR).setup()._replace(overrides=high)
    four = outcomes(more, replicates)[0] - without
    drawn, values = outcomes(on, replicates)
    seen = Seen(instrument, t_of(once), np.nan, np.nan)
    at = seen.reached
    if at is None:
        return seen
    worth = float(four[:, at].mean() / once[:, at].mean())
    return seen._replace(worth=worth, rank=rank_of(instrument, (drawn - usual)[:, at], values))


def rank_of(instrument: str, change: Floats, values: list[dict[str, float]]) -> float:
    """Return how a change follows the gain that is drawn, in the middle half of its prior."""
    if instrument not in GAINS:
        return float("nan")
    name = GAINS[instrument][0]
    gain = np.array([each[name] for each in values])
    low, high = (PARAMETERS[name].prior.quantile(u) for u in MIDDLE)
    inside = (gain >= low) & (gain <= high)
    return float(stats.spearmanr(gain[inside], change[inside]).statistic)


def rank_error(replicates: int) -> float:
    """Return the standard error of a rank that is nought in truth."""
    return float((replicates * (MIDDLE[1] - MIDDLE[0]) - 1.0) ** -0.5)


def lines(replicates: int) -> Iterator[str]:
    """Yield a table, and what it comes to."""
    base = replace(read_scenario(BASE), draws="prior")
    usual, _ = outcomes(base.setup(), replicates)
    names = list(OUTCOMES.values())
    found = []
    yield "| instrument | moves most | t, gains high | dose 4 over dose 1 | rank with its gain |"
    yield "| --- | --- | --- | --- | --- |"
    for instrument in MOVES:
        seen = look(base, instrument, usual, replicates)
        found.append(seen)
        at = seen.reached
        if at is None:
            yield f"| {instrument} | nothing that it does not build | | | |"
        else:
            yield (
                f"| {instrument} | {names[at].en} | {seen.t[at]:.1f} | {seen.worth:.2f}"
                f" | {seen.rank:.2f} |"
            )
    reach = [each for each in found if each.reached is not None]
    worth = np.array([each.worth for each in reach])
    rank = np.array([each.rank for each in reach])
    yield ""
    yield f"Reach beyond what they build (|t| > {CLEAR:g}): {len(reach)} of {len(found)}, "
    yield f"at least {WANTED_REACH} wanted. A dose of four is worth more than {WANTED_WORTH} doses "
    yield f"in {(worth > WANTED_WORTH).sum()}; the rank correlation of an effect with its own gain "
    yield f"is {WANTED_RANK} or more in {(np.abs(rank) >= WANTED_RANK).sum()} of "
    yield f"{np.isfinite(rank).sum()} that have one. Half of the pairs have a gain from the middle "
    yield f"half of its prior, so that a rank has a standard error of {rank_error(replicates):.2f}."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--replicates", type=int, default=128)
    replicates = parser.parse_args().replicates
    print("# How far instruments reach where their gains are large\n")
    print(
        f"Written by `python -m benchmarks.reach --replicates {replicates} > docs/reach.md`, which"
    )
    print(f"says how it is measured: {replicates} pairs an instrument, seed {SEED}, from {BASE},")
    print(f"model {model_hash()[:12]}. A dose of four over one is read where gains are high.\n")
    for line in lines(replicates):
        print(line, flush=True)


if __name__ == "__main__":
    main()
