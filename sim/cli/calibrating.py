"""``sim calibrate``: what was learnt, what conflicts, and whether it finds known truths."""

from pathlib import Path

from sim.evidence.calibration.diagnostics import SHOWN
from sim.evidence.calibration.files import Report
from sim.language import Language, Text
from sim.parameters import PARAMETERS
from sim.present.screen import print_line, print_table

HEADS = (
    Text("observation", "观测"),
    Text("figures", "数据"),
    Text("observed", "观测值"),
    Text("spread", "离差"),
    Text("prior, 5 to 95 %", "先验 5-95%"),
    Text("posterior, 5 to 95 %", "后验 5-95%"),
    Text("tail given others", "给定其余的尾概率"),
)
CONFLICT = Text("conflict", "冲突")


def print_calibration(report: Report, language: Language) -> None:
    """Print the observations beside what the model has for them, and the diagnostics."""
    print_table(
        [head.in_(language) for head in HEADS],
        [
            [
                row.observation.name.in_(language),
                " ".join(row.observation.figures),
                _range(row.observation.low, row.observation.high),
                f"{row.observation.spread:.2f}",
                _range(row.prior[0], row.prior[-1]),
                _range(row.posterior[0], row.posterior[-1]),
                f"{row.others:.2f}" + (f" {CONFLICT.in_(language)}" if row.conflict else ""),
            ]
            for row in report.predicted
        ],
        numbers=(2, 3, 4, 5, 6),
    )
    for line in (_size(report), _learnt(report, language), _synthetic(report)):
        print_line(line.in_(language))


def say_used(file: Path, language: Language) -> None:
    """Say from where runs draw from now on."""
    print(Text(f"Runs now draw from {file}", f"此后的运行取自 {file}").in_(language))


def _range(low: float, high: float) -> str:
    return f"{low:.2f}" if low == high else f"{low:.2f} - {high:.2f}"


def _size(report: Report) -> Text:
    many = len(report.found.numbers)
    return Text(
        f"{many} parameter draws in two waves, two lucks each; effective sample size"
        f" {report.effective:.0f}. Growth is in logarithms.",
        f"两轮共 {many} 组参数，每组两次模拟；有效样本量 {report.effective:.0f}。增长以对数计。",
    )


def _learnt(report: Report, language: Language) -> Text:
    clear = [row for row in report.learnt if abs(row.shift) > report.noise]
    named = [f"{row.name} ({row.shift:+.2f})" for row in clear[:SHOWN]]
    listed = ("、" if language == "zh" else ", ").join(named) or "—"
    uncertain = sum(entry.uncertain for entry in PARAMETERS.values())
    return Text(
        f"{len(clear)} of {uncertain} parameters moved by more than chance"
        f" ({report.noise:.2f} standard deviations of the prior): {listed}.",
        f"{uncertain} 个参数中有 {len(clear)} 个的移动超出偶然"
        f"（先验标准差的 {report.noise:.2f} 倍）：{listed}。",
    )


def _synthetic(report: Report) -> Text:
    check = report.synthetic
    return Text(
        f"On {check.truths} synthetic truths: ranks uniform with p = {check.p_value:.2f},"
        f" 80 % intervals hold {check.covered:.0%} of them.",
        f"以 {check.truths} 组已知真值检验：秩均匀性 p = {check.p_value:.2f}，"
        f"80%区间覆盖 {check.covered:.0%}。",
    )
