"""What a run records every month: the thirteen counts and the measures beside them."""

from sim.language import Text
from sim.plan import PLAN

COUNTS = tuple(count.id for count in PLAN.counts)

# Columns of the per-cluster and per-district breakdowns, in the order of MEASURES.
BREAKDOWN = ("firms", "output", "talents")

CITY_MEASURES: dict[str, tuple[str, Text]] = {
    "firms": ("firms", Text("firms", "企业")),
    "talents": ("persons", Text("talents", "人才")),
    "talents_searching": ("persons", Text("talents looking for a post", "求职人才")),
    "seniors": ("persons", Text("senior talents", "资深人才")),
    "strategic_scientists": ("persons", Text("strategic scientists", "战略科学家")),
    "scientists_brought_in": (
        "persons",
        Text(
            "strategic scientists brought in since October 2022", "2022年10月以来引进的战略科学家"
        ),
    ),
    "entrepreneurs": ("persons", Text("entrepreneurs", "企业家")),
    "entrepreneurs_brought_in": (
        "persons",
        Text("entrepreneurs brought in since October 2022", "2022年10月以来引进的企业家"),
    ),
    "pay": ("factor", Text("cost of a talent against October 2022", "人才成本（2022年10月=1）")),
    "real_rd": ("亿元/a", Text("R&D done by firms", "企业真实研发投入")),
    "reported_rd": ("亿元/a", Text("R&D reported by certified firms", "高企申报研发投入")),
    "certified_rd": ("亿元/a", Text("R&D done by certified firms", "高企真实研发投入")),
    "certified_real": (
        "firms",
        Text("certified firms whose real R&D meets the rule", "真实研发达标的高企"),
    ),
    "institutes": ("count", Text("research institutes open", "研究机构")),
    "consortia": ("count", Text("innovation consortia at work", "创新联合体")),
    "programmes": ("count", Text("programmes open", "运行中的载体与场景")),
    "entries": ("firms/month", Text("firms founded", "新设企业")),
    "arrivals": ("firms/month", Text("firms that came from outside", "外地迁入企业")),
    "exits": ("firms/month", Text("firms that ended", "退出企业")),
    "departures": ("firms/month", Text("firms that left Shanghai", "迁出企业")),
    "moves": ("firms/month", Text("moves between districts", "区间迁移")),
    "private_investment": ("亿元/month", Text("private equity invested", "社会资本投资额")),
    "guidance_investment": ("亿元/month", Text("guidance money invested", "引导基金投资额")),
    "knowledge": ("index", Text("knowledge stock", "知识存量")),
    "market_share": ("share", Text("Shanghai's share of its markets", "上海市场份额")),
    "leading_clusters": (
        "count",
        Text("clusters that lead worldwide by the stated criterion", "达到全球领跑标准的集群"),
    ),
    "public_cost": ("亿元", Text("public money spent on levers so far", "政策累计公共支出")),
}
"""City-wide measures: name -> (unit, label)."""


def _breakdown_names() -> tuple[str, ...]:
    areas = [entry.id for entry in (*PLAN.clusters, *PLAN.districts)]
    return tuple(f"{quantity}_{area}" for quantity in BREAKDOWN for area in areas)


MEASURES = (*_breakdown_names(), *CITY_MEASURES)
"""Every measure: firms, output and talents by cluster and district, then the city's."""

AREAS = len(PLAN.clusters) + len(PLAN.districts)
CITY = len(BREAKDOWN) * AREAS
"""Number of the first city-wide measure."""

FIRST_MONTH = (2022, 10)
END_OF_2030 = 98
"""Month number of December 2030, when the plan's counts are due."""


def measure(name: str) -> int:
    """Return the column number of a measure.

    Raises:
        ValueError: there is no such measure.
    """
    return MEASURES.index(name)
