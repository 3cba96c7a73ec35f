"""From estimates to a prior: pooled with random effects, then widened by stated factors.

Pure functions over numbers. Every constant is a convention of this rule, and an assumption where no
source is named.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

Scale = Literal["level", "log", "log_ratio"]
SCALES: Final[tuple[Scale, ...]] = ("level", "log", "log_ratio")
"""As published; a positive quantity, pooled as its logarithm; a ratio, pooled as its logarithm and
read as what it adds to one."""
Z: Final = 1.959964
"""Standard errors from an estimate to the end of its 95 % interval."""
LEAST_TOLD: Final = 0.1
"""Half of an interval at least, where none was printed: what studies of this kind can tell."""
LOG_ERROR: Final = math.log(2.0) / Z
"""Standard error of a positive quantity without an interval: known to a factor of two."""
FEW: Final = 3
"""Estimates below which their disagreement tells too little of how settings differ."""
ALONE: Final = 0.5
"""Spread between settings that few estimates have at least: of what was pooled, and of a positive
quantity of what an estimate alone is known to."""
HELD: Final = 0.1
"""Part of the far end that the near end lies beyond nought, where an effect may have both signs."""
DIRECTNESS: Final = (1.0, 1.25, 1.5, 1.75)
"""Spread of what an estimate says of here, by steps that its setting is away."""
QUALITY: Final[Mapping[str, float]] = {
    "official": 1.0,
    "press-official": 1.1,
    "seen-abstract": 1.1,
    "mirror": 1.25,
    "seen-excerpt": 1.25,
    "secondary": 1.5,
    "derived": 1.5,
    "unverified": 2.0,
    "recalled": 2.0,
}
"""Factor on a standard error by how a figure was read."""
DESIGN: Final[Mapping[str, float]] = {
    "count": 1.0,
    "experiment": 1.0,
    "threshold": 1.0,
    "meta-analysis": 1.0,
    "before and after": 1.25,
    "instrument": 1.25,
    "structural": 1.25,
    "matching": 1.5,
    "panel": 1.5,
    "descriptive": 2.0,
    "review": 2.0,
}
"""Factor on the standard error of an effect by how a study tells cause from company; of a quantity
there is no cause to tell."""


class Estimate(NamedTuple):
    """One published number, on the scale on which a card's numbers are pooled."""

    value: float
    error: float
    """Standard error."""
    directness: int
    """Steps that its setting is away: 0 to 3."""


class Pooled(NamedTuple):
    """What several estimates say together."""

    value: float
    error: float
    """Standard error of the mean."""
    between: float
    """Spread of true effects between settings."""


class Range(NamedTuple):
    """Ends of a range and what lies within."""

    low: float
    middle: float
    high: float


class Derived(NamedTuple):
    """A prior in the form that the table of parameters has."""

    kind: str
    low: float
    default: float
    high: float


def on_scale(value: float, scale: Scale) -> float:
    """Return a published number as it is pooled; ratios and quantities must be positive."""
    return value if scale == "level" else math.log(value)


def error_of(
    value: float, ends: tuple[float, float] | None, scale: Scale, largest: float = 0.0
) -> float:
    """Return the standard error of an estimate.

    Args:
        value: as published.
        ends: of its 95 % interval as published; None: none was printed. Then a quantity is known to
            a factor of two, and an effect as well as the largest one found beside it, which was
            just told from nought: small effects and none are known no better than large ones.
        scale: on which it is pooled.
        largest: size of the largest effect beside it, on the scale of pooling.
    """
    if ends is not None:
        low, high = (on_scale(end, scale) for end in ends)
        return (high - low) / (2.0 * Z)
    if scale == "log":
        return LOG_ERROR
    size = max(abs(on_scale(value, scale)), largest)
    return (size if scale == "level" and size > 0.0 else max(size, LEAST_TOLD)) / Z


def pooled(estimates: Sequence[Estimate]) -> Pooled:
    """Return estimates pooled with random effects.

    The moment estimator of DerSimonian and Laird 1986, Controlled Clinical Trials 7(3): with
    weights w = 1 / s², Q = Σ w (y - ȳ)², the variance between settings is
    max(0, (Q - (k - 1)) / (Σ w - Σ w² / Σ w)); each estimate then weighs 1 / (s² + that).

    Args:
        estimates: at least one; every error is positive.
    """
    weights = [1.0 / each.error**2 for each in estimates]
    total = math.fsum(weights)
    mean = math.fsum(w * each.value for w, each in zip(weights, estimates, strict=True)) / total
    apart = math.fsum(
        w * (each.value - mean) ** 2 for w, each in zip(weights, estimates, strict=True)
    )
    spare = total - math.fsum(w * w for w in weights) / total
    excess = apart - (len(estimates) - 1)
    between = excess / spare if len(estimates) > 1 and excess > 0.0 else 0.0
    weights = [1.0 / (each.error**2 + between) for each in estimates]
    total = math.fsum(weights)
    mean = math.fsum(w * each.value for w, each in zip(weights, estimates, strict=True)) / total
    return Pooled(mean, math.sqrt(1.0 / total), math.sqrt(between))


