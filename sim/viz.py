"""Mesa's own page of the city (extra ``viz``): ``solara run sim.viz``.

One replicate, month by month: the city with north up, and the counts. Scenario, seed and replicate
are chosen on the page; ``model`` and Mesa's console are at hand in Python (``city_page``).
"""

from typing import Any

import numpy as np
import solara
from matplotlib.figure import Figure
from mesa.visualization import Slider, SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

from sim.agents import Firm, Fund, Talent
from sim.cluster_model import CELLS_OF, ClusterModel
from sim.plan import CITY, PLAN
from sim.proxies import Proxy, column
from sim.scenario import scenario_names
from sim.space import coordinates_of

NAME = f"{CITY.zh}未来产业 · {CITY.en}'s future industries"
LOOKS: dict[type[Proxy], tuple[str, str, float]] = {
    Talent: ("talents", "lightgrey", 3.0),
    Firm: ("firms", "tab:blue", 5.0),
    Fund: ("funds", "tab:red", 25.0),
}
"""Label, colour and size in points² of the marks of a kind; what is drawn later lies on top."""


def draw_city(model: ClusterModel) -> Figure:
    """Return a picture of the city: its land, and a mark on every cell where somebody stands."""
    figure = Figure(figsize=(6.4, 4.8))
    axes = figure.add_subplot()
    axes.imshow(model.space.land.data.T > 0.0, origin="lower", cmap="Greens", vmax=4.0)
    for kind, (label, colour, size) in LOOKS.items():
        rows = np.flatnonzero(column(getattr(model.world, kind.table), "alive") == 1)
        across, up = coordinates_of(np.unique(CELLS_OF[kind](model.world, rows)))
        axes.scatter(across, up, s=size, c=colour, label=label, linewidths=0.0)
    axes.legend(loc="lower left", bbox_to_anchor=(1.0, 0.0), frameon=False)
    axes.set_axis_off()
    axes.set_title(f"{model.label} · N ↑")
    return figure


@solara.component  # type: ignore[untyped-decorator]
def city_map(model: ClusterModel) -> None:
    """Show the picture, anew after every step."""
    update_counter.get()
    solara.FigureMatplotlib(draw_city(model), format="png", bbox_inches="tight")


def city_page(model: ClusterModel) -> Any:
    """Return Mesa's page of a model, with a chart of each count."""

    def chart(count: Any) -> Any:
        def label(axes: Any) -> None:
            axes.set_ylabel(count.name.en)

        return make_plot_component(count.id, label)

    choices = {
        "setup": {
            "type": "Select",
            "label": "scenario 情景",
            "value": "as-written",
            "values": scenario_names(),
        },
        "seed": Slider("seed 种子", 7, 0, 99, 1),
        "replicate": Slider("replicate 模拟编号", 0, 0, 99, 1),
    }
    return SolaraViz(
        model,
        components=[city_map, *map(chart, PLAN.counts)],
        model_params=choices,
        name=NAME,
    )


page = city_page(ClusterModel("as-written", seed=7))
