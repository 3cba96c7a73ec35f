"""What the answer says of a comparison: what can be told apart, at both thresholds."""

from collections.abc import Mapping, Sequence

from sim.estimate.paired import Difference
from sim.language import Language
from sim.present.report.compared import Compared
from sim.present.report.wording import apart, count_name, listed, quoted, user_name
from sim.studies.shared.headline import headline
from sim.text.catalogue import say

MOST = 3
"""Differences named one by one; the tables have all of them."""


def of_comparison(found: Compared, language: Language) -> list[str]:
    """Return sentences on what changes, strictly first, then where about is enough."""
    first, second = (
        quoted(user_name(name, language), language) for name in (found.first, found.second)
    )
    told = headline(found.counts, language)
    strict = _clear({row.id: row.likelihood for row in found.counts})
    about = _clear({row.id: row.about for row in found.counts})
    only = {name: gap for name, gap in about.items() if name not in strict}
    lost = [name for name in strict if name not in about]
    return [
        say("report.instead", language, first=first, second=second, told=told),
        _strictly(strict, len(found.counts), language),
        *_by_about(only, lost, language),
    ]


def _strictly(clear: Mapping[str, Difference], counts: int, language: Language) -> str:
    """Return which strict likelihoods move beyond chance, the largest moves first."""
    if not clear:
        return say("report.none_apart", language)
    rest, told = counts - len(clear), _most(clear, language)
    if rest:
        told = say("report.rest_open", language, counts=told, rest=rest)
    return say("report.strictly", language, counts=told)


def _clear(gaps: Mapping[str, Difference]) -> dict[str, Difference]:
    """Return the differences that are clear of nought, largest first."""
    ordered = sorted(gaps.items(), key=lambda entry: -abs(entry[1].value))
    return {name: gap for name, gap in ordered if not gap.low <= 0.0 <= gap.high}


def _most(gaps: Mapping[str, Difference], language: Language) -> str:
    """Return the first few differences, and how many more there are."""
    parts = [f"{count_name(name, language)} {apart(each, language)}" for name, each in gaps.items()]
    more = len(parts) - MOST
    named = listed(parts[:MOST], language)
    return say("report.and_more", language, counts=named, more=more) if more > 0 else named


def _by_about(only: Mapping[str, Difference], lost: Sequence[str], language: Language) -> list[str]:
    """Return what differs under 左右 and not strictly, and the other way round."""
    told = []
    if only:
        told.append(say("report.differ_too", language, counts=_most(only, language)))
    if lost:
        names = listed([count_name(name, language) for name in lost], language)
        told.append(say("report.no_longer", language, counts=names))
    return told
