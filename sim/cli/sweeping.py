"""``sim sweep``: what came of each point, on the terminal."""

from sim.cli.comparing import by_number, numbered_counts
from sim.cli.screen import Column, print_groups, print_line, print_table
from sim.estimate import Interval, Summary
from sim.experiments.sweep import SweepResult
from sim.experiments.sweep_file import read_sweep, sweep_names
from sim.experiments.targets import changes
from sim.language import Language, Text

MOST_ROWS = 70
"""Points that the terminal lists; all of them are in the files."""
POINT = Text("point", "点")
COST = Text("cost", "成本")


def list_sweeps(language: Language) -> None:
    """List the sweeps that can be run."""
    heads = (Text("sweep", "扫描"), Text("design", "设计"), POINT, Text("name", "名称"))
    rows = []
    for name in sweep_names():
        sweep = read_sweep(name)
        rows.append([name, sweep.design, str(len(sweep.points)), sweep.name.in_(language)])
    print_table([head.in_(language) for head in heads], rows, numbers=(2,), whole=(0,))


def print_sweep(result: SweepResult, language: Language) -> None:
    """Print the likelihood of every count at every point."""
    sweep = result.sweep
    shown = range(min(len(sweep.points), MOST_ROWS))
    likelihoods = [
        [f"{100 * each.value:.0f}" for each in _likelihoods(result.summaries[number])]
        for number in shown
    ]
    print_groups(
        f"{sweep.name.in_(language)} · N = {result.sample.replicates} × {len(sweep.points)}",
        Column(
            POINT.in_(language),
            [f"{number}  {_described(result, number, language)}" for number in shown],
        ),
        [
            [Column(COST.in_(language), [f"{result.costs[number]:.0f}" for number in shown])],
            *by_number(likelihoods, language),
        ],
    )
    print_line(numbered_counts(language))
    left = len(sweep.points) - MOST_ROWS
    if left > 0:
        more = Text(f"{left} more points are in the files.", f"其余 {left} 个点见结果文件。")
        print_line(more.in_(language))
    print_line(
        Text(
            "Likelihoods in percent, strict, by the end of 2030; cost in 亿元 by then. Intervals"
            " and medians are in sweep.csv. All points have the same luck and parameter draws.",
            "数值为2030年底严格达标可能性（%），成本单位为亿元；区间与中位数见 sweep.csv。"
            "各点的运气与参数抽样相同。",
        ).in_(language)
    )


def _described(result: SweepResult, number: int, language: Language) -> str:
    """Return what sets a point apart from the base scenario."""
    base, parts = result.sweep.base, []
    for target, value in zip(result.sweep.targets, result.sweep.points[number], strict=True):
        if value is None or _as_in_base(result, changes([(target, value)]), number):
            continue
        shown = f"{value:.3g}" if isinstance(value, float) else str(value).lower()
        parts.append(f"{target.name}={shown}")
    if len(parts) > 6:
        return f"{len(parts)} …"
    return " ".join(parts) or base.name.in_(language)


def _as_in_base(result: SweepResult, said: dict[str, object], number: int) -> bool:
    """Return whether a change alone would leave the base scenario as it is."""
    from sim.scenario import derive

    base = result.sweep.base
    return derive(base, said, base.id, str(number)).hash() == base.hash()


def _likelihoods(summary: Summary) -> list[Interval]:
    """Return the likelihoods of the counts, and that of all together."""
    return [*(count.likelihood for count in summary.counts), summary.joint]
