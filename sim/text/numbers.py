"""Numbers as a reader wants them."""

import re
from math import floor, log10

from sim.language import Text
from sim.text.catalogue import worded

STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)

MINUS = "\u2013"
"""An en dash: the project's font draws the minus sign itself as wide as a Chinese character."""

AS_MINUS = re.compile(rf"(?<![\w%]){MINUS}(?=[\d.])")
"""A minus before a number, and no dash between two."""
_TENTHS_BELOW = 10.0
_ROUND_FROM = 1e4

IN_WORDS = 20
"""The largest number that is written in words."""


def in_words(number: int) -> Text:
    """Write a small number in words; one above `IN_WORDS` stays in figures."""
    if number > IN_WORDS:
        return Text(str(number), str(number))
    return worded(f"number.{number}")


def plain(value: float) -> str:
    """Write a quantity: a decimal below 10 if it has one, hundreds from ten thousand on."""
    if abs(value) < _TENTHS_BELOW:
        text = f"{value:.1f}"
        return text.removesuffix(".0")
    if abs(value) >= _ROUND_FROM:
        return f"{round(value, -2):,.0f}"
    return f"{value:,.0f}"


def exact(value: float) -> str:
    """Write a target, a threshold or a tolerance unrounded: 13.5 pilot zones are not 14."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """Write a fraction as a whole percentage; what is not quite none or all is not called so."""
    if 0.0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1.0:
        return ">99%"
    return f"{100 * share:.0f}%"


def percent_range(low: float, high: float) -> str:
    """Write two fractions as a range of percentages; no end is called none or all that is not."""
    least = percent(low) if low > 0.5 else f"{100 * low:.0f}"
    most = percent(high) if high < 0.5 else f"{100 * high:.0f}%"
    return f"{least.removesuffix('%')}–{most}"


def signed(value: float) -> str:
    """Write a difference: as `plain`, with its sign; what rounds to nought has none."""
    text = plain(abs(value))
    if text == "0":
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def change(share: float) -> str:
    """Write a relative change in per cent, with one decimal and its sign."""
    return f"{100 * share:+.1f}%".replace("-", MINUS)


def points(share: float) -> str:
    """Write a difference of fractions in percentage points, with one decimal and its sign."""
    if share == 0.0:
        return "0"
    return f"{'+' if share > 0 else MINUS}{100 * abs(share):.1f}"


def with_ends(value: float, low: float, high: float) -> str:
    """Return a difference and the ends of its interval, rounded to whole numbers."""
    return f"{whole(value)} ({whole(low)} … {whole(high)})"


def whole(value: float) -> str:
    """Return a rounded difference with its sign; nought has none."""
    shown = f"{value:+.0f}"
    return "0" if shown in ("+0", "-0") else shown.replace("-", MINUS)


def decimals(value: float, digits: int) -> str:
    """Return a difference with its sign and some decimals."""
    return f"{value:+.{digits}f}".replace("-", MINUS)


def hyphened(text: str) -> str:
    """Return a text as a terminal has it: with a minus that can be copied."""
    return AS_MINUS.sub("-", text)


def nice_ceiling(value: float) -> float:
    """Return the smallest of `STEPS` times a power of ten that is not below a value > 0."""
    power = 10.0 ** floor(log10(value))
    return next((step * power for step in STEPS if step * power >= value), 10.0 * power)


def round_ticks(top: float, smallest: float) -> list[float]:
    """Return 0 and the numbers 1, 2 and 5 times a power of ten between two values > 0, upwards."""
    powers = range(floor(log10(smallest)), floor(log10(top)) + 1)
    ticks = [step * 10.0**power for power in powers for step in (1.0, 2.0, 5.0)]
    return [0.0, *(tick for tick in ticks if smallest <= tick <= top)]