def here(estimates: Sequence[Estimate], scale: Scale) -> Range:
    """Return where the effect lies in a further setting, with 95 %, on the scale of pooling.

    The variance of the mean and that between settings add up (Higgins, Thompson and Spiegelhalter
    2009, JRSS A 172(1)), and the spread grows with the directness of the estimates, each with its
    weight. Few estimates have at least the spread ``ALONE`` between settings.
    """
    found = pooled(estimates)
    between = found.between
    if len(estimates) < FEW:
        between = max(between, ALONE * (LOG_ERROR if scale == "log" else abs(found.value)))
    weights = [1.0 / (each.error**2 + between**2) for each in estimates]
    steps = math.fsum(
        w * DIRECTNESS[each.directness] for w, each in zip(weights, estimates, strict=True)
    )
    reach = Z * steps / math.fsum(weights) * math.hypot(found.error, between)
    return Range(found.value - reach, found.value, found.value + reach)


def linked(effect: Range, scale: Scale, link: Range) -> Range:
    """Return what a range of effects is worth in the unit of a parameter.

    Both are uncertain, and independently: distances to the ends add up as their squares do, the
    first-order rule of the Guide to the expression of uncertainty in measurement (JCGM 100:2008,
    5.1.2); for a positive quantity those of the logarithms.

    Args:
        effect: on the scale of pooling.
        scale: a ratio is read as what it adds to one.
        link: parameter for each unit of effect; never negative, for a quantity positive.
    """
    if scale == "log":
        low, middle, high = _product(effect, Range(*(math.log(each) for each in link)), add=True)
        return Range(math.exp(low), math.exp(middle), math.exp(high))
    if scale == "log_ratio":
        effect = Range(*(math.expm1(each) for each in effect))
    return _product(effect, link, add=False)


def _product(effect: Range, link: Range, *, add: bool) -> Range:
    middle = effect.middle + link.middle if add else effect.middle * link.middle
    of_effect = 1.0 if add else link.middle
    of_link = 1.0 if add else effect.middle
    shorter, longer = link.middle - link.low, link.high - link.middle
    below, above = (shorter, longer) if of_link >= 0.0 else (longer, shorter)
    return Range(
        middle - math.hypot(of_effect * (effect.middle - effect.low), of_link * below),
        middle,
        middle + math.hypot(of_effect * (effect.high - effect.middle), of_link * above),
    )


def from_judgement(judged: Range, kind: str) -> Range:
    """Return the ends of a prior of which 5 and 95 % and the middle were judged.

    A triangle has its 5 % at 1 - √0.1 of the way from its peak to its end, and a log-uniform prior
    a twentieth of its length within.
    """
    if kind == "loguniform":
        low, high = math.log(judged.low), math.log(judged.high)
        beyond = (high - low) / 0.9 * 0.05
        return Range(math.exp(low - beyond), judged.middle, math.exp(high + beyond))
    stretch = 1.0 / (1.0 - math.sqrt(0.1))
    below, above = judged.middle - judged.low, judged.high - judged.middle
    return Range(judged.middle - stretch * below, judged.middle, judged.middle + stretch * above)


def holding_nought(found: Range) -> Range:
    """Return a range that goes beyond nought on both sides, at least by ``HELD`` of the far end."""
    low, middle, high = found
    far = max(abs(low), abs(high))
    return Range(min(low, -HELD * far), middle, max(high, HELD * far))


def as_prior(found: Range, kind: str, bounds: tuple[float, float]) -> Derived:
    """Return a range as a prior: within what the parameter can be, to two figures.

    Args:
        found: where the parameter lies.
        kind: of the prior.
        bounds: least and most that the parameter can be.
    """
    least, most = bounds
    low, middle, high = (rounded(min(max(each, least), most)) for each in found)
    return Derived(kind, low, middle, high)


def rounded(value: float) -> float:
    """Return a number to two figures."""
    return float(f"{value:.2g}") + 0.0
