"""Plain values of a document that anybody may have edited: what they must be, or a ValueError."""

import math
from typing import Any

from sim.language import Text


def number(value: Any) -> Any:
    """Return a finite number as it is.

    Raises:
        ValueError: it is none; a flag is none either.
    """
    try:
        if not isinstance(value, bool | str) and math.isfinite(value):
            return value
    except (TypeError, OverflowError):
        pass
    raise ValueError(f"{value!r:.40} is no finite number")


def number_or_none(value: Any) -> Any:
    """Return a finite number, or None, as it is."""
    return None if value is None else number(value)


def string(value: Any) -> str:
    """Return a text as it is.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.40} is no text")
    return value


def text_in_both(value: Any) -> Text:
    """Return a text in both languages.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    return Text(string(value["en"]), string(value["zh"]))
