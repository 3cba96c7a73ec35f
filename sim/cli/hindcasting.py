"""``sim hindcast``: forecasts beside what was published later."""

from sim.evidence.hindcast.hindcast import Hindcast, means
from sim.evidence.hindcast.series import Overruled, own_units
from sim.language import Language, Text
from sim.present.screen import print_line, print_table
from sim.text.numbers import exact

HEADS = (
    Text("figure", "数据"),
    Text("year", "年份"),
    Text("published", "公布值"),
    Text("forecast, 5 to 95 %", "预测 5-95%"),
    Text("CRPS", "CRPS"),
    Text("last value", "末值不变"),
    Text("linear trend", "线性趋势"),
)


NOT_USED = Text("Rows that are not used:", "未采用的行：")
MOST_LEFT = 20
"""Rows of which the terminal says why they are not used."""


def print_hindcast(found: Hindcast, language: Language) -> None:
    """Print each forecast, its score and those of two naive forecasts."""
    print_table(
        [head.in_(language) for head in HEADS],
        [
            [
                score.case.series.name.in_(language),
                f"{score.case.base} → {score.case.year}",
                f"{score.case.growth:+.3f}",
                f"{score.quantiles[0]:+.3f} - {score.quantiles[-1]:+.3f}",
                f"{score.crps:.3f}",
                f"{score.last_value:.3f}",
                f"{score.trend:.3f}",
            ]
            for score in found.scores
        ],
        numbers=(2, 3, 4, 5, 6),
    )
    if found.left:
        print_line(NOT_USED.in_(language))
    for problem in found.left[:MOST_LEFT]:
        print_line(problem.in_(language), indent=2)
    if (more := len(found.left) - MOST_LEFT) > 0:
        said = Text(f"and {more} more, in hindcast.json", f"另有 {more} 行见 hindcast.json")
        print_line(said.in_(language), indent=2)
    for each in found.overruled:
        print_line(_instead(each).in_(language))
    model, last, trend = means(found.scores)
    many = len(found.scores)
    in_80 = sum(score.in_80 for score in found.scores)
    in_90 = sum(score.in_90 for score in found.scores)
    print_line(
        Text(
            f"Growth in logarithms. Mean CRPS: model {model:.3f}, last value {last:.3f}, linear"
            f" trend {trend:.3f}. In the 80 % interval: {in_80} of {many}; in the 90 % interval:"
            f" {in_90} of {many}. So few figures prove little.",
            f"增长以对数计。平均CRPS：模型 {model:.3f}，末值不变 {last:.3f}，线性趋势 {trend:.3f}。"
            f"落在80%区间内 {in_80}/{many}，90%区间内 {in_90}/{many}。数据如此之少，证明力有限。",
        ).in_(language)
    )


def _instead(found: Overruled) -> Text:
    """Return that a figure that was brought is used in the place of the project's own."""
    name, unit = found.series.name, own_units()[found.series]
    own, brought = exact(found.own), exact(found.brought)
    return Text(
        f"{name.en}, {found.year}: {brought} {unit} is used in the place of the project's own"
        f" figure, {own} {unit}.",
        f"{name.zh}，{found.year}年：采用 {brought} {unit}，代替本项目自有数据 {own} {unit}。",
    )
