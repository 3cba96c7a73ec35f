"""Arguments and options that many commands share."""

from enum import StrEnum
from typing import Annotated

import typer

from sim.language import Language, default_language


class Lang(StrEnum):
    """Languages of what is shown."""

    zh = "zh"
    en = "en"


LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Language, zh or en · 语言", show_default=False)
]
File = Annotated[str, typer.Argument(metavar="FILE", help="Scenario file or name · 情景文件或名称")]
Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Scenario files or names · 情景文件或名称")
]


def language_chosen(lang: Lang | None) -> Language:
    """Return the language asked for, or that of the surroundings."""
    return lang.value if lang else default_language()
