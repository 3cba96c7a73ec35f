"""What the codes in the tables are called when a firm's life is told."""

from sim.calendar import MONTHS_A_YEAR, START
from sim.language import Text
from sim.model.rules.common import WAN_A_YI
from sim.plan import CITY


def _named(english: tuple[str, ...], chinese: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(Text(*pair) for pair in zip(english, chinese, strict=True))


# In the order of the codes in `sim.model.world.codes`.
FIRM_KINDS = _named(
    (
        "start-up",
        "established firm",
        "state-owned firm",
        "firm from outside",
        "leading firm's unit",
    ),
    ("初创企业", "成熟企业", "国有企业", "外来企业", "领军企业"),
)
FUND_KINDS = _named(
    ("a guidance fund", "a market fund", "a corporate fund", "a district fund"),
    ("引导基金", "市场化基金", "产业资本基金", "区级基金"),
)
EXIT_REASONS = _named(
    ("", "insolvent", "closed", "acquired", "moved away"),
    ("", "资不抵债", "主动关闭", "被并购", f"迁出{CITY.zh}"),
)
TITLES = {
    "technology_centre": Text("an enterprise technology centre", "企业技术中心"),
    "ecosystem": Text("an ecosystem-leading firm", "生态主导型企业"),
}


def money(wan: float) -> str:
    """Return an amount in the unit that suits it: 万元, or 亿元 from ten thousand of them on."""
    return f"{wan / WAN_A_YI:,.2f} 亿元" if abs(wan) >= WAN_A_YI else f"{wan:,.0f} 万元"


def year_of(month: int) -> int:
    """Return the year of a month, which may lie before October 2022 (a negative number)."""
    return START[0] + (START[1] - 1 + month) // MONTHS_A_YEAR
