"""What a month changed in a firm: two looks at its row go in, sayings come out."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sim.language import Text
from sim.model.world.tables import NOBODY
from sim.plan import CITY, PLAN
from sim.trace.words import EXIT_REASONS, FIRM_KINDS, FUND_KINDS, TITLES, money, year_of


class Look(NamedTuple):
    """A firm at the end of a month."""

    month: int
    firm: Any
    """A copy of its row."""
    patron: int | None
    """Identity of the firm whose open orders it holds."""
    rounds: list[tuple[Any, int]]
    """This month's deals, each with the kind of its fund."""
    staff: frozenset[int]
    """Identities of the talents whom it employs."""


class Saying(NamedTuple):
    """A change: one word for what sort it is, and a sentence."""

    kind: str
    what: Text


Change = Callable[[Look, Look], Iterator[Saying]]


def _say(kind: str, en: str, zh: str) -> Saying:
    return Saying(kind, Text(en, zh))


def began(now: Look, *, there: bool) -> Saying:
    """Say who a firm is; ``there``: whether it existed before the trace begins."""
    firm = now.firm
    track, district = PLAN.tracks[firm["track"]].name, PLAN.districts[firm["district"]].name
    how, kind = _how(firm, there), FIRM_KINDS[firm["kind"]]
    level, cash = int(firm["level"]), money(firm["cash"])
    return _say(
        "begins",
        f"{how.en}: {kind.en}, {track.en}, {district.en}, readiness level {level},"
        f" talents {firm['talents']}, cash {cash}",
        f"{how.zh}：{kind.zh}，{track.zh}，{district.zh}，技术成熟度 {level} 级，"
        f"人才 {firm['talents']} 人，现金 {cash}",
    )


def _how(firm: Any, there: bool) -> Text:
    year = year_of(int(firm["founded"]))
    if there:
        return Text(f"there already, founded {year}", f"已存在，{year} 年成立")
    if firm["founder"] != NOBODY:
        return Text(f"founded by talent {firm['founder']}", f"由人才 {firm['founder']} 创办")
    return Text(f"arrives, founded {year}", f"进入{CITY.zh}，{year} 年成立")


def ended(now: Look) -> Saying:
    """Say why a firm ended."""
    reason = EXIT_REASONS[now.firm["exit_reason"]]
    raised, people = money(now.firm["raised"]), int(now.firm["talents"])
    return _say(
        "ends",
        f"ends: {reason.en}; talents let go {people}, equity raised in all {raised}",
        f"退出：{reason.zh}；{people} 名人才重新求职，累计股权融资 {raised}",
    )


def years_end(now: Look, hired: int, left: int) -> Saying:
    """Sum up a year; ``hired`` and ``left`` are talents."""
    firm = now.firm
    talents, sales, research = int(firm["talents"]), money(firm["sales"]), money(firm["real_rd"])
    partners = int(firm["partners"])
    orders = Text(f", firms on its orders {partners}", f"，{partners} 家企业承接其订单")
    orders = orders if partners else Text("", "")
    return _say(
        "year",
        f"end of {year_of(now.month)}: talents hired {hired}, left {left}, now {talents};"
        f" sales {sales} a year, R&D {research} a year, cash {money(firm['cash'])}{orders.en}",
        f"{year_of(now.month)} 年末：全年入职 {hired} 人，离职 {left} 人，在职人才 {talents} 人；"
        f"年营收 {sales}，年研发 {research}，现金 {money(firm['cash'])}{orders.zh}",
    )


def _readiness(before: Look, now: Look) -> Iterator[Saying]:
    old, new = int(before.firm["level"]), int(now.firm["level"])
    if new > old:
        yield _say("climbs", f"climbs to readiness level {new}", f"技术成熟度升至 {new} 级")
    elif new < old:
        yield _say("falls", f"falls back to readiness level {new}", f"技术成熟度退至 {new} 级")


