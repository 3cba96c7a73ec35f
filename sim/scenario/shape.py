"""What the values look like that a check takes, as JSON Schema: declared beside the check.

An editor that knows the schema of a file completes its keys and marks what cannot be. The schema
is put together from the checks that read the file, so that it is never a second list of keys.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from sim.plan import PLAN
from sim.plan.names import Named, key
from sim.scenario.keys import CHINESE

Shape = Mapping[str, Any]
"""A JSON Schema, of keywords that drafts 4 to 7 share: editors differ in which they know."""
Taken = TypeVar("Taken", bound=Callable[..., Any])

ANYTHING: Final[Shape] = {}
TEXT: Final[Shape] = {"type": "string", "pattern": r"\S"}
NAMES: Final[Shape] = {"type": "array", "items": TEXT}

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
LEAST: Final = 160
"""Letters of a part of a schema from which on it pays to write it once."""

_SHAPES: WeakKeyDictionary[Callable[..., Any], Callable[[], Shape]] = WeakKeyDictionary()


def shaped(shape: Callable[[], Shape]) -> Callable[[Taken], Taken]:
    """Return what says of a check which values it takes.

    Args:
        shape: asked only when somebody wants the schema.
    """

    def mark(check: Taken) -> Taken:
        _SHAPES[check] = shape
        return check

    return mark


def shape_of(check: Callable[..., Any]) -> Shape:
    """Return which values a check takes.

    Raises:
        KeyError: nothing was said of it.
    """
    return _SHAPES[check]()


def either(*shapes: Shape) -> Shape:
    """Return the schema of what fits one of some schemas."""
    return {"anyOf": list(shapes)}


def only(word: str) -> Shape:
    """Return the schema of one word."""
    return {"enum": [word]}


def some(shape: Shape, least: int = 0) -> Shape:
    """Return the schema of a list."""
    return {"type": "array", "items": shape, **({"minItems": least} if least else {})}


def table(properties: Mapping[str, Shape], needed: Iterable[str] = ()) -> Shape:
    """Return the schema of a table with these keys, each in English or Chinese, and no others.

    Args:
        properties: schema of each key.
        needed: keys that it must have.
    """
    said = {word: shape for name, shape in properties.items() for word in words(name)}
    must = [either(*({"required": [word]} for word in words(name))) for name in needed]
    return {
        "type": "object",
        "properties": said,
        "additionalProperties": False,
        **({"allOf": must} if must else {}),
    }


def words(name: str) -> tuple[str, ...]:
    """Return how a key may be said."""
    return (name, CHINESE[name]) if name in CHINESE else (name,)


def of_checks(checks: Mapping[str, Callable[..., Any]], needed: Iterable[str] = ()) -> Shape:
    """Return the schema of a table each of whose keys has a check."""
    return table({name: shape_of(check) for name, check in checks.items()}, needed)


def just_one(names: Sequence[str]) -> Shape:
    """Return the schema of a table that has just one of some keys."""
    alone = ({"anyOf": [{"required": [word]} for word in words(name)]} for name in names)
    return {"oneOf": list(alone)}


def called(kind: str, ids: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield every way in which entries of the plan are usually written, each with its id.

    Args:
        kind: as of ``PLAN.resolve``, which also takes other case, spaces and punctuation.
        ids: of the entries; by default all.
    """
    directory = PLAN.directories[kind]
    wanted = set(directory.names if ids is None else ids)
    for entry in _entries(kind):
        if entry.id in wanted:
            written = (entry.id, *entry.name, *entry.aliases)
            names = (*written, *(_short(kind, each) for each in written))
            for name in dict.fromkeys((*names, *(each.lower() for each in names))):
                yield name, entry.id


def _entries(kind: str) -> Sequence[Named]:
    entries: Mapping[str, Sequence[Named]] = {
        "lever": PLAN.levers,
        "instrument": PLAN.instruments,
        "count": PLAN.counts,
        "cluster": PLAN.clusters,
        "track": PLAN.tracks,
        "district": PLAN.districts,
        "zone": PLAN.zones,
    }
    return entries[kind]


def _short(kind: str, name: str) -> str:
    """Return a name without the word at its end that says what kind of thing it is."""
    whole = key(kind, name)
    fits = (name[:end] for end in range(1, len(name)) if key(kind, name[:end]) == whole)
    return next(fits, name).rstrip(" -")


def gathered(shape: Shape, title: str) -> dict[str, Any]:
    """Return a whole schema, in which what stands in several places is written once."""
    times: Counter[str] = Counter()
    _count(shape, times)
    kept = {told: "" for told, many in times.items() if many > 1 and len(told) > LEAST}
    definitions: dict[str, Any] = {}
    written = _written(shape, kept, definitions)
    return {"$schema": DRAFT, "title": title, **written, "definitions": definitions}


def _count(shape: Any, times: Counter[str]) -> None:
    """Count how often each part of a schema stands in it."""
    if isinstance(shape, Mapping):
        times[repr(shape)] += 1
        if times[repr(shape)] > 1:
            return
    for each in _within(shape):
        _count(each, times)


def _within(shape: Any) -> Iterable[Any]:
    if isinstance(shape, Mapping):
        return list(shape.values())
    return shape if isinstance(shape, list) else ()


def _written(shape: Any, kept: dict[str, str], definitions: dict[str, Any]) -> Any:
    """Return a schema with references to parts that stand in one place, by the names kept."""
    if isinstance(shape, list):
        return [_written(each, kept, definitions) for each in shape]
    if not isinstance(shape, Mapping):
        return shape
    told = repr(shape)
    if kept.get(told):
        return {"$ref": f"#/definitions/{kept[told]}"}
    own = {name: _written(each, kept, definitions) for name, each in shape.items()}
    if told not in kept or not {"type", "anyOf"} & set(shape):
        return own
    kept[told] = f"part{len(definitions) + 1}"
    definitions[kept[told]] = own
    return {"$ref": f"#/definitions/{kept[told]}"}
