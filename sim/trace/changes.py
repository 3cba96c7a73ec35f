"""What a month changed in a firm: two looks at its row go in, sayings come out."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sim.language import Text
from sim.model.world.tables import NOBODY
from sim.plan import PLAN
from sim.text.catalogue import worded
from sim.text.joining import commas
from sim.trace.words import EXIT_REASONS, FIRM_KINDS, FUND_KINDS, TITLES, money, year_of


class Look(NamedTuple):
    """A firm at the end of a month."""

    month: int
    firm: Any
    """A copy of its row."""
    patron: int | None
    """Identity of the firm whose open orders it holds."""
    patron_name: Text
    founder_name: str
    rounds: list[tuple[Any, int]]
    """This month's deals, each with the kind of its fund."""
    staff: frozenset[int]
    """Identities of the talents whom it employs."""


class Saying(NamedTuple):
    """A change: one word for what sort it is, and a sentence."""

    kind: str
    what: Text


Change = Callable[[Look, Look], Iterator[Saying]]


def _say(kind: str, said: str | None = None, /, **values: object) -> Saying:
    """Return a change; its sentence goes by its kind, where that has only one."""
    return Saying(kind, worded(f"life.{said or kind}", **values))


def began(now: Look, *, there: bool) -> Saying:
    """Say who a firm is; ``there``: whether it existed before the trace begins."""
    firm = now.firm
    track, district = PLAN.tracks[firm["track"]].name, PLAN.districts[firm["district"]].name
    how, kind = _how(now, there), FIRM_KINDS[firm["kind"]]
    has = {"level": int(firm["level"]), "talents": firm["talents"], "cash": money(firm["cash"])}
    return _say("begins", how=how, kind=kind, track=track, district=district, **has)


def _how(now: Look, there: bool) -> Text:
    firm = now.firm
    year = year_of(int(firm["founded"]))
    if there:
        return worded("life.there_already", year=year)
    if firm["founder"] != NOBODY:
        return worded("life.founded_by", founder=now.founder_name)
    return worded("life.arrives", year=year)


def ended(now: Look) -> Saying:
    """Say why a firm ended."""
    reason = EXIT_REASONS[now.firm["exit_reason"]]
    raised, people = money(now.firm["raised"]), int(now.firm["talents"])
    return _say("ends", reason=reason, people=people, raised=raised)


def years_end(now: Look, hired: int, left: int) -> Saying:
    """Sum up a year; ``hired`` and ``left`` are talents."""
    firm = now.firm
    said = "year_with_orders" if firm["partners"] else "year"
    amounts = {name: money(firm[name]) for name in ("sales", "real_rd", "cash")}
    numbers = {"talents": int(firm["talents"]), "partners": int(firm["partners"])}
    staff = {"hired": hired, "left": left}
    return _say("year", said, year=year_of(now.month), **staff, **numbers, **amounts)


def _readiness(before: Look, now: Look) -> Iterator[Saying]:
    old, new = int(before.firm["level"]), int(now.firm["level"])
    if new > old:
        yield _say("climbs", level=new)
    elif new < old:
        yield _say("falls", level=new)


def _breakthroughs(before: Look, now: Look) -> Iterator[Saying]:
    for name in ("components", "products", "standards"):
        for _ in range(int(now.firm[name]) - int(before.firm[name])):
            yield _say(name)


def _money(before: Look, now: Look) -> Iterator[Saying]:
    if now.rounds:
        yield _round(now)
    if now.firm["debt"] > before.firm["debt"]:
        yield _say("loan", debt=money(now.firm["debt"]))
    lives = now.firm["alive"] == 1
    if lives and before.firm["first_deal"] != NOBODY and now.firm["first_deal"] == NOBODY:
        yield _say("listing")
    if now.firm["distress"] > 0 and before.firm["distress"] == 0:
        yield _say("distress")
    elif lives and now.firm["distress"] == 0 and before.firm["distress"] > 0:
        yield _say("relief")


def _round(now: Look) -> Saying:
    """Tell a month's round: who pays what, where several investors share it."""
    amount = money(sum(deal["amount"] for deal, _ in now.rounds))
    stake = 100.0 * sum(deal["stake"] for deal, _ in now.rounds)
    if len(now.rounds) == 1:
        return _say("round", fund=FUND_KINDS[now.rounds[0][1]], amount=amount, stake=stake)
    funds = commas(
        worded("life.investor", fund=FUND_KINDS[fund], amount=money(deal["amount"]))
        for deal, fund in now.rounds
    )
    return _say("round", "shared_round", funds=funds, amount=amount, stake=stake)


def _sales(before: Look, now: Look) -> Iterator[Saying]:
    if now.firm["sales"] > 0.0 and before.firm["sales"] == 0.0:
        yield _say("sales")


def _ties(before: Look, now: Look) -> Iterator[Saying]:
    if now.firm["alive"] == 0:
        return
    if now.patron != before.patron and before.patron is not None:
        yield _say("order", "loses_order", firm=before.patron_name)
    if now.patron != before.patron and now.patron is not None:
        yield _say("order", "wins_order", firm=now.patron_name)
    if now.firm["consortium"] != before.firm["consortium"]:
        ended = now.firm["consortium"] == NOBODY
        yield _say("consortium", "consortium_ends" if ended else "joins_consortium")


def _place(before: Look, now: Look) -> Iterator[Saying]:
    if now.firm["district"] != before.firm["district"]:
        district = PLAN.districts[now.firm["district"]].name
        yield _say("moves", district=district)


def _certificate(before: Look, now: Look) -> Iterator[Saying]:
    old, new = int(before.firm["certificate_until"]), int(now.firm["certificate_until"])
    if new != old and old >= now.month:  # valid until last month at least
        yield _say("certificate", "certificate_renewed")
    elif new != old:
        yield _say("certificate", "certificate_new")
    elif new == now.month:
        yield _say("certificate", "certificate_ends")


def _titles(before: Look, now: Look) -> Iterator[Saying]:
    for name, title in TITLES.items():
        if now.firm[name] > before.firm[name]:
            yield _say("title", "becomes", title=title)
        elif now.firm[name] < before.firm[name]:
            yield _say("title", "is_no_longer", title=title)
    if now.firm["leading"] == 2 and before.firm["leading"] < 2:
        yield _say("leading")


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