def _breakthroughs(before: Look, now: Look) -> Iterator[Saying]:
    kinds = (
        ("components", "makes a core component", "攻克一项核心部件"),
        ("products", "launches a high-end product", "推出一项高端产品"),
        ("standards", "leads a standard", "主导一项标准"),
    )
    for name, en, zh in kinds:
        for _ in range(int(now.firm[name]) - int(before.firm[name])):
            yield _say(name, en, zh)


def _money(before: Look, now: Look) -> Iterator[Saying]:
    for deal, fund in now.rounds:
        kind, amount, stake = FUND_KINDS[fund], money(deal["amount"]), 100.0 * deal["stake"]
        yield _say(
            "round",
            f"raises {amount} from {kind.en} for {stake:.0f} % of the firm",
            f"获{kind.zh}投资 {amount}，占股 {stake:.0f}%",
        )
    if now.firm["debt"] > before.firm["debt"]:
        debt = money(now.firm["debt"])
        yield _say("loan", f"takes a loan, owes {debt}", f"获得贷款，债务余额 {debt}")
    lives = now.firm["alive"] == 1
    if lives and before.firm["first_deal"] != NOBODY and now.firm["first_deal"] == NOBODY:
        yield _say("listing", "is listed: its investors sell", "上市：投资方退出")
    if now.firm["distress"] > 0 and before.firm["distress"] == 0:
        yield _say("distress", "runs out of cash", "现金耗尽")
    elif lives and now.firm["distress"] == 0 and before.firm["distress"] > 0:
        yield _say("relief", "has cash again", "恢复现金余额")


def _sales(before: Look, now: Look) -> Iterator[Saying]:
    if now.firm["sales"] > 0.0 and before.firm["sales"] == 0.0:
        yield _say("sales", "makes its first sales", "实现首笔销售")


def _ties(before: Look, now: Look) -> Iterator[Saying]:
    if now.firm["alive"] == 0:
        return
    if now.patron != before.patron and before.patron is not None:
        yield _say(
            "order",
            f"loses the standing order of firm {before.patron}",
            f"失去企业 {before.patron} 的长期订单",
        )
    if now.patron != before.patron and now.patron is not None:
        yield _say(
            "order",
            f"wins a standing order of firm {now.patron}",
            f"获得企业 {now.patron} 的长期订单",
        )
    if now.firm["consortium"] != before.firm["consortium"]:
        if now.firm["consortium"] == NOBODY:
            yield _say("consortium", "its consortium ends", "所在创新联合体结束")
        else:
            yield _say("consortium", "joins a consortium", "加入创新联合体")


def _place(before: Look, now: Look) -> Iterator[Saying]:
    if now.firm["district"] != before.firm["district"]:
        district = PLAN.districts[now.firm["district"]].name
        yield _say("moves", f"moves to {district.en}", f"迁至{district.zh}")


def _certificate(before: Look, now: Look) -> Iterator[Saying]:
    old, new = int(before.firm["certificate_until"]), int(now.firm["certificate_until"])
    if new != old and old >= now.month:  # valid until last month at least
        yield _say("certificate", "renews its high-tech certificate", "高新技术企业资格续期")
    elif new != old:
        yield _say("certificate", "becomes a high-tech enterprise", "获得高新技术企业资格")
    elif new == now.month:
        yield _say("certificate", "its high-tech certificate runs out", "高新技术企业资格到期")


def _titles(before: Look, now: Look) -> Iterator[Saying]:
    for name, title in TITLES.items():
        if now.firm[name] > before.firm[name]:
            yield _say("title", f"becomes {title.en}", f"成为{title.zh}")
        elif now.firm[name] < before.firm[name]:
            yield _say("title", f"is no longer {title.en}", f"不再是{title.zh}")
    if now.firm["leading"] == 2 and before.firm["leading"] < 2:
        yield _say(
            "leading",
            "counts as a leading firm's move into future industries",
            "计为领军企业布局未来产业",
        )


CHANGES: tuple[Change, ...] = (
    _readiness,
    _breakthroughs,
    _money,
    _sales,
    _ties,
    _place,
    _certificate,
    _titles,
)
"""What may change, in the order in which a month runs."""
