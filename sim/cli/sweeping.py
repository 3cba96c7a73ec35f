"""``sim sweep``: what came of each point, on the terminal."""

from collections.abc import Sequence

from sim.experiments.sweep import SweepResult
from sim.experiments.sweep_file import read_sweep, sweep_names
from sim.language import Language, Text
from sim.plan import YEAR
from sim.present.screen import COLON, Column, print_groups, print_line, print_table
from sim.studies.compare import NUMBERED, numbered_counts
from sim.text.catalogue import say
from sim.views.by_chance import by_chance
from sim.views.from_sweep import factors_of, points_of
from sim.views.sweep_cells import Told, intervals_of, told_cells
from sim.views.sweep_indices import HEADS, index_rows
from sim.views.sweep_source import SEPARATOR, names_of

MOST_ROWS = 70
"""Points that the terminal lists; all of them are in the files."""
POINT = Text("point", "点")
COST = Text("cost", "成本")
BASE = Text("base", "基准")


def list_sweeps(language: Language) -> None:
    """List the sweeps that can be run."""
    heads = (Text("sweep", "扫描"), Text("design", "设计"), POINT, Text("name", "名称"))
    rows = []
    for name in sweep_names():
        sweep = read_sweep(name, foreign=True)
        rows.append([name, sweep.design, str(len(sweep.points)), sweep.name.in_(language)])
    print_table([head.in_(language) for head in heads], rows, numbers=(2,), whole=(0,))


def print_sweep(result: SweepResult, language: Language) -> None:
    """Print every likelihood at every point, and how it differs from that of the base."""
    sweep = result.sweep
    shown = range(min(len(sweep.points), MOST_ROWS))
    points = points_of(result)
    names = names_of(factors_of(result), points, language)
    heads = [head for head in names.heads if head]
    if heads:
        print_line(f"{POINT.in_(language)}{COLON.in_(language)}{SEPARATOR.join(heads)}")
    told = told_cells(points)
    cells = [[_cell(each) for each in told[number]] for number in shown]
    mark = BASE.in_(language)
    labels = [
        f"{number}  {names.in_a_line[number]}{f' [{mark}]' if points[number].is_base else ''}"
        for number in shown
    ]
    print_groups(
        f"{sweep.name.in_(language)} · N = {result.sample.replicates} × {len(sweep.points)}",
        Column(POINT.in_(language), labels),
        [
            [Column(COST.in_(language), [f"{result.costs[number]:.0f}" for number in shown])],
            *([column] for group in _by_number(cells, language) for column in group),
        ],
    )
    print_line(numbered_counts().in_(language))
    left = len(sweep.points) - MOST_ROWS
    if left > 0:
        are = "point is" if left == 1 else "points are"
        more = Text(f"{left} more {are} in the files.", f"其余 {left} 个点见结果文件。")
        print_line(more.in_(language))
    print_line(
        Text(
            f"Likelihoods in percent, strict, by the end of {YEAR}, with the difference to the base"
            " in points and its 95 % interval, paired by luck and parameter draws; ≈: cannot be"
            " told"
            " from the base. Cost in 亿元 by then. Intervals of the likelihoods, and medians,"
            " are in sweep.csv.",
            f"数值为{YEAR}年底严格达标可能性（%），并列与基准之差（百分点）及95%区间，按相同运气与参数抽样"
            "成对计算；≈：与基准难分高下。成本单位为亿元。可能性的区间与中位数见 sweep.csv。",
        ).in_(language)
    )
    warning = by_chance(intervals_of(points))
    if warning is not None:
        print_line(warning.in_(language))
    if result.indices:
        _print_indices(result, language)


def _cell(told: Told) -> str:
    """Return a likelihood and, but for the base, its difference to that of the base."""
    if not told.change:
        return told.likelihood
    apart = "≈" if told.tie else ""
    return f"{told.likelihood} {apart}{told.change_with_ends(' … ')}"


def _print_indices(result: SweepResult, language: Language) -> None:
    """Print how much of each likelihood's variance over the points each factor explains."""
    print_line(say("sweep_indices.subtitle", language))
    rows = index_rows(factors_of(result), result.indices, language)
    print_table([say(key, language) for key in HEADS], rows, numbers=(2, 3))
    print_line(say("sweep_indices.verdict", language))


def _by_number(rows: Sequence[Sequence[str]], language: Language) -> list[list[Column]]:
    """Return the columns of the counts, headed by their numbers, and of all counts together."""
    found = [
        Column(head.in_(language), [row[number] for row in rows])
        for number, head in enumerate(NUMBERED)
    ]
    return [found[: len(found) // 2], found[len(found) // 2 :]]
