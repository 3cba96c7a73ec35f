"""Look at what the model produces before believing it: ``python -m benchmarks.sanity``.

Writes docs/sanity.md: likelihoods under the plan as written and under business as usual, growth
against the published figures, and the patterns of firms as ``sim patterns`` measures them.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.binding import binding_lines
from benchmarks.capital import capital_lines
from benchmarks.rest import rest_lines
from sim import ensemble
from sim.digest import model_hash
from sim.estimate import Summary, summarise
from sim.evidence.patterns.bands import IN_VIEW
from sim.evidence.patterns.look import look
from sim.evidence.patterns.verdict import VERDICTS
from sim.model.world.layout import COUNTS, DUE, measure
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.store.work import processors
from sim.studies.patterns import band, shown

PAGE = Path("docs/sanity.md")
SEED = 2022
SCENARIOS = ("as-written", "business-as-usual")
YEAR = 12


def run_ensemble(name: str, replicates: int) -> tuple[Summary, NDArray[Any], NDArray[Any]]:
    """Return the summary, the counts and the measures of a shipped scenario's ensemble."""
    scenario = read_scenario(name)
    results = list(ensemble.run(scenario.setup(), SEED, range(replicates)))
    counts = np.array([result.counts for result in results])
    draws = np.array([result.draw for result in results])
    measures = np.array([result.measures for result in results])
    summary = summarise(counts, draws, DUE, scenario.tolerance, False, scenario.readings)
    return summary, counts, measures


def likelihood_lines(summaries: dict[str, Summary]) -> Iterator[str]:
    """Yield a table of likelihoods, strict and about, scenario by scenario."""
    yield "| count | target | " + " | ".join(f"{n}: median, strict, 左右" for n in summaries) + " |"
    yield "| --- | --- |" + " --- |" * len(summaries)
    for i, count in enumerate(PLAN.counts):
        cells = [
            f"{c.median:.0f}, {c.likelihood.value:.2f}, {c.about.value:.2f}"
            for c in (summary.counts[i] for summary in summaries.values())
        ]
        yield f"| {count.name.en} | {count.target} | " + " | ".join(cells) + " |"


def growth_lines(counts: NDArray[Any], measures: NDArray[Any]) -> Iterator[str]:
    """Yield yearly growth of what the published figures speak of, medians over replicates."""

    def yearly(series: NDArray[Any], start: int, end: int) -> float:
        ratio = np.median(series[:, end] / np.maximum(series[:, start], 1e-9))
        return float(ratio ** (YEAR / (end - start)) - 1)

    certified = counts[:, :, COUNTS.index("hightech_enterprises")]
    output = counts[:, :, COUNTS.index("output")]
    zones = counts[:, :, COUNTS.index("pilot_zones")]
    yield "| quantity | published | simulated, as written |"
    yield "| --- | --- | --- |"
    yield (
        "| high-tech enterprises, growth a year, 2022 to 2024 | 6.6 % (F067, F069), 10.8 % from"
        f" 2020 to 2024 (F066, F069) | {yearly(certified, 2, 26):.1%} |"
    )
    yield f"| the same, 2027 to 2030 | slowing | {yearly(certified, 62, 98):.1%} |"
    grown = yearly(output, 2, 26)
    yield f"| output, growth a year, 2022 to 2024 | 12.3 % (F151, F154) | {grown:.1%} |"
    yield f"| pilot zones in April 2023 | 3 (F021) | median {np.median(zones[:, 6]):.0f} |"
    raised = measures[:, 15:27, measure("private_investment")].sum(axis=1)
    money = np.median(raised)
    yield f"| private equity invested in 2024, 亿元 | 966 in all tech (F224) | {money:.0f} |"


def pattern_lines(name: str, replicates: int) -> Iterator[str]:
    """Yield a table of the patterns of firms in a scenario's replicates."""
    found = look(read_scenario(name).setup(), SEED, replicates, processors())
    heads = "pattern | median | 80 % of replicates | band | replicates that pass (95 %) | verdict"
    yield f"| {heads} | band seen before |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for each in found.findings:
        rate = each.pass_rate
        yield (
            f"| {each.pattern.name.en} | {shown(each.median)} | {shown(each.low)} to"
            f" {shown(each.high)} | {band(each.pattern)} | {rate.value:.0%} ({rate.low:.0%} to"
            f" {rate.high:.0%}) | {VERDICTS[each.verdict].en} |"
            f" {IN_VIEW[each.pattern.in_view].en} |"
        )


def main() -> None:
    """Run the ensembles, look for the patterns, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=256)
    parser.add_argument("--followed", type=int, default=64)
    options = parser.parse_args()
    prior = read_scenario(SCENARIOS[0]).told_of_prior()
    drawn = "Parameters are drawn from the posterior." if prior is None else prior.en
    runs = {name: run_ensemble(name, options.replicates) for name in SCENARIOS}
    summaries = {name: run[0] for name, run in runs.items()}
    lines = [
        "# Sanity of results",
        "",
        f"Written by `python -m benchmarks.sanity --replicates {options.replicates} --followed"
        f" {options.followed}`,",
        f"seed {SEED}, model {model_hash()[:12]}. {drawn}",
        "",
        "## Likelihoods by the end of 2030",
        "",
        *likelihood_lines(summaries),
        "",
        *(
            f"All thirteen together, {name}: strict {s.joint.value:.3f}"
            f" ({s.joint.low:.3f} to {s.joint.high:.3f}), 左右 {s.joint_about.value:.3f}."
            for name, s in summaries.items()
        ),
        "",
        "## Growth against published figures",
        "",
        *growth_lines(*runs["as-written"][1:]),
        "",
        "## Rest",
        "",
        "What must not drift under business as usual, means over the replicates",
        "(`python -m benchmarks.rest`).",
        "",
        *rest_lines(runs["business-as-usual"][2]),
        "",
        "## People and money",
        "",
        f"What must come out of posts, pay and money in {options.followed} replicates, and in",
        f"{options.replicates} pairs where core talents cost a tenth more",
        "(`python -m benchmarks.binding`).",
        "",
        *binding_lines(options.followed, options.replicates),
        "",
        "## Capital",
        "",
        f"Who holds the money of rounds, and whether growth needs it, in {options.followed} lives",
        f"and {options.replicates} pairs with and without money, drawn from the prior",
        "(`python -m benchmarks.capital`).",
        "",
        *capital_lines(options.followed, options.replicates),
        "",
        "## Patterns",
        "",
        f"In {options.followed} replicates of the plan as written, measured by `sim patterns`; it",
        "prints what is measured and where each band is from. Where the band was seen before",
        "defaults were set by hand, or sets a prior, agreement is no validation. What fails stands",
        "as failing.",
        "",
        *pattern_lines("as-written", options.followed),
        "",
    ]
    PAGE.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
