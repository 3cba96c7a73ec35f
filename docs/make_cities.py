"""Write the keys of a pack into docs/cities.md: what those who read one ask it for.

``python docs/make_cities.py`` prints the tables; ``--write`` puts them between the page's markers.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import written

from sim import city
from sim.evidence.cards.files import read_cards
from sim.plan import PLAN, observable
from sim.plan.load import load
from sim.toml_tables import Table, read

CARDS: Final = "evidence/cards/"
TOLD: Final[Mapping[str, str]] = {
    "text": "text · 文本",
    "choice": "one of · 之一：",
    "whole": "whole number · 整数",
    "number": "number · 数",
    "flag": "`true`, `false`",
    "both": "`{ en, zh }`",
    "texts": "list of texts · 文本列表",
    "tables": "list of tables · 表的列表",
}
"""What each way of asking a table for a key takes."""
PLAIN: Final = {
    bool: TOLD["flag"],
    **dict.fromkeys((int, float), TOLD["number"]),
    **{str: TOLD["text"], list: "list · 列表", dict: "table · 表"},
}
"""The same by the value, for keys that are looked at in another way."""
TABLES: Final = ("figures.csv", "parameters.csv", "dependence.csv", "ledger.csv", "facts.csv",
                 "map/cells_1km.csv")  # fmt: skip


class Heard:
    """What the tables of a file were asked for: by place, the keys that may stand there."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.keys: dict[str, dict[str, str]] = {}
        self.entries: dict[str, list[Mapping[str, Any]]] = {}

    def note(self, table: Table, way: str, words: tuple[Any, ...]) -> None:
        """Note that a table was asked for a key, or told which it may have."""
        place = _place(table.place)
        keys = self.keys.setdefault(place, {})
        if way == "only":
            keys.update({key: keys.get(key, "") for key in words})
            self.entries.setdefault(place, []).append(table.values)
        elif way in TOLD:
            listed = ", ".join(f"`{word}`" for word in words[1:])
            keys[words[0]] = f"{TOLD[way]}{listed}"

    def told(self) -> dict[str, str]:
        """Return what keys take, as far as somebody asked for them."""
        return {key: told for keys in self.keys.values() for key, told in keys.items() if told}

    def rows(self, known: Mapping[str, str]) -> Iterator[str]:
        """Yield a row for each key.

        Args:
            known: what keys take in other places, for those that nobody asked for here.
        """
        for place, keys in self.keys.items():
            entries = self.entries.get(place, [])
            for key, told in keys.items() if entries else ():
                found = [entry[key] for entry in entries if key in entry]
                how = told or next((PLAIN[type(each)] for each in found), known.get(key, ""))
                said = SAID[0 if len(found) == len(entries) else 1 if found else 2]
                yield f"| `{f'{place}.' if place else ''}{key}` | {how} | {said} |"


SAID: Final = ("all · 均有", "some · 部分", "none · 无")


def _place(place: str) -> str:
    """Return a place without the names of entries: a name follows the key of its list."""
    words = place.split(".")
    return ".".join(f"{word}[]" for word in words[:-1:2]) + (
        "" if len(words) % 2 == 0 else words[-1]
    )


@contextmanager
def _listening() -> Iterator[dict[str, Heard]]:
    """Note what tables are asked for, file by file."""
    heard: dict[str, Heard] = {}
    usual = {way: getattr(Table, way) for way in ("only", *TOLD)}

    def noted(way: str) -> Callable[..., Any]:
        def ask(table: Table, *words: Any) -> Any:
            if not set(table.values) <= {"en", "zh"}:
                name = f"{CARDS}*.toml" if table.file.startswith(CARDS) else table.file
                heard.setdefault(name, Heard()).note(table, way, words)
            return usual[way](table, *words)

        return ask

    try:
        for way in usual:
            setattr(Table, way, noted(way))
        yield heard
    finally:
        for way, method in usual.items():
            setattr(Table, way, method)


def generated() -> str:
    """Return the generated part of the page."""
    with _listening() as heard:
        city.about.__wrapped__()
        load(city.folder())
        observable.read_observables(
            read(city.folder(), observable.FILE), [count.id for count in PLAN.counts]
        )
        read_cards(city.folder() / CARDS)
    heads = "| key 键 | value 取值 | in Shanghai's entries 上海各项 |\n| --- | --- | --- |"
    known = {key: told for each in heard.values() for key, told in each.told().items()}
    parts = [
        f"### `{name}`\n\n{heads}\n" + "\n".join(each.rows(known | each.told()))
        for name, each in heard.items()
    ]
    columns = "\n".join(
        f"| `{name}` | {', '.join(f'`{column}`' for column in _columns(name))} |" for name in TABLES
    )
    parts.append(f"### Tables · 表格\n\n| file 文件 | columns 列 |\n| --- | --- |\n{columns}")
    return "\n\n".join(parts)


def _columns(name: str) -> list[str]:
    first = city.file(name).read_text(encoding="utf-8-sig").partition("\n")[0]
    return first.strip().split(",")


if __name__ == "__main__":
    written.main("cities", generated, __doc__)
