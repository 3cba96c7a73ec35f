"""Write docs/keys.md from the JSON Schemas of the files that people write.

``python docs/make_keys.py`` prints the tables; ``--write`` puts them between the page's markers.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import written

from sim.experiments.schemas import SCHEMAS, schema
from sim.parameters import PARAMETERS
from sim.scenario.keys import CHINESE, english
from sim.scenario.shape import called

FILES: Final = {
    "scenario": "Scenarios · 情景 (`scenarios/*.toml`)",
    "sweep": "Sweeps · 扫描 (`scenarios/sweeps/*.toml`)",
    "objective": "Objectives · 目标 (`scenarios/objectives/*.toml`)",
}
KINDS: Final = ("lever", "instrument", "count", "cluster", "track", "district", "zone")
NAMES: Final = {
    **{kind.upper(): {name for name, _ in called(kind)} for kind in KINDS},
    "PARAMETER": set(PARAMETERS),
}
"""What the plan and the table of parameters name, by the word that stands for it here."""
MANY: Final = 8
"""Words of a list from which on only the first are said."""
MONTH: Final = "^(2022-"
"""How the pattern of a month begins."""
OR: Final = " or · 或 "
NEEDED: Final = "**needed · 必填**: "


def generated() -> str:
    """Return the generated part of the page."""
    return "\n\n".join(f"## {FILES[kind]}\n\n{_table(schema(kind))}" for kind in SCHEMAS)


def _table(told: Mapping[str, Any]) -> str:
    heads = ["| key 键 | Chinese 中文 | value 取值 |", "| --- | --- | --- |"]
    return "\n".join((*heads, *dict.fromkeys(_rows(told, "", told["definitions"]))))


def _rows(told: Mapping[str, Any], path: str, parts: Mapping[str, Any]) -> Iterator[str]:
    """Yield a row for each key of a table, and for those of the tables within it."""
    for shape in _tables(told, parts):
        needed = set(_needed(shape))
        for name, own in _keys(shape["properties"]):
            values = OR.join(dict.fromkeys(_values(own, parts)))
            word = CHINESE.get(name, "")
            begun = NEEDED if name in needed else ""
            yield f"| `{path}{name}` | {word and f'`{word}`'} | {begun}{values} |"
            if not _short(own, parts):
                listed = "[]" if "array" in _types(own, parts) else ""
                yield from _rows(own, f"{path}{name}{listed}.", parts)


def _needed(shape: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys that a table must have, each of which may be said in two languages."""
    for must in shape.get("allOf", ()):
        keys = {english(word) for way in must.get("anyOf", ()) for word in way.get("required", ())}
        if len(keys) == 1:
            yield from keys


def _keys(properties: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a table in English, all that the plan names by the word for them."""
    keys = [name for name in properties if english(name) == name]
    kinds = _kinds({name for name in keys if name not in CHINESE and _kinds([name])})
    groups: dict[str, list[Any]] = {}
    for name in keys:
        kind = next((kind for kind in kinds if name in NAMES[kind]), name)
        own = {key: told for key, told in properties[name].items() if key != "description"}
        if own not in groups.setdefault(kind, []):
            groups[kind].append(own)
    for kind, shapes in groups.items():
        if len(shapes) > 1 and all(shape.get("type") == "number" for shape in shapes):
            yield kind, {"type": "number"}
        else:
            yield kind, shapes[0] if len(shapes) == 1 else {"anyOf": shapes}


def _kinds(names: Collection[str]) -> list[str]:
    """Return the kind of all of some names, or the kinds that they are of."""
    whole = [kind for kind, known in NAMES.items() if known.issuperset(names)]
    left, found = set(names), list[str]()
    for kind, known in NAMES.items():
        if left & known:
            found.append(kind)
            left -= known
    return whole[:1] or found


def _whole(told: Mapping[str, Any], parts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a part where another one refers to it."""
    while "$ref" in told:
        told = parts[told["$ref"].rpartition("/")[2]]
    return told


def _tables(told: Mapping[str, Any], parts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the tables that a value may be, or be a list of."""
    whole = _whole(told, parts)
    if "properties" in whole:
        yield whole
    for each in chain(whole.get("anyOf", ()), [whole["items"]] if "items" in whole else ()):
        yield from _tables(each, parts)


def _short(told: Mapping[str, Any], parts: Mapping[str, Any]) -> bool:
    """Return whether the tables that a value may be are said in its own row."""
    return all(
        _whole(each, parts).get("type") == "string"
        for table in _tables(told, parts)
        for each in table["properties"].values()
    )


def _values(told: Mapping[str, Any], parts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a value may be."""
    whole = _whole(told, parts)
    if "enum" in whole:
        yield from _listed(whole["enum"])
    for each in whole.get("anyOf", ()) if "properties" not in whole else ():
        yield from _values(each, parts)
    kind = whole.get("type", "")
    if isinstance(kind, list):
        for each in kind:
            yield from _values({**whole, "type": each}, parts)
    elif kind == "array":
        inside = OR.join(dict.fromkeys(_values(whole.get("items", {}), parts)))
        yield f"list of · 列表：{inside}" if inside else "list · 列表"
    elif kind == "object":
        keys = [name for name in whole.get("properties", ()) if name not in CHINESE.values()]
        yield f"`{{ {', '.join(keys)} }}`" if keys and _short(whole, parts) else "table · 表"
    elif kind in SAID:
        yield SAID[kind](whole)


def _types(told: Mapping[str, Any], parts: Mapping[str, Any]) -> set[Any]:
    whole = _whole(told, parts)
    return {
        whole.get("type"),
        *(_whole(each, parts).get("type") for each in whole.get("anyOf", ())),
    }


def _listed(words: Sequence[Any]) -> Iterator[str]:
    """Yield the words of a list, or what kinds of names they are."""
    kinds = _kinds([str(word) for word in words])
    if all(any(word in NAMES[kind] for kind in kinds) for word in words):
        yield from (f"`{kind}`" for kind in kinds)
        return
    more = f" … ({len(words)})" if len(words) > MANY else ""
    yield ", ".join(f"`{word}`" for word in words[:MANY]) + more


def _number(told: Mapping[str, Any]) -> str:
    low, high = (told.get(end) for end in ("minimum", "maximum"))
    whole = "whole number · 整数" if told["type"] == "integer" else "number · 数"
    ends = [f"{end:g}" if isinstance(end, float) else str(end) for end in (low, high)]
    if high is not None:
        return f"{whole}, {ends[0]} … {ends[1]}"
    return whole if low is None else f"{whole}, ≥ {ends[0]}"


def _text(told: Mapping[str, Any]) -> str:
    if str(told.get("pattern", "")).startswith(MONTH):
        return "month · 月份 `YYYY-MM`"
    return "text · 文本"


SAID: Final = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda _: "`true`, `false`",
}

if __name__ == "__main__":
    written.main("keys", generated, __doc__)
