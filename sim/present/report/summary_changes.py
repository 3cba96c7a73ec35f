"""What the answer says of a comparison: what can be told apart, at both thresholds."""

from collections.abc import Mapping, Sequence

from sim.estimate.paired import Difference
from sim.language import Language, Text
from sim.present.report.compared import Compared
from sim.present.report.wording import apart, count_name, listed, quoted, user_name
from sim.studies.shared.headline import headline

MOST = 3
"""Differences named one by one; the tables have all of them."""


def of_comparison(found: Compared, language: Language) -> list[str]:
    """Return sentences on what changes, strictly first, then where about is enough."""
    first, second = (
        quoted(user_name(name, language), language) for name in (found.first, found.second)
    )
    whole = Text(
        f"With {second} instead of {first}, pair by pair under the same luck and parameters:",
        f"以{second}取代{first}，在同一运气与参数下逐对比较：",
    )
    space = Text(" ", "").in_(language)
    strict = _clear({row.id: row.likelihood for row in found.counts})
    about = _clear({row.id: row.about for row in found.counts})
    only = {name: gap for name, gap in about.items() if name not in strict}
    lost = [name for name in strict if name not in about]
    return [
        whole.in_(language) + space + headline(found.counts, language),
        _strictly(strict, len(found.counts), language),
        *_by_about(only, lost, language),
    ]


def _strictly(clear: Mapping[str, Difference], counts: int, language: Language) -> str:
    """Return which strict likelihoods move beyond chance, the largest moves first."""
    if not clear:
        return Text(
            "For no count can the strict likelihoods of reaching its target be told apart at this"
            " number of replicates.",
            "在此模拟次数下，各项目标的严格达标可能性均难分高下。",
        ).in_(language)
    rest = counts - len(clear)
    open_ = Text(f"; {rest} cannot be told apart", f"；{rest} 项难分高下") if rest else Text("", "")
    return Text(
        f"Strict likelihoods of the targets, in points: {_most(clear, 'en')}{open_.en}.",
        f"严格达标可能性（百分点）：{_most(clear, 'zh')}{open_.zh}。",
    ).in_(language)


def _clear(gaps: Mapping[str, Difference]) -> dict[str, Difference]:
    """Return the differences that are clear of nought, largest first."""
    ordered = sorted(gaps.items(), key=lambda entry: -abs(entry[1].value))
    return {name: gap for name, gap in ordered if not gap.low <= 0.0 <= gap.high}


def _most(gaps: Mapping[str, Difference], language: Language) -> str:
    """Return the first few differences, and how many more there are."""
    parts = [f"{count_name(name, language)} {apart(each, language)}" for name, each in gaps.items()]
    more = len(parts) - MOST
    left = Text(f", and {more} more", f"，另有 {more} 项").in_(language) if more > 0 else ""
    return listed(parts[:MOST], language) + left


def _by_about(only: Mapping[str, Difference], lost: Sequence[str], language: Language) -> list[str]:
    """Return what differs under 左右 and not strictly, and the other way round."""
    told = []
    if only:
        said = Text(
            f"Where about (左右) is enough, these differ too: {_most(only, 'en')}.",
            f"按“左右”判定，以下目标亦有差异：{_most(only, 'zh')}。",
        )
        told.append(said.in_(language))
    if lost:
        names = listed([count_name(name, language) for name in lost], language)
        said = Text(
            f"Where about (左右) is enough, these can no longer be told apart: {names}.",
            f"按“左右”判定，以下目标则难分高下：{names}。",
        )
        told.append(said.in_(language))
    return told
