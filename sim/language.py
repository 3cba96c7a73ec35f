"""Texts in English and Chinese, and which of the two to show."""

import os
from typing import Literal, NamedTuple

Language = Literal["en", "zh"]


class Text(NamedTuple):
    """A text that a person sees, in both languages."""

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """Return the text in ``language`` ("zh", or anything else for English)."""
        return self.zh if language == "zh" else self.en


def default_language() -> Language:
    """Return SIM_LANG if it is set, else Chinese in a Chinese locale, else English."""
    chosen = os.environ.get("SIM_LANG")
    if chosen in ("en", "zh"):
        return "zh" if chosen == "zh" else "en"
    locale = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    return "zh" if locale.startswith("zh") else "en"
