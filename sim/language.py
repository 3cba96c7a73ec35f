"""Texts in English and Chinese, and which of the two to show."""

import os
import re
import unicodedata
from typing import Final, Literal, NamedTuple

Language = Literal["en", "zh"]

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but tab and line feed: ESC is among them
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
    r"\u2028\u2029"  # further ends of lines
    r"\ud800-\udfff]"  # halves of a letter, which no encoding writes
)


class Text(NamedTuple):
    """A text that a person sees, in both languages."""

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """Return the text in ``language`` ("zh", or anything else for English)."""
        return self.zh if language == "zh" else self.en


NOTHING: Final = Text("", "")
"""Where there is nothing to say."""


def visible(text: str) -> str:
    """Return a text with whatever acts instead of being seen spelt out, as JSON and TOML spell it.

    What others wrote can hold characters that move the cursor, recolour or rename a terminal,
    reverse the reading direction or cannot be encoded.
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def default_language() -> Language:
    """Return SIM_LANG if it is set, else Chinese in a Chinese locale, else English."""
    chosen = os.environ.get("SIM_LANG")
    if chosen in ("en", "zh"):
        return "zh" if chosen == "zh" else "en"
    locale = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    return "zh" if locale.startswith("zh") else "en"


def plain(name: str) -> str:
    """Return a name without case, width, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
